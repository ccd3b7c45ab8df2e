"""Devices over the year: the plan of the money, faults mended, one that is lost."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from liuhen.ops.year_world import DAY, World, moment

REPAIRS, LOSSES = 40, 1
HOUR = timedelta(hours=1)
FAULTS = ("夹扣松动，侧面录像键不灵敏。", "充电接触不良，电量不升。", "镜头有划痕，画面发虚。")


def begin(world: World) -> None:
    """The first plan soon after the bureau's beginning, the next one when the year begins."""
    first, january = world.days[2], date(world.days[-1].year, 1, 8)
    for day in {first, january} & set(world.days):
        world.agenda.put(moment(day, 11), partial(plan, world))
    world.sometimes(world.size.often(REPAIRS), "repairs", partial(report, world), hour=8)
    world.sometimes(LOSSES, "losses", partial(lose, world), hour=16)


def plan(world: World, at: datetime) -> None:
    from liuhen.ops import demo_supply

    world.attempt("经费计划", partial(demo_supply.plan, world.people["caiwu"], at=at))


def ready(world: World, part: str, at: datetime) -> Any:
    """A device that lies in its cupboard; None: all are out, or the unit would have none left."""
    from liuhen.devices.models import Device, DeviceState

    rows = list(Device.objects.filter(agency=world.agency, state=DeviceState.READY).order_by("pk"))
    return world.dice(f"{part}:{at}").choice(rows) if len(rows) > len(world.units) else None


def report(world: World, at: datetime) -> None:
    from liuhen.devices import repairs

    device = ready(world, "repair", at)
    if device is None:
        return
    fault = FAULTS[device.pk % len(FAULTS)]
    keeper = world.people["shebei"]
    ticket = world.attempt("报修", partial(repairs.report, device, fault=fault, by=keeper, at=at))
    if ticket is not None:
        world.agenda.put(at + DAY, partial(mend, world, ticket))


def mend(world: World, ticket: Any, at: datetime) -> None:
    from liuhen.devices import repairs
    from liuhen.devices.repairs import Mended

    finance, keeper = world.people["caiwu"], world.people["shebei"]
    taken = partial(
        repairs.take_up, ticket, diagnosis="按键弹片老化", repairer="海鹰售后", arrived_at=None,
        by=finance, at=at,
    )  # fmt: skip
    if world.attempt("维修", taken) is None:
        return
    mended = Mended("更换配件，试机正常。", Decimal("120.00"), "按键组件")

    def finish(then: datetime) -> None:
        world.attempt("修复", partial(repairs.finish, ticket, mended, by=finance, at=then))
        feedback = "试用正常。"
        back = partial(repairs.close, ticket, feedback=feedback, by=keeper, at=then + HOUR)
        world.agenda.put(then + HOUR, lambda _: world.attempt("维修验收", back))

    world.agenda.put(at + 4 * DAY, finish)


def lose(world: World, at: datetime) -> None:
    from liuhen.devices import losing
    from liuhen.devices.losing import Loss

    device = ready(world, "loss", at)
    if device is None:
        return
    loss = Loss(at - HOUR, "清点装备柜时发现缺少一台，多方查找未见。", recordings_in=False)
    world.attempt("遗失", partial(losing.report, device, loss, by=world.people["shebei"], at=at))
