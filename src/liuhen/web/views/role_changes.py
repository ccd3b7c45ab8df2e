"""Roles by two people: what is proposed, what was decided, and deciding."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.kernel.clock import now
from liuhen.kernel.refusal import Refusal
from liuhen.people import queries, roles_changing
from liuhen.people.models import RoleChange
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.role_changes import DecideForm, ProposeRoleForm
from liuhen.web.pages import show
from liuhen.web.views.people import person, person_page

PER_PAGE = 50


@needs(Permission.MANAGE_PEOPLE, Permission.CONFIRM_ROLES)
def role_changes(request: HttpRequest) -> HttpResponse:
    """Those that wait, or with `?tab=done` those that were decided."""
    return page(request, DecideForm(request.user.agency))


def page(request: HttpRequest, form: DecideForm, status: int = 200) -> HttpResponse:
    is_pending = waits(request)
    rows = Paginator(queries.changes_of(request.user.agency, pending=is_pending), PER_PAGE)
    return show(
        request,
        "people/role_changes.html",
        _("岗位调整"),
        status=status,
        page=rows.get_page(request.GET.get("page")),
        form=form,
        is_pending=is_pending,
    )


def waits(request: HttpRequest) -> bool:
    return request.GET.get("tab") != "done"


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def propose_role(request: HttpRequest, pk: int) -> HttpResponse:
    officer, form = person(request, pk), ProposeRoleForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            roles_changing.propose(officer, **form.wanted(), by=request.user, at=now())
            messages.success(request, _("岗位调整已提交，经主要负责人或系统管理员确认后生效。"))
            return redirect("web:person", pk)
    return person_page(request, officer, status=422, role_form=form)


@require_POST
@needs(Permission.CONFIRM_ROLES)
def decide_roles(request: HttpRequest) -> HttpResponse:
    """One word on each change ticked; what is refused is said by name, the rest goes through."""
    form = DecideForm(request.user.agency, request.POST)
    if not form.is_valid():
        return page(request, form, status=422)
    done = sum(decided(request, change, form) for change in form.cleaned_data["change"])
    if done:
        messages.success(request, _("已办理 %(n)d 项岗位调整。") % {"n": done})
    return redirect("web:role_changes")


def decided(request: HttpRequest, change: RoleChange, form: DecideForm) -> bool:
    said = form.cleaned_data
    decide: dict[str, Callable[[], None]] = {
        "confirm": lambda: roles_changing.confirm(change, by=request.user, at=now()),
        "refuse": lambda: roles_changing.refuse(
            change, reason=said["reason"], by=request.user, at=now()
        ),
    }
    try:
        decide[said["decision"]]()
    except Refusal as no:
        messages.error(request, f"{change.officer.name}：{no.text}")
        return False
    return True


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def withdraw_role(request: HttpRequest, pk: int) -> HttpResponse:
    agency = request.user.agency_id
    change = get_object_or_404(RoleChange, pk=pk, officer__agency_id=agency)
    roles_changing.withdraw(change, by=request.user, at=now())
    messages.success(request, _("岗位调整已撤回。"))
    return redirect("web:role_changes")
