"""Units: kind, busy, head, name."""

import json

import pytest

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people import errors, queries, roles_changing, units
from liuhen.people.models import Unit, UnitKind
from liuhen.people.roles import Role
from liuhen.people.units import UnitFacts
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("bureau")


def add(name="监督二科", **facts) -> Unit:
    return units.add(
        factories.agency(), UnitFacts(name, **facts), by=factories.officer("an"), at=NOON
    )


def change(unit: Unit, **facts) -> None:
    to = UnitFacts(**{"name": unit.name} | facts)
    units.change(unit, to, by=factories.officer("an"), at=NOON)
    unit.refresh_from_db()


def test_a_unit_is_added_with_its_event():
    unit = add(kind=UnitKind.LEGAL)
    assert unit.kind == UnitKind.LEGAL
    assert kinds(f"unit:{unit.pk}") == [Kind.UNIT_ADDED]


def test_a_name_is_taken_once():
    add()
    with pytest.raises(errors.UnitTaken):
        add()
    assert Unit.objects.count() == 1


def test_another_bureau_may_have_a_unit_of_the_same_name():
    add()
    stranger = factories.stranger("safe")
    units.add(stranger.agency, UnitFacts("监督二科"), by=stranger, at=NOON)
    assert Unit.objects.filter(name="监督二科").count() == 2


def test_a_leader_is_put_in_charge_with_its_event():
    unit, zhao = add(), factories.officer("zhao")
    change(unit, leader=zhao)
    assert unit.leader == zhao
    event = CustodyEvent.objects.get(kind=Kind.UNIT_CHANGED)
    assert json.loads(bytes(event.entry))["facts"]["after"] == {"leader": "zhao"}


@pytest.mark.parametrize("login", ["li", "qian", "an", "gone", "far"])
def test_none_but_a_leader_of_the_bureaus_is(login):
    factories.officer("gone", Role.LEADER, is_active=False)
    factories.stranger("far", Role.LEADER)
    unit = add()
    with pytest.raises(errors.NotALeader):
        change(unit, leader=factories.officer(login))
    with pytest.raises(errors.NotALeader):
        add("监督三科", leader=factories.officer(login))
    assert not Unit.objects.filter(leader__isnull=False).exists()


def test_one_who_is_no_leader_any_more_hinders_no_other_change():
    unit = add(leader=(zhao := factories.officer("zhao")))
    zhao.role_holdings.all().delete()
    change(unit, name="监督三科", leader=zhao)
    assert unit.name == "监督三科"


def test_a_change_says_what_was_and_what_is():
    unit, wang = add(), factories.officer("wang")
    change(unit, name="监督三科", is_busy=True, head=wang)
    assert (unit.name, unit.is_busy, unit.head) == ("监督三科", True, wang)
    event = CustodyEvent.objects.get(kind=Kind.UNIT_CHANGED)
    facts = json.loads(bytes(event.entry))["facts"]
    assert facts["before"] == {"name": "监督二科", "is_busy": False, "head": None}
    assert facts["after"] == {"name": "监督三科", "is_busy": True, "head": "wang"}


def test_nothing_changed_is_no_event():
    unit = add()
    change(unit)
    assert kinds(f"unit:{unit.pk}") == [Kind.UNIT_ADDED]


def test_a_unit_does_not_take_another_ones_name():
    add("监督一科")
    unit = add()
    with pytest.raises(errors.UnitTaken):
        change(unit, name="监督一科")


def test_whoever_is_off_heads_nothing():
    gone = factories.officer("gone", is_active=False)
    with pytest.raises(errors.HeadNotActive):
        change(add(), head=gone)


def test_a_stranger_heads_nothing():
    with pytest.raises(errors.HeadNotActive):
        change(add(), head=factories.stranger())


def test_a_stranger_changes_nothing():
    unit = add()
    with pytest.raises(errors.NotOfThisAgency):
        units.change(unit, UnitFacts("x"), by=factories.stranger("safe"), at=NOON)


def test_no_event_no_unit(log_down):
    by = factories.officer("an")
    log_down()
    with pytest.raises(LogDown):
        units.add(by.agency, UnitFacts("监督二科"), by=by, at=NOON)
    assert not Unit.objects.filter(name="监督二科").exists()


def test_no_event_no_change(log_down):
    unit = add()
    log_down()
    with pytest.raises(LogDown):
        change(unit, name="监督三科")
    assert Unit.objects.get(pk=unit.pk).name == "监督二科"


@pytest.mark.parametrize("login", ["an", "sun", "shen"])
def test_none_of_the_three_heads_a_unit(login):
    head, an = factories.officer(login), factories.officer("an")
    with pytest.raises(errors.AdministratorsApart):
        units.add(an.agency, UnitFacts("二科", head=head), by=an, at=NOON)
    with pytest.raises(errors.AdministratorsApart):
        units.change(factories.unit(), UnitFacts("监督一科", head=head), by=an, at=NOON)
    assert head not in queries.those_who_can_head(an.agency)


def test_nor_does_a_head_become_one_of_the_three():
    an, plain = factories.officer("an"), factories.officer("plain", Role.KEEPER)
    plain.role_holdings.all().delete()
    Unit.objects.filter(pk=factories.unit().pk).update(head=plain)
    with pytest.raises(errors.AdministratorsApart):
        roles_changing.propose(plain, Role.AUDITOR, is_grant=True, reason="x", by=an, at=NOON)
