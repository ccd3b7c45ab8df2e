"""Looking for a check: no request, but a right that ends, an event and a line of the register."""

from datetime import timedelta

import pytest

import factories
from factories import NOON
from liuhen.access import assigning, grants, register, rights, viewing
from liuhen.access.errors import NoGrant, NoTicket, OwnToCheck
from liuhen.access.models import Assignment, Viewing
from liuhen.access.rights import Ground
from liuhen.custody import log, proofs
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.recordings import queries
from liuhen.recordings.errors import NoSuchRecording

pytestmark = pytest.mark.django_db
CHECK = "spot_check:CC-2026-000001"
DAY = timedelta(days=1)


def assign(*films, to: str = "du", **more) -> None:
    facts = {"ground": Ground.SPOT_CHECK, "article": 26, "until": NOON + DAY}
    facts |= {"by": factories.officer("fa"), "at": NOON} | more
    assigning.assign(films, factories.officer(to), subject=CHECK, **facts)


def opened(film, login: str = "du", at=NOON) -> Viewing:
    return viewing.open_recording(film.number, by=factories.officer(login), at=at).viewing


def test_who_has_to_check_looks_and_is_registered(film):
    with pytest.raises(NoGrant):
        opened(film)
    assign(film)
    line = opened(film)
    assert (line.ground, line.article, line.assignment.reference) == (
        "spot_check", 26, "CC-2026-000001",
    )  # fmt: skip
    event = proofs.event_of(f"recording:{film.number}", Kind.RECORDING_OPENED)
    assert proofs.facts_of(event)["for_check"] == "CC-2026-000001"


def test_nobody_else_looks_and_nobody_takes_along(film):
    assign(film)
    right = rights.right_to_play(factories.officer("du"), film, at=NOON)
    assert not right.may_copy
    assert not rights.may_play(factories.officer("zhao"), film, at=NOON)


def test_the_log_says_who_is_to_look_at_what(film):
    assign(film)
    said = proofs.facts_of(proofs.event_of(CHECK, Kind.VIEWING_ASSIGNED))
    assert (said["viewer"], said["recordings"]) == ("du", [film.number])


def test_it_ends_with_its_time_and_with_the_check(film):
    assign(film)
    with pytest.raises(NoGrant):
        opened(film, at=NOON + DAY)
    du = factories.officer("du")
    ticket = viewing.open_recording(film.number, by=du, at=NOON).ticket
    assert assigning.end(CHECK, by=du, at=NOON) == 1
    with pytest.raises(NoTicket):
        viewing.redeem(ticket, by=du, at=NOON)
    assert assigning.end(CHECK, by=du, at=NOON) == 0


def test_it_lets_know_of_what_one_otherwise_would_not(film):
    gao = factories.officer("gao", unit=factories.unit("监督二科"))
    with pytest.raises(NoSuchRecording):
        opened(film, "gao")
    assign(film, to="gao")
    assert opened(film, "gao").viewer == gao
    assigning.end(CHECK, by=gao, at=NOON)
    assert not queries.visible_to(gao, at=NOON).exists()


def test_a_grant_that_ends_leaves_the_check_its_right(film):
    gao = factories.officer("gao", unit=factories.unit("监督二科"))
    granted = factories.grant(film, gao)
    assign(film, to="gao")
    grants.revoke(granted, reason="不再需要", by=factories.officer("qian"), at=NOON)
    assert opened(film, "gao").ground == "spot_check"


def test_nobody_checks_what_they_made_or_took_part_in(film):
    with pytest.raises(OwnToCheck):
        assign(film, to="li")
    assert not Assignment.objects.exists()


def test_assigned_twice_is_assigned_once(film):
    assign(film)
    before = CustodyEvent.objects.count()
    assign(film)
    assert (Assignment.objects.count(), CustodyEvent.objects.count()) == (1, before)


def test_no_event_no_right(film, monkeypatch):
    monkeypatch.setattr(log, "record_all", lambda _acts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        assign(film)
    assert not Assignment.objects.exists()
    assert not rights.may_play(factories.officer("du"), film, at=NOON)


def test_the_register_is_searched_by_the_checks_number(film):
    assign(film)
    opened(film)
    rows = register.rows_for(factories.officer("zhou"))
    assert register.Filters(words="CC-2026").apply(rows).count() == 1
    assert register.Filters(words="CC-2027").apply(rows).count() == 0


def test_what_is_over_may_be_assigned_again(film):
    """E.g. appraised once more a year later, or given back to the first checker."""
    assign(film)
    du = factories.officer("du")
    assigning.end(CHECK, by=du, at=NOON)
    assign(film, until=NOON + 3 * DAY)
    assert rights.may_play(du, film, at=NOON + 2 * DAY)
    assert CustodyEvent.objects.filter(kind=Kind.VIEWING_ASSIGNED).count() == 2
    assign(film, at=NOON + 4 * DAY, until=NOON + 5 * DAY)
    assert rights.may_play(du, film, at=NOON + 4 * DAY)
