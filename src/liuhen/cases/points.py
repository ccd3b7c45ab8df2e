"""What a regulation wants said and filmed in an activity, point by point, and whether it was."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from liuhen.cases.models import Activity, Part, Tick
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import Notice, OpeningStatement, ShotList
from liuhen.people.models import Officer
from liuhen.recordings import queries
from liuhen.recordings.models import Mark, MarkKind

NOTICE, OTHERS = "notice", "others"

SHOWN_BY = {
    MarkKind.NOTICE: (Part.NOTICE, NOTICE),
    MarkKind.PURPOSE: (Part.OPENING, "purpose"),
    MarkKind.CREDENTIALS: (Part.SHOT, "credentials_and_rights"),
    MarkKind.KEY_OBJECT: (Part.SHOT, "key_objects"),
}
"""What a mark of such a kind shows without naming a point."""

IN_PART = {MarkKind.OPENING_POINT: Part.OPENING, MarkKind.SHOT_POINT: Part.SHOT}


@dataclass(frozen=True)
class Point:
    """One line of a list; `is_focus`: to be filmed as a focus (重点摄录)."""

    part: str
    code: str
    text: str
    article: int
    is_focus: bool = False

    def is_named(self, part: str, code: str) -> bool:
        return (self.part, self.code) == (part, code)


@dataclass(frozen=True)
class Standing:
    """Whether a point was kept: an officer's word (`tick`), a place on a recording (`mark`)."""

    point: Point
    tick: Tick | None
    mark: Mark | None

    @property
    def is_kept(self) -> bool:
        return self.tick is not None or self.mark is not None


def of(rules: Rules | None) -> list[Point]:
    """In the order in which they come: notice, what is said first, what is filmed."""
    return list(listed(rules)) if rules else []


def listed(rules: Rules) -> Iterator[Point]:
    if (notice := rules.get(Notice)) is not None:
        yield Point(Part.NOTICE, NOTICE, _("已告知当事人正在录音录像"), notice.article)
        if notice.tell_others:
            yield Point(Part.NOTICE, OTHERS, _("已告知其他在场人员"), notice.article)
    if (opening := rules.get(OpeningStatement)) is not None:
        for item in opening.items:
            yield Point(Part.OPENING, item.code, item.text, opening.article)
    if (shots := rules.get(ShotList)) is not None:
        for shot in shots.items:
            yield Point(Part.SHOT, shot.code, shot.text, shots.article, is_focus=shot.focus)


def standing(activity: Activity, rules: Rules | None, *, by: Officer) -> list[Standing]:
    """Every point with what shows it, as this officer may know of it. Two queries."""
    wanted = of(rules)
    if not wanted:
        return []
    rows = Tick.objects.filter(activity=activity).select_related("ticked_by")
    ticks = {(tick.part, tick.code): tick for tick in rows}
    marks = marks_of(activity, by)
    return [
        Standing(one, ticks.get((one.part, one.code)), marks.get((one.part, one.code)))
        for one in wanted
    ]


def marks_of(activity: Activity, by: Officer) -> dict[tuple[str, str], Mark]:
    """The earliest mark that shows each point, among the activity's recordings, but what is kept
    secret from this officer."""
    rows = Mark.objects.filter(
        recording__activity_recording__activity=activity, removed_at=None
    ).select_related("recording")
    rows = rows.exclude(queries.hides(by))
    found: dict[tuple[str, str], Mark] = {}
    for mark in rows.order_by("recording__recorded_at", "start_seconds", "pk"):
        if (shown := shown_by(mark)) is not None:
            found.setdefault(shown, mark)
    return found


def shown_by(mark: Mark) -> tuple[str, str] | None:
    kind = MarkKind(mark.kind)
    if kind in IN_PART and mark.code:
        return IN_PART[kind], mark.code
    if kind == MarkKind.NOTICE and mark.code == OTHERS:
        return Part.NOTICE, OTHERS
    return SHOWN_BY.get(kind)


def notice_phrase(rules: Rules | None, names: list[str]) -> str | None:
    """The regulation's fixed words with the officers' names in place; None: it has none."""
    notice = rules.get(Notice) if rules else None
    if notice is None or notice.phrase is None:
        return None
    return notice.phrase.replace("{names}", "、".join(names))
