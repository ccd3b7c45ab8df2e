"""A device and its card come back in one act."""

import pytest

import factories
from devices.device_cast import HOUR, hand_out
from factories import NOON
from liuhen.devices.errors import AlreadyReturned
from liuhen.devices.models import Checkout
from liuhen.devices.taking_back import Return
from liuhen.recordings import returning
from liuhen.recordings.errors import NothingThere
from liuhen.recordings.models import IntakeBatch

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
