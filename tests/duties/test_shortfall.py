"""A unit with too few devices, until it has enough."""

import pytest
from duty_cast import DAY, NOON, TWO_DEVICES, rows, told

import factories
from liuhen.custody.kinds import Kind
from liuhen.devices import register
from liuhen.devices.models import Device, DeviceKind
from liuhen.duties import shortfall
from liuhen.duties.models import Duty
from liuhen.engines.policy.values import EquipmentStandard

pytestmark = pytest.mark.django_db


def add(device_no: str, kind: DeviceKind = DeviceKind.BODY_CAMERA) -> None:
    facts = {"device_no": device_no, "kind": kind, "unit": factories.unit()}
    register.add(factories.agency(), **facts, by="test", at=NOON)


@pytest.mark.enforces("equipment")
def test_too_few_devices_are_a_duty_without_a_time(rules):
    rules(equipment=TWO_DEVICES)
    factories.officer("li")
    factories.device()
    shortfall.look(at=NOON)
    duty = Duty.objects.get()
    assert (duty.post, duty.unit, duty.due_at) == ("equipment", factories.unit(), None)
    assert duty.facts["grounds"][0]["facts"]["missing"] == 1


def test_looking_again_changes_nothing(rules):
    rules(equipment=TWO_DEVICES)
    factories.officer("li")
    shortfall.look(at=NOON)
    before = rows()
    shortfall.look(at=NOON + DAY)
    assert rows() == before


def test_enough_devices_discharge_it(rules):
    rules(equipment=TWO_DEVICES)
    factories.officer("li")
    shortfall.look(at=NOON)
    add("A"), add("B")
    shortfall.look(at=NOON + DAY)
    assert (Duty.objects.get().state, Duty.objects.get().closed_at) == ("done", NOON + DAY)
    assert told(Kind.DUTY_DONE)[0]["devices"] == 2


def test_a_camera_at_the_window_is_no_device_to_take_along(rules):
    rules(equipment=TWO_DEVICES)
    factories.officer("li")
    add("A"), add("B", DeviceKind.FIXED_CAMERA)
    shortfall.look(at=NOON)
    assert Duty.objects.get().state == "open"


def test_another_time_is_another_duty(rules):
    rules(equipment=TWO_DEVICES)
    factories.officer("li")
    shortfall.look(at=NOON)
    add("A"), add("B")
    shortfall.look(at=NOON)
    Device.objects.filter(device_no="A").update(unit=None)
    shortfall.look(at=NOON + DAY)
    assert list(Duty.objects.order_by("pk").values_list("state", flat=True)) == ["done", "open"]


def test_another_standard_rewrites_none_that_is_open(rules):
    rules(equipment=TWO_DEVICES)
    factories.officer("li")
    factories.device()
    shortfall.look(at=NOON)
    lower = EquipmentStandard(article=3, at_least_per_unit=1, from_date=(NOON + DAY).date())
    rules(equipment=(TWO_DEVICES, lower))
    shortfall.look(at=NOON + 2 * DAY)
    assert Duty.objects.get().state == "open"


def test_people_who_left_need_no_device(rules):
    rules(equipment=EquipmentStandard(article=3, people_per_device=1))
    factories.officer("li")
    factories.officer("gone", is_active=False)
    factories.device()
    shortfall.look(at=NOON)
    assert not Duty.objects.exists()


@pytest.mark.parametrize("units", [1, 6])
def test_many_units_are_asked_about_at_once(rules, django_assert_max_num_queries, units):
    rules(equipment=EquipmentStandard(article=3, people_per_device=100))
    for n in range(units):
        factories.officer(f"o{n}", unit=factories.unit(f"科室{n}"))
    with django_assert_max_num_queries(12):
        shortfall.look(at=NOON)
