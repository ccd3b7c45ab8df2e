"""Opening: the right, the log and the register before the ticket; the ticket and the clock."""

from datetime import timedelta

import pytest
from access_cast import kinds

import factories
from factories import NOON
from liuhen.access import grants, viewing
from liuhen.access.errors import NoGrant, NoTicket
from liuhen.access.models import Viewing
from liuhen.access.viewing import CLOCK_STEP, QUIET, TICKET_LIFE
from liuhen.custody.kinds import Kind
from liuhen.people.models import RoleHolding
from liuhen.recordings.errors import NoSuchRecording

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def ticket(film) -> str:
    return viewing.open_recording(film.number, by=film.officer, at=NOON).ticket


def redeem(ticket: str, after: timedelta = timedelta(0), login: str = "li") -> str:
    return viewing.redeem(ticket, by=factories.officer(login), at=NOON + after).number


@pytest.mark.parametrize("after", [-CLOCK_STEP, timedelta(0), TICKET_LIFE])
def test_a_ticket_holds_for_its_hours(ticket, after):
    assert redeem(ticket, after) == "2026-000001"


@pytest.mark.parametrize("after", [-CLOCK_STEP - SECOND, TICKET_LIFE + SECOND])
def test_neither_longer_nor_by_a_clock_set_back(ticket, after):
    with pytest.raises(NoTicket):
        redeem(ticket, after)


def test_the_look_is_in_log_and_register_before_the_ticket(film, monkeypatch):
    monkeypatch.setattr(viewing.signing, "dumps", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        viewing.open_recording(film.number, by=film.officer, at=NOON)
    assert not Viewing.objects.exists()
    monkeypatch.undo()
    opening = viewing.open_recording(film.number, by=film.officer, at=NOON)
    assert kinds("recording:2026-000001")[-1] == Kind.RECORDING_OPENED
    assert Viewing.objects.get() == opening.viewing


def test_no_event_no_line_in_the_register(film, monkeypatch):
    monkeypatch.setattr(viewing.log, "record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        viewing.open_recording(film.number, by=film.officer, at=NOON)
    assert not Viewing.objects.exists()


def test_revoked_the_ticket_is_worth_nothing(film):
    given = factories.grant(film, factories.officer("du"))
    ticket = viewing.open_recording(film.number, by=given.officer, at=NOON).ticket
    grants.revoke(given, reason="案件已结", by=factories.officer("qian"), at=NOON)
    with pytest.raises(NoTicket):
        redeem(ticket, login="du")


def test_over_it_is_worth_nothing_to_the_second(film):
    factories.grant(film, factories.officer("du"), until=NOON + timedelta(minutes=10))
    ticket = viewing.open_recording(film.number, by=factories.officer("du"), at=NOON).ticket
    assert redeem(ticket, timedelta(minutes=10) - SECOND, "du")
    with pytest.raises(NoTicket):
        redeem(ticket, timedelta(minutes=10), "du")


def test_with_the_post_goes_the_right(film):
    fa = factories.officer("fa")
    ticket = viewing.open_recording(film.number, by=fa, at=NOON).ticket
    RoleHolding.objects.filter(officer=fa).delete()
    with pytest.raises(NoTicket):
        redeem(ticket, login="fa")


def test_who_is_turned_away_is_in_the_log_once_a_minute(film):
    du = factories.officer("du")
    for after in (timedelta(0), QUIET / 2, QUIET + SECOND):
        with pytest.raises(NoGrant):
            viewing.open_recording(film.number, by=du, at=NOON + after)
    assert kinds("recording:2026-000001").count(Kind.ACCESS_DENIED) == 2


def test_who_guesses_a_number_is_in_the_log_the_number_is_not_told(film):
    factories.officer("chen", unit=factories.unit("二科"))
    for number in (film.number, "2026-009999"):
        with pytest.raises(NoSuchRecording) as no:
            viewing.open_recording(number, by=factories.officer("chen"), at=NOON)
        assert no.value.facts == {"number": number}
    assert kinds("officer:chen") == [Kind.ACCESS_DENIED]
