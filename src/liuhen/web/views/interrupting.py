"""中断: entering one, saying when recording went on and where the reason is said."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from liuhen.cases import interruptions, papers
from liuhen.cases import unrecorded_queries as queries
from liuhen.cases.models import Activity, Interruption, PaperState
from liuhen.cases.queries import activity_for
from liuhen.engines.policy.values import Interruption as Rule
from liuhen.kernel.clock import CHINA, now
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.mending import at_minute
from liuhen.web.forms.unrecorded import InterruptionForm
from liuhen.web.pages import show
from liuhen.web.unrecorded_text import title_of


def form_for(activity: Activity, by: Officer, *args: Any, **kwargs: Any) -> InterruptionForm:
    rules = papers.rules_for(activity, now())
    marks, rule = interruptions.marks_of(activity, by), rules.get(Rule)
    asks_basis = rule is not None and rule.work_record
    causes = interruptions.causes(rules)
    return InterruptionForm(causes, marks, *args, asks_basis=asks_basis, **kwargs)


@needs(Permission.RECORD_ACTIVITIES)
def enter_interruption(request: HttpRequest, number: str) -> HttpResponse:
    activity = activity_for(number, request.user)
    papers.check_enters(activity, request.user)
    form = form_for(activity, request.user, request.POST or None, initial=asked_about(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = interruptions.enter(
                activity,
                form.stretch(),
                by=request.user,
                at=now(),
                submit_now="later" not in request.POST,
            )
            messages.success(request, told_of(made))
            return redirect("web:interruption", made.pk)
    return show(
        request,
        "unrecorded/interrupt.html",
        _("登记中断"),
        status=422 if form.errors else 200,
        activity=activity,
        rule=papers.rules_for(activity, now()).get(Rule),
        form=form,
    )


def asked_about(request: HttpRequest) -> dict[str, Any]:
    """The gap that led here, where one did; else that it stopped just now."""
    said = {name: minute_in(request.GET.get(name, "")) for name in ("from_at", "until_at")}
    return said if said["from_at"] else {"from_at": at_minute(now())}


def minute_in(said: str) -> datetime | None:
    """By China's clock; None for what is no minute."""
    try:
        return datetime.strptime(said, "%Y-%m-%dT%H:%M").replace(tzinfo=CHINA)
    except ValueError:
        return None


def told_of(made: Interruption) -> str:
    if made.state == PaperState.DRAFT:
        return _("中断已登记，请补写工作记录。")
    if made.state == PaperState.SUBMITTED:
        return _("中断已登记，工作记录已提交审核。")
    return _("中断已登记。")


def change_form(row: Interruption, officer: Officer, *args: Any) -> InterruptionForm | None:
    """What may still be said of it: all of it, or when it went on and the mark. None: nothing."""
    if not interruptions.may_change(row, officer):
        return None
    initial = {
        "from_at": row.from_at,
        "until_at": row.until_at,
        "cause": row.cause,
        "reason": row.reason,
        "basis": row.basis,
        "mark": row.mark,
    }
    form = form_for(row.activity, officer, *args, initial=initial)
    if not interruptions.is_open_to_words(row):
        said = {"until_at"} if row.until_at else set()
        for name in {"from_at", "cause", "reason", "basis", *said} & form.fields.keys():
            form.fields[name].disabled = True
    return form


@needs(Permission.RECORD_ACTIVITIES)
def change_interruption(request: HttpRequest, pk: int) -> HttpResponse:
    row = queries.one_for(pk, request.user, Interruption)
    papers.check_writes(row, request.user)
    form = change_form(row, request.user, request.POST or None)
    if form is None:
        return redirect("web:interruption", pk)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            interruptions.change(row, form.stretch(), by=request.user, at=now())
            messages.success(request, _("中断登记已修改，并记入存证日志。"))
            return redirect("web:interruption", pk)
    return show(
        request,
        "unrecorded/interrupt.html",
        _("修改中断登记"),
        status=422 if form.errors else 200,
        activity=row.activity,
        rule=papers.rules_for(row.activity, row.entered_at).get(Rule),
        form=form,
        row=row,
        row_title=title_of(row),
    )
