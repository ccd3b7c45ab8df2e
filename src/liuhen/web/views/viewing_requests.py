"""调阅申请: the list with what waits for one's word, one request, and each step taken on it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from liuhen.access import (
    asking,
    deciders,
    deciding,
    grants,
    papers,
    reading,
    requests,
    revoking,
    rights,
)
from liuhen.access import request_errors as errors
from liuhen.access.models import Decision, Request, Viewing
from liuhen.access.models import Step as Turn
from liuhen.access.moving import subject_of
from liuhen.cases.queries import activities_for, cases_for
from liuhen.custody import keyset
from liuhen.custody import queries as custody
from liuhen.kernel.clock import now
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import visible_to
from liuhen.web.access_chosen import LONGEST_KEY, numbered
from liuhen.web.access_track import standing, track_of
from liuhen.web.access_words import act_title, names_text
from liuhen.web.doors import needs, signed_in
from liuhen.web.forms.access import (
    FilterForm,
    FoundForm,
    NoSuchForm,
    OpinionForm,
    PaperForm,
    RevokeForm,
)
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import is_part, show

PAGE_SIZE = 25
SHOWN_VIEWINGS = 50
"""Of one request's looks; the register has them all."""

TABS: dict[str, str | Promise] = {
    "waiting": gettext_lazy("待办"),
    "done": gettext_lazy("已办"),
    "own": gettext_lazy("我发起"),
    "all": gettext_lazy("全部"),
}


def tabs_for(officer: Officer) -> dict[str, str | Promise]:
    sees_all = may(officer, Permission.SEE_SECRET)
    return {name: said for name, said in TABS.items() if name != "all" or sees_all}


def rows_of(officer: Officer, tab: str, *, at: datetime) -> QuerySet[Request]:
    if tab == "waiting":
        return reading.waiting_for(officer, at=at)
    if tab == "own":
        return reading.asked_by(officer)
    if tab == "done":
        return reading.decided_by(officer)
    return reading.requests_for(officer, at=at)


@signed_in
def viewing_requests(request: HttpRequest) -> HttpResponse:
    """The list; to htmx only its results, under the same address."""
    officer, at, form = request.user, now(), FilterForm(request.GET)
    tabs, waiting = tabs_for(officer), reading.waiting_for(officer, at=at).count()
    tab = tab_of(request, waiting)
    rows = rows_asked(officer, tab, form, at=at)
    page = keyset.take(rows, request.GET.get("cursor"), by="asked_at", size=PAGE_SIZE)
    part = is_part(request, "results")
    return show(
        request,
        "access/results.html" if part else "access/list.html",
        _("调阅申请"),
        form=form,
        tab=tab,
        tabs=tabs.items(),
        waiting=waiting,
        may_ask=asking.may_ask(officer),
        page=page,
        lines=standing(page.rows, at=at),
    )


def tab_of(request: HttpRequest, waiting: int) -> str:
    asked = request.GET.get("tab", "")
    return asked if asked in tabs_for(request.user) else "waiting" if waiting else "own"


def rows_asked(officer: Officer, tab: str, form: FilterForm, *, at: datetime) -> QuerySet[Request]:
    rows = form.apply(rows_of(officer, tab, at=at))
    return rows.annotate(item_count=Count("items", distinct=True))


@dataclass(frozen=True)
class Item:
    """`is_under`: this request opens it, and the register will say so."""

    recording: Recording
    is_seen: bool
    may_play: bool
    is_under: bool


@signed_in
def viewing_request(request: HttpRequest, number: str) -> HttpResponse:
    return page_of(request, reading.request_for(number, request.user, at=now()))


def page_of(
    request: HttpRequest, found: Request, *, status: int = 200, **sent: Any
) -> HttpResponse:
    """One request with the forms of what this person may do; `sent`: those not accepted."""
    officer, at = request.user, now()
    turn = deciders.current_of(found)
    turns = reading.track_of(found)
    history = custody.history_of(subject_of(found))
    return show(
        request,
        "access/request.html",
        found.number,
        status=status,
        found=found,
        at=at,
        items=items_of(found, officer, at=at),
        case_is_seen=cases_for(officer).filter(pk=found.case_id).exists(),
        activity_is_seen=activities_for(officer).filter(pk=found.activity_id).exists(),
        grants=grants_of(found),
        viewings=viewings_of(found),
        papers=papers.papers_of(found),
        lacking=names_text(str(kind.label) for kind in papers.lacking(found)),
        last_word=last_word(turns, found),
        steps=track_of(found, turns, history, at=at),
        history=history,
        may_withdraw=requests.may_withdraw(found, officer),
        may_resubmit=requests.may_resubmit(found, officer),
        **forms_of(found, turn, officer, at=at) | sent,
    )


def forms_of(
    found: Request, turn: Turn | None, officer: Officer, *, at: datetime
) -> dict[str, Any]:
    """What waits for this person, as forms; why not, where they hold the post but may not act."""
    shown: dict[str, Any] = {}
    if turn is not None and found.items.exists():
        shown = {"turn": turn, "turn_title": act_title(turn.act)}
        try:
            deciding.check_decides(turn, by=officer, at=at)
        except Refusal as no:
            shown["why_not"] = no if no.code in CONCERNED else None
        else:
            shown["decide_form"] = OpinionForm(found)
    if requests.may_answer(found, officer):
        shown |= {"found_form": FoundForm(), "no_such_form": NoSuchForm()}
    if papers.may_add(found, officer):
        shown["paper_form"] = PaperForm()
    if grants.may_revoke(found, officer):
        shown["revoke_form"] = RevokeForm()
    return shown


CONCERNED = ("access.about_yourself",)
"""Refusals that are told beforehand: who stands aside is to know why the form is not there."""


