"""What a change of the rules would have done to the last twelve months. Reads only.

The change is tried as if it had held all that time, on every recording made in it: nobody's
duty, term or file is touched. What keeps a single recording longer (evidence, triggers, holds) is
left out: it is the rule that is compared; ends of activities, returns and excuses as they are
known now.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import Substr

from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices.models import DeviceKind
from liuhen.duties import handing_in
from liuhen.duties.handing_in import Known
from liuhen.duties.overdue import is_late
from liuhen.duties.trying import Pair, Tried
from liuhen.engines.policy import approvals, oversight, terms
from liuhen.engines.policy.answers import Ground, NoRule
from liuhen.engines.policy.approvals import ChainAnswer
from liuhen.engines.policy.oversight import Recurring
from liuhen.engines.policy.pack import Adopted, Change, Rules
from liuhen.engines.policy.periods import Period
from liuhen.engines.policy.terms import Keeping, KeepingFacts
from liuhen.engines.policy.values import CADENCES, Handover, HandoverExcused
from liuhen.engines.policy.vocabulary import RequestKind
from liuhen.kernel.clock import CHINA, in_china
from liuhen.people.models import Agency
from liuhen.recordings.models import Recording, RecordingState, TimeOrigin
from liuhen.regulations import current

A_YEAR_BACK = Period(months=-12)
MOST_EXAMPLES = 10
CHUNK = 5_000
ITS = "activity_recording__activity__"
COLUMNS = (
    "number", "recorded_at", "duration_seconds", "sealed_at", "recorded_at_origin", "device__kind",
    f"{ITS}number", f"{ITS}left_at", f"{ITS}returned_at", f"{ITS}excuse",
)  # fmt: skip


class Move(StrEnum):
    """What becomes of a keep-until. `OTHER` is never before and after, on another ground."""

    EARLIER = "earlier"
    LATER = "later"
    NO_LONGER_EXPIRES = "no_longer_expires"
    NOW_EXPIRES = "now_expires"
    OTHER = "other"


@dataclass(frozen=True)
class KeepingMoved:
    """`before`, `after` None: no term applies, so nothing ever expires."""

    number: str
    ended_at: datetime
    move: Move
    before: Keeping | None
    after: Keeping | None


@dataclass(frozen=True)
class HandoverMoved:
    """`due_before`, `due_after` None: nothing owed."""

    number: str
    sealed_at: datetime
    due_before: datetime | None
    due_after: datetime | None


@dataclass(frozen=True)
class ChainChanged:
    """None: the regulation says nothing of such requests. `opened`: how many openings of these
    months were of this kind; None: of this kind nothing is registered yet."""

    kind: RequestKind
    before: ChainAnswer | None
    after: ChainAnswer | None
    opened: int | None


@dataclass(frozen=True)
class RecurringChanged:
    """None: the regulation does not ask for it."""

    name: str
    before: Recurring | None
    after: Recurring | None


@dataclass
class Simulation:
    """Counts over the bureau's recordings of these months, and some examples, newest first."""

    since: datetime
    until: datetime
    recordings: int = 0
    moved: Counter[Move] = field(default_factory=Counter)
    moved_examples: list[KeepingMoved] = field(default_factory=list)
    newly_late: int = 0
    newly_in_time: int = 0
    handover_examples: list[HandoverMoved] = field(default_factory=list)
    chains: list[ChainChanged] = field(default_factory=list)
    recurring: list[RecurringChanged] = field(default_factory=list)
    notices: tuple[Ground, ...] = ()

    @property
    def changes_nothing(self) -> bool:
        late = self.newly_late or self.newly_in_time
        return not (self.moved or late or self.chains or self.recurring)


def simulate(agency: Agency, changes: Iterable[Change | Adopted], *, at: datetime) -> Simulation:
    """Try parameters' new values, or the adoption of another pack, on the last twelve months.

    From when a change would hold is left out: it is tried as if it had held all along.
    Refuses: NoRegulation.
    """
    tried = Tried(current.rulebook(agency), changes)
    since = A_YEAR_BACK.after(in_china(at))
    found = Simulation(since, in_china(at))
    for row in rows(agency, since, at):
        found.recordings += 1
        count_keeping(found, tried, row)
        if handing_in.had_begun(agency, row.ended_at):
            count_handover(found, tried, row)
    now = tried.on(found.until.date())
    found.chains = list(chains_changed(agency, now, since, at))
    found.recurring = list(recurring_changed(now))
    known = terms.law_notices(now.before)
    found.notices = tuple(said for said in terms.law_notices(now.after) if said not in known)
    return found


class Row(NamedTuple):
    number: str
    ended_at: datetime  # in China's zone
    sealed_at: datetime
    origin: str
    device_kind: str | None
    known: Known

    @property
    def day(self) -> date:
        return self.ended_at.date()


