"""Do the rows that terms rest on stand as the log says: times, evidence, closings, marks?"""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from liuhen.cases.models import Case, Exhibit, LongTermMark
from liuhen.custody.deviations import Deviation
from liuhen.custody.kinds import Kind
from liuhen.custody.proofs import events_of_kind, facts_of
from liuhen.recordings.models import Recording


def audit() -> Iterator[Deviation]:
    return chain(audit_times(), audit_exhibits(), audit_closings(), audit_marks())


def audit_times() -> Iterator[Deviation]:
    """A recording begins when its examination, or its placing after that, says."""
    told: dict[str, datetime] = {}
    for event in events_of_kind(Kind.RECORDING_EXAMINED, Kind.RECORDING_PLACED):
        told[event.subject] = datetime.fromisoformat(facts_of(event)["recorded_at"])
    rows = Recording.objects.order_by("pk").values_list("number", "recorded_at")
    for number, there in rows.iterator():
        subject = f"recording:{number}"
        if told.get(subject, there) != there:
            said = f"recorded_at: placed {told[subject].isoformat()}, now {there.isoformat()}"
            yield Deviation("recording.row_changed", subject, said)


def audit_exhibits() -> Iterator[Deviation]:
    """Each use as evidence has its row, which stands or is withdrawn as the log says."""
    told: dict[int, tuple[str, int, bool]] = {}
    for event in events_of_kind(Kind.RECORDING_USED_AS_EVIDENCE, Kind.RECORDING_NO_EVIDENCE):
        facts, stands = facts_of(event), event.kind == Kind.RECORDING_USED_AS_EVIDENCE
        told[facts["exhibit"]] = (event.subject, facts["case"], stands)
    rows = {
        row.pk: (f"recording:{row.recording.number}", row.case_id, row.withdrawn_at is None)
        for row in Exhibit.objects.select_related("recording").order_by("pk")
    }
    yield from compared("exhibit", told, rows)


def audit_closings() -> Iterator[Deviation]:
    """A case is closed on the day, and its file is kept for the term, that the log says."""
    told: dict[str, tuple[str, str] | None] = {}
    for event in events_of_kind(Kind.CASE_CLOSED, Kind.CASE_REOPENED):
        facts, is_closed = facts_of(event), event.kind == Kind.CASE_CLOSED
        told[event.subject] = (facts["closed_date"], facts["term"]) if is_closed else None
    for row in Case.objects.order_by("pk"):
        subject = f"case:{row.pk}"
        there = (row.closed_date.isoformat(), row.term) if row.closed_date else None
        if told.get(subject) != there:
            said = f"closing: entered {told.get(subject)}, now {there}"
            yield Deviation("case.row_changed", subject, said)


def audit_marks() -> Iterator[Deviation]:
    told: dict[int, tuple[str, bool]] = {}
    for event in events_of_kind(Kind.LONG_TERM_MARKED, Kind.LONG_TERM_LIFTED):
        facts = facts_of(event)
        told[facts["mark"]] = (facts["trigger"], event.kind == Kind.LONG_TERM_MARKED)
    rows = {
        row.pk: (str(row.trigger), row.lifted_at is None)
        for row in LongTermMark.objects.order_by("pk")
    }
    yield from compared("long_term", told, rows)


def compared(room: str, told: dict[int, Any], rows: dict[int, Any]) -> Iterator[Deviation]:
    for key, said in told.items():
        if key not in rows:
            yield Deviation(f"{room}.row_missing", f"{room}:{key}", f"entered {said}")
        elif rows[key] != said:
            there = f"entered {said}, now {rows[key]}"
            yield Deviation(f"{room}.row_changed", f"{room}:{key}", there)
    for key in sorted(rows.keys() - told.keys()):
        yield Deviation(f"{room}.never_entered", f"{room}:{key}", "no event says it was entered")
