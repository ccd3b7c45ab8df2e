"""Marks for long keeping on recordings, activities and cases."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.cases import queries, triggers
from liuhen.cases.triggers import Thing
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.recordings.queries import get_visible
from liuhen.web.doors import needs
from liuhen.web.forms.keeping import LongTermForm


@require_POST
@needs(Permission.HANDLE_CASES)
def mark_recording(request: HttpRequest, number: str) -> HttpResponse:
    return mark(request, get_visible(number, request.user))


@require_POST
@needs(Permission.HANDLE_CASES)
def mark_activity(request: HttpRequest, number: str) -> HttpResponse:
    return mark(request, queries.activity_for(number, request.user))


@require_POST
@needs(Permission.HANDLE_CASES)
def mark_case(request: HttpRequest, pk: int) -> HttpResponse:
    return mark(request, queries.case_for(pk, request.user))


def mark(request: HttpRequest, thing: Thing) -> HttpResponse:
    triggers.check_marks(thing, request.user)
    form = LongTermForm(triggers.offered(thing, now()), request.POST)
    if form.is_valid():
        triggers.mark(thing, **form.said(), by=request.user, at=now())
        messages.success(request, _("已标注长期保存，不再自动到期。"))
    else:
        messages.error(request, _("请选择情形并写明情况后再标注。"))
    return redirect(page_of(thing))


@require_POST
@needs(Permission.HANDLE_CASES)
def lift_long_term(request: HttpRequest, pk: int) -> HttpResponse:
    made = triggers.mark_for(pk, request.user)
    reason = request.POST.get("reason", "")
    triggers.lift(made, reason=reason, by=request.user, at=now())
    messages.success(request, _("已撤销标注，撤销前后均留痕。"))
    return redirect(page_of(triggers.thing_of(made)))


def page_of(thing: Thing) -> str:
    column = triggers.column_of(thing)
    return f"{resolve_url(f'web:{column}', triggers.key_of(thing))}#keeping"
