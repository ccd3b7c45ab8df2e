"""What the system knows of a thing drawn, beside the picture: coverage, handover, findings."""

from dataclasses import dataclass, field

from liuhen.cases.models import Aside, Verdict
from liuhen.duties.models import Duty, DutyKind
from liuhen.people.models import Officer
from liuhen.recordings import queries
from liuhen.recordings.models import Finding, Recording
from liuhen.supervision import spot_spreading
from liuhen.supervision.models import SpotItem
from liuhen.web import coverage_shown
from liuhen.web.activities_text import VERDICT_COLOURS
from liuhen.web.findings_text import text_of

MOST_FINDINGS = 8


@dataclass(frozen=True)
class Known:
    """`verdict` is "" for a recording that belongs to no activity; then `aside` may say why.

    `handovers`: (recording's number, how its handover stands); `findings`: (number, title, colour).
    """

    officers: list[str]
    verdict: str = ""
    colour: str = ""
    share: str = ""
    gaps: list[coverage_shown.GapShown] = field(default_factory=list)
    films: int = 0
    handovers: list[tuple[str, str]] = field(default_factory=list)
    findings: list[tuple[str, object, str]] = field(default_factory=list)
    aside: str = ""


def known(item: SpotItem, reader: Officer) -> Known:
    """A fixed number of queries."""
    keys = [one.pk for one in spot_spreading.films_of([item])[item.pk]]
    films = queries.but_secrets(Recording.objects.filter(pk__in=keys), reader)
    numbers = dict(films.order_by("recorded_at", "pk").values_list("pk", "number"))
    shared = {
        "films": len(numbers),
        "handovers": handovers_of(numbers),
        "findings": findings_of(numbers),
    }
    if item.activity is None:
        assert item.recording is not None
        by = [item.recording.officer.name] if item.recording.officer else []
        aside = Aside.objects.filter(recording=item.recording).first()
        said = f"{aside.get_why_display()}：{aside.reason}" if aside else ""
        return Known(officers=by, aside=said, **shared)
    parts = item.activity.activity_officers.select_related("officer").order_by("-is_lead", "pk")
    panel = coverage_shown.panel(item.activity)
    return Known(
        officers=[one.officer.name for one in parts],
        verdict=panel.verdict,
        colour=VERDICT_COLOURS[Verdict(item.activity.verdict)],
        share=panel.share,
        gaps=panel.gaps,
        **shared,
    )


def handovers_of(numbers: dict[int, str]) -> list[tuple[str, str]]:
    duties = Duty.objects.filter(recording__in=numbers, kind=DutyKind.HANDOVER).order_by("pk")
    return [(numbers[one.recording_id or 0], str(one.get_state_display())) for one in duties]


def findings_of(numbers: dict[int, str]) -> list[tuple[str, object, str]]:
    rows = Finding.objects.filter(recording__in=numbers).order_by("recording", "pk")[:MOST_FINDINGS]
    told = [(numbers[one.recording_id], text_of(one.code)) for one in rows]
    return [(number, said.title, said.colour) for number, said in told]
