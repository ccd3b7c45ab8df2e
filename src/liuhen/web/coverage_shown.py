"""The panel 记录完整性 of an activity's page: its verdict, a bar for each device, and its gaps.

Drawn from what is kept beside the activity; nothing is computed here but places on a line.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from liuhen.cases import papers
from liuhen.cases.models import Activity, Verdict
from liuhen.engines.media.continuity import Where
from liuhen.engines.policy import kept_grounds
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.regulations import wording
from liuhen.web.activities_text import VERDICT_COLOURS
from liuhen.web.coverage_text import (
    ASKED,
    HINTS,
    WAITING,
    WHERE,
    clock_text,
    lack_text,
    length_text,
    share_text,
)

WIDTH = 1000
"""Of a bar, in units of its drawing; the page stretches it."""

MARGIN = 20
"""Of the window, one part in so many is shown before it and after."""

LEAST = 2
"""A gap of seconds in a day on site is still seen."""

Kept = dict[str, Any]


@dataclass(frozen=True)
class Bar:
    """A stretch on the line. `css`: what it is, as the style sheet calls it."""

    x: int
    width: int
    css: str
    title: str


@dataclass(frozen=True)
class Lane:
    name: str
    share: str
    bars: list[Bar]
    is_together: bool = False


@dataclass(frozen=True)
class GapShown:
    """`first`, `last`: whole minutes about it, to be put in the form; `last` None: not resumed."""

    number: int
    start: str
    end: str
    length: str
    where: str
    is_explained: bool
    lacks: list[str]
    interruptions: list[int]
    first: str
    last: str | None


@dataclass(frozen=True)
class Panel:
    verdict: str
    colour: str
    waiting: str
    why: list[tuple[int, str]]
    """Articles and what each says of it."""
    share: str = ""
    missing: str = ""
    ticks: list[str] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    gaps: list[GapShown] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    named: list[tuple[str, list[str]]] = field(default_factory=list)
    """Recordings to look at, by what they are."""


def part(activity: Activity, officer: Officer) -> Kept | None:
    """For `activity_parts`; None once the activity is voided. `form`: where this officer may say
    why there is a gap."""
    if activity.voided_at is not None:
        return None
    may_say = papers.may_enter(activity, officer)
    form = reverse("web:enter_interruption", args=[activity.number]) if may_say else None
    return {"coverage": panel(activity), "form": form}


def panel(activity: Activity) -> Panel:
    kept: Kept = activity.coverage or {}
    verdict = Verdict(activity.verdict)
    grounds = kept_grounds.from_json(kept.get("grounds", []))
    waiting = kept.get("waiting")
    told = Panel(
        verdict=str(verdict.label),
        colour=VERDICT_COLOURS[verdict],
        waiting=str(HINTS.get(verdict) or WAITING.get(waiting, "")),
        why=[(ground.article, wording.text_of(ground)) for ground in grounds],
        named=[(said, kept[name]) for name, said in named_words() if kept.get(name)],
    )
    return drawn(told, kept, verdict) if "window" in kept else told


def named_words() -> list[tuple[str, str]]:
    return [
        ("late", _("活动结束后补录的")),
        ("early", _("到达之前录制的")),
        ("unexamined", _("尚未检验的")),
        ("undated", _("录制时间不明、不能计入的")),
        ("unusable", _("无法播放、不能计入的")),
        ("marked", _("有异常标记、需要查看的")),
    ]


def drawn(told: Panel, kept: Kept, verdict: Verdict) -> Panel:
    """With its bars and gaps."""
    scale = Scale.about(read(kept["window"]))
    gaps = list(gaps_of(kept)) if verdict in ASKED else []
    missing = kept["window_ms"] - kept["covered_ms"]
    return Panel(
        told.verdict,
        told.colour,
        told.waiting,
        told.why,
        share_text(kept["covered_ms"], kept["window_ms"]),
        length_text(missing) if missing else "",
        [clock_text(at) for at in scale.ticks],
        list(lanes_of(kept, scale, verdict)),
        gaps,
        list(notes_of(kept)),
        kept["late"],
        told.named,
    )


@dataclass(frozen=True)
class Span:
    start: datetime
    end: datetime


def read(kept: Kept) -> Span:
    return Span(datetime.fromisoformat(kept["start"]), datetime.fromisoformat(kept["end"]))


@dataclass(frozen=True)
class Scale:
    """From instants to places on the line: the window and a little beside it."""

    window: Span
    shown: Span

    @classmethod
    def about(cls, window: Span) -> "Scale":
        beside = max((window.end - window.start) / MARGIN, timedelta(seconds=1))
        return cls(window, Span(window.start - beside, window.end + beside))

    @property
    def ticks(self) -> list[datetime]:
        """Where the window begins, its middle, and its end."""
        half = (self.window.end - self.window.start) / 2
        return [self.window.start, self.window.start + half, self.window.end]

    def place(self, at: datetime) -> int:
        inside = min(max(at, self.shown.start), self.shown.end)
        return int((inside - self.shown.start) / (self.shown.end - self.shown.start) * WIDTH)

    def bar(self, span: Span, css: str, title: str) -> Bar | None:
        """None: none of it is shown."""
        if span.end <= self.shown.start or span.start >= self.shown.end:
            return None
        x = self.place(span.start)
        width = max(self.place(span.end) - x, LEAST)
        return Bar(x, width, css, f"{title} {clock_text(span.start)}–{clock_text(span.end)}")


def lanes_of(kept: Kept, scale: Scale, verdict: Verdict) -> Iterator[Lane]:
    """All together first, then each device. What need not be recorded is neither red nor amber."""
    is_free = verdict in (Verdict.EXEMPT, Verdict.NOT_REQUIRED)
    gaps = []
    for gap in kept["gaps"]:
        css = "hole" if is_free else "explained" if gap["explained"] else "gap"
        gaps.append(scale.bar(read(gap), css, str(WHERE[gap["where"]])))
    window = scale.bar(scale.window, "window", _("应当记录"))
    whole = kept["window_ms"]
    yield Lane(
        _("合计"),
        share_text(kept["covered_ms"], whole),
        shown([window, scale.bar(scale.window, "covered", _("已记录")), *gaps]),
        is_together=True,
    )
    for lane in kept["lanes"]:
        files = [scale.bar(read(one), "file", one["number"]) for one in lane["recordings"]]
        holes = [scale.bar(hole, "hole", _("未记录")) for hole in holes_of(lane, scale.window)]
        share = share_text(lane["covered_ms"], whole)
        yield Lane(lane["device"], share, shown([window, *files, *holes]))


def holes_of(lane: Kept, window: Span) -> Iterator[Span]:
    """What of the window this device did not record."""
    start = window.start
    for piece in map(read, lane["pieces"]):
        if piece.start > start:
            yield Span(start, piece.start)
        start = piece.end
    if start < window.end:
        yield Span(start, window.end)


def shown(bars: list[Bar | None]) -> list[Bar]:
    return [bar for bar in bars if bar is not None]


def gaps_of(kept: Kept) -> Iterator[GapShown]:
    for number, gap in enumerate(kept["gaps"], 1):
        span, where = read(gap), gap["where"]
        goes_on = where not in (Where.EARLY_STOP, Where.WHOLE)
        up = timedelta(seconds=59, microseconds=999_999)
        yield GapShown(
            number,
            clock_text(span.start),
            clock_text(span.end),
            length_text((span.end - span.start) // timedelta(milliseconds=1)),
            str(WHERE[where]),
            gap["explained"],
            [lack_text(lack, article) for lack, article in gap["missing"]],
            gap["interruptions"],
            form_minute(span.start),
            form_minute(span.end + up) if goes_on else None,
        )


def form_minute(at: datetime) -> str:
    """As a form's field for a moment takes it."""
    return f"{in_china(at):%Y-%m-%dT%H:%M}"


def notes_of(kept: Kept) -> Iterator[str]:
    """What else is to be said of it, a sentence each."""
    if kept["uninterrupted"]:
        yield _("本次执法涉及人身自由、生命健康或者重大财产权益，全程不得间断。")
    wanted, alone = kept["carriers"], kept["throughout"]
    if wanted is not None and wanted > 1:
        both = share_text(kept["twice_ms"], kept["window_ms"])
        counts = {"n": len(kept["lanes"]), "wanted": wanted}
        yield _("制度要求 %(wanted)d 人携带设备，实有 %(n)d 台设备的资料。") % counts
        yield _("两台以上同时记录的时间占 %(share)s。") % {"share": both}
        if alone:
            yield _("全程不间断记录的设备：%(devices)s。") % {"devices": _("、").join(alone)}
        else:
            yield _("没有一台设备单独全程记录。")
    for one in kept["overlaps"]:
        span = read(one)
        facts = {
            "device": one["device"],
            "start": clock_text(span.start),
            "end": clock_text(span.end),
            "files": _("、").join(one["recordings"]),
        }
        said = _("设备 %(device)s 的资料 %(files)s 在 %(start)s–%(end)s 重叠，请核对设备时钟。")
        yield said % facts
