"""Signing in, in one step or two, and out; one's own password. Each leaves its event."""

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from liuhen.kernel.clock import now
from liuhen.people import second_factor, sessions
from liuhen.people import sign_in as steps
from liuhen.people.errors import SignInExpired, WrongPassword
from liuhen.people.models import Officer
from liuhen.people.standing import Owed
from liuhen.web import demonstration, halfway
from liuhen.web.doors import open_to_all, owed_by, step_of_sign_in
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.passwords import OwnPasswordForm
from liuhen.web.forms.session import CodeForm, SignInForm
from liuhen.web.pages import show


def address_of(request: HttpRequest) -> str | None:
    """What the socket says. A header that names another address is the sender's own word."""
    return request.META.get("REMOTE_ADDR") or None


@open_to_all
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(where_to(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            at, address = now(), address_of(request)
            officer = steps.with_password(**form.cleaned_data, at=at, address=address)
            if second_factor.has_one(officer):
                halfway.remember(request, officer, next=where_to(request), at=at)
                return redirect("web:sign_in_code")
            steps.enter(officer, at=at, address=address)
            begin(request, officer)
            return redirect(where_to(request))
    return show(
        request,
        "sign_in.html",
        _("登录"),
        status=401 if form.errors else 200,
        form=form,
        accounts=demonstration.accounts(),
        next=wanted(request),
    )


@open_to_all
@never_cache
@sensitive_post_parameters("code")
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step, for whoever gave the password a moment ago."""
    if request.user.is_authenticated:
        return redirect("web:home")
    try:
        so_far = halfway.of(request, at=now())
    except SignInExpired as late:
        messages.warning(request, late.text)
        return redirect("web:sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            code, address = form.cleaned_data["code"], address_of(request)
            steps.with_code(so_far.officer, code, at=now(), address=address)
            begin(request, so_far.officer, has_passed=True)
            return redirect(so_far.next)
    status = 401 if form.errors else 200
    return show(request, "sign_in_code.html", _("输入动态口令"), status=status, form=form)


def begin(request: HttpRequest, officer: Officer, *, has_passed: bool = False) -> None:
    """The session of a sign-in all of whose steps are done, under a new key."""
    auth.login(request, officer, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.pop(halfway.KEY, None)
    agent = request.headers.get("User-Agent", "")
    request.session[sessions.BEGUN] = sessions.beginning(
        at=now(), address=address_of(request), agent=agent
    )
    if has_passed:
        request.session[sessions.PASSED] = True


def wanted(request: HttpRequest) -> str:
    return request.POST.get("next") or request.GET.get("next") or ""


def where_to(request: HttpRequest) -> str:
    """The page that was asked for, if it is one of ours."""
    page = wanted(request)
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        return page
    return resolve_url(settings.LOGIN_REDIRECT_URL)


@require_POST
@step_of_sign_in(*Owed)
def sign_out(request: HttpRequest) -> HttpResponse:
    steps.leave(request.user, at=now(), address=address_of(request))
    auth.logout(request)
    return redirect("web:sign_in")


@step_of_sign_in(Owed.PASSWORD)
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """One's own, at will or because it must be changed."""
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            try:
                change(request, form.cleaned_data["old"], form.cleaned_data["password"])
            except WrongPassword as wrong:
                form.add_error("old", wrong.text)
            else:
                messages.success(request, _("口令已修改，下次登录请使用新口令。"))
                return redirect("web:home")
    return show(
        request,
        "password.html",
        _("修改口令"),
        form=form,
        frame=frame_of(request),
        is_first=request.user.must_change_password,
    )


def change(request: HttpRequest, old: str, new: str) -> None:
    officer, here = request.user, request.session.session_key
    address = address_of(request)
    steps.change_password(officer, old=old, new=new, at=now(), address=address, keep=here)
    auth.update_session_auth_hash(request, officer)


def frame_of(request: HttpRequest) -> str:
    """Without a menu as long as nothing in it would open."""
    return "web/bare.html" if owed_by(request) else "web/base.html"
