"""Tickets and the clock."""

from datetime import timedelta

import pytest

import factories
from liuhen.access import viewing
from liuhen.access.errors import NoTicket
from liuhen.access.viewing import CLOCK_STEP, TICKET_LIFE

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def ticket(data) -> str:
    made = factories.recording()
    return viewing.open_recording(made.number, by=made.officer, at=factories.NOON).ticket


def redeem(ticket: str, after: timedelta) -> str:
    return viewing.redeem(ticket, by=factories.officer("li"), at=factories.NOON + after).number


@pytest.mark.parametrize("after", [-CLOCK_STEP, timedelta(0), TICKET_LIFE])
def test_a_ticket_holds_for_its_hours(ticket, after):
    assert redeem(ticket, after) == "2026-000001"


@pytest.mark.parametrize("after", [-CLOCK_STEP - SECOND, TICKET_LIFE + SECOND])
def test_neither_longer_nor_by_a_clock_set_back(ticket, after):
    with pytest.raises(NoTicket):
        redeem(ticket, after)
