"""鉴定: what has come to its end, what was said of it, and the register drawn of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.access import assigning
from liuhen.access.rights import Ground
from liuhen.custody import keyset
from liuhen.engines.policy.values import Retention
from liuhen.kernel.clock import in_china, now
from liuhen.people.models import Agency
from liuhen.people.permissions import Permission
from liuhen.recordings import queries
from liuhen.recordings.models import Recording
from liuhen.regulations import current
from liuhen.retention import appraisal, disposal, due, guards, log_time
from liuhen.retention.log_time import Clocks
from liuhen.web.doors import needs
from liuhen.web.forms.disposal import AppraiseForm, DrawForm, DueFilterForm, chosen
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import is_part, show

PAGE_SIZE = 50
COUNT_CAP = 10_000
Rows = Callable[[Agency, Clocks], QuerySet[Recording]]
TABS: dict[str, Rows] = {
    "due": due.to_appraise,
    "none": lambda agency, clocks: due.of_no_worth(agency),
    "kept": lambda agency, clocks: due.kept_on(agency),
}
LOOKS = timedelta(days=1)
AHEAD = log_time.MOST_STEP
"""A clock further ahead of the log than a long weekend is said on the page."""


@needs(Permission.APPRAISE_RECORDINGS)
def appraisals(request: HttpRequest) -> HttpResponse:
    return page_of(request, tab_asked(request))


def tab_asked(request: HttpRequest) -> str:
    return tab_of(request.GET.get("tab", ""))


def tab_of(asked: str) -> str:
    return asked if asked in TABS else "due"


def page_of(
    request: HttpRequest, tab: str, *, status: int = 200, **forms: AppraiseForm | DrawForm
) -> HttpResponse:
    """The list, to htmx only its results; `forms`: those sent and not accepted."""
    agency, clocks = request.user.agency, log_time.clocks(at=now())
    form = DueFilterForm(request.user, request.GET)
    rows, cursor = rows_of(agency, tab, clocks, form), request.GET.get("cursor")
    page = keyset.take(rows, cursor, by="recorded_at", size=PAGE_SIZE)
    said = guards.standing(page.rows)
    shown: dict[str, Any] = {
        "appraise_form": AppraiseForm(),
        "draw_form": DrawForm(initial={"fonds_no": last_fonds_no(agency)}),
    }
    return show(
        request,
        "disposal/due_rows.html" if is_part(request, "results") else "disposal/due.html",
        _("鉴定与销毁"),
        status=status,
        form=form,
        tab=tab,
        page=page,
        rows=[(one, said.get(one.pk)) for one in page.rows],
        count=rows.order_by()[: COUNT_CAP + 1].count(),
        cap=COUNT_CAP,
        clocks=clocks,
        is_ahead=clocks.gap > AHEAD,
        ticked=set(request.POST.getlist("recording")),
        most=disposal.MOST_LINES,
        **shown | forms,
    )


def rows_of(agency: Agency, tab: str, clocks: Clocks, form: DueFilterForm) -> QuerySet[Recording]:
    rows = form.filters().apply(TABS[tab](agency, clocks))
    beside = rows.select_related(*due.RELATED, "activity_recording__activity__party")
    return beside.defer("examination")


def last_fonds_no(agency: Agency) -> str:
    newest = agency.disposals.order_by("-pk").values_list("fonds_no", flat=True).first()
    return newest or ""


@require_POST
@needs(Permission.APPRAISE_RECORDINGS)
def appraise(request: HttpRequest) -> HttpResponse:
    """The same word on all that is ticked."""
    tab, form = tab_of(request.POST.get("tab", "")), AppraiseForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            picked = chosen(request.POST, request.user)
            n = appraisal.appraise(picked, form.word(), by=request.user, at=now())
            messages.success(request, _("已鉴定 %(n)d 件，并记入存证日志。") % {"n": n})
            return redirect(f"{resolve_url('web:appraisals')}?tab={tab}")
    return page_of(request, tab, status=422, appraise_form=form)


@require_POST
@needs(Permission.APPRAISE_RECORDINGS)
def look_to_appraise(request: HttpRequest, number: str) -> HttpResponse:
    """Nobody can say what is worthless who has not seen it: what is over may be looked at by who
    appraises it, for a day, without a request. The look is registered as any other."""
    officer, at = request.user, now()
    one = queries.get_visible(number, officer, at=at)
    if due.expired(officer.agency, log_time.clocks(at=at)).filter(pk=one.pk).exists():
        rule = current.rules(officer.agency, in_china(at).date()).get(Retention)
        assigning.assign(
            [one],
            officer,
            subject=f"appraisal:{number}",
            ground=Ground.APPRAISAL,
            article=rule.article if rule else None,
            until=at + LOOKS,
            by=officer,
            at=at,
        )
    return redirect("web:recording", number)


@require_POST
@needs(Permission.APPRAISE_RECORDINGS)
def draw(request: HttpRequest) -> HttpResponse:
    """A register of what is ticked; of all that waits for one, by the other button."""
    form = DrawForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            made = disposal.draw(to_list(request), **form.cleaned_data, by=request.user, at=now())
            told = _("已编制销毁清册 %(no)s，请核对后提交审核。")
            messages.success(request, told % {"no": made.number})
            return redirect("web:disposal", made.number)
    return page_of(request, "none", status=422, draw_form=form)


def to_list(request: HttpRequest) -> list[Recording]:
    if request.POST.get("all"):
        rows = due.of_no_worth(request.user.agency).order_by("recorded_at", "pk")
        return list(rows[: disposal.MOST_LINES])
    return chosen(request.POST, request.user)
