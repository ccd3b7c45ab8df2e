"""Judge anew what the log says has changed under an activity: its recordings, above all.

Operations of this room judge in their own step. Recordings stand below it and know of no activity:
they are examined, and placed again when a clock was read, and only the log tells. What a killed
process or an older version left unjudged is made up for in the same way. Read twice, the log
changes nothing.
"""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from liuhen.cases import coverage
from liuhen.cases.models import Activity, JudgingCursor
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.queries import log_size
from liuhen.engines.policy.pack import Rulebook
from liuhen.kernel.clock import in_china, midnight
from liuhen.regulations import current
from liuhen.regulations.models import Proposal

AT_ONCE = 500
"""Events looked at in one transaction."""

JUDGED_AT_ONCE = 50
"""Activities judged in one; each takes some 10 ms, and SQLite has one writer at a time. Many events
are about the same one: it is judged once."""

CHUNKS_A_ROUND = 40

OF_RECORDINGS = (
    Kind.RECORDING_EXAMINED,
    Kind.RECORDING_PLACED,
    Kind.RECORDING_MARKED,
    Kind.RECORDING_UNMARKED,
)
OF_BUREAUS = (Kind.MATTERS_IMPORTED, Kind.REGULATION_ADOPTED, Kind.RULE_CHANGE_APPROVED)
"""What has to be recorded hangs on the matter list and the regulation of the day. A rule is changed
on the day it holds from at the latest."""

OF_ACTIVITIES = (
    Kind.ACTIVITY_REGISTERED,
    Kind.ACTIVITY_CHANGED,
    Kind.ACTIVITY_ARRIVED,
    Kind.ACTIVITY_LEFT,
    Kind.RECORDING_LINKED,
    Kind.RECORDING_UNLINKED,
    Kind.EXEMPTION_APPROVED,
    Kind.EXEMPTION_REFUSED,
    Kind.INTERRUPTION_ENTERED,
    Kind.INTERRUPTION_CHANGED,
    Kind.INTERRUPTION_SUBMITTED,
    Kind.INTERRUPTION_APPROVED,
    Kind.INTERRUPTION_RETURNED,
    Kind.INTERRUPTION_REFUSED,
    Kind.STOP_REPORTED,
    Kind.STOP_STATED,
)
FOLLOWED = OF_RECORDINGS + OF_BUREAUS + OF_ACTIVITIES


def catch_up(*, at: datetime, rest: Callable[[], object] = lambda: None) -> int:
    """Read the log on, some chunks at most; answers how many activities were looked at. Idle, two
    small queries."""
    looked = 0
    for _ in range(CHUNKS_A_ROUND):
        cursor, _new = JudgingCursor.objects.get_or_create(pk=1)
        size = log_size()
        if cursor.next_index > size:
            # It is another log, e.g. an earlier one brought back: read from its start.
            JudgingCursor.objects.filter(next_index=cursor.next_index).update(next_index=0)
        elif cursor.next_index == size:
            break
        else:
            looked += read_on(cursor.next_index, at=at)
            rest()
    return looked


@transaction.atomic
def read_on(first: int, *, at: datetime) -> int:
    """One chunk from `first` on, and the cursor moved behind it, together. Of two rounds one does
    it."""
    log.wait_for_turn()
    events = list(
        CustodyEvent.objects.filter(index__gte=first, kind__in=FOLLOWED)
        .order_by("index")
        .only("index", "kind", "subject", "at")[:AT_ONCE]
    )
    after = events[-1].index + 1 if len(events) == AT_ONCE else log_size()
    keys: set[int] = set()
    for event, some in concerned(events):
        if keys and len(keys | some) > JUDGED_AT_ONCE:
            after = event.index
            break
        keys |= some
    if not JudgingCursor.objects.filter(pk=1, next_index=first).update(next_index=after):
        return 0
    books: dict[int, Rulebook | None] = {}
    for activity in Activity.objects.filter(pk__in=keys).select_related("agency").order_by("pk"):
        if activity.agency_id not in books:
            books[activity.agency_id] = current.rulebook_if_any(activity.agency)
        coverage.refresh(activity, by=log.SYSTEM, at=at, book=books[activity.agency_id])
    return len(keys)


def concerned(events: list[CustodyEvent]) -> Iterator[tuple[CustodyEvent, set[int]]]:
    """Each event with the keys of its activities. Two queries, and one for each change of a list
    or rule."""
    told: dict[str, set[str]] = {"activity": set(), "recording": set()}
    for event in events:
        of, _, number = event.subject.partition(":")
        told.setdefault(of, set()).add(number)
    rows = Activity.objects.filter(voided_at=None)
    own = rows.filter(number__in=told["activity"]).values_list("number", "pk")
    through = rows.filter(activity_recordings__recording__number__in=told["recording"])
    number = "activity_recordings__recording__number"
    of_recordings = dict(through.values_list(number, "pk"))
    found = {"activity": dict(own), "recording": of_recordings}
    for event in events:
        of, _, name = event.subject.partition(":")
        if event.kind in OF_BUREAUS:
            yield event, set(rows.filter(since(event)).values_list("pk", flat=True))
        elif name in found.get(of, {}):
            yield event, {found[of][name]}


def since(event: CustodyEvent) -> Q:
    """Activities of the bureau from that day on: no earlier one had its new list or rule."""
    of, _, pk = event.subject.partition(":")
    agency = Proposal.objects.filter(pk=pk).values("agency") if of == "proposal" else [int(pk)]
    return Q(agency_id__in=agency, arrived_at__gte=midnight(in_china(event.at).date()))
