"""Do appraisals, disposal registers and their lines stand as the log says?"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from liuhen.custody.deviations import Deviation
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import events_of_kind, facts_of
from liuhen.retention.models import Appraisal, DisposalItem, DisposalList, DisposalState, ItemState

S = DisposalState
AFTER = {
    Kind.DISPOSAL_DRAWN: S.DRAFT,
    Kind.DISPOSAL_SUBMITTED: S.SUBMITTED,
    Kind.DISPOSAL_REVIEWED: S.REVIEWED,
    Kind.DISPOSAL_APPROVED: S.WAITING,
    Kind.DISPOSAL_RETURNED: S.RETURNED,
    Kind.DISPOSAL_REVOKED: S.REVOKED,
    Kind.DISPOSAL_DONE: S.DONE,
}
SIGNED = {
    Kind.DISPOSAL_DRAWN: "drawn_by",
    Kind.DISPOSAL_REVIEWED: "reviewed_by",
    Kind.DISPOSAL_APPROVED: "approved_by",
}
ENDS = {
    Kind.RECORDING_LEAVING: ItemState.LEAVING,
    Kind.RECORDING_DISPOSED: ItemState.GONE,
    Kind.RECORDING_SPARED: ItemState.SPARED,
}


Word = tuple[str, str, str, str | None, str]
"""About what, by whom, and the words."""


@dataclass
class OfList:
    """As its events say. `lines`: recording's number → the line's state."""

    state: str = ""
    people: dict[str, str] = field(default_factory=dict)
    witnesses: set[str] = field(default_factory=set)
    lines: dict[str, str] = field(default_factory=dict)

    def fold(self, event: CustodyEvent) -> None:
        kind, facts = Kind(event.kind), facts_of(event)
        self.state = AFTER.get(kind, self.state)
        if kind in SIGNED:
            self.people[SIGNED[kind]] = event.actor
        if kind == Kind.DISPOSAL_SUBMITTED:
            self.people.pop("reviewed_by", None)
        if kind == Kind.DISPOSAL_DRAWN:
            self.lines = dict.fromkeys(facts["recordings"], str(ItemState.LISTED))
        if kind == Kind.DISPOSAL_CHANGED:
            self.lines |= dict.fromkeys(facts["taken_out"], str(ItemState.TAKEN_OUT))
        if kind == Kind.DISPOSAL_WITNESSED:
            self.witnesses.add(event.actor)
            self.state = S.EXECUTING if facts["place"] > 1 else self.state


def audit() -> Iterator[Deviation]:
    return chain(audit_appraisals(), audit_lists())


def audit_appraisals() -> Iterator[Deviation]:
    """Each word said has its row, each row was said; in these words and by this person."""
    told = Counter(map(word_of, events_of_kind(Kind.RECORDING_APPRAISED)))
    rows = Appraisal.objects.select_related("recording", "appraised_by").order_by("pk")
    there = Counter(map(word_in, rows))
    for subject, *words in (told - there).elements():
        yield Deviation("appraisal.row_missing", subject, f"said {words}")
    for subject, *words in (there - told).elements():
        yield Deviation("appraisal.never_said", subject, f"no event says {words}")


def word_of(event: CustodyEvent) -> Word:
    facts = facts_of(event)
    return (event.subject, event.actor, facts["worth"], facts["until"], facts["reason"])


def word_in(row: Appraisal) -> Word:
    until = row.keep_until_date.isoformat() if row.keep_until_date else None
    subject = f"recording:{row.recording.number}"
    return (subject, row.appraised_by.login, str(row.worth), until, row.reason)


def audit_lists() -> Iterator[Deviation]:
    told = lists_as_told()
    rows = DisposalList.objects.select_related(*SIGNED.values()).order_by("pk")
    there = {f"disposal:{row.number}": row for row in rows}
    for subject, said in told.items():
        if subject not in there:
            yield Deviation("disposal.row_missing", subject, f"state {said.state}")
        else:
            yield from compare(subject, said, there[subject])
    for subject in sorted(there.keys() - told.keys()):
        yield Deviation("disposal.never_drawn", subject, "no event says it was drawn")


def lists_as_told() -> dict[str, OfList]:
    """By subject."""
    found: dict[str, OfList] = {}
    for event in events_of_kind(*AFTER, Kind.DISPOSAL_CHANGED, Kind.DISPOSAL_WITNESSED, *ENDS):
        if event.kind in ENDS:
            subject = f"disposal:{facts_of(event)['disposal']}"
            number, state = event.subject.partition(":")[2], str(ENDS[Kind(event.kind)])
            found.setdefault(subject, OfList()).lines[number] = state
        else:
            found.setdefault(event.subject, OfList()).fold(event)
    return found


def compare(subject: str, said: OfList, row: DisposalList) -> Iterator[Deviation]:
    people = {name: who.login for name in SIGNED.values() if (who := getattr(row, name))}
    witnesses = set(row.witnesses.values_list("officer__login", flat=True))
    for name, told, there in (
        ("state", said.state, row.state),
        ("people", said.people, people),
        ("witnesses", said.witnesses, witnesses),
    ):
        if told != there:
            yield Deviation("disposal.row_changed", subject, f"{name}: {told}, now {there}")
    items = DisposalItem.objects.filter(disposal=row).order_by("position")
    lines = dict(items.values_list("recording__number", "state"))
    for number in sorted(said.lines.keys() | lines.keys()):
        line, now = said.lines.get(number), lines.get(number)
        if line != now:
            yield Deviation("disposal.line_changed", subject, f"{number}: {line}, now {now}")
