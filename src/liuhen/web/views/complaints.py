"""投诉与信访: the list, entering one (which holds what it is about), one complaint, closing it."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.custody import keyset
from liuhen.custody import queries as custody
from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.people.permissions import NotPermitted
from liuhen.retention import complaints
from liuhen.retention.hold_queries import ComplaintFilters
from liuhen.retention.models import Complaint, HoldGround, HoldScope
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.keeping import ComplaintFilterForm, ComplaintForm, OutcomeForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.mending import at_minute
from liuhen.web.holds_text import Told, steps_of_complaint, tabs_of
from liuhen.web.keeping_panel import COMPLAINED
from liuhen.web.pages import is_part, show
from liuhen.web.views.holds import PER_PAGE, entered, filled, offered, scope_asked


@needs(*SEEING)
def complaint_list(request: HttpRequest) -> HttpResponse:
    """The list; to htmx only its results, under the same address."""
    officer = request.user
    entered(officer)
    page = keyset.take(
        complaint_rows(request).select_related(*complaints.BESIDE),
        request.GET.get("cursor"),
        by="entered_at",
        size=PER_PAGE,
    )
    part = is_part(request, "results")
    return show(
        request,
        "keeping/complaint_results.html" if part else "keeping/complaints.html",
        _("保全与投诉"),
        form=complaint_filter(request),
        tab="complaints",
        tabs=tabs_of(officer, now()),
        page=page,
        rows=[(one, Told(one.hold)) for one in page.rows],
        may_enter=bool(kinds_for(officer)),
    )


def complaint_filter(request: HttpRequest) -> ComplaintFilterForm:
    form = ComplaintFilterForm(request.GET)
    form.is_valid()
    return form


def complaint_rows(request: HttpRequest) -> QuerySet[Complaint]:
    """What the filter bar shows."""
    rows = complaints.seen_by(request.user, now())
    return ComplaintFilters(**filled(complaint_filter(request))).apply(rows)


def kinds_for(officer: Officer) -> list[HoldGround]:
    return [one for one in entered(officer) if one in COMPLAINED]


@needs(*SEEING)
def enter_complaint(request: HttpRequest) -> HttpResponse:
    """One form: what was said, and what it is about, which is held with it."""
    officer, kinds = request.user, kinds_for(request.user)
    if not kinds:
        raise NotPermitted()
    kind = scope_asked(request)
    initial = {"received_at": at_minute(now())} | offered(request)
    form = ComplaintForm(kind, officer, kinds, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = complaints.enter(form.told(), form.scope(), by=officer, at=now())
            messages.success(
                request,
                _("已登记，有关资料同时保全（%(number)s）。") % {"number": made.hold.number},
            )
            return redirect("web:complaint", made.pk)
    return show(
        request,
        "keeping/enter.html",
        _("登记投诉"),
        status=422 if form.errors else 200,
        form=form,
        kind=kind,
        scopes=HoldScope.choices,
    )


@needs(*SEEING)
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    return complaint_page(request, complaints.complaint_for(pk, request.user, now()))


def complaint_page(
    request: HttpRequest, found: Complaint, *, status: int = 200, **forms: Any
) -> HttpResponse:
    may_close = complaints.may_close(found, request.user, now())
    shown = {"outcome_form": OutcomeForm() if may_close else None} | forms
    return show(
        request,
        "keeping/complaint.html",
        found.number,
        status=status,
        complaint=found,
        told=Told(found.hold),
        steps=steps_of_complaint(found),
        history=custody.history_of(complaints.subject_of(found)),
        **shown,
    )


@require_POST
@needs(*SEEING)
def close_complaint(request: HttpRequest, pk: int) -> HttpResponse:
    found = complaints.complaint_for(pk, request.user, now())
    complaints.check_closes(found, request.user, now())
    form = OutcomeForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            complaints.close(found, **form.said(), by=request.user, at=now())
            messages.success(request, _("投诉已办结。不再需要保全的，请申请解除。"))
            return redirect("web:complaint", pk)
    return complaint_page(request, found, status=422, outcome_form=form)
