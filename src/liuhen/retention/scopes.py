"""What a hold is to cover, as somebody says it: checked before it is kept, told to the log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from liuhen.cases.models import Activity, Case, Party
from liuhen.devices.models import Device
from liuhen.people.models import Officer
from liuhen.recordings.models import Recording
from liuhen.retention import hold_errors as errors
from liuhen.retention.models import SUBJECTS, Hold, HoldScope

MOST_NAMED = 500
"""Of one hold; each gets an event of its own. More are better held by what they belong to."""

Subject = Activity | Case | Party | Officer | Device


@dataclass(frozen=True)
class Scope:
    """`subject` is the row that `kind` names, or `recordings` are; instants are aware, None: no
    bound."""

    kind: HoldScope
    subject: Subject | None = None
    recordings: Sequence[Recording] = ()
    since: datetime | None = None
    until: datetime | None = None

    @classmethod
    def of(
        cls,
        subject: Subject | Recording,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> "Scope":
        """All of one thing, or one recording."""
        if isinstance(subject, Recording):
            return cls(HoldScope.RECORDINGS, None, (subject,), since, until)
        return cls(KINDS[type(subject)], subject, (), since, until)

    @property
    def columns(self) -> dict[str, Any]:
        named = {str(self.kind): self.subject} if self.kind in SUBJECTS else {}
        return {"scope": self.kind, "since": self.since, "until": self.until} | named


KINDS: dict[type[Any], HoldScope] = {
    Activity: HoldScope.ACTIVITY,
    Case: HoldScope.CASE,
    Party: HoldScope.PARTY,
    Officer: HoldScope.OFFICER,
    Device: HoldScope.DEVICE,
}


def check(scope: Scope, by: Officer) -> None:
    """Refuses: NothingNamed, TooManyNamed, PeriodMissing, PeriodTurned, OfAnotherBureau."""
    if scope.kind == HoldScope.RECORDINGS:
        if not scope.recordings:
            raise errors.NothingNamed()
        if len(scope.recordings) > MOST_NAMED:
            raise errors.TooManyNamed(n=len(scope.recordings), most=MOST_NAMED)
    elif scope.kind in SUBJECTS and scope.subject is None:
        raise errors.NothingNamed()
    if scope.kind == HoldScope.PERIOD and None in (scope.since, scope.until):
        raise errors.PeriodMissing()
    if scope.since and scope.until and scope.until <= scope.since:
        raise errors.PeriodTurned()
    named = [*scope.recordings, *([scope.subject] if scope.subject else [])]
    if any(one.agency_id != by.agency_id for one in named):
        raise errors.OfAnotherBureau()


def same_as(scope: Scope, hold: Hold) -> bool:
    """Whether the hold covers exactly this and nothing else."""
    columns = scope.columns
    if any(getattr(hold, name) != value for name, value in columns.items()):
        return False
    if scope.kind != HoldScope.RECORDINGS:
        return True
    held = set(hold.hold_recordings.values_list("recording_id", flat=True))
    return held == {one.pk for one in scope.recordings}


def said(hold: Hold) -> dict[str, Any]:
    """For the log: text and numbers that tell when the rows are long gone."""
    subject = getattr(hold, hold.scope) if hold.scope in SUBJECTS else None
    numbers = named_by(hold)
    return {
        "scope": hold.scope,
        "subject": key_of(subject),
        "named": str(subject) if subject is not None else None,
        "recordings": numbers,
        "since": hold.since.isoformat() if hold.since else None,
        "until": hold.until.isoformat() if hold.until else None,
    }


def named_by(hold: Hold) -> list[str]:
    """The numbers of the recordings somebody named; not of what its scope came to cover."""
    if hold.scope != HoldScope.RECORDINGS:
        return []
    rows = hold.hold_recordings.order_by("recording__number")
    return list(rows.values_list("recording__number", flat=True))


def key_of(subject: Subject | None) -> str | None:
    """As other events name it, e.g. `activity:HD-2026-000001`."""
    if subject is None:
        return None
    words = {
        Activity: ("activity", "number"),
        Case: ("case", "pk"),
        Party: ("party", "pk"),
        Officer: ("officer", "login"),
        Device: ("device", "device_no"),
    }
    room, name = words[type(subject)]
    return f"{room}:{getattr(subject, name)}"
