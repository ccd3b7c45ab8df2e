"""One exemption or interruption: asking, the work record, the decision on it, filing."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.cases import deciders, exemptions, interruptions, papers
from liuhen.cases import unrecorded_queries as queries
from liuhen.cases.explaining import explains
from liuhen.cases.models import Activity, Exemption, Interruption
from liuhen.cases.queries import activity_for
from liuhen.kernel.clock import now
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.unrecorded import ExemptionForm, OpinionForm, RecordForm
from liuhen.web.pages import show
from liuhen.web.unrecorded_text import cause_of, lack_text, steps_of, title_of

Paper = Exemption | Interruption
TABLES: dict[str, type[Any]] = {"exemption": Exemption, "interruption": Interruption}
DEEDS: dict[str, Any] = {"exemption": exemptions, "interruption": interruptions}


def asks(activity: Activity, officer: Officer) -> exemptions.Offer:
    """What the regulation offers. Refuses as `papers.check_enters`, NoRegulation."""
    papers.check_enters(activity, officer)
    return exemptions.offer(papers.rules_for(activity, now()))


@needs(Permission.RECORD_ACTIVITIES)
def ask_exemption(request: HttpRequest, number: str) -> HttpResponse:
    activity = activity_for(number, request.user)
    offer = asks(activity, request.user)
    form = ExemptionForm(offer, request.POST or None)
    if request.method == "POST" and form.is_valid():
        later = "later" in request.POST
        with refusals_on(form):
            made = exemptions.ask(
                activity, **form.said(), by=request.user, at=now(), submit_now=not later
            )
            messages.success(request, told_of(made))
            return redirect("web:exemption", made.pk)
    return show(
        request,
        "unrecorded/ask.html",
        _("申请事前同意") if offer.is_prior else _("免予记录"),
        status=422 if form.errors else 200,
        activity=activity,
        offer=offer,
        posts=papers.posts_text(deciders.joined(offer.posts)),
        known=exemptions.known(activity),
        form=form,
        too_late=is_too_late(activity, offer),
    )


def is_too_late(activity: Activity, offer: exemptions.Offer) -> bool:
    if not offer.is_prior:
        return False
    try:
        exemptions.check_in_time(activity, offer.article, at=now())
    except Refusal:
        return True
    return False


def told_of(made: Exemption) -> str:
    if made.is_prior:
        return _("申请已提交，取得同意前仍应依规记录。")
    if made.state == "draft":
        return _("已登记，请在活动结束后补写工作记录。")
    return _("工作记录已提交审核。")


@needs(*SEEING)
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    return page_of(request, queries.one_for(pk, request.user, TABLES[kind]))


def page_of(request: HttpRequest, row: Paper, *, status: int = 200, **sent: Any) -> HttpResponse:
    """One paper with the forms of the steps this person may take; `sent`: those not accepted."""
    officer, kind = request.user, kind_of(row)
    forms: dict[str, Any] = {}
    if papers.may_write(row, officer):
        said = {"reason": row.reason, "basis": row.basis}
        forms["record_form"] = RecordForm(initial=said, needs_basis=needs_basis(row))
    if papers.may_decide(row, officer):
        forms["opinion_form"] = OpinionForm()
    return show(
        request,
        "unrecorded/paper.html",
        title_of(row),
        status=status,
        row=row,
        kind=kind,
        cause=cause_of(row),
        posts=papers.posts_text(row.posts),
        deciders=deciders_of(row),
        steps=steps_of(row),
        lack=lack_of(row),
        may_file=papers.may_file(row, officer),
        may_change=isinstance(row, Interruption) and interruptions.may_change(row, officer),
        **forms | sent,
    )


def kind_of(row: Paper) -> str:
    return "interruption" if isinstance(row, Interruption) else "exemption"


def needs_basis(row: Paper) -> bool:
    return isinstance(row, Interruption) or not row.is_prior


def deciders_of(row: Paper) -> list[str]:
    """By name, while somebody's word is waited for."""
    if row.state != "submitted":
        return []
    posts = deciders.posts_in(row.posts)
    return [
        one.name
        for one in deciders.holders(posts, row.activity, row.entered_by, row.submitted_by_id)
    ]


def lack_of(row: Paper) -> str | None:
    """What an interruption still lacks; "": nothing; None: no interruption."""
    if isinstance(row, Exemption):
        return None
    return lack_text(explains(row, papers.rules_for(row.activity, row.entered_at)))


@require_POST
@needs(Permission.RECORD_ACTIVITIES)
def submit(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    row = queries.one_for(pk, request.user, TABLES[kind])
    form = RecordForm(request.POST, needs_basis=needs_basis(row))
    papers.check_writes(row, request.user)
    if form.is_valid():
        said = {"basis": row.basis} | form.cleaned_data
        with refusals_on(form):
            DEEDS[kind].submit(row, **said, by=request.user, at=now())
            messages.success(request, _("已提交审核。"))
            return redirect(f"web:{kind}", pk)
    return page_of(request, row, status=422, record_form=form)


BUTTONS = {"approve": "approve", "return": "send_back", "refuse": "refuse"}


@require_POST
@needs(*SEEING)
def decide(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Which decision, the button says."""
    row = queries.one_for(pk, request.user, TABLES[kind])
    papers.check_decides(row, request.user)
    form = OpinionForm(request.POST)
    deed = BUTTONS.get(request.POST.get("step", ""))
    if form.is_valid() and deed:
        with refusals_on(form):
            decided = getattr(DEEDS[kind], deed)
            decided(row, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, said_of(deed))
            return redirect(f"web:{kind}", pk)
    return page_of(request, row, status=422, opinion_form=form)


def said_of(deed: str) -> str:
    return {
        "approve": _("已同意，并记入存证日志。"),
        "send_back": _("已退回补正，列为提交人的应办事项。"),
        "refuse": _("已作出不同意的意见，并记入存证日志。"),
    }[deed]


@require_POST
@needs(*SEEING)
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    row = queries.one_for(pk, request.user, TABLES[kind])
    DEEDS[kind].file(row, by=request.user, at=now())
    messages.success(request, _("材料已归档。"))
    return redirect(f"web:{kind}", pk)
