"""What went unrecorded, in one line each: by whose regulation, on which activity, said by whom."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

import factories
from liuhen.cases import exemptions, interruptions, stops
from liuhen.cases.interruptions import Stretch
from liuhen.cases.models import (
    Activity,
    ActivityRecording,
    Exemption,
    Interruption,
    StopReport,
)
from liuhen.cases.stops import Stopped
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.engines.policy.vocabulary import Cause
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.people.roles import Role
from liuhen.recordings.models import Mark
from liuhen.regulations import current
from liuhen.regulations.models import Adoption

NOON = factories.NOON
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def under(pack_id: str) -> None:
    """The bureau follows this regulation since long."""
    Adoption.objects.filter(agency=factories.agency()).update(pack_id=pack_id)


def rules() -> Any:
    return current.rules(factories.agency(), NOON.date())


def who(login: str) -> Officer:
    return factories.officer(login)


def planned(number: str = "HD-2026-000001", *others: str, **more: Any) -> Activity:
    """Li's, with others; nobody has arrived yet."""
    return factories.activity(number, *others, arrived_at=None, left_at=None, **more)


def led_by(login: str, *others: str) -> Activity:
    """Somebody else leads it; Li took part and writes."""
    return factories.activity("HD-2026-000001", "li", *others, officer=who(login))


def asked(of: Activity | None = None, *, by: str = "li", at: datetime = NOON, **more: Any):
    facts = {"cause": Cause.OBJECTIVE, "reason": "现场无法记录", "basis": "制度规定的情形"} | more
    return exemptions.ask(of or factories.activity(), **facts, by=who(by), at=at)


def consent_asked(of: Activity | None = None, **more: Any) -> Exemption:
    """As neiqiu wants it: before anybody arrives."""
    return asked(of or planned(), **{"cause": Cause.EVIDENCE_NEEDS, "basis": ""} | more)


def entered(
    of: Activity | None = None,
    cause: Cause = Cause.BATTERY,
    *,
    by: str = "li",
    minutes: tuple[int, int | None] = (10, 12),
    submit_now: bool = True,
    **more: Any,
) -> Interruption:
    """From the tenth to the twelfth minute after noon, told an hour later."""
    begin, end = minutes
    until = NOON + end * MINUTE if end is not None else None
    facts = {"reason": "更换电池", "basis": "第十二条"} | more
    stretch = Stretch(NOON + begin * MINUTE, until, cause, **facts)
    return interruptions.enter(
        of or factories.activity(), stretch, by=who(by), at=NOON + HOUR, submit_now=submit_now
    )


def spoken(of: Activity, seconds: int = 5, kind: str = "interruption", **more: Any) -> Mark:
    """The reason said on a recording of the activity."""
    recording = factories.recording(**more)
    ActivityRecording.objects.get_or_create(
        recording=recording,
        defaults={"activity": of, "was_proposed": False, "linked_at": NOON, "linked_by": who("li")},
    )
    return Mark.objects.create(
        recording=recording, kind=kind, start_seconds=seconds, made_at=NOON, made_by=who("li")
    )


def stopped(
    of: Activity | None = None,
    *,
    by: str = "li",
    at: datetime = NOON + 11 * MINUTE,
    **more: Any,
) -> StopReport:
    facts = {"stopped_at": NOON + 10 * MINUTE, "cause": Cause.DEVICE_FAILURE, "reason": "镜头碎裂"}
    told = Stopped(**facts | more)
    return stops.report(of or factories.activity(), told, by=who(by), at=at)


def refused(action: Any, *args: Any, **more: Any) -> Refusal:
    """The refusal; and nothing was written."""
    before = CustodyEvent.objects.count()
    with pytest.raises(Refusal) as no:
        action(*args, **more)
    assert CustodyEvent.objects.count() == before
    return no.value


def told(kind: Kind) -> list[dict[str, Any]]:
    """What the log says of these events."""
    events = CustodyEvent.objects.filter(kind=kind).order_by("index")
    return [json.loads(bytes(event.entry))["facts"] for event in events]


def kinds() -> list[str]:
    """What people did; what the system made of that is another matter."""
    events = CustodyEvent.objects.exclude(kind=Kind.ACTIVITY_JUDGED).order_by("index")
    return list(events.values_list("kind", flat=True))


def head_of_another_unit() -> Officer:
    return factories.officer("fang", Role.UNIT_HEAD, unit=factories.unit("监督二科"))
