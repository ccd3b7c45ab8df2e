"""One's own second factor: enrol a phone, renew the recovery codes, do without again."""

import segno
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from liuhen.kernel.clock import now
from liuhen.people import sealing, second_factor, sessions, sign_in
from liuhen.people.standing import Owed
from liuhen.web.doors import signed_in, step_of_sign_in
from liuhen.web.forms.look import Form, refusals_on
from liuhen.web.forms.session import CodeForm, EnrolForm, RemoveFactorForm, ReplaceForm
from liuhen.web.pages import show
from liuhen.web.views.session import address_of, frame_of

OFFERED = "offered_secret"
"""Session key: the sealed secret of an enrolment under way."""


@step_of_sign_in(Owed.SECOND_FACTOR)
@never_cache
@sensitive_post_parameters()
def factor(request: HttpRequest) -> HttpResponse:
    """Enrol, or see that one has."""
    if not second_factor.has_one(request.user):
        return enrol(request)
    if second_factor.is_required_of(request.user) and not request.session.get(sessions.PASSED):
        auth.logout(request)  # signed in before it was there: once more, with the code
        return redirect("web:sign_in")
    return overview(request, CodeForm(), RemoveFactorForm())


def overview(request: HttpRequest, renew: Form, remove: Form, status: int = 200) -> HttpResponse:
    if not second_factor.has_one(request.user):
        return redirect("web:second_factor")
    return show(
        request,
        "second_factor/there.html",
        _("动态口令"),
        status=status,
        factor=request.user.second_factor,
        left=second_factor.unused_recovery_codes(request.user),
        is_required=second_factor.is_required_of(request.user),
        renew=renew,
        remove=remove,
    )


def enrol(request: HttpRequest) -> HttpResponse:
    return offer(request, EnrolForm(request.POST or None), is_new=True)


@signed_in
@never_cache
@sensitive_post_parameters()
def replace(request: HttpRequest) -> HttpResponse:
    """A new phone in the place of the old one."""
    if not second_factor.has_one(request.user):
        return redirect("web:second_factor")
    return offer(request, ReplaceForm(request.POST or None), is_new=False)


def offer(request: HttpRequest, form: EnrolForm, *, is_new: bool) -> HttpResponse:
    """The QR code and the form below it; taken, the recovery codes."""
    secret = offered(request)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            return told_once(request, enrolled(request, secret, **form.cleaned_data))
    uri = second_factor.as_uri(secret, login=request.user.login)
    return show(
        request,
        "second_factor/enrol.html",
        _("启用动态口令") if is_new else _("更换手机"),
        status=422 if form.errors else 200,
        form=form,
        frame=frame_of(request),
        is_new=is_new,
        is_required=second_factor.is_required_of(request.user),
        picture=segno.make(uri, error="m").svg_data_uri(scale=5, border=2),
        secret=" ".join(fours(second_factor.as_text(secret))),
    )


def enrolled(
    request: HttpRequest, secret: bytes, code: str, password: str, old_code: str | None = None
) -> list[str]:
    """The recovery codes. The password: a screen left alone must not be given another's phone."""
    officer, key, at = request.user, request.session.session_key, now()
    address = address_of(request)
    said = {"secret": secret, "code": code, "password": password, "at": at, "address": address}
    if old_code is None:
        codes = sign_in.add_factor(officer, **said, keep=key)
    else:
        codes = sign_in.replace_factor(officer, **said, old_code=old_code, keep=key)
    request.session.pop(OFFERED, None)
    request.session[sessions.PASSED] = True
    request.session.cycle_key()
    return codes


def offered(request: HttpRequest) -> bytes:
    """The secret this session offers, the same until it is taken: a reload changes no QR code."""
    whose = second_factor.owner(request.user)
    if sealed := request.session.get(OFFERED):
        return sealing.unseal(sealed, of=whose)
    secret = second_factor.new_secret()
    request.session[OFFERED] = sealing.seal(secret, of=whose)
    return secret


def fours(text: str) -> list[str]:
    return [text[n : n + 4] for n in range(0, len(text), 4)]


def told_once(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """In the answer itself: kept nowhere, a reload can't show them again."""
    return show(
        request, "second_factor/codes.html", _("备用码"), codes=codes, frame=frame_of(request)
    )


@require_POST
@signed_in
@never_cache
@sensitive_post_parameters()
def renew_codes(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            address = address_of(request)
            code = form.cleaned_data["code"]
            return told_once(
                request,
                sign_in.renew_recovery_codes(request.user, code=code, at=now(), address=address),
            )
    return overview(request, form, RemoveFactorForm(), status=422)


@require_POST
@signed_in
@sensitive_post_parameters()
def remove(request: HttpRequest) -> HttpResponse:
    form = RemoveFactorForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            address = address_of(request)
            sign_in.remove_factor(request.user, **form.cleaned_data, at=now(), address=address)
            messages.success(request, _("动态口令已停用，今后只凭口令登录。"))
            return redirect("web:second_factor")
    return overview(request, CodeForm(), form, status=422)
