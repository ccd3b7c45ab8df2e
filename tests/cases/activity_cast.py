"""Activities and their recordings in one line each."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

import factories
from liuhen.cases import activities
from liuhen.cases.activity_facts import ActivityFacts
from liuhen.cases.models import Activity
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.recordings.models import Recording

NOON = factories.NOON
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def li() -> Officer:
    return factories.officer("li")


def bai() -> Officer:
    return factories.officer("bai")


def facts(*logins: str, **more: Any) -> ActivityFacts:
    """Li's and Bai's inspection in Zhongxing Road, or that of those named."""
    officers = tuple(map(factories.officer, logins or ("li", "bai")))
    said = {"kind": "inspection", "place": "中兴路12号", "unit": officers[0].unit} | more
    return ActivityFacts(officers=officers, **said)


def registered(*logins: str, by: str = "li", at: datetime = NOON, **more: Any) -> Activity:
    return activities.register(facts(*logins, **more), by=factories.officer(by), at=at)


def under_way(**more: Any) -> Activity:
    """Arrived at noon."""
    return registered(arrived_at=NOON, **more)


def recorded(number: int = 1, *, by: str | None = "li", minutes: int = 5, **more: Any) -> Recording:
    """Ten minutes of Li's, begun so many minutes after noon."""
    officer = factories.officer(by) if by else None
    said = {"recorded_at": NOON + minutes * MINUTE, "duration_seconds": 600} | more
    return factories.recording(f"2026-{number:06d}", officer=officer, **said)


def told(subject: str) -> list[str]:
    """What was done to it; what the system made of that is another matter."""
    rows = CustodyEvent.objects.filter(subject=subject).exclude(kind=Kind.ACTIVITY_JUDGED)
    rows = rows.order_by("index")
    return list(rows.values_list("kind", flat=True))


def facts_of(kind: Kind) -> list[dict[str, Any]]:
    """What the events of a kind tell, in order."""
    rows = CustodyEvent.objects.filter(kind=kind).order_by("index")
    return [json.loads(bytes(entry))["facts"] for entry in rows.values_list("entry", flat=True)]


def refused(code: str) -> Any:
    """The refusal with this code, and no event."""

    class Refused:
        def __enter__(self) -> None:
            self.before = CustodyEvent.objects.count()
            self.inner = pytest.raises(Refusal)
            self.caught = self.inner.__enter__()

        def __exit__(self, *what: Any) -> bool | None:
            handled = self.inner.__exit__(*what)
            assert self.caught.value.code == code
            assert CustodyEvent.objects.count() == self.before
            return handled

    return Refused()
