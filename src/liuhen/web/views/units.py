"""The bureau's units: a tab of the people's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.kernel.clock import now
from liuhen.people import queries
from liuhen.people import units as operations
from liuhen.people.models import Unit
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.units import UnitForm
from liuhen.web.pages import show


@needs(Permission.MANAGE_PEOPLE)
def units(request: HttpRequest) -> HttpResponse:
    return page(request, UnitForm(request.user.agency))


def page(request: HttpRequest, form: UnitForm, status: int = 200) -> HttpResponse:
    return show(
        request,
        "people/units.html",
        _("科室管理"),
        status=status,
        units=queries.units_with_numbers(request.user.agency),
        form=form,
        tab="units",
    )


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def add_unit(request: HttpRequest) -> HttpResponse:
    agency = request.user.agency
    form = UnitForm(agency, request.POST)
    if form.is_valid():
        with refusals_on(form):
            unit = operations.add(agency, form.facts(), by=request.user, at=now())
            messages.success(request, _("已添加科室“%(name)s”。") % {"name": unit.name})
            return redirect("web:units")
    return page(request, form, status=422)


@needs(Permission.MANAGE_PEOPLE)
def edit_unit(request: HttpRequest, pk: int) -> HttpResponse:
    agency = request.user.agency
    unit = get_object_or_404(Unit, pk=pk, agency=agency)
    form = UnitForm(agency, request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            operations.change(unit, form.facts(), by=request.user, at=now())
            messages.success(request, _("科室“%(name)s”已保存。") % {"name": form.facts().name})
            return redirect("web:units")
    return show(request, "people/unit.html", _("修改科室"), form=form, unit=unit)
