"""Who may enter a page: one decorator on every view, naming the permission."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect

from liuhen.people.permissions import NotPermitted, Permission, permissions_of

View = Callable[..., HttpResponse]
SEEING = (Permission.SEE_OWN, Permission.SEE_UNIT, Permission.SEE_AGENCY)
"""Whoever sees any recordings at all; which ones is for `recordings.queries` to say."""


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


def guarded(view: View, check: Callable[[HttpRequest], None]) -> View:
    @wraps(view)
    def entered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        check(request)
        return view(request, *args, **kwargs)

    entered.door = "guarded"  # type: ignore[attr-defined]
    return entered


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Back to the page afterwards; a fragment's request goes back to the page it was on."""
    if request.htmx:
        here = request.htmx.current_url_abs_path or resolve_url("web:home")
        return HttpResponseClientRedirect(redirect_to_login(here).url)
    back = request.get_full_path() if request.method == "GET" else resolve_url("web:home")
    return redirect_to_login(back)
