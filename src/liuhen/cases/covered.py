"""A verdict with all it rests on, and how it is kept: JSON that a page reads without computing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from liuhen.cases.judging import Judged, JudgedGap
from liuhen.engines.media.continuity import Continuity, Course, Segment, Stretch
from liuhen.engines.policy.kept_grounds import to_json
from liuhen.engines.policy.recording import Requirement

MOST_IN_AN_EVENT = 100
"""Gaps told one by one in an event; how many there are and how long is told in any case."""

Kept = dict[str, Any]


@dataclass(frozen=True)
class Material:
    """The activity's recordings. Numbers of those that were not examined yet, of which no source
    tells the time, in which nothing can be played, and with findings to look at."""

    segments: tuple[Segment, ...] = ()
    unexamined: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    unusable: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Coverage:
    """`continuity` None: when the activity began or ended is not known. `carriers`: how many
    people the regulation has carry a device; None: it does not say."""

    judged: Judged
    requirement: Requirement | None
    continuity: Continuity | None
    material: Material
    carriers: int | None = None

    def for_log(self) -> Kept:
        """What the event tells beside the verdict."""
        gaps = self.judged.gaps
        missing = sum((gap.gap.length for gap in gaps), timedelta(0))
        return {
            "gaps": [gap_json(gap) for gap in gaps[:MOST_IN_AN_EVENT]],
            "gap_count": len(gaps),
            "missing_ms": milliseconds(missing),
            "waiting": self.judged.waiting and str(self.judged.waiting),
            "articles": sorted({ground.article for ground in self.judged.grounds}),
        }


def as_json(coverage: Coverage) -> Kept:
    """Instants as ISO 8601 in UTC, lengths as whole milliseconds."""
    judged, need, told = coverage.judged, coverage.requirement, coverage.continuity
    kept = {
        "waiting": judged.waiting and str(judged.waiting),
        "needed": need and need.needed,
        "uninterrupted": bool(need and need.uninterrupted),
        "full_course": bool(need and need.full_course),
        "carriers": coverage.carriers,
        "grounds": to_json(judged.grounds),
        "gaps": [gap_json(gap) for gap in judged.gaps],
        "unexamined": list(coverage.material.unexamined),
        "undated": list(coverage.material.undated),
        "unusable": list(coverage.material.unusable),
        "marked": list(coverage.material.marked),
    }
    return kept | (course_of_time(told, coverage.material.segments) if told else {})


def course_of_time(told: Continuity, segments: Iterable[Segment]) -> Kept:
    by_device: dict[str, list[Kept]] = {}
    for one in sorted(segments, key=lambda segment: (segment.start, segment.key)):
        said = {"number": one.key, **span_json(one)}
        by_device.setdefault(one.device, []).append(said)
    return {
        "window": span_json(told.window),
        "window_ms": milliseconds(told.window.length),
        "covered_ms": milliseconds(told.together.covered),
        "twice_ms": milliseconds(told.at_least(2)),
        "throughout": list(told.throughout),
        "lanes": [lane_json(lane, by_device[lane.device]) for lane in told.lanes],
        "late": list(told.late),
        "early": list(told.early),
        "overlaps": [
            {**span_json(one), "device": one.device, "recordings": [one.first, one.second]}
            for one in told.overlaps
        ],
    }


def lane_json(lane: Course, recordings: list[Kept]) -> Kept:
    return {
        "device": lane.device,
        "covered_ms": milliseconds(lane.covered),
        "pieces": [span_json(piece) for piece in lane.pieces],
        "recordings": recordings,
    }


def gap_json(judged: JudgedGap) -> Kept:
    gap = judged.gap
    return {
        **span_json(gap),
        "where": str(gap.where),
        "explained": judged.is_explained,
        "missing": [[one.lack, one.article] for one in judged.missing],
        "interruptions": list(judged.stops),
        "before": list(gap.before),
        "after": list(gap.after),
    }


def gaps_told(kept: Kept | None) -> list[Kept]:
    """Of two answers the gaps that may be compared: which file lies beside one changes nothing."""
    told = ("start", "end", "explained", "missing")
    return [{name: gap[name] for name in told} for gap in (kept or {}).get("gaps", [])]


def span_json(stretch: Stretch) -> Kept:
    return {"start": iso(stretch.start), "end": iso(stretch.end)}


def iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def milliseconds(length: timedelta) -> int:
    return length // timedelta(milliseconds=1)
