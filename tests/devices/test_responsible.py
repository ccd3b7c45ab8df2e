"""Who answers for a device: whoever is named, else by the regulation; who keeps it."""

import pytest

import factories
from devices.registered import enter
from factories import NOON
from liuhen.devices import keepers, responsible
from liuhen.devices.models import Device, DeviceState
from liuhen.devices.queries import DeviceFilters
from liuhen.engines.policy import answering
from liuhen.engines.policy.pack import Adopted, Rulebook, Rules
from liuhen.engines.policy.vocabulary import Post
from liuhen.packs import catalogue
from liuhen.people.roles import Role

pytestmark = pytest.mark.usefixtures("bureau")


def rules(pack_id: str) -> Rules:
    adopted = Adopted(catalogue.pack(pack_id), NOON.date())
    return Rulebook((adopted,)).on(NOON.date())


def first(device: Device, pack_id: str = "neiqiu-health") -> responsible.First | None:
    return responsible.first_of(device, rules(pack_id))


@pytest.mark.enforces("accountability", article="neiqiu-health:9")
def test_the_units_head_answers_first():
    wang = factories.officer("wang")
    found = first(enter(unit=wang.unit))
    assert (found.officers, found.is_named, found.ground.article) == ((wang,), False, 9)


@pytest.mark.enforces("accountability", article="chengde-safety:7")
def test_whoever_is_named_answers_first():
    wang, zhao = factories.officer("wang"), factories.officer("zhao")
    found = first(enter(unit=wang.unit, first_responsible=zhao), "chengde-safety")
    assert (found.officers, found.is_named, found.ground.article) == ((zhao,), True, 7)


def test_the_head_by_name_goes_before_the_role():
    wang, li = factories.officer("wang"), factories.officer("li")
    wang.unit.head = li
    wang.unit.save()
    assert first(enter(unit=wang.unit)).officers == (li,)


def test_a_named_person_who_left_answers_no_more():
    wang, zhao = factories.officer("wang"), factories.officer("zhao")
    device = enter(unit=wang.unit, first_responsible=zhao)
    zhao.is_active = False
    zhao.save()
    device.first_responsible.refresh_from_db()
    assert first(device).officers == (wang,)


def test_without_a_unit_the_post_is_nobodys():
    assert first(enter()).officers == ()


def test_where_the_regulation_names_nobody_only_the_named_one_answers():
    wang = factories.officer("wang")
    assert first(enter(unit=wang.unit), "luohe-livestock") is None
    found = first(enter("ZF-8", first_responsible=wang), "luohe-livestock")
    assert (found.officers, found.ground) == ((wang,), None)


@pytest.mark.parametrize(
    ("pack_id", "article"),
    [
        pytest.param(pack, no, marks=pytest.mark.enforces("upkeep", article=f"{pack}:{no}"))
        for pack, no in (("chengde-safety", 7), ("neiqiu-health", 9), ("weidong-market", 4))
    ],
)
def test_a_device_has_a_keeper_of_its_own(pack_id, article):
    assert answering.keeper_each(rules(pack_id)).article == article


@pytest.mark.enforces("accountability", article="weidong-market:4")
@pytest.mark.enforces("accountability", article="neiqiu-health:9")
def test_whoever_uses_a_device_answers_for_it():
    articles = {p: answering.user_answers(rules(p)) for p in ("weidong-market", "neiqiu-health")}
    assert [ground.article for ground in articles.values()] == [4, 9]
    assert answering.user_answers(rules("luohe-livestock")) is None


@pytest.mark.enforces("upkeep", article="jiaxian-health:4")
@pytest.mark.enforces("accountability", article="jiaxian-health:4")
def test_the_unit_itself_looks_after_its_devices():
    found = answering.maintained_by(rules("jiaxian-health"))
    assert (found.post, found.ground.article) == (Post.UNIT_HEAD, 4)
    assert answering.keeper_each(rules("jiaxian-health")) is None


@pytest.mark.enforces("upkeep", article="chengde-safety:8")
@pytest.mark.enforces("accountability", article="chengde-safety:8")
def test_the_office_registers_and_gives_out():
    found = answering.issued_by(rules("chengde-safety"))
    assert (found.post, found.ground.article, found.ground.see) == (Post.OFFICE_HEAD, 7, (8,))


@pytest.mark.enforces("collection", article="luohe-livestock:12")
def test_what_recordings_are_collected_with_is_named():
    assert answering.collection_media(rules("luohe-livestock")).article == 12
    assert answering.collection_media(rules("jiaxian-health")) is None


@pytest.mark.enforces("upkeep", article="chengde-safety:7")
def test_those_nobody_keeps_are_found():
    kong, gone = factories.officer("kong"), factories.officer("gone", Role.KEEPER)
    enter("A", keeper=kong), enter("B"), enter("C", keeper=gone), enter("D")
    gone.role_holdings.all().delete()
    Device.objects.filter(device_no="D").update(state=DeviceState.SCRAPPED)
    lacking = DeviceFilters(lacks_keeper=True).apply(Device.objects.all())
    assert {device.device_no for device in lacking} == {"B", "C"}


def test_a_keeper_whose_account_is_off_keeps_nothing():
    kong = factories.officer("kong")
    device = enter(keeper=kong)
    kong.is_active = False
    kong.save()
    assert keepers.of(device) is None
    assert list(keepers.lacking(Device.objects.all())) == [device]
