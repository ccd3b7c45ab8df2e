"""Others who took part see a recording as their own."""

import pytest

import factories
from liuhen.access import viewing
from liuhen.access.errors import NoTicket
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people.models import Officer
from liuhen.people.roles import Role
from liuhen.recordings import errors, queries, sharing
from liuhen.recordings.models import Recording, Share

pytestmark = pytest.mark.django_db
NOON = factories.NOON


@pytest.fixture
def film(data) -> Recording:
    return factories.recording()


@pytest.fixture
def chen(film) -> Officer:
    return factories.officer("chen")


def share(film: Recording, officer: Officer, by: str = "li") -> None:
    sharing.share(film, officer, by=factories.officer(by), at=NOON)


def sees(officer: Officer, film: Recording) -> bool:
    return queries.visible_to(officer).filter(pk=film.pk).exists()


def told() -> list[str]:
    events = CustodyEvent.objects.filter(subject="recording:2026-000001").order_by("index")
    return list(events.values_list("kind", flat=True))[1:]


def test_who_took_part_sees_it_and_the_log_says_so(film, chen):
    assert not sees(chen, film)
    share(film, chen)
    assert sees(chen, film)
    assert told() == [Kind.RECORDING_SHARED]


def test_struck_out_again_it_is_gone(film, chen):
    share(film, chen)
    sharing.unshare(film, chen, by=factories.officer("wang"), at=NOON)
    assert not sees(chen, film)
    assert told() == [Kind.RECORDING_SHARED, Kind.RECORDING_UNSHARED]


def test_a_ticket_ends_with_the_share(film, chen):
    share(film, chen)
    opening = viewing.open_recording(film.number, by=chen, at=NOON)
    sharing.unshare(film, chen, by=factories.officer("zhou"), at=NOON)
    with pytest.raises(NoTicket):
        viewing.redeem(opening.ticket, by=chen, at=NOON)


def test_a_head_of_another_unit_who_took_part_sees_it(film):
    head = factories.officer("he", Role.UNIT_HEAD, unit=factories.unit("二科"))
    share(film, head)
    assert sees(head, film)


@pytest.mark.parametrize("login", ["li", "wang", "zhou"])
def test_maker_head_and_custodian_may(film, chen, login):
    share(film, chen, by=login)
    assert sees(chen, film)


@pytest.mark.enforces("access")
@pytest.mark.parametrize("login", ["wang", "zhou"])
def test_nobody_lets_themselves_in(film, login):
    with pytest.raises(errors.SharedWithYourself):
        share(film, factories.officer(login), by=login)
    assert told() == []


@pytest.mark.parametrize("login", ["zhao", "qian", "kong", "fa", "du", "cai", "sun", "an", "shen"])
def test_nobody_else_may(film, chen, login):
    with pytest.raises(errors.NotYoursToShare):
        share(film, chen, by=login)
    assert told() == []


def test_who_was_let_in_lets_in_nobody(film, chen):
    share(film, chen)
    with pytest.raises(errors.NotYoursToShare):
        share(film, factories.officer("gao"), by="chen")


def test_the_head_of_another_unit_may_not(film, chen):
    factories.officer("he", Role.UNIT_HEAD, unit=factories.unit("二科"))
    with pytest.raises(errors.NotYoursToShare):
        share(film, chen, by="he")


def test_what_nobody_recorded_is_no_headless_officers_own(data, chen):
    Officer.objects.filter(pk=factories.officer("wang").pk).update(unit=None)
    stray = factories.unassigned("2026-000002")
    with pytest.raises(errors.NotYoursToShare):
        share(stray, chen, by="wang")


@pytest.mark.enforces("secrecy")
def test_another_bureau_neither_shares_nor_is_shared_with(film, chen):
    elsewhere = factories.officer("bai", Role.CUSTODIAN, agency=factories.agency("另一县卫健局"))
    with pytest.raises(errors.NotYoursToShare):
        share(film, chen, by="bai")
    with pytest.raises(errors.CannotShareWith):
        share(film, elsewhere)
    assert not Share.objects.exists()


def test_a_share_that_crossed_bureaus_would_still_show_nothing(film):
    stranger = factories.officer("bai", agency=factories.agency("另一县卫健局"))
    factories.share(film, stranger.login)
    assert not sees(stranger, film)


@pytest.mark.parametrize("login", ["li", "sun", "an", "shen"])
def test_neither_the_maker_nor_an_administrator_took_part_besides(film, login):
    with pytest.raises(errors.CannotShareWith):
        share(film, factories.officer(login))


def test_an_account_that_is_off_is_not_let_in(film, chen):
    Officer.objects.filter(pk=chen.pk).update(is_active=False)
    with pytest.raises(errors.CannotShareWith):
        share(film, chen)


def test_twice_is_told_and_changes_nothing(film, chen):
    share(film, chen)
    with pytest.raises(errors.SharedAlready):
        share(film, chen, by="zhou")
    sharing.unshare(film, chen, by=factories.officer("li"), at=NOON)
    with pytest.raises(errors.NotShared):
        sharing.unshare(film, chen, by=factories.officer("zhou"), at=NOON)
    assert told() == [Kind.RECORDING_SHARED, Kind.RECORDING_UNSHARED]


@pytest.mark.parametrize("act", [sharing.share, sharing.unshare])
def test_no_event_no_change(film, chen, act, monkeypatch):
    if act is sharing.unshare:
        share(film, chen)
    before = Share.objects.count()
    monkeypatch.setattr("liuhen.custody.log.record", fail)
    with pytest.raises(OSError):
        act(film, chen, by=factories.officer("li"), at=NOON)
    assert Share.objects.count() == before


def fail(*_args: object, **_kwargs: object) -> None:
    raise OSError


def test_the_maker_assigned_meanwhile_is_not_listed_besides(film, chen):
    share(film, chen)
    assert list(sharing.shared_with(film)) == [chen]
    Recording.objects.filter(pk=film.pk).update(officer=chen)
    assert list(sharing.shared_with(Recording.objects.get())) == []
