"""A unit with too few devices, until it has enough."""

import pytest
from django.db import transaction
from duty_cast import DAY, NOON, TWO_DEVICES, rows, told

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices import register
from liuhen.devices.models import Device, DeviceKind, EquipmentQuota
from liuhen.duties import deriving, shortfall
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


def quota(kind: DeviceKind, needed: int) -> None:
    """A line of the province's table."""
    facts = {"agency": factories.agency(), "unit": factories.unit(), "source": "省配备办法"}
    EquipmentQuota.objects.create(kind=kind, needed=needed, imported_at=NOON, **facts)


OUTSIDE = EquipmentStandard(article=3, standard="省配备办法")


@pytest.mark.parametrize("state", ["lost", "scrapped"])
def test_a_device_nobody_has_is_not_counted(rules, state):
    rules(equipment=TWO_DEVICES)
    factories.officer("li")
    add("A"), add("B")
    Device.objects.filter(device_no="A").update(state=state)
    shortfall.look(at=NOON)
    assert Duty.objects.get().state == "open"


@pytest.mark.parametrize("kind", [DeviceKind.STATION, DeviceKind.STORAGE])
def test_what_stays_where_it_stands_is_not_counted(rules, kind):
    rules(equipment=TWO_DEVICES)
    factories.officer("li")
    add("A"), add("B")
    Device.objects.filter(device_no="B").update(kind=kind)
    shortfall.look(at=NOON)
    assert Duty.objects.get().state == "open"


@pytest.mark.enforces("equipment", article="jiaxian-health:3")
def test_an_outside_standard_asks_for_nothing_before_its_table_is_taken_in(rules):
    rules(equipment=OUTSIDE)
    factories.officer("li")
    shortfall.look(at=NOON)
    assert not Duty.objects.exists()


@pytest.mark.enforces("equipment", article="jiaxian-health:3")
def test_what_the_outside_table_grants_is_missed_until_it_is_there(rules):
    rules(equipment=OUTSIDE)
    factories.officer("li")
    quota(DeviceKind.BODY_CAMERA, 2), quota(DeviceKind.FIXED_CAMERA, 5)
    add("A")
    shortfall.look(at=NOON)
    assert Duty.objects.get().facts["grounds"][0]["facts"]["missing"] == 1
    add("B")
    shortfall.look(at=NOON + DAY)
    assert Duty.objects.get().state == "done"


def test_another_kinds_devices_fill_no_place_of_the_table(rules):
    rules(equipment=OUTSIDE)
    factories.officer("li")
    quota(DeviceKind.BODY_CAMERA, 2)
    for n in range(3):
        add(f"C{n}", DeviceKind.CAMERA)
    shortfall.look(at=NOON)
    assert Duty.objects.get().facts["grounds"][0]["facts"]["missing"] == 2


@pytest.mark.parametrize(
    "kind",
    [
        Kind.DEVICE_CHANGED,
        Kind.DEVICE_SCRAPPED,
        Kind.DEVICE_LOST,
        Kind.DEVICE_FOUND,
        Kind.DEVICES_IMPORTED,
        Kind.DEVICES_ALLOCATED,
        Kind.QUOTAS_IMPORTED,
    ],
)
def test_what_happens_to_a_device_is_looked_at_in_the_next_round(rules, kind):
    deriving.catch_up(at=NOON)
    with transaction.atomic():
        log.record(kind, subject="device:A", by="test", at=NOON, loss=0)
    assert deriving.catch_up(at=NOON)
