"""Which step leads a device from which state to which: the one table, and the one move under it."""

from collections.abc import Mapping
from enum import StrEnum

from liuhen.devices.models import Device, DeviceState

S = DeviceState


class Step(StrEnum):
    """What happens to a device."""

    HAND_OUT = "hand_out"
    TAKE_BACK = "take_back"
    TAKE_BACK_FAULTY = "take_back_faulty"
    SEND_TO_REPAIR = "send_to_repair"
    MEND = "mend"
    LOSE = "lose"
    FIND = "find"
    SCRAP = "scrap"


DEVICE: Mapping[Step, tuple[frozenset[DeviceState], DeviceState]] = {
    Step.HAND_OUT: (frozenset({S.READY}), S.OUT),
    Step.TAKE_BACK: (frozenset({S.OUT}), S.READY),
    Step.TAKE_BACK_FAULTY: (frozenset({S.OUT}), S.REPAIR),
    Step.SEND_TO_REPAIR: (frozenset({S.READY}), S.REPAIR),
    Step.MEND: (frozenset({S.REPAIR}), S.READY),
    Step.LOSE: (frozenset({S.READY, S.OUT, S.REPAIR}), S.LOST),
    Step.FIND: (frozenset({S.LOST}), S.READY),
    Step.SCRAP: (frozenset({S.READY, S.REPAIR, S.LOST}), S.SCRAPPED),
}


def allows(step: Step, state: str) -> bool:
    return state in DEVICE[step][0]


def move(device: Device, step: Step) -> bool:
    """Compare and set, in the caller's transaction; False: it is not where the step begins.

    `device.state` is as it is in the database afterwards.
    """
    sources, target = DEVICE[step]
    moved = Device.objects.filter(pk=device.pk, state__in=sources).update(state=target)
    device.refresh_from_db(fields=["state"])
    return bool(moved)
