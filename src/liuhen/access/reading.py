"""Which requests an officer sees: one's own, those one decides on, and all for who serves them."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from liuhen.access import request_errors as errors
from liuhen.access.deciders import who_can
from liuhen.access.models import Decision, Request, RequestItem, RequestState, Step
from liuhen.kernel.clock import in_china
from liuhen.people import standins
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may, permissions_of
from liuhen.regulations.posts import posts_of

BESIDE = ("asked_by", "asked_by__unit", "agency", "case", "activity", "closed_by")
ALL = frozenset({Permission.SEE_SECRET})
"""Custodian, legal office and leaders see every request of the bureau's."""


def requests_for(officer: Officer, *, at: datetime) -> QuerySet[Request]:
    """Every request the officer may read."""
    rows = Request.objects.filter(agency_id=officer.agency_id).select_related(*BESIDE)
    if permissions_of(officer) & ALL:
        return rows
    if not officer.is_active:
        return rows.none()
    decided = Step.objects.filter(decided_by=officer).values("request_id")
    waiting = waiting_keys(officer, at=at)
    return rows.filter(Q(asked_by=officer) | Q(pk__in=decided) | Q(pk__in=waiting))


def request_for(number: str, officer: Officer, *, at: datetime) -> Request:
    """Refuses: NoSuchRequest, alike for what is not there and what is not shown."""
    found = None if "\0" in number else requests_for(officer, at=at).filter(number=number).first()
    if found is None:
        raise errors.NoSuchRequest()
    return found


def as_it_stands(request: Request, by: Officer) -> Request:
    """Read anew, in the log's turn. Refuses: NoSuchRequest for another bureau's."""
    rows = Request.objects.select_related(*BESIDE)
    found = rows.filter(pk=request.pk, agency_id=by.agency_id).first()
    if found is None:
        raise errors.NoSuchRequest()
    return found


def asked_by(officer: Officer) -> QuerySet[Request]:
    """我发起: newest first by `asked_at`."""
    rows = Request.objects.filter(agency_id=officer.agency_id, asked_by=officer)
    return rows.select_related(*BESIDE)


def waiting_for(officer: Officer, *, at: datetime) -> QuerySet[Request]:
    """待办: whose next step falls to the officer, what was sent back to them, and, for the
    custodian, what is still to be searched for."""
    rows = Request.objects.filter(agency_id=officer.agency_id).select_related(*BESIDE)
    mine = Q(pk__in=waiting_keys(officer, at=at))
    mine |= Q(asked_by=officer, state=RequestState.RETURNED)
    if may(officer, Permission.SERVE_OUTSIDERS):
        # No join: a request for several recordings is one line of the inbox.
        items = RequestItem.objects.filter(request=OuterRef("pk"))
        mine |= Q(~Exists(items), state=RequestState.ASKED)
    return rows.filter(mine)


def decided_by(officer: Officer) -> QuerySet[Request]:
    """已办: on which the officer took a step, or which they answered."""
    steps = Step.objects.filter(decided_by=officer).values("request_id")
    answered = Q(closed_by=officer, state=RequestState.NO_SUCH)
    rows = Request.objects.filter(agency_id=officer.agency_id).select_related(*BESIDE)
    return rows.filter(Q(pk__in=steps) | answered)


def count_waiting(officer: Officer, *, at: datetime) -> int:
    return waiting_for(officer, at=at).count()


def waiting_keys(officer: Officer, *, at: datetime) -> list[int]:
    """Requests whose current step the officer can take. A fixed number of queries; one or two
    for who holds no post and stands in for nobody."""
    if not officer.is_active:
        return []
    today = in_china(at).date()
    instead = standins.in_force(officer.agency, today).filter(officer=officer)
    if not posts_of(officer) and not instead.exists():
        return []
    steps = current_steps(officer.agency_id)
    able = who_can(steps, at=at) if steps else {}
    return [one.request_id for one in steps if officer in able[one.pk]]


def current_steps(agency: int) -> list[Step]:
    """Of each pending request of the bureau with something to decide on, the step whose turn it
    is. Pending ones are few."""
    rows = Step.objects.filter(
        request__agency_id=agency,
        request__state=RequestState.ASKED,
        round=F("request__round"),
        decision=Decision.PENDING,
    )
    first: dict[int, Step] = {}
    for step in rows.filter(request__items__isnull=False).distinct().order_by("position"):
        first.setdefault(step.request_id, step)
    return list(first.values())


def track_of(request: Request) -> Sequence[Step]:
    """All steps of all rounds, in their order, with who decided."""
    rows = Step.objects.filter(request=request).select_related("decided_by")
    return list(rows.order_by("round", "position"))
