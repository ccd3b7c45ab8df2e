"""销毁清册: the list, one register and each step of it."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from liuhen.custody import keyset
from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.regulations import current
from liuhen.retention import disposal, execution, guards, left_copies, log_time
from liuhen.retention import disposal_queries as queries
from liuhen.retention.disposal_queries import TAKING_PART
from liuhen.retention.disposal_states import OPEN, Step
from liuhen.retention.models import DisposalItem, DisposalList, DisposalState, ItemState
from liuhen.web import disposal_text as text
from liuhen.web.doors import needs
from liuhen.web.forms.disposal import (
    CopiesForm,
    ListFilterForm,
    OpinionForm,
    ReasonForm,
    WitnessForm,
    positions,
)
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import is_part, show

PAGE_SIZE = 25


@needs(*TAKING_PART)
def disposals(request: HttpRequest) -> HttpResponse:
    """Those that wait for one's step, or all; to htmx only the results."""
    officer, form = request.user, ListFilterForm(request.GET)
    tab = tab_of(request)
    rows, cursor = rows_of(officer, tab, form), request.GET.get("cursor")
    page = keyset.take(rows, cursor, by="drawn_at", size=PAGE_SIZE)
    part = is_part(request, "results")
    return show(
        request,
        "disposal/list_rows.html" if part else "disposal/lists.html",
        _("鉴定与销毁"),
        form=form,
        tab=tab,
        page=page,
        rows=[(one, text.COLOURS[DisposalState(one.state)]) for one in page.rows],
    )


def tab_of(request: HttpRequest) -> str:
    return "all" if request.GET.get("tab") == "all" else "waiting"


def rows_of(officer: Officer, tab: str, form: ListFilterForm) -> QuerySet[DisposalList]:
    form.is_valid()
    said = form.cleaned_data
    rows = queries.visible_to(officer) if tab == "all" else queries.waiting_for(officer)
    if said.get("state"):
        rows = rows.filter(state=said["state"])
    for word in said.get("words", "").split():
        rows = rows.filter(Q(number__icontains=word) | Q(reason__icontains=word))
    return queries.with_counts(rows)


@needs(*TAKING_PART)
def disposal_list(request: HttpRequest, number: str) -> HttpResponse:
    return page_of(request, queries.get_visible(number, request.user))


def page_of(
    request: HttpRequest, found: DisposalList, *, status: int = 200, **sent: Any
) -> HttpResponse:
    """One register with the forms of the steps this person may take; `sent`: those not accepted."""
    officer, at = request.user, now()
    lines = list(queries.lines_of(found))
    live = [item for item in lines if item.is_live]
    clocks = log_time.clocks(at=at)
    return show(
        request,
        "disposal/list.html",
        _("销毁清册 %(no)s") % {"no": found.number},
        status=status,
        found=found,
        colour=text.COLOURS[DisposalState(found.state)],
        lines=[(item, text.why_text(item.why) if item.why else "") for item in lines],
        is_open=found.state in OPEN,
        n=sum(item.state != ItemState.TAKEN_OUT for item in lines),
        size_bytes=queries.size_of(i for i in lines if i.state != ItemState.TAKEN_OUT),
        against=against(found, live, clocks),
        steps=text.steps_of(found),
        actors=text.names_of(text.actors_of(found)),
        waits_until=found.waits_until(found.approved_at),
        left=left_copies.of(found),
        **forms_for(found, officer) | sent,
    )


def forms_for(found: DisposalList, officer: Any) -> dict[str, Any]:
    shown: dict[str, Any] = {"may_submit": disposal.may(Step.SUBMIT, found, officer)}
    shown["may_take_out"] = shown["may_submit"]
    if disposal.may(Step.REVIEW, found, officer) or disposal.may(Step.APPROVE, found, officer):
        shown["opinion_form"] = OpinionForm()
    if disposal.may(Step.REVOKE, found, officer):
        shown["revoke_form"] = ReasonForm(name="revoke")
    if shown["may_take_out"]:
        shown["take_out_form"] = ReasonForm(name="take_out")
    may_confirm = Permission.APPRAISE_RECORDINGS in permissions_of(officer)
    if may_confirm and found.state == DisposalState.DONE:
        shown["copies_form"] = CopiesForm()
    if execution.may_witness(found, officer):
        shown["witness_form"] = WitnessForm()
    return shown


