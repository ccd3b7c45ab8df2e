"""Grants: for one person, until a day, and taken back at once."""

from datetime import timedelta

import pytest
from access_cast import approve, ask, kinds

import factories
from factories import NOON
from liuhen.access import grants, requests, rights
from liuhen.access import request_errors as errors
from liuhen.access.models import Grant, RequestState
from liuhen.custody.kinds import Kind
from liuhen.recordings import queries
from liuhen.recordings.models import Admission

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=30)


@pytest.fixture(autouse=True)
def no_post_looks_by_itself(bureau):
    factories.follow("weidong-market")


@pytest.fixture
def request_(film):
    made = ask(film)
    approve(made, "qian")
    return made


@pytest.fixture
def grant(request_) -> Grant:
    return request_.grants.get()


def revoke(grant: Grant, by: str = "qian", reason: str = "案件已结", at=NOON) -> None:
    grants.revoke(grant, reason=reason, by=factories.officer(by), at=at)


def may_play(grant: Grant, login: str = "wang", at=NOON) -> bool:
    return rights.may_play(factories.officer(login), grant.recording, at=at)


def test_it_is_for_one_person(grant):
    assert may_play(grant)
    assert not may_play(grant, "du")


def test_until_its_last_moment(grant):
    assert may_play(grant, at=grant.until - timedelta(seconds=1))
    assert not may_play(grant, at=grant.until)


def test_revoked_it_is_over_at_once(grant, request_):
    revoke(grant)
    request_.refresh_from_db()
    assert (may_play(grant), request_.state) == (False, RequestState.ENDED)
    assert kinds(f"request:{request_.number}")[-1] == Kind.ACCESS_REVOKED


def test_the_request_ends_with_its_last_grant(film):
    made = ask(film, factories.recording("2026-000002"))
    approve(made, "qian")
    first, last = made.grants.order_by("pk")
    revoke(first)
    made.refresh_from_db()
    assert (made.state, may_play(last)) == (RequestState.GRANTED, True)


@pytest.mark.parametrize("login", ["qian", "zhou", "fa"])
def test_who_decided_or_keeps_it_takes_it_back(grant, login):
    revoke(grant, by=login)
    assert not may_play(grant)


@pytest.mark.parametrize("login", ["wang", "li", "zhao", "du", "shen"])
def test_nobody_else_does(grant, login):
    with pytest.raises(errors.NotYoursToRevoke):
        revoke(grant, by=login)
    assert may_play(grant)


def test_not_without_a_reason_nor_twice(grant):
    with pytest.raises(errors.RevokeReasonBlank):
        revoke(grant, reason=" ")
    revoke(grant)
    with pytest.raises(errors.RevokedAlready):
        revoke(grant)


def test_what_is_over_need_not_be_taken_back(grant):
    with pytest.raises(errors.GrantOver):
        revoke(grant, at=LATER)


def test_what_is_over_is_closed_by_the_round(grant, request_):
    assert grants.end_expired(at=NOON) == 0
    assert grants.end_expired(at=LATER) == 1
    request_.refresh_from_db()
    assert (request_.state, Admission.objects.count()) == (RequestState.ENDED, 0)
    assert kinds(f"request:{request_.number}")[-1] == Kind.ACCESS_ENDED
    assert grants.end_expired(at=LATER) == 0


def test_who_did_not_know_of_it_does_as_long_as_it_lasts(film):
    chen = factories.officer("chen", unit=factories.unit("二科"))
    made = ask(by="chen", sought="1月5日检查录像")
    requests.attach(made, [film], by=factories.officer("zhou"), at=NOON)
    approve(made, "qian")
    assert queries.visible_to(chen, at=NOON).get() == film
    assert not queries.visible_to(chen, at=LATER).exists()
    revoke(made.grants.get())
    assert not queries.visible_to(chen, at=NOON).exists()


def test_two_grants_last_as_long_as_the_longer(grant, film):
    longer = factories.grant(film, factories.officer("wang"))
    revoke(grant)
    assert may_play(longer, at=LATER)
    assert Admission.objects.get().until == longer.until


def test_no_event_no_revocation(grant, monkeypatch):
    monkeypatch.setattr(grants, "record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        revoke(grant)
    assert may_play(grant)
