"""Who may enter a page: one decorator on every view, naming the permission."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext_lazy as _
from django_htmx.http import HttpResponseClientRedirect

from liuhen.kernel.clock import now
from liuhen.people import sessions, standing
from liuhen.people.permissions import NotPermitted, Permission, permissions_of
from liuhen.people.sessions import Ending
from liuhen.people.standing import Owed

View = Callable[..., HttpResponse]
SEEING = (Permission.SEE_OWN, Permission.SEE_UNIT, Permission.SEE_AGENCY)
"""Whoever sees any recordings at all; which ones is for `recordings.queries` to say."""

STEPS = {Owed.PASSWORD: "web:password", Owed.SECOND_FACTOR: "web:second_factor"}
"""Where a step of the sign-in is taken."""


def open_to_all(view: View) -> View:
    """A page for visitors who have not signed in."""
    view.door = "open"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """A page for anyone with an account."""
    return guarded(view, lambda request: None)


def needs(*any_of: Permission) -> Callable[[View], View]:
    """A page for whoever holds one of these permissions. Refuses: NotPermitted."""

    def check(request: HttpRequest) -> None:
        if not permissions_of(request.user) & set(any_of):
            raise NotPermitted()

    return lambda view: guarded(view, check)


def step_of_sign_in(*steps: Owed) -> Callable[[View], View]:
    """A page for anyone with an account, even one who still owes one of these steps."""
    return lambda view: guarded(view, lambda request: None, may_owe=frozenset(steps))


def guarded(
    view: View,
    check: Callable[[HttpRequest], None],
    *,
    may_owe: frozenset[Owed] = frozenset(),
) -> View:
    @wraps(view)
    def entered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        step = owed_by(request)
        if step and step not in may_owe:
            return sent_to(request, resolve_url(STEPS[step]))
        check(request)
        response = view(request, *args, **kwargs)
        # The next one at this PC must not find the page by "back" after the sign-out.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    entered.door = "guarded"  # type: ignore[attr-defined]
    return entered


def owed_by(request: HttpRequest) -> Owed | None:
    """The step of the sign-in that its officer has still to take."""
    has_passed = bool(request.session.get(sessions.PASSED))
    return standing.owed(request.user, has_passed=has_passed, at=now())


def sent_to(request: HttpRequest, url: str) -> HttpResponse:
    """A fragment's request takes its whole page along."""
    return HttpResponseClientRedirect(url) if request.htmx else redirect(url)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Back to the page afterwards; a fragment's request goes back to the page it was on."""
    tell_why(request)
    if request.htmx:
        here = request.htmx.current_url_abs_path or resolve_url("web:home")
        return HttpResponseClientRedirect(redirect_to_login(here).url)
    back = request.get_full_path() if request.method == "GET" else resolve_url("web:home")
    return redirect_to_login(back)


ENDINGS = {
    Ending.TIME: _("登录已超时（超过30分钟未操作，或登录已满12小时），请重新登录。"),
    Ending.REVOKED: _("您的本次登录已被强制退出，请重新登录。如非本人操作，请联系安全管理员。"),
    Ending.PASSWORD: _("口令已修改，此前的登录已全部结束，请用新口令登录。"),
    Ending.DISABLED: _("您的账号已停用，登录已结束。请联系安全管理员。"),
    Ending.FACTOR: _("动态口令设置已变更，此前的登录已结束，请重新登录。"),
}


def tell_why(request: HttpRequest) -> None:
    """Say what became of the sign-in this browser still remembers."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if key and (ending := sessions.ending_of(key, at=now())):
        messages.warning(request, ENDINGS[ending])
