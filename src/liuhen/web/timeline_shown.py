"""A timeline as the player's JSON: instants in milliseconds since 1970, places in seconds."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from liuhen.access import rights
from liuhen.access.viewing import Opening
from liuhen.cases import marking
from liuhen.cases.gaps import Gap
from liuhen.cases.models import Activity, Interruption, Part
from liuhen.cases.points import Standing
from liuhen.cases.timeline import Lane, Timeline, end_of
from liuhen.kernel.clock import in_china, now
from liuhen.people.models import Officer
from liuhen.recordings import derived, marks, snapshots, speech
from liuhen.recordings.models import Finding, MarkKind, Recording
from liuhen.recordings.playing import Playback
from liuhen.web.facts import Facts
from liuhen.web.findings_text import text_of
from liuhen.web.placing_shown import was_not_compared
from liuhen.web.player_words import QUICK_KINDS, words
from liuhen.web.rules_text import article_title

KIND_OF = {
    Part.NOTICE: MarkKind.NOTICE,
    Part.OPENING: MarkKind.OPENING_POINT,
    Part.SHOT: MarkKind.SHOT_POINT,
}
"""With which kind of mark a point of each list is shown."""

NOTICE_CODE = "notice"


SPEEDS = ("0.5", "0.75", "1", "1.5", "2", "4", "8", "16")
"""Chromium plays no faster than 16 times. The player's master.js has the same."""


def desk(
    timeline: Timeline, viewer: Officer, opening: Opening | None = None, *, serves: str = ""
) -> dict[str, Any]:
    """What the player's templates show. `opening`: of the one recording it is about; opened again,
    it is so for the request it `serves`."""
    shown: dict[str, Any] = {
        "told": told(timeline, viewer),
        "speeds": SPEEDS,
        "quick": [(kind.value, kind.label) for kind in QUICK_KINDS],
        "viewer": name_of(viewer),
    }
    if opening is not None:
        playback = timeline.playbacks[opening.recording.pk]
        opened = opened_told(opening, playback)
        shown["told"]["opened"] = opened
        for lane in shown["told"]["lanes"] if serves else ():
            for one in lane["segments"]:
                one["open"] += "?" + urlencode({"request": serves})
        shown |= {"source": opened["source"], "playback": playback}
    return shown


def opened_told(opening: Opening, playback: Playback) -> dict[str, Any]:
    """The same as the API answers to an opening."""
    taken, ticket = snapshots.taken_of(opening.recording), opening.ticket
    bytes_of = "api:rendition" if playback == Playback.RENDITION else "api:original"
    return {
        "playback": playback,
        "source": reverse(bytes_of, kwargs={"ticket": ticket}),
        "ticket": ticket,
        "closing": reverse("api:closing", args=[opening.viewing.pk]),
        "snapshots": [
            snapshots.told(one, reverse("api:snapshot_picture", args=[ticket, one.sha256]))
            for one in taken
        ],
    }


def name_of(viewer: Officer) -> str:
    """Over the picture: who looks."""
    return f"{viewer.name} {viewer.officer_cert_no or viewer.login}"


def told(timeline: Timeline, viewer: Officer) -> dict[str, Any]:
    may_mark = marks.may_mark(viewer)
    seen = [one for one in timeline.recordings if one.pk in timeline.seen]
    may_play = frozenset(rights.rights_to(viewer, seen, at=now()))
    lanes = [lane_told(lane, timeline, may_play) for lane in timeline.lanes]
    return {
        "activity": activity_told(timeline.activity),
        "lanes": lanes,
        "hasPlace": any(one["track"] or one["place"] for lane in lanes for one in lane["segments"]),
        "photos": [photo_told(one, timeline) for one in timeline.photos],
        "gaps": [gap_told(one) for one in timeline.gaps],
        "interruptions": [stop_told(one) for one in timeline.interruptions],
        "marks": [
            marking.told(mark, one, may_remove=may_mark and may_remove(mark, one, viewer))
            for one in timeline.recordings
            if one.pk in timeline.seen  # what is noted on a recording is seen by who sees it
            for mark in one.standing_marks  # type: ignore[attr-defined]
        ],
        "points": [point_told(one) for one in timeline.points],
        "kinds": {kind.value: str(kind.label) for kind in MarkKind},
        "quick": [kind.value for kind in QUICK_KINDS],
        "mayMark": may_mark,
        "unable": unable_told() if may_mark else None,
        "viewer": name_of(viewer),
        "words": words(),
    }


def may_remove(mark: Any, recording: Recording, viewer: Officer) -> bool:
    return marks.may_remove(mark, recording, viewer)


def unable_told() -> str | None:
    """Why nothing listens here; None: something does."""
    why = speech.unable()
    return str(speech.UNABLE[why]) if why else None


def activity_told(activity: Activity | None) -> dict[str, Any] | None:
    if activity is None:
        return None
    return {
        "arrived": stamp(activity.arrived_at),
        "ended": stamp(activity.inspection_ended_at),
        "left": stamp(activity.left_at),
    }


