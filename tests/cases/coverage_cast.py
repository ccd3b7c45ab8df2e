"""Half an hour on site from noon, and what two cameras recorded of it."""

from datetime import date, datetime, timedelta
from typing import Any

import factories
from liuhen.cases import coverage
from liuhen.cases.models import (
    Activity,
    ActivityRecording,
    Exemption,
    Interruption,
    ListedMatter,
    PaperState,
    StopReport,
)
from liuhen.recordings.models import Mark, MarkKind, Recording, TimeOrigin
from liuhen.regulations.models import Adoption

NOON = factories.NOON
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
PACKS = {
    "jiaxian-health": 8,
    "weidong-market": 8,
    "chengde-safety": 12,
    "neiqiu-health": 6,
    "luohe-livestock": 9,
}
"""Each regulation with its article on from where to where is recorded."""


def minute(n: float) -> datetime:
    return NOON + n * MINUTE


def follow(pack_id: str) -> None:
    """The bureau follows this regulation since last year."""
    made = factories.agency()
    Adoption.objects.filter(agency=made).delete()
    Adoption.objects.create(
        agency=made, pack_id=pack_id, from_date=date(2025, 1, 1), adopted_at=NOON
    )


def visit(**more: Any) -> Activity:
    """One that has to be recorded by every regulation, in which no one's rights are touched."""
    return factories.activity(**{"listed": listed(), "is_disputable": True} | more)


def listed(name: str = "公共场所现场检查") -> ListedMatter:
    """A line of the list of matters that are recorded."""
    facts = {
        "seq": 1,
        "kind": "inspection",
        "listed_at": NOON - HOUR,
        "listed_by": factories.officer("fa"),
    }
    return ListedMatter.objects.get_or_create(agency=factories.agency(), name=name, defaults=facts)[
        0
    ]


def film(first: float, last: float, device: str = "ZF-001", **more: Any) -> Recording:
    """Of the visit, from one of its minutes to another, by a clock that was compared."""
    number = more.pop("number", f"2026-{Recording.objects.count() + 1:06d}")
    of = more.pop("of", None) or visit()
    facts = {
        "recorded_at": minute(first),
        "duration_seconds": round((last - first) * 60, 3),
        "device": factories.device(device),
        "device_no": device,
        "recorded_at_origin": TimeOrigin.NAME,
        "clock_uncertainty_seconds": 1,
    }
    made = factories.recording(number, **facts | more)
    ActivityRecording.objects.create(
        activity=of, recording=made, was_proposed=False, linked_at=NOON, linked_by=of.registered_by
    )
    return made


def stop(first: float, last: float | None, cause: str = "battery", **more: Any) -> Interruption:
    """Entered for the visit; `last` None: never resumed."""
    facts = {
        "activity": visit(),
        "cause": cause,
        "reason": "电池耗尽",
        "pack_id": "own",
        "state": PaperState.FILED,
        "entered_at": NOON,
        "entered_by": factories.officer("li"),
        "from_at": minute(first),
        "until_at": None if last is None else minute(last),
    }
    return Interruption.objects.create(**facts | more)


def spoken(on: Recording, **more: Any) -> Mark:
    facts = {"kind": MarkKind.INTERRUPTION, "start_seconds": 3, "made_at": NOON}
    return Mark.objects.create(recording=on, made_by=factories.officer("li"), **facts | more)


def report(of: Interruption, **more: Any) -> StopReport:
    facts = {
        "activity": of.activity,
        "interruption": of,
        "cause": of.cause,
        "reason": of.reason,
        "pack_id": "own",
        "posts": "unit_head",
        "needs_statement": True,
        "stopped_at": of.from_at,
        "reported_at": of.from_at,
        "reported_by": factories.officer("li"),
    }
    return StopReport.objects.create(**facts | more)


def exemption(**more: Any) -> Exemption:
    facts = {
        "activity": visit(),
        "cause": "objective",
        "reason": "无法记录",
        "pack_id": "neiqiu-health",
        "article": 8,
        "posts": "on_site_leader/unit_head",
        "state": PaperState.APPROVED,
        "is_prior": True,
        "entered_at": NOON - HOUR,
        "entered_by": factories.officer("li"),
        "decided_at": NOON - HOUR,
        "decided_by": factories.officer("wang"),
    }
    return Exemption.objects.create(**facts | more)


def verdict(of: Activity | None = None) -> str:
    return str(coverage.compute(of or visit()).judged.verdict)


def missing(of: Activity | None = None) -> list[tuple[str, int | None]]:
    """What every gap lacks to be explained."""
    gaps = coverage.compute(of or visit()).judged.gaps
    return [(str(one.lack), one.article) for gap in gaps for one in gap.missing]
