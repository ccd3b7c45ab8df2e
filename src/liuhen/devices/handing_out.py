"""Hand a device out (领用): checked, its clock read, to somebody who may take it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.devices import checking, clocks, errors, states
from liuhen.devices.checking import Found
from liuhen.devices.clocks import Reading
from liuhen.devices.models import (
    NOT_CARRIED,
    Checkout,
    Device,
    DeviceState,
    Moment,
)
from liuhen.devices.register import subject_of
from liuhen.devices.states import Step
from liuhen.engines.policy import issuing
from liuhen.engines.policy.answers import Ground
from liuhen.engines.policy.pack import Rules
from liuhen.kernel.clock import in_china
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.people.policies import is_suspended
from liuhen.people.queries import those_who_enforce
from liuhen.regulations import current

No = TypeVar("No", bound=Refusal)


@dataclass(frozen=True)
class HandOut:
    """To whom, for what, and what the check found. `task`: the activity or case in words."""

    officer: Officer
    found: Found
    reading: Reading | None = None
    task: str = ""
    is_explosive_area: bool = False
    second_reason: str = ""


@transaction.atomic
def hand_out(device: Device, to: HandOut, *, by: Officer, at: datetime) -> Checkout:
    """From now on `to.officer` answers for the device.

    Refuses: NoSuchDevice, NotCarried, AlreadyOut, NotReady, NotAUser, UserSuspended,
    SecondDevice, NotExplosionProof, CheckFailed, BatteryLow, NoRegulation.
    """
    log.wait_for_turn()
    device = Device.objects.select_related("agency").get(pk=device.pk)
    if device.agency_id != by.agency_id:
        raise errors.NoSuchDevice(device_no=device.device_no)
    rules = current.rules(device.agency, in_china(at).date())
    check_ready(device)
    check_user(rules, device, to, at=at)
    if to.is_explosive_area and not device.is_explosion_proof:
        no = errors.NotExplosionProof(device_no=device.device_no)
        raise resting_on(no, issuing.explosive_area(rules))
    checking.check_passed(rules, device, to.found, to.reading)
    take(device)
    return write_down(device, to, rules, by=by, at=at)


def check_ready(device: Device) -> None:
    """Refuses: NotCarried, AlreadyOut, NotReady."""
    if device.kind in NOT_CARRIED:
        raise errors.NotCarried(device_no=device.device_no, kind=device.get_kind_display())
    if device.state == DeviceState.OUT:
        holder = Checkout.objects.filter(device=device, returned_at=None).values_list(
            "officer__name", flat=True
        )
        raise errors.AlreadyOut(device_no=device.device_no, holder=holder.first() or "—")
    if device.state != DeviceState.READY:
        raise errors.NotReady(device_no=device.device_no, state=device.get_state_display())


def check_user(rules: Rules, device: Device, to: HandOut, *, at: datetime) -> None:
    """Refuses: NotAUser, UserSuspended, SecondDevice."""
    officer = those_who_enforce(device.agency).filter(pk=to.officer.pk).first()
    if officer is None:
        raise errors.NotAUser(name=to.officer.name)
    if is_suspended(officer, in_china(at).date()):
        stopped = errors.UserSuspended(name=officer.name, until=str(officer.suspended_until))
        raise resting_on(stopped, issuing.suspension(rules))
    ground = issuing.second_device(rules)
    if ground is None or to.second_reason.strip():
        return
    held = Checkout.objects.filter(officer=officer, returned_at=None).select_related("device")
    if first := held.first():
        second = errors.SecondDevice(name=officer.name, held=first.device.device_no)
        raise resting_on(second, ground)


def resting_on(no: No, ground: Ground | None) -> No:
    """The same refusal with its article, where the bureau's regulation names one."""
    if ground:
        no.article = str(ground.article)
    return no


def take(device: Device) -> None:
    """Of two at the counter one gets it. Refuses: AlreadyOut, NotReady."""
    if not states.move(device, Step.HAND_OUT):
        check_ready(device)
        raise errors.NotReady(device_no=device.device_no, state=device.get_state_display())


def write_down(device: Device, to: HandOut, rules: Rules, *, by: Officer, at: datetime) -> Checkout:
    checkout = Checkout.objects.create(
        agency=device.agency,
        device=device,
        officer=to.officer,
        unit=to.officer.unit,
        task=to.task.strip(),
        is_explosive_area=to.is_explosive_area,
        second_reason=to.second_reason.strip(),
        handed_at=at,
        handed_by=by,
    )
    acts = []
    if to.reading:
        row = clocks.keep(device, to.reading, moment=Moment.HAND_OUT, by=by, checkout=checkout)
        acts.append(clocks.act_of(row, by=by, at=at))
    check = checking.keep(device, to.found, rules, to.reading, by=by, at=at, checkout=checkout)
    acts += [checking.act_of(check, by=by, at=at), act_of(checkout, by=by, at=at)]
    log.record_all(acts)
    return checkout


def act_of(checkout: Checkout, *, by: Officer, at: datetime) -> Act:
    facts = {
        "checkout": checkout.pk,
        "officer": checkout.officer.officer_cert_no or checkout.officer.login,
        "name": checkout.officer.name,
        "unit": checkout.unit.name if checkout.unit else None,
        "task": checkout.task,
        "is_explosive_area": checkout.is_explosive_area,
        "second_reason": checkout.second_reason,
    }
    return Act(Kind.DEVICE_HANDED_OUT, subject_of(checkout.device), by, at, facts)
