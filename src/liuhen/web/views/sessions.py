"""Where one is signed in; where another person is, their lock and second factor."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.kernel.clock import now
from liuhen.people import second_factor, sign_in, tries
from liuhen.people import sessions as operations
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.people.sessions import Ending
from liuhen.web.browsers import named
from liuhen.web.doors import needs, signed_in
from liuhen.web.pages import show
from liuhen.web.views.people import person

Row = dict[str, object]


def rows_of(officer: Officer, here: str | None = None) -> list[Row]:
    return [
        {
            "handle": operations.handle(row),
            "browser": named(row.agent),
            "address": row.address,
            "signed_in_at": row.signed_in_at,
            "seen_at": row.seen_at,
            "is_here": row.pk == here,
        }
        for row in operations.open_of(officer, at=now())
    ]


@signed_in
def own_sessions(request: HttpRequest) -> HttpResponse:
    rows = rows_of(request.user, request.session.session_key)
    return show(request, "sessions.html", _("我的登录"), rows=rows)


@require_POST
@signed_in
def end_session(request: HttpRequest) -> HttpResponse:
    """One of the officer's own, or all but this one."""
    officer, which = request.user, request.POST.get("which")
    if which:
        operations.end_one(officer, which, by=officer, at=now())
    else:
        here = request.session.session_key
        operations.end(officer, by=officer, at=now(), why=Ending.REVOKED, but=here)
    messages.success(request, _("已结束。该处再次使用时须重新登录。"))
    return redirect("web:sessions")


@needs(Permission.MANAGE_PEOPLE)
def person_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    officer = person(request, pk)
    return show(
        request,
        "people/sign_in.html",
        _("登录管理"),
        officer=officer,
        rows=rows_of(officer),
        is_locked=tries.is_locked(officer.login, at=now()),
        has_factor=second_factor.has_one(officer),
        is_required=second_factor.is_required_of(officer),
    )


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def unlock_person(request: HttpRequest, pk: int) -> HttpResponse:
    officer = person(request, pk)
    sign_in.unlock(officer, by=request.user, at=now())
    messages.success(request, _("已解除 %(name)s 的登录锁定。") % {"name": officer.name})
    return redirect("web:person_sign_in", pk)


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def reset_factor(request: HttpRequest, pk: int) -> HttpResponse:
    officer = person(request, pk)
    second_factor.reset(officer, by=request.user, at=now())
    told = _("已重置 %(name)s 的动态口令，其登录已全部结束。")
    messages.success(request, told % {"name": officer.name})
    return redirect("web:person_sign_in", pk)


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    officer = person(request, pk)
    operations.end(officer, by=request.user, at=now(), why=Ending.REVOKED)
    told = _("已结束 %(name)s 的全部登录。")
    messages.success(request, told % {"name": officer.name})
    return redirect("web:person_sign_in", pk)
