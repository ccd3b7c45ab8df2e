"""What bears on how long a recording is kept, gathered for many at once. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from liuhen.cases.models import Case, LongTermMark
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.periods import Period
from liuhen.engines.policy.terms import KeepingFacts
from liuhen.engines.policy.values import LongTerm, Retention
from liuhen.engines.policy.vocabulary import TermRule, Trigger
from liuhen.kernel.clock import midnight
from liuhen.recordings.models import Recording
from liuhen.retention.holds import covering_each, live
from liuhen.retention.known import Known, known_of
from liuhen.retention.models import Complaint, Hold, Outcome

MARKED = "recording", "activity", "case"


@dataclass(frozen=True)
class Bearing:
    """What bears on one recording: what it hangs on, the holds that stand, the complaints about
    it, the marks for long keeping."""

    known: Known
    holds: tuple[Hold, ...] = ()
    complaints: tuple[Complaint, ...] = ()
    marks: tuple[LongTermMark, ...] = ()

    def under(self, rules: Rules) -> KeepingFacts:
        cases = self.followed(rules)
        ends = [self.file_end(case) for case in cases]
        return KeepingFacts(
            ended_at=self.known.term_from,
            used_as_evidence=bool(self.known.evidence_in),
            case_file_until=latest(ends),
            triggers=self.triggers(rules),
            on_hold=bool(self.holds),
            is_from_intake=self.known.term_from != self.known.end,
            case_file_for_good=any(case.term == Case.PERMANENT for case in cases),
        )

    def followed(self, rules: Rules) -> tuple[Case, ...]:
        """Whose file it is kept as long as: the case it is evidence in; and its own, where the
        regulation keeps everything as long as the case file."""
        general = rules.get(Retention)
        if general is not None and general.rule == TermRule.CASE_FILE:
            return self.known.files
        return self.known.evidence_in

    def file_end(self, case: Case) -> datetime | None:
        return file_end(case, *self.known.not_before(case))

    def triggers(self, rules: Rules) -> frozenset[Trigger]:
        """As said of the scene, by marks, by the case, by complaints.

        A complaint that is settled and whose hold is lifted goes on counting only where the
        regulation keeps what was complained of for good, not where it only preserves it for the
        inquiry.
        """
        activity = self.known.activity
        found = set(activity.triggers) if activity else set()
        found |= {mark.trigger for mark in self.marks}
        if any(case.is_major for case in self.known.files):
            found.add(Trigger.MAJOR_CASE)
        long_term = rules.get(LongTerm)
        for_good = set(long_term.triggers) if long_term else set()
        found |= {one.kind for one in self.complaints if is_open(one) or one.kind in for_good}
        return frozenset(Trigger(one) for one in found)


def is_open(complaint: Complaint) -> bool:
    return complaint.closed_at is None or complaint.hold.lifted_at is None


def bearing_on(recordings: Sequence[Recording]) -> dict[int, Bearing]:
    """By the recordings' keys. A dozen queries, however many they are."""
    known = known_of(recordings)
    holds = covering_each(live(), known)
    complaints = complaints_on(known)
    marks = marks_on(known)
    return {
        key: Bearing(one, tuple(holds[key]), tuple(complaints[key]), tuple(marks[key]))
        for key, one in known.items()
    }


def complaints_on(known: dict[int, Known]) -> dict[int, list[Complaint]]:
    """By what each one's hold covers, lifted or not. One entered by mistake is none."""
    agencies = {one.recording.agency_id for one in known.values()}
    rows = Complaint.objects.filter(agency__in=agencies).exclude(outcome=Outcome.MISTAKEN)
    by_hold = {one.hold_id: one for one in rows.select_related("hold", "entered_by")}
    found = covering_each(Hold.objects.filter(complaint__in=rows), known)
    return {key: [by_hold[hold.pk] for hold in holds] for key, holds in found.items()}


def marks_on(known: dict[int, Known]) -> dict[int, list[LongTermMark]]:
    """On the recording, its activity or one of its cases."""
    marked: dict[tuple[str, int], list[LongTermMark]] = defaultdict(list)
    for mark in marks_among(known.values()):
        for name in MARKED:
            if (key := getattr(mark, f"{name}_id")) is not None:
                marked[name, key].append(mark)
    found = {}
    for pk, one in known.items():
        on = [("recording", pk), *(("case", case.pk) for case in one.cases)]
        on += [("activity", one.activity.pk)] if one.activity else []
        found[pk] = [mark for key in on for mark in marked[key]]
    return found


def marks_among(known: Iterable[Known]) -> list[LongTermMark]:
    """Three queries, each by its own index."""
    known = list(known)
    keys: dict[str, set[int]] = {
        "recording": {one.recording.pk for one in known},
        "activity": {one.activity.pk for one in known if one.activity},
        "case": {case.pk for one in known for case in one.cases},
    }
    rows = LongTermMark.objects.filter(lifted_at=None).select_related(
        "marked_by", "case", "activity", "recording"
    )
    return [
        mark
        for name, some in keys.items()
        if some
        for mark in rows.filter(**{f"{name}__in": some}).order_by("pk")
    ]


def latest(ends: list[datetime | None]) -> datetime | None:
    """The longest one counts; one that is not known yet is longer than any."""
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def file_end(case: Case, *not_before: datetime) -> datetime | None:
    """When the case file's term has run, the day it was closed on not counted (结案次日起算).

    A closing dated back ends no term at once: it runs from none of `not_before` earlier.
    None: the case is under way, or nobody has said how long its file is kept, or for ever.
    """
    if case.closed_date is None or case.term in ("", Case.PERMANENT):
        return None
    begin: date = case.closed_date + timedelta(days=1)
    return Period.parse(case.term).after(max([midnight(begin), *not_before]))
