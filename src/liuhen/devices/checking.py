"""A device looked over by the regulation's items: works, battery, space, clock (使用前检查)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.devices import clocks, errors
from liuhen.devices.clocks import Reading
from liuhen.devices.models import Checkout, Device, Moment, PreUseCheck
from liuhen.devices.register import subject_of
from liuhen.engines.policy import describing, issuing
from liuhen.engines.policy.answers import Ground, Why
from liuhen.engines.policy.issuing import CheckFacts
from liuhen.engines.policy.pack import Rules
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.regulations import current
from liuhen.regulations.wording import text_of


@dataclass(frozen=True)
class Found:
    """What looking at a device found; None: not looked at. `ok` is by the items' codes."""

    ok: Mapping[str, bool] = field(default_factory=dict)
    battery_percent: int | None = None
    free_bytes: int | None = None
    note: str = ""

    def facts(self, reading: Reading | None) -> CheckFacts:
        off = float(reading.off_at_most) if reading else None
        return CheckFacts(self.ok, self.battery_percent, self.free_bytes, off)


def failures_of(rules: Rules, found: Found, reading: Reading | None) -> tuple[Ground, ...]:
    """What keeps the device from being used; none where the regulation asks for no check."""
    checked = issuing.check(rules, found.facts(reading))
    return checked.failures if checked else ()


def check_passed(rules: Rules, device: Device, found: Found, reading: Reading | None) -> None:
    """Refuses: CheckFailed, or BatteryLow where charging is all that is wanted."""
    failures = failures_of(rules, found, reading)
    if not failures:
        return
    only_battery = {ground.code for ground in failures} == {Why.BATTERY_LOW}
    kind = errors.BatteryLow if only_battery else errors.CheckFailed
    told = "".join(text_of(ground) for ground in failures)
    no = kind(device_no=device.device_no, failures=told)
    no.article = str(failures[0].article)
    raise no


@transaction.atomic
def enter(
    device: Device,
    found: Found,
    *,
    by: Officer,
    at: datetime,
    reading: Reading | None = None,
    is_reset: bool = False,
) -> PreUseCheck:
    """A check by itself: upkeep, or one that failed at the counter. Kept whatever it found.

    Refuses: NoSuchDevice, NoRegulation.
    """
    log.wait_for_turn()
    if device.agency_id != by.agency_id:
        raise errors.NoSuchDevice(device_no=device.device_no)
    rules = current.rules(device.agency, in_china(at).date())
    acts = []
    if reading:
        row = clocks.keep(device, reading, moment=Moment.SYNC, by=by, is_reset=is_reset)
        acts.append(clocks.act_of(row, by=by, at=at))
    check = keep(device, found, rules, reading, by=by, at=at)
    log.record_all([*acts, act_of(check, by=by, at=at)])
    return check


def keep(
    device: Device,
    found: Found,
    rules: Rules,
    reading: Reading | None,
    *,
    by: Officer,
    at: datetime,
    checkout: Checkout | None = None,
) -> PreUseCheck:
    """The row alone, in the caller's transaction, which also writes its event."""
    asked = describing.pre_use_items(rules)
    items = [
        {"code": item.code, "text": item.text, "ok": found.ok.get(item.code, False)}
        for item in (asked.items if asked else ())
    ]
    return PreUseCheck.objects.create(
        device=device,
        checkout=checkout,
        checked_at=at,
        checked_by=by,
        items=items,
        battery_percent=found.battery_percent,
        free_bytes=found.free_bytes,
        is_passed=not failures_of(rules, found, reading),
        note=found.note,
        pack_id=rules.pack.pack_id,
        article=asked.grounds[0].article if asked else None,
    )


def act_of(check: PreUseCheck, *, by: Officer, at: datetime) -> Act:
    return Act(Kind.DEVICE_CHECKED, subject_of(check.device), by, at, said(check))


def said(check: PreUseCheck) -> dict[str, Any]:
    return {
        "items": check.items,
        "battery_percent": check.battery_percent,
        "free_bytes": None if check.free_bytes is None else str(check.free_bytes),
        "is_passed": check.is_passed,
        "note": check.note,
        "pack_id": check.pack_id,
        "article": check.article,
        "checkout": check.checkout_id,
    }