def items_of(found: Request, officer: Officer, *, at: datetime) -> list[Item]:
    rows = Recording.objects.filter(request_items__request=found).select_related("officer")
    rows = list(rows.defer("examination").order_by("recorded_at", "pk"))
    keys = [one.pk for one in rows]
    seen = set(visible_to(officer).filter(pk__in=keys).values_list("pk", flat=True))
    known = [one for one in rows if one.pk in seen]
    under = rights.under(officer, known, found.number, at=at)
    playable = rights.rights_to(officer, known, at=at) | under
    return [Item(one, one.pk in seen, one.pk in playable, one.pk in under) for one in rows]


def grants_of(found: Request) -> QuerySet[Any]:
    rows = found.grants.select_related("recording", "officer", "revoked_by")
    return rows.order_by("recording__recorded_at", "pk")


def viewings_of(found: Request) -> QuerySet[Viewing]:
    rows = Viewing.objects.filter(grant__request=found).select_related("viewer", "recording")
    return rows.order_by("-opened_at", "-pk")[:SHOWN_VIEWINGS]


def last_word(turns: Any, found: Request) -> Turn | None:
    """Of who sent it back or refused, while that is how it stands."""
    if found.state not in ("returned", "refused"):
        return None
    decided = [one for one in turns if one.decision in (Decision.RETURNED, Decision.REFUSED)]
    return decided[-1] if decided else None


BUTTONS = {"approve": "approve", "return": "send_back", "refuse": "refuse"}


@require_POST
@signed_in
def decide_viewing(request: HttpRequest, number: str) -> HttpResponse:
    """Which decision, the button says; on which step, the page that was read."""
    officer, at = request.user, now()
    found = reading.request_for(number, officer, at=at)
    turn, form = turn_meant(request, found), OpinionForm(found, request.POST)
    check_concerns(turn, officer, at=at)
    deed = BUTTONS.get(request.POST.get("step", ""))
    if deed and form.is_valid():
        with refusals_on(form):
            decided = getattr(deciding, deed)
            decided(turn, **form.said(deed), by=officer, at=at)
            messages.success(request, told_of(deed))
            return redirect("web:viewing_request", number)
    return page_of(request, found, status=422, decide_form=form)


def check_concerns(turn: Turn, officer: Officer, *, at: datetime) -> None:
    """Whose it never was is told so at once; what another did meanwhile is said in the form, and
    what was typed is kept. Refuses: as `deciding.check_decides`."""
    try:
        deciding.check_decides(turn, by=officer, at=at)
    except (errors.AlreadyDecided, errors.RequestMoved):
        return


def turn_meant(request: HttpRequest, found: Request) -> Turn:
    """The step the decider had before them: a later one is not decided by a slow click. Refuses:
    RequestMoved."""
    key = request.POST.get("turn", "")
    if key.isdecimal():
        turns = Turn.objects.filter(request=found).select_related("request")
        turn = turns.filter(pk=int(key[:LONGEST_KEY])).first()
    else:
        turn = deciders.current_of(found)
    if turn is None:
        raise errors.RequestMoved(state=found.get_state_display())
    return turn


def told_of(deed: str) -> str:
    return {
        "approve": _("已同意，并记入存证日志。"),
        "send_back": _("已退回补正，列入申请人的待办。"),
        "refuse": _("已作出不同意的意见，并记入存证日志。"),
    }[deed]


@require_POST
@signed_in
def withdraw_viewing(request: HttpRequest, number: str) -> HttpResponse:
    found = reading.request_for(number, request.user, at=now())
    requests.withdraw(found, by=request.user, at=now())
    messages.success(request, _("申请已撤回。"))
    return redirect("web:viewing_request", number)


@require_POST
@signed_in
def revoke_viewing(request: HttpRequest, number: str) -> HttpResponse:
    """The grants that are ticked."""
    officer, at = request.user, now()
    found = reading.request_for(number, officer, at=at)
    grants.check_revokes(found, officer)
    form = RevokeForm(request.POST)
    chosen = [int(one[:LONGEST_KEY]) for one in request.POST.getlist("grant") if one.isdecimal()]
    if form.is_valid():
        with refusals_on(form):
            reason = form.cleaned_data["reason"]
            revoking.revoke_all(found, chosen, reason=reason, by=officer, at=at)
            messages.success(request, _("许可已收回，立即生效。"))
            return redirect("web:viewing_request", number)
    return page_of(request, found, status=422, revoke_form=form)


@require_POST
@needs(Permission.SERVE_OUTSIDERS)
def answer_viewing(request: HttpRequest, number: str) -> HttpResponse:
    """What the search found, by its numbers; or that there is no such thing."""
    officer, at = request.user, now()
    found = reading.request_for(number, officer, at=at)
    if request.POST.get("answer") == "no_such":
        return no_such(request, found, at=at)
    form = FoundForm(request.POST)
    if form.is_valid():
        rows, missing = numbered(form.split(), officer)
        if missing:
            form.add_error("numbers", _("没有查到：%(nos)s") % {"nos": names_text(missing)})
        with refusals_on(form):
            if not missing:
                requests.attach(found, rows, by=officer, at=at)
                messages.success(request, _("资料已列入申请，转入审批。"))
                return redirect("web:viewing_request", number)
    return page_of(request, found, status=422, found_form=form)


def no_such(request: HttpRequest, found: Request, *, at: datetime) -> HttpResponse:
    form = NoSuchForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            requests.no_such(found, **form.cleaned_data, by=request.user, at=at)
            messages.success(request, _("已答复查无此资料，查找经过一并记入。"))
            return redirect("web:viewing_request", found.number)
    return page_of(request, found, status=422, no_such_form=form)
