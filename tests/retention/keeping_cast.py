"""Recordings in activities and cases, what is held and complained of: each in one line."""

from datetime import date, datetime, timedelta
from typing import Any

import factories
from liuhen.cases.models import Activity, ActivityRecording, Case, Exhibit
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.engines.policy.terms import Keeping
from liuhen.people.models import Officer, Unit, UnitKind
from liuhen.people.roles import Role
from liuhen.recordings.models import Recording
from liuhen.regulations import current
from liuhen.regulations.models import Adoption
from liuhen.retention import complaints, holds, terms
from liuhen.retention.complaints import Told
from liuhen.retention.models import Channel, Complaint, Hold, HoldGround
from liuhen.retention.scopes import Scope

NOON = factories.NOON
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def under(pack_id: str) -> None:
    """The bureau follows this regulation since long."""
    Adoption.objects.filter(agency=factories.agency()).update(
        pack_id=pack_id, from_date=date(2020, 1, 1)
    )


def who(login: str) -> Officer:
    return factories.officer(login)


def office_head() -> Officer:
    """资料管理部门负责人: heads the unit that keeps the recordings."""
    office = factories.unit("办公室")
    Unit.objects.filter(pk=office.pk).update(kind=UnitKind.OFFICE)
    return factories.officer("ban", Role.UNIT_HEAD, unit=office)


def linked(recording: Recording, activity: Activity) -> Recording:
    ActivityRecording.objects.create(
        activity=activity, recording=recording, was_proposed=False, linked_at=NOON,
        linked_by=who("li"),
    )  # fmt: skip
    return recording


def in_case(case: Case, number: str = "2026-000001", **more: Any) -> Recording:
    """A recording of an activity of this case."""
    activity = factories.activity(f"HD-2026-9{number[-5:]}", case=case, **more)
    return linked(factories.recording(number), activity)


def closed(case_no: str = "甲〔2026〕1号", term: str = "P10Y", **more: Any) -> Case:
    """A case closed on 2026-02-01."""
    said = {"closed_date": date(2026, 2, 1), "term": term} | more
    return factories.case(case_no, **said)


def used_in(case: Case, number: str = "2026-000001") -> Recording:
    """A recording that is evidence in this case."""
    made = factories.recording(number)
    Exhibit.objects.create(recording=made, case=case, used_at=NOON, used_by=who("li"))
    return made


def place(about: Any, *, by: str = "zhou", at: datetime = NOON, **said: Any) -> Hold:
    """Zhou holds a thing, or a scope."""
    scope = about if isinstance(about, Scope) else Scope.of(about)
    facts = {"ground": HoldGround.REVIEW, "reason": "行政复议"} | said
    return holds.place(scope, **facts, by=who(by), at=at)


def lift(hold: Hold, *, first: str = "zhou", second: str = "fa", at: datetime = NOON) -> None:
    holds.ask_lift(hold, reason="复议已结束", by=who(first), at=at)
    holds.lift(hold, by=who(second), at=at)


def complain(about: Any, *, by: str = "zhou", at: datetime = NOON, **said: Any) -> Complaint:
    facts = {
        "kind": HoldGround.COMPLAINT, "channel": Channel.PHONE, "text": "态度恶劣",
        "received_at": NOON, "told_by": "张三", "contact": "13800000000",
    } | said  # fmt: skip
    scope = about if isinstance(about, Scope) else Scope.of(about)
    return complaints.enter(Told(**facts), scope, by=who(by), at=at)


def kept(recording: Recording) -> Keeping:
    return terms.keeping_of(recording, current.rulebook(recording.agency))


def codes(recording: Recording) -> list[str]:
    return [str(ground.code) for ground in kept(recording).grounds]


def held_numbers() -> set[str]:
    return set(holds.held(Recording.objects.all()).values_list("number", flat=True))


def events(subject: str) -> list[str]:
    rows = CustodyEvent.objects.filter(subject=subject).order_by("index")
    return list(rows.values_list("kind", flat=True))


def told(subject: str) -> dict[str, Any]:
    return facts_of(CustodyEvent.objects.filter(subject=subject).latest("index"))


def count() -> int:
    return CustodyEvent.objects.count()
