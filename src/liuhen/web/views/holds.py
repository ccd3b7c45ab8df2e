"""保全: the list, placing one, one hold with what it covers, the two steps of lifting it."""

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
from liuhen.recordings.queries import COUNT_CAP, PAGE_SIZE, visible_to
from liuhen.retention import complaints, holders, holds
from liuhen.retention.hold_queries import LIFTED, LIVE, STATES, HoldFilters
from liuhen.retention.hold_states import Step
from liuhen.retention.models import Hold, HoldGround, HoldScope
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.keeping import HoldFilterForm, HoldForm, LiftForm, RefuseLiftForm
from liuhen.web.forms.look import Form, refusals_on
from liuhen.web.holds_text import Told, steps_of, tabs_of
from liuhen.web.pages import is_part, show

PER_PAGE = 25
WAITING = "waiting"


def entered(officer: Officer) -> list[HoldGround]:
    """What the officer may place holds for. Refuses: NotPermitted, to whom holds are not shown."""
    grounds = holders.grounds_for(officer, now())
    if not grounds and not holders.sees_holds(officer, now()):
        raise NotPermitted()
    return grounds


@needs(*SEEING)
def hold_list(request: HttpRequest) -> HttpResponse:
    """The list; to htmx only its results, under the same address."""
    officer = request.user
    grounds = entered(officer)
    page = keyset.take(
        hold_rows(request).select_related(*holds.BESIDE),
        request.GET.get("cursor"),
        by="placed_at",
        size=PER_PAGE,
    )
    part = is_part(request, "results")
    return show(
        request,
        "keeping/hold_results.html" if part else "keeping/holds.html",
        _("保全与投诉"),
        form=hold_filter(request),
        tab=tab_asked(request),
        tabs=tabs_of(officer, now()),
        page=page,
        told=[Told(hold) for hold in page.rows],
        may_hold=bool(grounds),
    )


def tab_asked(request: HttpRequest) -> str:
    asked = request.GET.get("tab", LIVE)
    return asked if asked in (WAITING, LIVE, LIFTED) else LIVE


def hold_filter(request: HttpRequest) -> HoldFilterForm:
    """Looked at: what can't be understood is left out, and said beside the field."""
    form = HoldFilterForm(request.GET)
    form.is_valid()
    return form


def hold_rows(request: HttpRequest) -> QuerySet[Hold]:
    """What the tab and the filter bar show."""
    rows = rows_of(request.user, tab_asked(request))
    return HoldFilters(**filled(hold_filter(request))).apply(rows)


def filled(form: Form) -> dict[str, str]:
    return {name: said for name, said in form.cleaned_data.items() if said}


def rows_of(officer: Officer, tab: str) -> QuerySet[Hold]:
    if tab == WAITING:
        return holds.waiting_for(officer, now())
    return holds.seen_by(officer, now()).filter(STATES[tab])


def scope_asked(request: HttpRequest) -> HoldScope:
    asked = request.GET.get("scope", "")
    return HoldScope(asked) if asked in HoldScope.values else HoldScope.RECORDINGS


def offered(request: HttpRequest) -> dict[str, Any]:
    """What a form begins with: what the page that leads here is about."""
    names = ("activity", "case", "party", "device", "officer")
    found = {name: request.GET[name][:100] for name in names if name in request.GET}
    if numbers := request.GET.getlist("recording"):
        found["numbers"] = "\n".join(number[:20] for number in numbers)
    return found


@needs(*SEEING)
def place_hold(request: HttpRequest) -> HttpResponse:
    """`?scope=` says what kind of thing is held; a link's own name fills its field."""
    officer, grounds = request.user, entered(request.user)
    if not grounds:
        raise NotPermitted()
    kind = scope_asked(request)
    form = HoldForm(kind, officer, grounds, request.POST or None, initial=offered(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = holds.place(form.scope(), **form.said(), by=officer, at=now())
            messages.success(request, _("已保全，保全期间任何人不得销毁。"))
            return redirect("web:hold", made.pk)
    return show(
        request,
        "keeping/place.html",
        _("保全资料"),
        status=422 if form.errors else 200,
        form=form,
        kind=kind,
        scopes=HoldScope.choices,
    )


@needs(*SEEING)
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    return hold_page(request, holds.hold_for(pk, request.user, now()))


def hold_page(
    request: HttpRequest, found: Hold, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """`forms` are those sent and not accepted, in place of empty ones."""
    officer, at = request.user, now()
    covered = holds.recordings_of(found)
    # Who holds need not see every recording: what is held is counted, what is seen is listed.
    seen = visible_to(officer).filter(pk__in=covered.order_by().values("pk"))
    rows = seen.select_related("officer", "unit", "device").defer("examination")
    shown = {
        "lift_form": LiftForm() if holds.may_lift(found, Step.ASK, officer, at) else None,
        "refuse_form": (
            RefuseLiftForm() if holds.may_lift(found, Step.REFUSE, officer, at) else None
        ),
    } | forms
    return show(
        request,
        "keeping/hold.html",
        found.number,
        status=status,
        hold=found,
        told=Told(found),
        may_lift=holds.may_lift(found, Step.LIFT, officer, at),
        steps=steps_of(found),
        count=covered.order_by()[: COUNT_CAP + 1].count(),
        most=COUNT_CAP,
        page=keyset.take(rows, request.GET.get("cursor"), by="recorded_at", size=PAGE_SIZE),
        history=custody.history_of(holds.subject_of(found)),
        complaint=complaints.seen_by(officer, at).filter(hold=found).first(),
        **shown,
    )


@require_POST
@needs(*SEEING)
def ask_lift(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = holds.hold_for(pk, request.user, now()), LiftForm(request.POST)
    holds.check_lifts(found, request.user, now())
    if form.is_valid():
        with refusals_on(form):
            holds.ask_lift(found, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("已申请解除，须由另一名有权人员同意。"))
            return redirect("web:hold", pk)
    return hold_page(request, found, status=422, lift_form=form)


@require_POST
@needs(*SEEING)
def refuse_lift(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = holds.hold_for(pk, request.user, now()), RefuseLiftForm(request.POST)
    holds.check_lifts(found, request.user, now())
    if form.is_valid():
        with refusals_on(form):
            holds.refuse_lift(found, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("未同意解除，资料继续保全。"))
            return redirect("web:hold", pk)
    return hold_page(request, found, status=422, refuse_form=form)


@require_POST
@needs(*SEEING)
def lift_hold(request: HttpRequest, pk: int) -> HttpResponse:
    found = holds.hold_for(pk, request.user, now())
    holds.lift(found, by=request.user, at=now())
    messages.success(request, _("已解除保全，保存期限随即重新核算。"))
    return redirect("web:hold", pk)
