"""抽查: the list, announcing one, and one with each of its steps."""

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
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.supervision import spot_answers, spot_checks, spot_rules, spot_spreading, spot_steps
from liuhen.supervision import spot_queries as queries
from liuhen.supervision.models import SpotCheck, SpotState
from liuhen.web import spot_papers as papers
from liuhen.web import spot_text as text
from liuhen.web.doors import needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.spot import AbandonForm, ConclusionForm, GiveForm, PlanForm, SpotFilterForm
from liuhen.web.pages import is_part, show

PAGE_SIZE = 25
SEEING_CHECKS = (Permission.SEE_SPOT_CHECKS, Permission.TAKE_SPOT_CHECKS)


@needs(*SEEING_CHECKS)
def checks(request: HttpRequest) -> HttpResponse:
    """Newest first; to htmx only the results."""
    form, basis = SpotFilterForm(request.GET), spot_rules.basis_for(request.user.agency, at=now())
    rows, cursor = rows_of(request.user, form), request.GET.get("cursor")
    page = keyset.take(rows, cursor, by="announced_at", size=PAGE_SIZE)
    return show(
        request,
        "spot/results.html" if is_part(request, "results") else "spot/list.html",
        _("抽查"),
        form=form,
        page=page,
        rows=[(one, text.COLOURS[one.state], text.rule_text(one)) for one in page.rows],
        may_announce=spot_rules.may_check(request.user, basis),
        posts=spot_rules.posts_text(basis),
    )


def rows_of(officer: Officer, form: SpotFilterForm) -> QuerySet[SpotCheck]:
    form.is_valid()
    asked, rows = form.cleaned_data, queries.visible_to(officer)
    if asked.get("state"):
        rows = rows.filter(state=asked["state"])
    for word in asked.get("words", "").split():
        rows = rows.filter(number__icontains=word)
    return queries.with_counts(rows)


@needs(Permission.TAKE_SPOT_CHECKS)
def new(request: HttpRequest) -> HttpResponse:
    """How to draw. `step=look` shows what would come; nothing is announced by it."""
    by, at = request.user, now()
    basis = spot_rules.basis_for(by.agency, at=at)
    spot_rules.check_may(by, basis)
    form = PlanForm(by, basis, request.POST or None, at=at)
    prepared = None
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            if request.POST.get("step") == "look":
                prepared = spot_checks.prepare(form.plan(), by=by, at=at)
            else:
                made = spot_checks.announce(form.plan(), by=by, at=at)
                messages.success(request, _("已公布抽查规则和名册校验值，现在可以抽取。"))
                return redirect("web:spot_check", made.number)
    status = 422 if form.errors else 200
    return show(
        request, "spot/new.html", _("新的抽查"), status=status, form=form, basis=basis,
        prepared=prepared,
    )  # fmt: skip


@needs(*SEEING_CHECKS)
def check(request: HttpRequest, number: str) -> HttpResponse:
    return page_of(request, queries.get_visible(number, request.user))


def page_of(
    request: HttpRequest, found: SpotCheck, *, status: int = 200, **sent: Any
) -> HttpResponse:
    """One spot check with the forms of the steps this person may take; `sent`: those refused."""
    lines = queries.lines_of(found, request.user)
    units, officers = queries.tallies(lines)
    return show(
        request,
        "spot/check.html",
        _("抽查 %(no)s") % {"no": found.number},
        status=status,
        found=found,
        colour=text.COLOURS[found.state],
        rule=text.rule_text(found),
        strata=text.strata_text(found),
        questions=[(text.short(one), one) for one in found.questions],
        lines=lines,
        done=sum(line.item.answered_at is not None for line in lines),
        failed=sum(bool(line.failing) for line in lines),
        unassigned=sum(line.item.checker is None for line in lines),
        mine=sum(line.item.checker_id == request.user.pk for line in lines),
        units=units,
        officers=officers,
        checkers=[one.officer for one in found.checkers.select_related("officer").order_by("pk")],
        commands=papers.commands_of(found),
        history=custody.history_of(spot_steps.subject_of(found)),
        **forms_for(request, found) | sent,
    )


def forms_for(request: HttpRequest, found: SpotCheck) -> dict[str, Any]:
    try:
        spot_steps.check_may_run(found, request.user, at=now())
    except Refusal:
        return {}
    basis = spot_rules.basis_for(found.agency, at=now())
    shown: dict[str, Any] = {"may_draw": found.state == SpotState.ANNOUNCED}
    if found.state in (SpotState.ANNOUNCED, SpotState.DRAWN):
        shown["abandon_form"] = AbandonForm(auto_id="abandon_%s")
    if found.state == SpotState.DRAWN:
        shown["close_form"] = ConclusionForm(auto_id="close_%s")
        shown["give_form"] = GiveForm(request.user, basis)
    return shown


@require_POST
@needs(Permission.TAKE_SPOT_CHECKS)
def draw(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    spot_checks.draw(found, by=request.user, at=now())
    messages.success(request, _("已抽取，并记入存证日志。"))
    return redirect("web:spot_check", number)


@require_POST
@needs(Permission.TAKE_SPOT_CHECKS)
def abandon(request: HttpRequest, number: str) -> HttpResponse:
    found, form = queries.get_visible(number, request.user), AbandonForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            spot_checks.abandon(found, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("抽查已放弃，记录仍然保留。"))
            return redirect("web:spot_check", number)
    return page_of(request, found, status=422, abandon_form=form)


@require_POST
@needs(Permission.TAKE_SPOT_CHECKS)
def close(request: HttpRequest, number: str) -> HttpResponse:
    found, form = queries.get_visible(number, request.user), ConclusionForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            duty = spot_answers.close(found, **form.cleaned_data, by=request.user, at=now())
            done = _("抽查已办结，本期监督检查事项一并办结。") if duty else _("抽查已办结。")
            messages.success(request, done)
            return redirect("web:spot_check", number)
    return page_of(request, found, status=422, close_form=form)


@require_POST
@needs(Permission.TAKE_SPOT_CHECKS)
def give(request: HttpRequest, number: str) -> HttpResponse:
    """Another checker for one line."""
    found = queries.get_visible(number, request.user)
    basis = spot_rules.basis_for(found.agency, at=now())
    form = GiveForm(request.user, basis, request.POST)
    if form.is_valid():
        with refusals_on(form):
            asked = form.cleaned_data
            spot_spreading.give(
                found, asked["position"], asked["checker"], by=request.user, at=now()
            )
            messages.success(request, _("检查人已安排。"))
            return redirect("web:spot_check", number)
    return page_of(request, found, status=422, give_form=form)
