"""Compute terms anew where the log says that something they rest on has changed.

Cases, activities and recordings stand below and know of no term: a case that is closed, a
recording linked or used as evidence, another rule are told by the log alone. What an event
concerns is only marked here (`kept_terms.want`) and computed after it, some at a time. Read twice,
the log changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.custody.queries import log_size
from liuhen.kernel.clock import midnight
from liuhen.recordings.models import Recording
from liuhen.regulations.models import Proposal
from liuhen.retention import holds, kept_terms
from liuhen.retention.covering import recordings_of
from liuhen.retention.models import Complaint, Hold, Term, TermCursor

AT_ONCE = 500
"""Events looked at in one transaction; SQLite has one writer at a time."""

CHUNKS_A_ROUND = 20

FOLLOWED = (
    Kind.RECORDING_SEALED,
    Kind.RECORDING_EXAMINED,
    Kind.RECORDING_PLACED,
    Kind.RECORDING_ASSIGNED,
    Kind.RECORDING_SHARED,
    Kind.RECORDING_UNSHARED,
    Kind.RECORDING_USED_AS_EVIDENCE,
    Kind.RECORDING_NO_EVIDENCE,
    Kind.RECORDING_LINKED,
    Kind.RECORDING_UNLINKED,
    Kind.ACTIVITY_CHANGED,
    Kind.CASE_CHANGED,
    Kind.CASE_CLOSED,
    Kind.CASE_REOPENED,
    Kind.PARTY_MERGED,
    Kind.LONG_TERM_MARKED,
    Kind.LONG_TERM_LIFTED,
    Kind.HOLD_PLACED,
    Kind.HOLD_LIFTED,
    Kind.COMPLAINT_ENTERED,
    Kind.COMPLAINT_CLOSED,
    Kind.REGULATION_ADOPTED,
    Kind.RULE_CHANGE_APPROVED,
)


def catch_up(*, at: datetime, rest: Callable[[], object] = lambda: None) -> int:
    """Read the log on and compute what it concerns, some chunks at most; answers how many terms
    were computed. Idle, three small queries."""
    for _ in range(CHUNKS_A_ROUND):
        cursor, _new = TermCursor.objects.get_or_create(pk=1)
        size = log_size()
        if cursor.next_index > size:
            # It is another log, e.g. an earlier one brought back: read from its start.
            TermCursor.objects.filter(next_index=cursor.next_index).update(next_index=0)
        elif cursor.next_index == size:
            break
        else:
            read_on(cursor.next_index)
            rest()
    return compute(at=at, rest=rest)


def compute(*, at: datetime, rest: Callable[[], object]) -> int:
    computed = 0
    for _ in range(CHUNKS_A_ROUND):
        if not Term.objects.filter(is_stale=True).exists():
            break
        computed += kept_terms.refresh_some(at=at)
        rest()
    return computed


@transaction.atomic
def read_on(first: int) -> None:
    """One chunk from `first` on, and the cursor moved behind it, together. Of two rounds one does
    it."""
    log.wait_for_turn()
    rows = CustodyEvent.objects.filter(index__gte=first, kind__in=FOLLOWED).order_by("index")
    events = list(rows[:AT_ONCE])
    after = events[-1].index + 1 if len(events) == AT_ONCE else log_size()
    if TermCursor.objects.filter(pk=1, next_index=first).update(next_index=after):
        mark(events)


def mark(events: list[CustodyEvent]) -> None:
    """What these concern is to be computed anew."""
    told: dict[str, set[str]] = defaultdict(set)
    for event in events:
        of, _, key = event.subject.partition(":")
        told[of].add(key)
        if event.kind == Kind.RECORDING_UNLINKED:
            told["recording"].add(facts_of(event)["recording"])
    if told["recording"]:
        of_its_own = Recording.objects.filter(number__in=told["recording"])
        kept_terms.want(of_its_own)
        holds.keep_entered(of_its_own)
    # Each recording has its row since its own sealing was read: of others' events a mark is enough.
    for wanted in concerned(told):
        kept_terms.outdate(Recording.objects.filter(wanted))
        holds.keep_entered(Recording.objects.filter(wanted))
    for hold in Hold.objects.filter(held_by(told)) if told["hold"] or told["complaint"] else ():
        kept_terms.outdate(recordings_of(hold))
    for agency in told["agency"]:
        kept_terms.outdate(Recording.objects.filter(agency=int(agency)))
    for proposal in Proposal.objects.filter(pk__in=told["proposal"], from_date__isnull=False):
        # One that ended on the day begins on the day before at the earliest.
        since = midnight(proposal.from_date - timedelta(days=1))
        rows = Recording.objects.filter(agency_id=proposal.agency_id, recorded_at__gte=since)
        kept_terms.outdate(rows)


Told = dict[str, set[str]]
"""What events name, by kind: numbers of recordings, keys of cases."""


def concerned(told: Told) -> Iterator[Q]:
    """Of recordings, each way apart, so that it goes by its own index: of an activity, of a case
    (what is evidence in it or was taken back from it, too), of a party."""
    activity = "activity_recording__activity"
    ways = {
        "activity": (f"{activity}__number",),
        "case": (f"{activity}__case", "exhibits__case"),
        "party": (
            f"{activity}__party",
            f"{activity}__case__case_parties__party",
            "exhibits__case__case_parties__party",
        ),
    }
    for of, paths in ways.items():
        if told[of]:
            for path in paths:
                yield Q(**{f"{path}__in": told[of]})


def held_by(told: Told) -> Q:
    of_complaints = Complaint.objects.filter(number__in=told["complaint"]).values("hold")
    return Q(number__in=told["hold"]) | Q(pk__in=of_complaints)
