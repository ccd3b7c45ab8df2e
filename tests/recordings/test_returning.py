"""A device and its card come back in one act."""

import pytest

import factories
from devices.device_cast import HOUR, hand_out
from factories import NOON
from liuhen.devices.errors import AlreadyReturned
from liuhen.devices.models import Checkout
from liuhen.devices.taking_back import Return
from liuhen.recordings import intake, returning
from liuhen.recordings.errors import NothingThere
from liuhen.recordings.models import IntakeBatch, Recording
from recordings.conftest import put

pytestmark = pytest.mark.usefixtures("data", "db")


def take_back(checkout, card):
    keeper = factories.officer("kong")
    return returning.take_back(checkout, Return(), card=card, by=keeper, at=NOON + HOUR)


@pytest.mark.enforces("collection", article="luohe-livestock:12")
def test_the_card_is_queued_as_the_users(settings, tmp_path):
    settings.LIUHEN_INTAKE_ROOTS = [tmp_path]
    batch = take_back(hand_out(), str(tmp_path))
    assert (batch.device_no, batch.officer.login) == ("ZF-001", "li")
    assert batch.checkout.returned_at == NOON + HOUR


@pytest.mark.enforces("storage", article="neiqiu-health:14")
def test_a_card_lies_under_the_day_it_was_made_not_the_day_its_clock_said(settings, tmp_path):
    settings.LIUHEN_INTAKE_ROOTS = [tmp_path]
    checkout = hand_out(when=NOON + 6 * HOUR, shows="2026-01-06 02:03:00")
    put(tmp_path, "ZF-001_100123_20260106023300.MP4", mtime=NOON + 14.6 * HOUR)
    keeper = factories.officer("kong")
    given = {"card": str(tmp_path), "by": keeper, "at": NOON + 8 * HOUR}
    batch = returning.take_back(checkout, Return(), **given)
    intake.run(batch, clock=lambda: NOON + 9 * HOUR)
    assert "/2026/01/05/182959_" in Recording.objects.get().vault_key


def test_without_a_card_the_device_alone_comes_back():
    assert take_back(hand_out(), None) is None
    assert Checkout.objects.get().returned_at


def test_a_card_that_is_not_there_leaves_the_device_out(settings, tmp_path):
    settings.LIUHEN_INTAKE_ROOTS = [tmp_path]
    checkout = hand_out()
    with pytest.raises(NothingThere):
        take_back(checkout, str(tmp_path / "gone"))
    assert Checkout.objects.get().returned_at is None


def test_a_second_return_takes_no_card_in(settings, tmp_path):
    settings.LIUHEN_INTAKE_ROOTS = [tmp_path]
    checkout = hand_out()
    take_back(checkout, None)
    with pytest.raises(AlreadyReturned):
        take_back(checkout, str(tmp_path))
    assert not IntakeBatch.objects.exists()
