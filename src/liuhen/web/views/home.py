from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.access import reading
from liuhen.cases import completeness
from liuhen.duties import queries as duties
from liuhen.duties.models import Duty
from liuhen.duties.queries import Counters
from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.people.roles import ADMINISTRATORS
from liuhen.recordings import overview
from liuhen.supervision import spot_queries
from liuhen.supervision.breaches import records, seeing
from liuhen.supervision.corrections import seeing as corrections
from liuhen.web.disposal_waiting import cards_for
from liuhen.web.doors import SEEING, signed_in
from liuhen.web.duties_text import Told
from liuhen.web.pages import show
from liuhen.web.store_warning import store_warning
from liuhen.web.urgent import urgent_for

MINE, OTHERS = 6, 4
"""How many duties the first page lists of one's own, and of a unit's or the bureau's."""


@dataclass(frozen=True)
class Inbox:
    tab: str
    title: str
    counters: Counters
    rows: list[Told]


def inbox(tab: str, title: str, found: QuerySet[Duty], most: int, at: datetime) -> Inbox:
    rows = [Told(duty, at) for duty in duties.soonest(found, most)]
    return Inbox(tab, title, duties.counters(found, at=at), rows)


def inboxes(officer: Officer, at: datetime) -> list[Inbox]:
    """One's own first; the unit's and the bureau's for those in charge."""
    granted = permissions_of(officer)
    found = [inbox("mine", _("我的待办"), duties.mine(officer), MINE, at)]
    if Permission.SEE_UNIT_DUTIES in granted:
        found.append(inbox("unit", _("本科室"), duties.of_unit(officer), OTHERS, at))
    if Permission.SEE_AGENCY_DUTIES in granted:
        found.append(inbox("agency", _("全局"), duties.of_agency(officer.agency), OTHERS, at))
    return found


def breaches_waiting(officer: Officer) -> int:
    """Leads to look into, decisions to take, opinions to give: what is on this officer's desk."""
    if not permissions_of(officer) & set(seeing.WORKING):
        return 0
    return seeing.waiting_for(officer).count()


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """What is to be done, soonest first; then the newest recordings for those who see any, and
    for the others the doors that are theirs."""
    officer, at = request.user, now()
    lists, disposals = inboxes(officer, at), cards_for(officer, at)
    own, warning = list(records.open_for(officer).order_by("pk")), store_warning(officer)
    if not permissions_of(officer) & set(SEEING):
        is_administrator = bool(officer.role_names & set(ADMINISTRATORS))
        shown = {"inboxes": lists, "is_administrator": is_administrator, "own_breaches": own}
        shown |= {"disposals": disposals, "store_warning": warning}
        return show(request, "home_plain.html", _("工作台"), **shown)
    return show(
        request,
        "home.html",
        _("工作台"),
        inboxes=lists,
        own_breaches=own,
        breaches=breaches_waiting(officer),
        disposals=disposals,
        store_warning=warning,
        urgent=urgent_for(officer, at),
        counters=overview.counters(officer, at=at),
        incomplete=completeness.incomplete(officer),
        viewings=reading.count_waiting(officer, at=at),
        to_check=spot_queries.count_left(officer),
        to_accept=corrections.count_waiting(officer),
        recordings=overview.latest_recordings(officer),
        batches=overview.latest_batches(officer),
    )
