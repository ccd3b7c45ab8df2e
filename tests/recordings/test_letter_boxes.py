"""Whose recordings come in, where several bureaus share one installation."""

import os

import pytest

import factories
from factories import NOON
from liuhen.people import errors as people_errors
from liuhen.people.roles import Role
from liuhen.recordings import batches, errors, health, intake, places, vaults
from liuhen.recordings.models import Recording
from liuhen.recordings.watching import Watch
from recordings.conftest import put


@pytest.fixture
def two(data, db, settings):
    """Ours and theirs, each with a device of the same number."""
    settings.LIUHEN_WATCH = data.watch
    ours, theirs = factories.agency(), factories.agency("邻县/卫健局")
    for agency in (ours, theirs):
        agency.devices.create(device_no="ZF-1", kind="body_camera", registered_at=NOON)
    return ours, theirs


def at_rest(watch: Watch) -> list:
    watch.round(at=NOON)
    return watch.round(at=NOON)


def test_each_bureau_has_its_own_folder_in_the_watched_one(two, data, clock):
    ours, theirs = two
    watch = Watch(data.watch)
    watch.round(at=NOON)
    assert set(os.listdir(data.watch)) == {f"{ours.pk}-某县卫健局", f"{theirs.pk}-邻县_卫健局"}
    put(data.watch / f"{theirs.pk}-邻县_卫健局", "ZF-1/a.mp4")
    [batch] = at_rest(watch)
    intake.run(batch, clock=clock)
    found = Recording.objects.get()
    assert (found.agency, found.device.agency) == (theirs, theirs)


def test_what_lies_beside_the_folders_stays_and_is_told(two, data):
    put(data.watch, "a.mp4")
    assert at_rest(Watch(data.watch)) == []
    assert "a.mp4" in os.listdir(data.watch)
    assert [fact.value for fact in health.strays()] == ["1"]


def test_with_one_bureau_the_watched_folder_is_its_own(data, db):
    ours = factories.agency()
    put(data.watch, "a.mp4")
    [batch] = at_rest(Watch(data.watch))
    assert batch.agency == ours
    assert list(health.strays()) == []


def test_a_folder_that_leads_elsewhere_is_not_followed(two, data, tmp_path):
    ours, _theirs = two
    put(tmp_path / "elsewhere", "a.mp4")
    (data.watch / f"{ours.pk}-某县卫健局").symlink_to(tmp_path / "elsewhere")
    assert at_rest(Watch(data.watch)) == []


def test_a_device_number_means_the_bureaus_own_device(two, card):
    _ours, theirs = two
    batch = batches.ask([os.fsencode(card)], by="test", at=NOON, agency=theirs, device_no="ZF-1")
    assert batch.device.agency == theirs
    own = batches.ask([os.fsencode(card)], by=factories.officer("zhou"), at=NOON, device_no="ZF-1")
    assert own.device.agency == own.agency == factories.agency()


def test_nobody_is_asked_for_blindly(two, card):
    with pytest.raises(people_errors.AgencyNotSaid):
        batches.ask([os.fsencode(card)], by="test", at=NOON)


def test_a_certificate_means_the_bureaus_own_officer(two, card):
    ours, theirs = two
    far = factories.stranger("far", agency=theirs)
    assert batches.officer_with_cert("HB-far", theirs) == far
    with pytest.raises(errors.NoSuchOfficer):
        batches.officer_with_cert("HB-far", ours)
    with pytest.raises(errors.NoSuchOfficer):
        batches.ask([os.fsencode(card)], by="test", at=NOON, agency=ours, officer=far)


def test_a_page_reaches_the_own_folder_only(two, data):
    ours, theirs = two
    Watch(data.watch).round(at=NOON)
    own, others = (batches.letter_box_of(agency) for agency in two)
    assert places.browse(str(own), ours).parent is None
    for place in (others, data.watch, own / ".." / others.name):
        with pytest.raises(errors.PlaceNotAllowed):
            places.browse(str(place), ours)
    zhou = factories.stranger("zhou2", Role.CUSTODIAN, agency=theirs)
    with pytest.raises(errors.PlaceNotAllowed):
        batches.ask_from_page(str(own), by=zhou, at=NOON)


@pytest.mark.parametrize("device_no", ["ZF-1", None])
def test_the_same_file_of_two_bureaus_is_kept_twice(two, card, clock, device_no):
    put(card, "a.mp4", b"same")
    for agency in two:
        asked = batches.ask([os.fsencode(card)], by="test", at=NOON, agency=agency,
                            device_no=device_no)  # fmt: skip
        intake.run(asked, clock=clock)
    keys = Recording.objects.values_list("vault_key", flat=True)
    assert len(set(keys)) == len(list(vaults.current().keys())) == 2


def test_nothing_tells_the_second_bureau_of_the_firsts_file(two, card, clock):
    put(card, "a.mp4", b"same")
    counts = []
    for agency in two:
        asked = batches.ask([os.fsencode(card)], by="test", at=NOON, agency=agency)
        counts.append(intake.counts_of(intake.run(asked, clock=clock)))
    assert counts[0] == counts[1]