def lane_told(lane: Lane, timeline: Timeline, may_play: frozenset[int]) -> dict[str, Any]:
    first = lane.recordings[0]
    return {
        "key": lane.key,
        "name": first.device_no or _("设备未登记"),
        "who": "、".join(dict.fromkeys(o.name for r in lane.recordings if (o := r.officer))),
        "clock": clock_of(lane.recordings),
        "segments": [segment_told(one, timeline, may_play) for one in lane.recordings],
    }


def clock_of(recordings: list[Recording]) -> str:
    """How far the device's clock was off when it began: taken off, and how sure that is."""
    for one in recordings:
        offset, uncertainty = one.clock_offset_seconds, one.clock_uncertainty_seconds
        if offset is not None and uncertainty is not None:
            return clock_text(offset, uncertainty)
    return _("时钟未测定") if any(was_not_compared(one) for one in recordings) else ""


def clock_text(offset: Decimal, uncertainty: Decimal) -> str:
    """Shorter than `readings.offset_text`, for the head of a lane: 时钟快 8:03:01 ±2.5秒."""
    sure = f"±{uncertainty.quantize(Decimal('0.1')).normalize():f}"
    if abs(offset) <= uncertainty:
        return _("时钟一致 %(sure)s秒") % {"sure": sure}
    by = {"by": timedelta(seconds=round(abs(offset))), "sure": sure}
    return (_("时钟快 %(by)s %(sure)s秒") if offset > 0 else _("时钟慢 %(by)s %(sure)s秒")) % by


def segment_told(one: Recording, timeline: Timeline, may_play: frozenset[int]) -> dict[str, Any]:
    """`seen`: known to be there; `plays`: may be opened, which is more."""
    facts, seen, plays = Facts(one), one.pk in timeline.seen, one.pk in may_play
    place = facts.header.get("latitude"), facts.header.get("longitude")
    return {
        "number": one.number,
        "kind": one.kind,
        "start": stamp(one.recorded_at),
        "end": stamp(end_of(one)),
        "isLengthKnown": bool(one.duration_seconds),
        "seen": seen,
        "plays": plays,
        "playback": timeline.playbacks[one.pk],
        "frameRate": facts.frame_rate,
        "poster": reverse("api:poster", args=[one.number]) if facts.has_poster and seen else None,
        "page": reverse("web:recording", args=[one.number]),
        "open": reverse("api:opening", args=[one.number]),
        "ask": reverse("web:ask_viewing") + f"?recording={one.number}",
        "mark": reverse("api:mark", args=[one.number]),
        "snapshot": reverse("api:snapshot", args=[one.number]),
        "speech": reverse("api:speech", args=[one.number]),
        "track": reverse("api:track", args=[one.number]) if has_track(facts) and plays else None,
        "place": list(place) if seen and None not in place else None,
        "findings": [finding_told(row) for row in one.findings.all() if has_place(row)],
    }


def has_track(facts: Facts) -> bool:
    return derived.TRACK in facts.found.get("outputs", [])


def has_place(row: Finding) -> bool:
    return row.start_seconds is not None


def finding_told(row: Finding) -> dict[str, Any]:
    text = text_of(row.code)
    return {
        "start": plain(row.start_seconds),
        "end": plain(row.end_seconds),
        "colour": text.colour,
        "title": str(text.title),
    }


def photo_told(one: Recording, timeline: Timeline) -> dict[str, Any]:
    facts, seen = Facts(one), one.pk in timeline.seen
    return {
        "number": one.number,
        "start": stamp(one.recorded_at),
        "name": one.device_no or "",
        "who": one.officer.name if one.officer else "",
        "when": f"{in_china(one.recorded_at):%Y-%m-%d %H:%M:%S}",
        "poster": reverse("api:poster", args=[one.number]) if facts.has_poster and seen else None,
        "page": reverse("web:recording", args=[one.number]) if seen else None,
    }


def gap_told(gap: Gap) -> dict[str, Any]:
    said = "；".join(f"{stop.get_cause_display()}：{stop.reason}" for stop in gap.stops)
    state = _("已说明") if gap.is_explained else _("说明尚不完备") if said else _("尚未说明原因")
    return {
        "start": stamp(gap.start),
        "end": stamp(gap.end),
        "explained": gap.is_explained,
        "title": _("无录像，%(state)s %(why)s") % {"state": state, "why": said},
    }


def stop_told(stop: Interruption) -> dict[str, Any]:
    return {
        "start": stamp(stop.from_at),
        "end": stamp(stop.until_at),
        "title": _("中断：%(why)s") % {"why": stop.get_cause_display()},
    }


def point_told(standing: Standing) -> dict[str, Any]:
    point, tick = standing.point, standing.tick
    return {
        "id": f"{point.part}/{point.code}",
        "part": str(Part(point.part).label),
        "kind": KIND_OF[Part(point.part)],
        "code": "" if point.code == NOTICE_CODE else point.code,
        "text": point.text,
        "article": article_title(point.article),
        "focus": point.is_focus,
        "ticked": tick and f"{tick.ticked_by.name} {in_china(tick.ticked_at):%m-%d %H:%M}",
    }


def stamp(instant: datetime | None) -> int | None:
    return None if instant is None else round(instant.timestamp() * 1000)


def plain(number: Any) -> float | None:
    return None if number is None else float(number)
