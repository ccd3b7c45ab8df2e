"""The register of viewers fills itself."""

from datetime import timedelta

import pytest
from access_cast import approve, ask, kinds

import factories
from factories import NOON
from liuhen.access import register, viewing
from liuhen.access.errors import NoGrant
from liuhen.access.models import Viewing
from liuhen.access.register import Filters
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.people.permissions import NotPermitted
from liuhen.recordings import secrecy

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def look(film, login: str = "li", at=NOON) -> Viewing:
    return viewing.open_recording(film.number, by=factories.officer(login), at=at).viewing


@pytest.mark.enforces("access", article="chengde-safety:22")
@pytest.mark.enforces("access", article="neiqiu-health:18")
@pytest.mark.enforces("access", article="luohe-livestock:17")
@pytest.mark.parametrize("pack", ["chengde-safety", "neiqiu-health", "luohe-livestock"])
def test_who_why_and_when_stand_in_it(film, pack):
    factories.follow(pack)
    made = ask(film, by="du", purpose="督查案件办理情况")
    chain = {"chengde-safety": ("ban", "zhao"), "luohe-livestock": ("fa", "zhao")}
    approve(made, *chain.get(pack, ("qian",)))
    line = look(film, "du")
    assert (line.viewer.login, line.purpose, line.opened_at) == ("du", "督查案件办理情况", NOON)
    assert (line.grant.request, line.article) == (made, made.article)


@pytest.mark.enforces("access", article="neiqiu-health:18")
def test_an_outsider_stands_in_it_by_name(film):
    factories.grant(film, None, kind="official")
    assert look(film, "zhou").for_whom == "某县人民法院 张法官"


def test_what_serves_an_outsiders_request_stands_under_it_whatever_else_the_viewer_may(film):
    given = factories.grant(film, None, kind="official")
    fa = factories.officer("fa")  # plays it back as part of the legal office's work, too
    opening = viewing.open_recording(film.number, by=fa, at=NOON, request=given.request.number)
    line = opening.viewing
    assert (line.ground, line.grant, line.for_whom) == ("shown", given, "某县人民法院 张法官")
    event = CustodyEvent.objects.filter(kind=Kind.RECORDING_OPENED).get()
    assert facts_of(event)["request"] == given.request.number
    assert look(film, "fa").ground == "playback"


def test_of_several_requests_it_is_the_one_the_viewer_comes_from(film):
    one, two = (factories.grant(film, factories.officer("du")) for _ in range(2))
    for given in (one, two):
        number = given.request.number
        by = factories.officer("du")
        line = viewing.open_recording(film.number, by=by, at=NOON, request=number).viewing
        assert line.grant == given


def test_a_request_that_gives_nothing_any_more_opens_nothing_as_something_else(film):
    given = factories.grant(film, None, kind="official", until=NOON)
    for request in (given.request.number, "2026-DY-999999"):
        with pytest.raises(NoGrant):
            viewing.open_recording(film.number, by=film.officer, at=NOON, request=request)
    assert not Viewing.objects.exists()


def test_anothers_request_opens_nothing(film):
    given = factories.grant(film, factories.officer("du"))
    with pytest.raises(NoGrant):
        viewing.open_recording(film.number, by=film.officer, at=NOON, request=given.request.number)


def test_ones_own_work_stands_in_it_too(film):
    line = look(film)
    assert (line.ground, line.article, line.grant) == ("own_work", 16, None)


def test_how_long_stands_in_it_when_the_player_is_shut(film):
    line = look(film)
    register.close(line, by=line.viewer, at=NOON + timedelta(seconds=83))
    line.refresh_from_db()
    assert line.seconds == 83
    assert kinds("recording:2026-000001")[-1] == Kind.VIEWING_CLOSED


@pytest.mark.parametrize(("after", "seconds"), [(-HOUR, 0), (9 * HOUR, 4 * 3600)])
def test_a_clock_set_back_or_a_night_makes_no_nonsense(film, after, seconds):
    line = look(film)
    register.close(line, by=line.viewer, at=NOON + after)
    line.refresh_from_db()
    assert line.seconds == seconds


def test_it_is_shut_once_and_by_who_looked(film):
    line = look(film)
    register.close(line, by=factories.officer("wang"), at=NOON + HOUR)
    register.close(line, by=line.viewer, at=NOON + HOUR)
    register.close(line, by=line.viewer, at=NOON + 2 * HOUR)
    line.refresh_from_db()
    assert line.seconds == 3600
    assert kinds().count(Kind.VIEWING_CLOSED) == 1


@pytest.mark.parametrize("login", ["zhou", "qian", "zhao", "fa", "du"])
def test_who_answers_for_it_reads_it(film, login):
    line = look(film)
    assert list(register.rows_for(factories.officer(login))) == [line]


@pytest.mark.parametrize("login", ["li", "wang", "kong", "sun", "an", "shen"])
def test_nobody_else_reads_it(film, login):
    with pytest.raises(NotPermitted):
        register.rows_for(factories.officer(login))


def test_what_is_secret_is_not_read_by_all(film):
    look(film)
    secrecy.mark(film, "state", reason="涉密", by=film.officer, at=NOON)
    counts = {one: register.rows_for(factories.officer(one)).count() for one in ("zhou", "du")}
    assert counts == {"zhou": 1, "du": 0}


def test_another_bureaus_is_not_in_it(film):
    look(film)
    factories.stranger("far", factories.Role.CUSTODIAN)
    assert not register.rows_for(factories.officer("far")).exists()


def test_it_is_searched(film):
    look(film)
    factories.grant(film, None, kind="official")
    look(film, "zhou", NOON + 24 * HOUR)
    rows = register.rows_for(factories.officer("zhou"))
    day = (NOON + 24 * HOUR).date()
    for asked, found in [
        (Filters(), 2),
        (Filters(words="张法官"), 1),
        (Filters(words="2026-000001"), 2),
        (Filters(words="2026-DY"), 1),
        (Filters(for_outsiders=True), 1),
        (Filters(since=day), 1),
        (Filters(until=NOON.date()), 1),
        (Filters(viewer=factories.officer("li").pk), 1),
        (Filters(words="没有的"), 0),
    ]:
        assert asked.apply(rows).count() == found, asked
