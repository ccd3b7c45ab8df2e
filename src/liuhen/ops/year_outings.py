"""Going out: a device is fetched, activities are registered on site and filmed, it comes back."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from liuhen.kernel.clock import in_china
from liuhen.ops import year_evening, year_turns
from liuhen.ops.year_files import photo
from liuhen.ops.year_plan import CLIP, LEAD_IN, Outing, Visit, outings
from liuhen.ops.year_world import DAY, World, moment

PHOTOS = 4
"""One visit in so many has pictures taken, where the regulation wants them at key points."""


@dataclass
class Card:
    """What one use brought home: files in a folder, and the activities they are of."""

    checkout: Any
    folder: Any
    activities: list[Any] = field(default_factory=list)


def begin(world: World) -> None:
    """Put every outing of the year on the agenda."""
    site = world.rules(world.agenda.now).values.get("site")
    carriers = getattr(site, "carriers", None) or 1
    for one in outings(world.size, world.working, seed=world.seed, carriers=carriers):
        world.agenda.put(one.out_at, partial(go_out, world, one))


def go_out(world: World, plan: Outing, at: datetime) -> None:
    unit = world.units[plan.unit]
    team = team_of(world, unit, plan.pair, at)
    cards: list[Card] = []
    for n in range(plan.devices):
        card = fetch(world, unit, team[n % len(team)], at)
        if card is not None:
            cards.append(card)
    if not cards:
        return
    for visit in plan.visits:
        world.agenda.put(visit.arrived_at, partial(year_turns.arrive, world, visit, team, cards))
    world.agenda.put(plan.back_at, partial(come_back, world, cards, plan.days_late))


def team_of(world: World, unit: Any, pair: int, at: datetime) -> tuple[Any, Any]:
    """Two of the unit who go together; who is suspended stays at home."""
    from liuhen.people.policies import is_suspended

    today = in_china(at).date()
    fit = [
        one
        for one in world.people.values()
        if one.unit_id == unit.pk and not is_suspended(one, today)
    ]
    first = 2 * pair % (len(fit) - 1)
    return fit[first], fit[first + 1]


def fetch(world: World, unit: Any, officer: Any, at: datetime) -> Card | None:
    from liuhen.devices import signing
    from liuhen.devices.models import Device, DeviceState
    from liuhen.ops import demo_uses

    ready = Device.objects.filter(unit=unit, state=DeviceState.READY).order_by("pk")
    device = ready.first()
    if device is None:
        world.undone["devices.none_ready"] += 1
        return None
    keeper = world.people["shebei"]
    made = world.attempt("领用", lambda: demo_uses.hand_out(device, officer, keeper, at=at))
    if made is None:
        return None
    world.attempt("领用签字", lambda: signing.sign(made, by=officer, at=at))
    folder = world.folder / f"{made.pk:06}"
    folder.mkdir()
    return Card(made, folder)


def come_back(world: World, cards: list[Card], days_late: int, at: datetime) -> None:
    """The cards are handed in that evening, or lie in a drawer for some days."""
    from liuhen.devices import signing
    from liuhen.ops import demo_uses

    keeper = world.people["shebei"]
    for card in cards:
        in_time = days_late == 0
        back = partial(demo_uses.take_back, card.checkout, keeper, at=at, card_handed=in_time)
        world.attempt("归还", back)
        owner = card.checkout.officer
        world.attempt("归还签字", partial(signing.sign, card.checkout, by=owner, at=at))
    day = in_china(at).date()
    handed_in = moment(day + days_late * DAY, 9, 30) if days_late else moment(day, 17, 30)
    world.agenda.put(handed_in, partial(year_evening.hand_in, world, cards))


def film(world: World, visit: Visit, cards: list[Card], *, hole: range | None = None) -> None:
    """The clips of one visit: the first device's one after the other, the second's beside them.

    `hole`: clips that were not recorded.
    """
    first = visit.arrived_at - LEAD_IN
    for n in range(visit.clips):
        if hole is None or n not in hole:
            shoot(world, cards[0], first + n * CLIP, visit.matter + n)
    for card in cards[1:]:
        shoot(world, card, first, visit.matter)
    site = world.rules(visit.arrived_at).values.get("site")
    if getattr(site, "photos_at_key_points", False) and visit.matter % PHOTOS == 0:
        snap(world, cards[0], visit.arrived_at, visit.matter)


def shoot(world: World, card: Card, at: datetime, variant: int) -> None:
    use = card.checkout
    officer = (use.officer.officer_cert_no or "")[-6:]
    name = f"{use.device.device_no}_{officer}_{in_china(at):%Y%m%d%H%M%S}"
    world.reel.clip(card.folder / f"{name}.MP4", started_at=at, variant=variant)
    world.done["录像"] += 1


def snap(world: World, card: Card, at: datetime, variant: int) -> None:
    use = card.checkout
    name = f"{use.device.device_no}_{in_china(at):%Y%m%d%H%M%S}.JPG"
    device_no = use.device.device_no
    photo(card.folder / name, taken_at=at, device_no=device_no, variant=variant)
    world.done["照片"] += 1
