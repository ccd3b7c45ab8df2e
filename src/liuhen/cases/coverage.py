"""Was the activity recorded as it had to be? Computed from its recordings, its times and its
papers, by the rules of its day, and kept beside it.

What is kept is an answer, not a source: computed again from the same rows it is the same.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from liuhen.cases import explaining, judging, needs
from liuhen.cases.covered import Coverage, Material, as_json, gaps_told
from liuhen.cases.explaining import Explanation
from liuhen.cases.judging import Facts, Missing, Stop, Waiting
from liuhen.cases.models import Activity, Exemption
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Actor
from liuhen.engines.media.continuity import (
    CARD_TIME_STEP,
    FILE_TIME_STEP,
    Segment,
    Stretch,
    continuity,
)
from liuhen.engines.media.facts import Code
from liuhen.engines.policy.answers import Ground, Why
from liuhen.engines.policy.pack import Rulebook, Rules
from liuhen.engines.policy.values import Site
from liuhen.recordings.claims import AGREEMENT
from liuhen.recordings.models import Finding, MediaKind, Recording, RecordingState, TimeOrigin
from liuhen.regulations import current

RUNNING = (MediaKind.VIDEO, MediaKind.AUDIO)
"""What records a course of time. Sound alone counts: voice recorders are devices of the rule."""

READ = (
    "number", "state", "recorded_at", "recorded_at_origin", "duration_seconds",
    "clock_uncertainty_seconds", "device_no", "device__device_no",
)  # fmt: skip
"""Of a recording: each activity is judged anew several times a day."""


@transaction.atomic
def refresh(
    activity: Activity, *, by: Actor | str, at: datetime, book: Rulebook | None = None
) -> Coverage | None:
    """Judge it anew and keep the answer. An event where verdict or gaps differ from those kept.

    Several queries, however many recordings. None: the activity is voided, nothing is judged.

    Args:
        by: whose act made it necessary, for the event; the system is who judges.
        book: the bureau's, where it is at hand.
    """
    log.wait_for_turn()
    row = Activity.objects.select_related("agency").get(pk=activity.pk)
    if row.voided_at is not None:
        return None
    found = compute(row, rules=book.on(needs.day_of(row)) if book else None)
    verdict, told = found.judged.verdict, as_json(found)
    if row.computed_at is not None and (row.verdict, row.coverage) == (verdict, told):
        return found
    before = (row.verdict, gaps_told(row.coverage))
    Activity.objects.filter(pk=row.pk).update(verdict=verdict, coverage=told, computed_at=at)
    activity.verdict, activity.coverage, activity.computed_at = verdict, told, at
    if before != (verdict, gaps_told(told)):
        facts = {"verdict": str(verdict), "before": str(row.verdict), "after_act_of": name_of(by)}
        facts |= found.for_log()
        subject = f"activity:{row.number}"
        log.record(Kind.ACTIVITY_JUDGED, subject=subject, by=log.SYSTEM, at=at, **facts)
    return found


def name_of(by: Actor | str) -> str:
    return by if isinstance(by, str) else (by.officer_cert_no or by.login)


def compute(activity: Activity, *, rules: Rules | None = None) -> Coverage:
    """Reads only. `rules`: those of the activity's day, if they are at hand."""
    if rules is None:
        rules = current.rules_if_any(activity.agency, needs.day_of(activity))
    requirement = needs.requirement_of(activity, rules) if rules else None
    material = material_of(needs.recordings_of(activity))
    start, end = needs.span_of(activity, rules)
    told = None
    if start is not None and end is not None:
        told = continuity(material.segments, Stretch(start, max(start, end)))
    judged = judging.judge(
        Facts(
            rules,
            requirement,
            told,
            waiting_for(start, end, material),
            exempt_by(explaining.standing(activity)),
            stops_of(activity, rules),
        )
    )
    site = rules.get(Site) if rules else None
    return Coverage(judged, requirement, told, material, site.carriers if site else None)


def waiting_for(start: datetime | None, end: datetime | None, material: Material) -> Waiting | None:
    if start is None:
        return Waiting.NOT_ARRIVED
    if end is None:
        return Waiting.NOT_LEFT
    return Waiting.NOT_EXAMINED if material.unexamined else None


def material_of(recordings: QuerySet[Recording]) -> Material:
    """Sorted by what can be said of them; photos are of a moment and cover none. Two queries."""
    hole = Finding.objects.filter(code=Code.TIMESTAMP_GAP).exclude(start_seconds=None)
    holes = Prefetch("findings", hole.exclude(end_seconds=None), to_attr="own_gaps")
    rows = recordings.filter(kind__in=RUNNING).select_related("device").only(*READ)
    found: dict[str, list[str]] = {"unexamined": [], "undated": [], "unusable": [], "marked": []}
    segments = []
    for recording in rows.prefetch_related(holes):
        if recording.state == RecordingState.SEALED:
            found["unexamined"].append(recording.number)
        elif recording.recorded_at_origin == TimeOrigin.INTAKE:
            found["undated"].append(recording.number)
        elif not recording.duration_seconds:
            found["unusable"].append(recording.number)
        else:
            segments.append(segment_of(recording))
        if recording.state == RecordingState.MARKED:
            found["marked"].append(recording.number)
    return Material(tuple(segments), **{name: tuple(of) for name, of in found.items()})


def segment_of(recording: Recording) -> Segment:
    """On the corrected clock. Of a clock never compared as much is allowed as two sources may
    differ."""
    start, length = recording.recorded_at, recording.duration_seconds
    unsure = recording.clock_uncertainty_seconds
    device = recording.device.device_no if recording.device else recording.device_no
    by_card = recording.recorded_at_origin == TimeOrigin.FILE
    holes = [
        Stretch(start + exactly(gap.start_seconds), start + exactly(gap.end_seconds))
        for gap in recording.own_gaps  # type: ignore[attr-defined]
        if gap.start_seconds < gap.end_seconds
    ]
    assert length is not None
    return Segment(
        start,
        start + exactly(length),
        recording.number,
        device or recording.number,
        AGREEMENT if unsure is None else exactly(unsure),
        CARD_TIME_STEP if by_card else FILE_TIME_STEP,
        tuple(holes),
    )


def exactly(seconds: Decimal) -> timedelta:
    """Columns hold whole milliseconds."""
    return timedelta(milliseconds=int(seconds * 1000))


def exempt_by(row: Exemption | None) -> tuple[Ground, ...] | None:
    """What the exemption was answered by when it was asked for."""
    if row is None:
        return None
    if row.article is None:
        return ()
    why = Why.EXEMPTION_CONSENT if row.is_prior else Why.EXEMPTION_AFTERWARDS
    facts = {"cause": row.cause, "posts": row.posts.replace("/", ",")}
    return (Ground(row.article, why, facts),)


def stops_of(activity: Activity, rules: Rules | None) -> tuple[Stop, ...]:
    if rules is None:
        return ()
    return tuple(
        Stop(
            row.pk,
            row.from_at,
            row.until_at,
            lacking(explaining.explains(row, rules, resumed=True)),
            lacking(explaining.explains(row, rules, resumed=False)),
        )
        for row in explaining.of(activity)
    )


def lacking(said: Explanation) -> Missing | None:
    return None if said.lack is None else Missing(str(said.lack), said.article)
