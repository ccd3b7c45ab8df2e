"""A device that is gone (遗失), and one that turns up again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.devices import compensating, repairs, states
from liuhen.devices import repair_errors as errors
from liuhen.devices.models import Checkout, Condition, Device, DeviceState, LossReport
from liuhen.devices.queries import open_checkout
from liuhen.devices.register import subject_of
from liuhen.devices.repairs import cut, need
from liuhen.devices.states import Step
from liuhen.devices.taking_back import end_of
from liuhen.kernel.clock import in_china
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of


@dataclass(frozen=True)
class Loss:
    """As its finder tells it. `recordings_in`: all it recorded is handed in; None: unknown."""

    missed_at: datetime
    story: str
    recordings_in: bool | None = None


def check_reports(device: Device, by: Officer) -> None:
    """Whoever keeps the devices, or has this one in use. Refuses: NotYoursToReport."""
    if device.agency_id == by.agency_id and Permission.MANAGE_DEVICES in permissions_of(by):
        return
    checkout = open_checkout(device)
    if checkout is None or checkout.officer_id != by.pk or not by.is_active:
        raise errors.NotYoursToReport()


@transaction.atomic
def report(device: Device, loss: Loss, *, by: Officer, at: datetime) -> LossReport:
    """Ends the use and the repair it was in, and opens a case against whoever had it: the user,
    else the keeper it is entrusted to; nobody where it had neither.

    Refuses: NotYoursToReport, WordsMissing, InTheFuture, MissedBeforeHandOut, AlreadyLost,
    DeviceGone.
    """
    log.wait_for_turn()
    device = Device.objects.select_related("agency", "keeper").get(pk=device.pk)
    check_reports(device, by)
    checkout = open_checkout(device)
    check_told(loss, checkout, at=at)
    take_away(device)
    if checkout:
        end(checkout, loss, by=by, at=at)
    row = write_down(device, loss, checkout, by=by, at=at)
    acts = [act_of(row, by=by, at=at)]
    with translation.override("zh-hans"):  # what is kept speaks Chinese, whoever reports it
        reason = str(_("设备已登记遗失。"))
    acts += repairs.abandoned(device, reason=reason, by=by, at=at)
    if row.officer:
        facts = compensating.Facts(device, row.officer, row.story, checkout=checkout, loss=row)
        acts.append(compensating.opened(facts, by=by, at=at)[1])
    log.record_all(acts)
    return row


def check_told(loss: Loss, checkout: Checkout | None, *, at: datetime) -> None:
    """Refuses: WordsMissing, InTheFuture, MissedBeforeHandOut."""
    need(loss.story, field=_("遗失经过"))
    if loss.missed_at > (end_of(checkout, at) if checkout else at):
        raise errors.InTheFuture(field=_("发现遗失的时间"))
    # Forms take minutes: missed within the minute of the hand-out is not before it.
    if checkout and loss.missed_at < checkout.handed_at.replace(second=0, microsecond=0):
        handed_at = f"{in_china(checkout.handed_at):%Y-%m-%d %H:%M}"
        raise errors.MissedBeforeHandOut(handed_at=handed_at)


def take_away(device: Device) -> None:
    """Lost once. Refuses: AlreadyLost, DeviceGone."""
    if states.move(device, Step.LOSE):
        return
    if device.state == DeviceState.LOST:
        raise errors.AlreadyLost(device_no=device.device_no)
    raise errors.DeviceGone(device_no=device.device_no, state=device.get_state_display())


def end(checkout: Checkout, loss: Loss, *, by: Officer, at: datetime) -> None:
    Checkout.objects.filter(pk=checkout.pk, returned_at=None).update(
        returned_at=end_of(checkout, at),
        received_by=by,
        condition=Condition.LOST,
        condition_note=cut(loss.story, 200),
        card_handed=False,
    )


def write_down(
    device: Device, loss: Loss, checkout: Checkout | None, *, by: Officer, at: datetime
) -> LossReport:
    try:
        with transaction.atomic():
            return LossReport.objects.create(
                device=device,
                checkout=checkout,
                officer=checkout.officer if checkout else device.keeper,
                missed_at=loss.missed_at,
                story=cut(loss.story),
                recordings_in=loss.recordings_in,
                reported_at=at,
                reported_by=by,
            )
    except IntegrityError:
        raise errors.AlreadyLost(device_no=device.device_no) from None


def act_of(row: LossReport, *, by: Officer, at: datetime) -> Act:
    facts = {
        "loss": row.pk,
        "officer": (row.officer.officer_cert_no or row.officer.login) if row.officer else None,
        "checkout": row.checkout_id,
        "missed_at": row.missed_at.isoformat(),
        "story": row.story,
        "recordings_in": row.recordings_in,
    }
    return Act(Kind.DEVICE_LOST, subject_of(row.device), by, at, facts)


@transaction.atomic
def found(loss: LossReport, *, note: str, by: Officer, at: datetime) -> None:
    """Back in stock. A case against whoever lost it goes on until somebody decides on it.

    Refuses: NotPermitted, NoSuchLoss, WordsMissing, AlreadyFound, DeviceGone.
    """
    permissions.check(by, Permission.MANAGE_DEVICES)
    if loss.device.agency_id != by.agency_id:
        raise errors.NoSuchLoss()
    log.wait_for_turn()
    need(note, field=_("找回情况"))
    device = loss.device
    rows = LossReport.objects.filter(pk=loss.pk, found_at=None)
    if not rows.update(found_at=at, found_note=cut(note, 200)):
        raise errors.AlreadyFound(device_no=device.device_no)
    if not states.move(device, Step.FIND):
        raise errors.DeviceGone(device_no=device.device_no, state=device.get_state_display())
    loss.refresh_from_db(fields=["found_at", "found_note"])
    log.record(
        Kind.DEVICE_FOUND,
        subject=subject_of(device),
        by=by,
        at=at,
        loss=loss.pk,
        note=loss.found_note,
    )


def may_say_found(loss: LossReport, by: Officer) -> bool:
    granted = Permission.MANAGE_DEVICES in permissions_of(by)
    return granted and loss.device.agency_id == by.agency_id and loss.found_at is None
