"""Do the rows that let a recording go say what the log says?

Whoever writes into the tables could take a hold away, close a case, set a recording's time back:
before anything goes, all that a term rests on is held against the log, replayed from its first
event to the signed root.
"""

from collections.abc import Iterator
from datetime import datetime

from liuhen.cases.models import Case, Exhibit
from liuhen.recordings.models import Recording
from liuhen.retention.as_told import OfRecording, Told
from liuhen.retention.facts import Bearing, bearing_on
from liuhen.retention.models import Worth

WORDS = {
    "recorded_at": "录制时间",
    "duration": "时长",
    "clock": "设备时钟比对",
    "sealed_at": "入库时间",
    "activity": "所属执法活动",
    "activity_case": "执法活动所在案件",
    "triggers": "执法活动的长期保存情形",
    "exhibits": "证据使用情况",
    "case": "结案日期、案卷保管期限或者重大案件标注",
    "marks": "长期保存标注",
    "holds": "保全",
    "complaints": "投诉",
    "appraisal": "鉴定意见",
}
"""What differs, as reports name it."""


def differences(one: Recording, told: Told) -> list[str]:
    """Codes of WORDS; [] if the rows say what the log says. `told` has read the log to its end."""
    return sorted(set(all_of(one, told, told.recordings[one.number])))


def all_of(one: Recording, told: Told, said: OfRecording) -> Iterator[str]:
    if said.recorded_at != one.recorded_at:
        yield "recorded_at"
    if said.says_duration and said.duration != one.duration_seconds:
        yield "duration"
    if said.was_compared != (one.clock_offset_seconds is not None):
        yield "clock"
    if said.sealed_at != one.sealed_at:
        yield "sealed_at"
    if said.worth != Worth.NONE:
        yield "appraisal"
    bearing = bearing_on([one])[one.pk]
    activity = bearing.known.activity
    if said.activity != (activity.number if activity else None):
        yield "activity"
    elif activity is not None:
        there = told.activities[activity.number]
        if there.case != activity.case_id:
            yield "activity_case"
        if there.triggers != frozenset(activity.triggers):
            yield "triggers"
    if said.exhibits != exhibits_of(one):
        yield "exhibits"
    if not all(is_as_told(case, told) for case in bearing.known.files):
        yield "case"
    yield from lacking(one, told, said, bearing)


def lacking(one: Recording, told: Told, said: OfRecording, bearing: Bearing) -> Iterator[str]:
    """What keeps it by the log and not by the rows. The other way round it only stays longer."""
    ties = told.ties_of(said) | {f"recording:{one.number}"}
    marks = {(key, trigger) for key, (subject, trigger) in told.marks.items() if subject in ties}
    if not marks <= {(mark.pk, mark.trigger) for mark in bearing.marks}:
        yield "marks"
    covering = told.holds.covering(one.number, one.agency_id)
    standing = {number for number, hold in covering.items() if not hold.is_lifted}
    if not standing <= {hold.number for hold in bearing.holds}:
        yield "holds"
    complaints = told.holds.about(one.number, one.agency_id)
    there = {(made.number, made.kind) for made in bearing.complaints}
    if not {(number, made.ground) for number, made in complaints.items()} <= there:
        yield "complaints"


def exhibits_of(one: Recording) -> dict[int, tuple[int, datetime, bool]]:
    rows = Exhibit.objects.filter(recording=one)
    return {row.pk: (row.case_id, row.used_at, row.withdrawn_at is None) for row in rows}


def is_as_told(case: Case, told: Told) -> bool:
    said = told.cases.get(case.pk)
    closed = case.closed_date and case.closed_date.isoformat()
    there = (closed, case.term, case.is_major)
    return said is not None and (said.closed_date, said.term, said.is_major) == there
