"""Signing in and out, and one's own password. Each leaves its event."""

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from liuhen.custody.kinds import Kind
from liuhen.kernel.clock import now
from liuhen.people import staff
from liuhen.web import demonstration
from liuhen.web.doors import open_to_all, signed_in
from liuhen.web.forms.passwords import OwnPasswordForm
from liuhen.web.forms.session import SignInForm
from liuhen.web.pages import show

UNKNOWN_VISITOR = "visitor"


@open_to_all
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(where_to(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if admitted(request, **form.cleaned_data):
            return redirect(where_to(request))
        # One answer for a wrong password, an unknown login and an account that is off.
        form.add_error(None, _("登录名或口令不正确，或账号已停用。请核对后重试。"))
    return show(
        request,
        "sign_in.html",
        _("登录"),
        status=401 if form.errors else 200,
        form=form,
        accounts=demonstration.accounts(),
        next=wanted(request),
    )


def admitted(request: HttpRequest, *, login: str, password: str) -> bool:
    officer = auth.authenticate(request, username=login, password=password)
    address = request.META.get("REMOTE_ADDR")
    if officer is None:
        staff.note_session(
            Kind.SIGN_IN_FAILED, login=login, by=UNKNOWN_VISITOR, at=now(), address=address
        )
        return False
    staff.note_session(Kind.SIGNED_IN, login=officer.login, by=officer, at=now(), address=address)
    auth.login(request, officer)
    return True


def wanted(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""


def where_to(request: HttpRequest) -> str:
    """The page that was asked for, if it is one of ours."""
    page = wanted(request)
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return page
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@require_POST
@signed_in
def sign_out(request: HttpRequest) -> HttpResponse:
    officer, address = request.user, request.META.get("REMOTE_ADDR")
    staff.note_session(Kind.SIGNED_OUT, login=officer.login, by=officer, at=now(), address=address)
    auth.logout(request)
    return redirect("web:sign_in")


@signed_in
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        staff.set_password(request.user, form.cleaned_data["password"], by=request.user, at=now())
        auth.update_session_auth_hash(request, request.user)
        messages.success(request, _("口令已修改，下次登录请使用新口令。"))
        return redirect("web:home")
    return show(request, "password.html", _("修改口令"), form=form)