def against(
    found: DisposalList, live: list[DisposalItem], clocks: log_time.Clocks
) -> list[tuple[DisposalItem, object]]:
    """What would be spared if it were executed now, and why."""
    if found.state not in OPEN or found.state == DisposalState.EXECUTING:
        return []
    book = current.rulebook_if_any(found.agency)
    answers = guards.ask([item.recording for item in live], book, clocks)
    told = [(item, answers[item.recording_id].why) for item in live]
    return [(item, text.why_text(why)) for item, why in told if why]


@require_POST
@needs(Permission.APPRAISE_RECORDINGS)
def submit(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    disposal.submit(found, by=request.user, at=now())
    messages.success(request, _("已提交法制机构审核。"))
    return redirect("web:disposal", number)


@require_POST
@needs(Permission.APPRAISE_RECORDINGS)
def take_out(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    form = ReasonForm(request.POST, name="take_out")
    if form.is_valid():
        with refusals_on(form):
            chosen = positions(request.POST)
            disposal.take_out(found, chosen, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("已移出所选资料，需要销毁的须重新鉴定。"))
            return redirect("web:disposal", number)
    return page_of(request, found, status=422, take_out_form=form)


DEEDS = {
    "review": disposal.review,
    "approve": disposal.approve,
    "return": disposal.send_back,
}


@require_POST
@needs(Permission.REVIEW_DISPOSAL, Permission.APPROVE_DISPOSAL)
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """The legal office's review, the head's approval, or either's return: the button says which."""
    found = queries.get_visible(number, request.user)
    form = OpinionForm(request.POST)
    deed = DEEDS.get(request.POST.get("step", ""))
    if form.is_valid() and deed:
        with refusals_on(form):
            deed(found, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("意见已登记，并记入存证日志。"))
            return redirect("web:disposal", number)
    return page_of(request, found, status=422, opinion_form=form)


@require_POST
@needs(*disposal.REVOKING)
def revoke(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    form = ReasonForm(request.POST, name="revoke")
    if form.is_valid():
        with refusals_on(form):
            disposal.revoke(found, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("清册已撤销，其中的资料重新列为待鉴定。"))
            return redirect("web:disposal", number)
    return page_of(request, found, status=422, revoke_form=form)


@require_POST
@needs(Permission.WITNESS_DISPOSAL)
@sensitive_post_parameters()
def witness(request: HttpRequest, number: str) -> HttpResponse:
    """One of two, each at their own sign-in and with their own password."""
    found = queries.get_visible(number, request.user)
    form = WitnessForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            address = request.META.get("REMOTE_ADDR")
            password = form.cleaned_data["password"]
            execution.confirm(found, password, by=request.user, at=now(), address=address)
            messages.success(request, told_of(found))
            return redirect("web:disposal", number)
    return page_of(request, found, status=422, witness_form=form)


def told_of(found: DisposalList) -> str:
    if found.state == DisposalState.EXECUTING:
        return _("两名监销人均已确认，开始销毁。刷新本页可查看进展。")
    return _("监销已确认，等待另一名监销人确认。")


@require_POST
@needs(Permission.APPRAISE_RECORDINGS)
def copies_gone(request: HttpRequest, number: str) -> HttpResponse:
    """Copies that had left were called back and destroyed by hand."""
    found = queries.get_visible(number, request.user)
    form = CopiesForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            keys = request.POST.getlist("copy")
            left_copies.confirm(found, keys, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("已登记，并记入存证日志。"))
            return redirect("web:disposal", number)
    return page_of(request, found, status=422, copies_form=form)


@require_POST
@needs(Permission.APPRAISE_RECORDINGS)
def go_on(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    execution.go_on(found, by=request.user)
    messages.success(request, _("将继续销毁，请稍后刷新本页。"))
    return redirect("web:disposal", number)
