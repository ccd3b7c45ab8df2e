"""What is marked secret is known to few, until another person than the marker lifts it."""

from datetime import timedelta

import pytest

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people.roles import Role
from liuhen.recordings import admitting, queries, secrecy
from liuhen.recordings import secrecy_errors as errors
from liuhen.recordings.errors import NoSuchRecording
from liuhen.recordings.models import Recording, SecrecyMark

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(data) -> Recording:
    for login in factories.CAST:
        factories.officer(login)
    return factories.recording()


def mark(film: Recording, by: str = "li", kind: str = "trade", reason: str = "配方") -> SecrecyMark:
    return secrecy.mark(film, kind, reason=reason, by=factories.officer(by), at=NOON)


def lift(secret: SecrecyMark, by: str = "zhou", reason: str = "已公开") -> None:
    secrecy.lift(secret, reason=reason, by=factories.officer(by), at=NOON)


def who_sees(film: Recording) -> set[str]:
    return {
        login
        for login in factories.CAST
        if queries.visible_to(factories.officer(login)).filter(pk=film.pk).exists()
    }


FEW = {"li", "zhao", "qian", "zhou", "fa"}


@pytest.mark.enforces("secrecy", article="chengde-safety:25")
@pytest.mark.enforces("secrecy", article="luohe-livestock:20")
@pytest.mark.enforces("secrecy", article="neiqiu-health:19")
@pytest.mark.enforces("secrecy", article="weidong-market:13")
@pytest.mark.enforces("secrecy", article="jiaxian-health:14")
@pytest.mark.parametrize("kind", ["state", "trade", "privacy", "personal"])
def test_unit_and_supervision_know_of_it_no_more(film, kind):
    assert who_sees(film) == FEW | {"wang", "du"}
    mark(film, kind=kind)
    assert who_sees(film) == FEW
    assert CustodyEvent.objects.last().kind == Kind.SECRECY_MARKED


def test_who_took_part_knows_of_it(film):
    factories.share(film, "wang")
    mark(film)
    assert who_sees(film) == FEW | {"wang"}


@pytest.mark.parametrize("login", ["du", "wang"])
def test_who_is_admitted_knows_of_it_for_a_while(film, login):
    mark(film)
    whom = factories.officer(login)
    admitting.admit(whom, {film.pk: NOON + timedelta(days=1)})
    assert queries.visible_to(whom, at=NOON).exists()
    assert not queries.visible_to(whom, at=NOON + timedelta(days=1)).exists()


def test_lifted_by_another_it_is_known_again(film):
    lift(mark(film))
    assert who_sees(film) == FEW | {"wang", "du"}
    assert CustodyEvent.objects.last().kind == Kind.SECRECY_LIFTED


def test_with_a_second_mark_it_stays_secret(film):
    secret = mark(film)
    mark(film, kind="privacy")
    lift(secret)
    assert who_sees(film) == FEW


@pytest.mark.parametrize("login", ["zhou", "fa", "zhao", "qian"])
def test_nobody_lifts_their_own(film, login):
    secret = mark(film, by=login)
    with pytest.raises(errors.OwnSecrecyMark):
        lift(secret, by=login)


def test_who_made_it_does_not_lift(film):
    secret = mark(film, by="zhou")
    with pytest.raises(errors.NotYoursToLift):
        lift(secret, by="li")


def test_who_does_not_know_of_it_learns_nothing(film):
    secret = mark(film)
    with pytest.raises(NoSuchRecording):
        lift(secret, by="du")
    with pytest.raises(NoSuchRecording):
        mark(film, by="wang", kind="state")


def test_supervision_marks_nothing(film):
    with pytest.raises(errors.NotYoursToMarkSecret):
        mark(film, by="du")


@pytest.mark.parametrize("login", ["li", "wang", "zhou", "fa", "zhao"])
def test_these_mark(film, login):
    assert mark(film, by=login).marked_by.login == login


def test_another_bureau_finds_nothing(film):
    factories.stranger("far", Role.CUSTODIAN)
    with pytest.raises(NoSuchRecording):
        mark(film, by="far")


def test_a_kind_is_marked_once_with_a_reason(film):
    with pytest.raises(errors.SecrecyReasonBlank):
        mark(film, reason=" ")
    secret = mark(film)
    with pytest.raises(errors.MarkedSecretAlready):
        mark(film, by="zhou")
    lift(secret)
    with pytest.raises(errors.SecrecyLifted):
        lift(secret, by="fa")


def test_the_article_is_the_bureaus_own(film):
    factories.follow("weidong-market")
    assert secrecy.article_of(mark(film, kind="personal")) == 13
    factories.follow("chengde-safety")
    assert secrecy.article_of(mark(film, kind="privacy")) is None


def test_no_event_no_mark(film, monkeypatch):
    monkeypatch.setattr(secrecy, "record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        mark(film)
    assert who_sees(film) == FEW | {"wang", "du"}
