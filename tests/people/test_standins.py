"""Who may set a stand-in, for whom, and for how long."""

from datetime import timedelta

import pytest

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people import errors, standins
from liuhen.people.models import StandIn
from liuhen.people.permissions import NotPermitted
from liuhen.people.roles import Role

pytestmark = pytest.mark.django_db
TODAY = NOON.date()
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def bureau(data):
    return factories.agency()


def appoint(login: str = "zhao", by: str = "qian", **more) -> StandIn:
    facts = {"from_date": TODAY, "until_date": TODAY + WEEK, "reason": "出差"}
    if "for_post" not in more:
        facts["for_officer"] = factories.officer("qian")
    by = factories.officer(by)
    return standins.appoint(factories.officer(login), by=by, at=NOON, **facts | more)


def in_force(days: int = 0) -> list[str]:
    rows = standins.in_force(factories.agency(), TODAY + timedelta(days))
    return [one.officer.login for one in rows]


def test_for_the_days_set_both_included():
    appoint()
    assert [in_force(days) for days in (-1, 0, 7, 8)] == [[], ["zhao"], ["zhao"], []]
    assert CustodyEvent.objects.get().kind == Kind.STAND_IN_APPOINTED


def test_anybody_names_their_own():
    appoint("fa", by="zhao", for_officer=factories.officer("zhao"))
    assert in_force() == ["fa"]


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "zhou", "fa", "an", "sun"])
def test_for_others_and_for_posts_the_head_alone(login):
    for whose in ({}, {"for_post": "leader"}):
        with pytest.raises(NotPermitted):
            appoint("du", by=login, **whose)
    assert not StandIn.objects.exists()


def test_for_a_person_or_a_post_not_both():
    with pytest.raises(errors.StandInForOne):
        appoint(for_post="leader", for_officer=factories.officer("wang"))
    with pytest.raises(errors.StandInForOne):
        appoint(for_post="", for_officer=None)
    with pytest.raises(errors.StandInForOne):
        appoint(for_post="officer")


@pytest.mark.parametrize("login", ["sun", "an", "shen", "qian"])
def test_no_administrator_nor_oneself(login):
    with pytest.raises(errors.StandInNotFit):
        appoint(login)


def test_the_head_gives_no_post_to_themselves():
    with pytest.raises(errors.StandInNotFit):
        appoint("qian", for_post="legal_office")


def test_nobody_of_another_bureau():
    factories.stranger("far", Role.LEADER)
    with pytest.raises(errors.NotOfThisAgency):
        appoint("far")


@pytest.mark.parametrize(("since", "until"), [(1, 0), (-3, -1)])
def test_days_that_are_none(since, until):
    with pytest.raises(errors.StandInDays):
        appoint(from_date=TODAY + timedelta(since), until_date=TODAY + timedelta(until))


def test_sent_twice_it_is_one():
    appoint()
    before = CustodyEvent.objects.count()
    with pytest.raises(errors.StandInThere):
        appoint()
    assert (StandIn.objects.count(), CustodyEvent.objects.count()) == (1, before)


def test_called_off_it_holds_no_more():
    made = appoint()
    standins.end(made, by=factories.officer("qian"), at=NOON)
    assert in_force() == []
    assert CustodyEvent.objects.last().kind == Kind.STAND_IN_ENDED
    with pytest.raises(errors.StandInEnded):
        standins.end(made, by=factories.officer("qian"), at=NOON)


def test_nobody_else_calls_it_off():
    made = appoint()
    for login in ("zhao", "wang"):
        with pytest.raises(NotPermitted):
            standins.end(made, by=factories.officer(login), at=NOON)
    with pytest.raises(errors.NotOfThisAgency):
        standins.end(made, by=factories.stranger("far", Role.BUREAU_HEAD), at=NOON)


def test_an_account_that_is_off_stands_in_for_nobody():
    made = appoint()
    type(made.officer).objects.filter(pk=made.officer_id).update(is_active=False)
    assert in_force() == []


def test_others_see_what_is_about_them():
    appoint()
    counts = {login: standins.seen_by(factories.officer(login)).count() for login in ("li", "zhao")}
    assert counts == {"li": 0, "zhao": 1}


def test_no_event_no_stand_in(monkeypatch):
    monkeypatch.setattr(standins, "record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        appoint()
    assert not StandIn.objects.exists()
