"""Accounts and units: the security administrator's pages."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from liuhen.kernel.clock import now
from liuhen.people import queries, staff
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.passwords import NewPasswordForm
from liuhen.web.forms.people import NewPersonForm, NewUnitForm
from liuhen.web.pages import show

PER_PAGE = 50


@needs(Permission.MANAGE_PEOPLE)
def people(request: HttpRequest) -> HttpResponse:
    return page(request, NewUnitForm())


def page(request: HttpRequest, unit_form: NewUnitForm, status: int = 200) -> HttpResponse:
    agency = request.user.agency
    rows = Paginator(queries.staff_of(agency), PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "people/list.html",
        _("人员管理"),
        status=status,
        page=rows,
        units=queries.units_of(agency),
        unit_form=unit_form,
    )


@sensitive_post_parameters()
@needs(Permission.MANAGE_PEOPLE)
def add_person(request: HttpRequest) -> HttpResponse:
    agency = request.user.agency
    form = NewPersonForm(agency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            officer = staff.add_officer(agency, form.person(), by=request.user, at=now())
            messages.success(request, _("已新增 %(name)s 的账号。") % {"name": officer.name})
            return redirect("web:people")
    return show(request, "people/add.html", _("新增人员"), form=form)


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def add_unit(request: HttpRequest) -> HttpResponse:
    form = NewUnitForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            unit = staff.add_unit(request.user.agency, form.cleaned_data["name"])
            messages.success(request, _("已添加科室“%(name)s”。") % {"name": unit.name})
            return redirect("web:people")
    return page(request, form, status=422)


def person(request: HttpRequest, pk: int) -> Officer:
    return get_object_or_404(Officer, pk=pk, agency_id=request.user.agency_id)


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    officer, active = person(request, pk), request.POST.get("active") == "1"
    staff.switch(officer, active=active, by=request.user, at=now())
    told = _("%(name)s 的账号已启用。") if active else _("%(name)s 的账号已停用。")
    messages.success(request, told % {"name": officer.name})
    return redirect("web:people")


@sensitive_post_parameters()
@needs(Permission.MANAGE_PEOPLE)
def person_password(request: HttpRequest, pk: int) -> HttpResponse:
    officer = person(request, pk)
    form = NewPasswordForm(officer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        staff.set_password(officer, form.cleaned_data["password"], by=request.user, at=now())
        messages.success(request, _("%(name)s 的口令已重置。") % {"name": officer.name})
        return redirect("web:people")
    return show(request, "people/password.html", _("重置口令"), form=form, officer=officer)