def rows(agency: Agency, since: datetime, until: datetime) -> Iterator[Row]:
    """Only what is asked for, a chunk at a time: memory stays the same for any number.

    Not what waits for its examination: until then its own time is a guess.
    """
    found = Recording.objects.filter(
        agency=agency, recorded_at__gte=since, recorded_at__lt=until
    ).exclude(state=RecordingState.SEALED)
    found = found.order_by("-recorded_at", "-pk")
    for number, recorded_at, seconds, sealed_at, origin, kind, *rest in found.values_list(
        *COLUMNS
    ).iterator(CHUNK):
        ended = recorded_at + timedelta(seconds=float(seconds or 0))
        activity, left_at, returned_at, excuse = rest
        known = Known(activity, left_at, returned_at, excuse or "")
        yield Row(number, in_china(ended), sealed_at, origin, kind, known)


def count_keeping(found: Simulation, tried: Tried, row: Row) -> None:
    move = tried.once(row.day, move_on)
    if move is None:
        return
    found.moved[move] += 1
    if len(found.moved_examples) < MOST_EXAMPLES:
        before, after = (keeping(rules, row.ended_at) for rules in tried.on(row.day))
        found.moved_examples.append(KeepingMoved(row.number, row.ended_at, move, before, after))


def move_on(pair: Pair) -> Move | None:
    """The same for all that ended on the day: terms are whole days and keep the time of day."""
    noon = datetime.combine(pair.before.day, time(12), tzinfo=CHINA)
    before, after = (keeping(rules, noon) for rules in pair)
    if outcome(before) == outcome(after):
        return None
    if before is None or before.until is None:
        return Move.NOW_EXPIRES if after and after.until else Move.OTHER
    if after is None or after.until is None:
        return Move.NO_LONGER_EXPIRES
    return Move.LATER if after.until > before.until else Move.EARLIER


def keeping(rules: Rules, ended_at: datetime) -> Keeping | None:
    try:
        return terms.keeping(rules, KeepingFacts(ended_at))
    except terms.NoTermApplies:
        return None


def outcome(of: Keeping | None) -> tuple[datetime | None, bool]:
    return (of.until, of.waits_for_case_file) if of else (None, False)


def count_handover(found: Simulation, tried: Tried, row: Row) -> None:
    # A time that is only the intake's own tells nothing of when the recording was made.
    if row.origin == TimeOrigin.INTAKE or row.device_kind == DeviceKind.FIXED_CAMERA:
        return
    if not tried.once(row.day, is_handed_in_otherwise):
        return
    before, after = (due_at(rules, row) for rules in tried.on(row.day))
    was_late, is_now_late = is_late(before, row.sealed_at), is_late(after, row.sealed_at)
    if was_late == is_now_late:
        return
    found.newly_late += is_now_late
    found.newly_in_time += was_late
    if len(found.handover_examples) < MOST_EXAMPLES:
        found.handover_examples.append(HandoverMoved(row.number, row.sealed_at, before, after))


def is_handed_in_otherwise(pair: Pair) -> bool:
    kinds = (Handover, HandoverExcused)
    return any(pair.before.get(kind) != pair.after.get(kind) for kind in kinds)


def due_at(rules: Rules, row: Row) -> datetime | None:
    dated = handing_in.deadline_of(rules, row.ended_at, row.known)
    return dated.deadline.due_at if dated else None


def chains_changed(
    agency: Agency, now: Pair, since: datetime, until: datetime
) -> Iterator[ChainChanged]:
    changed = []
    for kind in RequestKind:
        before, after = (chain(rules, kind) for rules in now)
        if asked_of(before) != asked_of(after):
            changed.append((kind, before, after))
    opened: dict[RequestKind, int] = {}
    if {kind for kind, _, _ in changed} & {RequestKind.OWN_CASE, RequestKind.VIEW}:
        opened = openings(agency, since, until)
    for kind, before, after in changed:
        yield ChainChanged(kind, before, after, opened.get(kind))


def chain(rules: Rules, kind: RequestKind) -> ChainAnswer | None:
    try:
        return approvals.chain(rules, kind)
    except NoRule:
        return None


def asked_of(answer: ChainAnswer | None) -> object:
    """Who must agree and what must be shown; the article alone makes no other chain."""
    return answer and (answer.steps, answer.register, answer.letter, answer.evidence_note)


def openings(agency: Agency, since: datetime, until: datetime) -> dict[RequestKind, int]:
    """How often recordings were opened: by those whose own case it was, and by others."""
    ours = Recording.objects.filter(agency=agency, number=OuterRef("number"))
    events = CustodyEvent.objects.filter(
        kind=Kind.RECORDING_OPENED, at__gte=since, at__lt=until
    ).annotate(number=Substr("subject", len("recording:") + 1))
    counted = events.filter(Exists(ours)).aggregate(
        all=Count("pk"),
        own=Count(
            "pk",
            filter=Exists(ours.filter(officer__login=OuterRef("actor")))
            | Exists(ours.filter(shares__officer__login=OuterRef("actor"))),
        ),
    )
    own = counted["own"]
    return {RequestKind.OWN_CASE: own, RequestKind.VIEW: counted["all"] - own}


def recurring_changed(now: Pair) -> Iterator[RecurringChanged]:
    before, after = (oversight.cadences(rules) for rules in now)
    for name in CADENCES:
        one, other = before.get(name), after.get(name)
        if rhythm_of(one) != rhythm_of(other):
            yield RecurringChanged(name, one, other)


def rhythm_of(task: Recurring | None) -> object:
    return task and (task.rhythm, task.posts)
