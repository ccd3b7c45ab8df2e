"""我的监督记录: what one was told about oneself, to answer, sign for and appeal against. A clean
year is said, too."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.kernel.clock import in_china, now
from liuhen.supervision.breaches import correcting, records, seeing
from liuhen.supervision.models import Breach
from liuhen.web import breach_panels as panels
from liuhen.web.breach_text import DECISIONS, Told, delivered_how, steps_of
from liuhen.web.doors import signed_in
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import show
from liuhen.web.views.breach_papers import pdf_of, print_page


@signed_in
def my_record(request: HttpRequest) -> HttpResponse:
    """`?year=`: an earlier one."""
    this = in_china(now()).year
    record = records.record_of(request.user, year_asked(request, this))
    return show(
        request,
        "breaches/my_record.html",
        _("我的监督记录"),
        record=record,
        rows=[Told(one) for one in record.rows],
        waiting=list(records.open_for(request.user).order_by("pk")),
        this=this,
    )


def year_asked(request: HttpRequest, this: int) -> int:
    asked = request.GET.get("year", "")
    is_year = len(asked) == 4 and asked.isdecimal()
    return int(asked) if is_year and 1900 < int(asked) <= this else this


@signed_in
def own_breach(request: HttpRequest, number: str) -> HttpResponse:
    return own_page(request, seeing.own_breach(number, request.user))


def own_page(
    request: HttpRequest,
    found: Breach,
    *,
    status: int = 200,
    bound: Mapping[str, Any] | None = None,
) -> HttpResponse:
    return show(
        request,
        "breaches/own.html",
        found.number,
        status=status,
        breach=found,
        told=Told(found),
        steps=steps_of(found, own=True),
        panels=panels.own_panels(found, request.user, now(), bound or {}),
        sanctions=found.sanctions.all(),
        corrections=correcting.shown_to(found, request.user),
        is_decided=found.state in DECISIONS,
        delivered_how=delivered_how(found),
    )


@require_POST
@signed_in
def act(request: HttpRequest, number: str, step: str) -> HttpResponse:
    panel = panels.panel_named(panels.OWN, step)
    found = seeing.own_breach(number, request.user)
    form = panel.form_for(found, request.user, step, request.POST)
    if form.is_valid():
        with refusals_on(form):
            panel.run(found, form, request.user, now())
            messages.success(request, panel.done)
            return redirect("web:own_breach", number)
    return own_page(request, found, status=422, bound={step: form})


@signed_in
def printed(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    found = seeing.own_breach(number, request.user)
    way = reverse("web:pdf_own_breach", args=[number, kind])
    back = reverse("web:own_breach", args=[number])
    return print_page(request, found, kind, pdf=way, back=back)


@signed_in
def pdf(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    return pdf_of(seeing.own_breach(number, request.user), kind)
