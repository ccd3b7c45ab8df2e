"""Do the daily checks and the playback entries stand as they were entered?"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from liuhen.custody import proofs
from liuhen.custody.deviations import Deviation
from liuhen.custody.kinds import Kind
from liuhen.supervision.models import DailyCheck, Lookback
from liuhen.supervision.watching import daily, lookbacks


def audit() -> Iterator[Deviation]:
    yield from audit_daily()
    yield from audit_lookbacks()


def audit_daily() -> Iterator[Deviation]:
    """One row for each unit and day, with the words, the person and the time of its event."""
    checks = DailyCheck.objects.select_related("unit", "checked_by").order_by("pk")
    rows = {(f"unit:{one.unit_id}", one.day.isoformat()): one for one in checks}
    for event in proofs.events_of_kind(Kind.DAILY_CHECK_DONE):
        said = proofs.facts_of(event)
        row = rows.pop((event.subject, said["day"]), None)
        if row is None:
            told = f"{said['day']}: event {event.index}"
            yield Deviation("daily_check.row_missing", event.subject, told)
            continue
        # In whose lists it stands is no fact of its own: those of the unit's bureau.
        said |= {"by": event.actor, "at": event.at, "agency": row.unit.agency_id}
        there = daily.facts_of(row) | {
            "by": row.checked_by.login,
            "at": row.checked_at,
            "agency": row.agency_id,
        }
        for told in differences(said, there):
            yield Deviation("daily_check.row_changed", event.subject, f"{row.day}: {told}")
    for subject, day in rows:
        yield Deviation("daily_check.never_entered", subject, f"{day}: no event says so")


Look = tuple[str, str, datetime]
"""Of what, by whom, when: of one recording there may be several."""


def audit_lookbacks() -> Iterator[Deviation]:
    """Each event has its row, each row its event. One that is dated otherwise, or another's now, is
    the one of no event, and its event has none."""
    rows: dict[Look, list[Lookback]] = defaultdict(list)
    looks = Lookback.objects.select_related("recording", "looked_by").order_by("pk")
    for one in looks.defer("recording__examination", "recording__search_text"):
        look = (f"recording:{one.recording.number}", one.looked_by.login, one.looked_at)
        rows[look].append(one)
    for event in proofs.events_of_kind(Kind.LOOKED_BACK):
        there = rows[event.subject, event.actor, event.at]
        if not there:
            told = f"by {event.actor}: event {event.index}"
            yield Deviation("playback.row_missing", event.subject, told)
            continue
        row = there.pop(0)
        said = proofs.facts_of(event) | {"agency": row.recording.agency_id}
        for told in differences(said, lookbacks.facts_of(row) | {"agency": row.agency_id}):
            yield Deviation("playback.row_changed", event.subject, told)
    for (subject, by, _at), left in rows.items():
        for _one in left:
            yield Deviation("playback.never_entered", subject, f"by {by}: no event says so")


def differences(said: Mapping[str, Any], there: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(there):
        if said.get(name) != there[name]:
            yield f"{name}: entered {said.get(name)}, now {there[name]}"
