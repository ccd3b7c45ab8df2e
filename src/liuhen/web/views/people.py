"""Accounts: the security administrator's pages."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from liuhen.kernel.clock import in_china, now
from liuhen.people import policies, queries, staff, suspending
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.passwords import NewPasswordForm
from liuhen.web.forms.people import (
    LiftForm,
    NewPersonForm,
    PersonFactsForm,
    StaffFilterForm,
    SuspendForm,
    SwitchForm,
)
from liuhen.web.forms.role_changes import ProposeRoleForm
from liuhen.web.pages import is_part, show

PER_PAGE = 50


@needs(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    agency = request.user.agency
    form = StaffFilterForm(agency, request.GET)
    filters = form.filters()
    rows = Paginator(filters.apply(queries.staff_of(agency)), PER_PAGE)
    part = is_part(request, "results")
    return show(
        request,
        "people/results.html" if part else "people/list.html",
        _("人员管理"),
        form=form,
        page=rows.get_page(request.GET.get("page")),
        today=filters.today,
        tab="people",
    )


@sensitive_post_parameters()
@needs(Permission.MANAGE_PEOPLE)
def add_person(request: HttpRequest) -> HttpResponse:
    agency = request.user.agency
    form = NewPersonForm(agency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            officer = staff.add_officer(agency, form.person(), by=request.user, at=now())
            told = _("已新增 %(name)s 的账号。所选岗位已提交，经另一人确认后生效。")
            messages.success(request, told % {"name": officer.name})
            return redirect("web:person", officer.pk)
    return show(request, "people/add.html", _("新增人员"), form=form)


def person(request: HttpRequest, pk: int) -> Officer:
    rows = Officer.objects.select_related("unit", "agency")
    return get_object_or_404(rows, pk=pk, agency_id=request.user.agency_id)


@needs(Permission.MANAGE_PEOPLE)
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return person_page(request, person(request, pk))


def person_page(
    request: HttpRequest, officer: Officer, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """One person; `forms` are those sent and not accepted, in place of empty ones."""
    empty = {
        "suspend_form": SuspendForm(),
        "lift_form": LiftForm(),
        "role_form": ProposeRoleForm(),
    }
    return show(
        request,
        "people/person.html",
        officer.name,
        status=status,
        officer=officer,
        held=queries.held_roles(officer),
        pending=queries.pending_of(officer),
        is_suspended=policies.is_suspended(officer, in_china(now()).date()),
        **empty | forms,
    )


@needs(Permission.MANAGE_PEOPLE)
def edit_person(request: HttpRequest, pk: int) -> HttpResponse:
    officer = person(request, pk)
    form = PersonFactsForm(officer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            staff.change(officer, form.facts(), by=request.user, at=now())
            messages.success(request, _("%(name)s 的信息已修改。") % {"name": officer.name})
            return redirect("web:person", pk)
    return show(request, "people/edit.html", _("修改人员信息"), form=form, officer=officer)


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    officer, form = person(request, pk), SuspendForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            suspending.suspend(officer, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("已登记 %(name)s 停止执法。") % {"name": officer.name})
            return redirect("web:person", pk)
    return person_page(request, officer, status=422, suspend_form=form)


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    officer, form = person(request, pk), LiftForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            suspending.lift(officer, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("%(name)s 已恢复执法。") % {"name": officer.name})
            return redirect("web:person", pk)
    return person_page(request, officer, status=422, lift_form=form)


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    officer, form = person(request, pk), SwitchForm(request.POST)
    if not form.is_valid():
        raise BadRequest("active must be 0 or 1")
    active = form.cleaned_data["active"] == "1"
    staff.switch(officer, active=active, by=request.user, at=now())
    on = _("%(name)s 的账号已启用。其原有岗位须经另一人确认后恢复。")
    told = on if active else _("%(name)s 的账号已停用。")
    messages.success(request, told % {"name": officer.name})
    return redirect("web:person", pk)


@sensitive_post_parameters()
@needs(Permission.MANAGE_PEOPLE)
def person_password(request: HttpRequest, pk: int) -> HttpResponse:
    officer = person(request, pk)
    if officer.pk == request.user.pk:
        return redirect("web:password")  # one's own costs the old one
    form = NewPasswordForm(officer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        staff.set_password(officer, form.cleaned_data["password"], by=request.user, at=now())
        told = _("%(name)s 的口令已重置，其下次登录时须自行修改。")
        messages.success(request, told % {"name": officer.name})
        return redirect("web:person", pk)
    return show(request, "people/password.html", _("重置口令"), form=form, officer=officer)
