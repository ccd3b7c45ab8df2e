"""A unit with fewer devices than the regulation wants: open until it has enough."""

from collections import Counter
from datetime import datetime

from django.db import transaction

from liuhen.custody import log
from liuhen.devices import equipping
from liuhen.duties import discharging, grounds
from liuhen.duties.books import Books
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.engines.policy import equipment
from liuhen.engines.policy.equipment import Shortfall, UnitFacts
from liuhen.engines.policy.vocabulary import Post
from liuhen.people.models import Agency, Unit
from liuhen.people.queries import enforcing_units


@transaction.atomic
def look(*, at: datetime) -> None:
    """Compare every enforcing unit's devices with what it needs; open and close accordingly."""
    log.wait_for_turn()
    books = Books()
    for agency in Agency.objects.filter(set_up_at__isnull=False).order_by("pk"):
        if books.book(agency) is not None:
            look_at(agency, books, at=at)


def look_at(agency: Agency, books: Books, *, at: datetime) -> None:
    facts = facts_of(agency)
    known = list(
        Duty.objects.filter(agency=agency, kind=DutyKind.SHORTFALL).select_related(
            "unit", "owner", "recording"
        )
    )
    times = Counter(duty.unit_id for duty in known)
    open_ones = {duty.unit_id: duty for duty in known if duty.state == DutyState.OPEN}
    made = []
    for unit, counted in facts.items():
        waiting = open_ones.get(unit.pk)
        # An open one is judged by the rules it was made under: a later change rewrites nothing.
        rules = books.on(agency, waiting.started_at if waiting else at)
        found = equipment.shortfall(rules, counted) if rules else None
        if found is None or found.missing is None:
            continue
        if waiting and found.missing == 0:
            counts = {"people": counted.people, "devices": counted.devices}
            discharging.discharge(waiting, at, None, books=books, at=at, facts=counts)
        elif not waiting and found.missing > 0:
            assert rules is not None
            made.append(duty_of(unit, found, rules.pack.pack_id, times[unit.pk] + 1, at=at))
    Duty.objects.bulk_create(made)


def facts_of(agency: Agency) -> dict[Unit, UnitFacts]:
    """A few queries, however many units."""
    return {one.unit: one.facts for one in equipping.counted(agency, enforcing_units(agency))}


def duty_of(unit: Unit, found: Shortfall, pack_id: str, time: int, *, at: datetime) -> Duty:
    """The `time`-th shortfall of this unit. No article says by when it must be made good."""
    return Duty(
        agency_id=unit.agency_id,
        key=f"shortfall:{unit.pk}:{time}",
        kind=DutyKind.SHORTFALL,
        pack_id=pack_id,
        article=found.grounds[0].article,
        unit=unit,
        post=Post.EQUIPMENT,
        started_at=at,
        facts={"grounds": grounds.to_json(found.grounds)},
    )
