"""Deciding: in the chain's order, by whose turn it is, never on one's own."""

from datetime import date, timedelta

import pytest
from access_cast import UNTIL, approve, ask, asked, inbox, kinds, turn
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from factories import NOON
from liuhen.access import deciders, deciding, reading, requests
from liuhen.access import request_errors as errors
from liuhen.access.models import Grant, RequestState, Step
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.people import given, standins
from liuhen.people.given import SignInGiven
from liuhen.people.models import RoleHolding, Unit
from liuhen.people.roles import Role
from liuhen.recordings import secrecy, sharing
from liuhen.recordings.models import Recording

pytestmark = pytest.mark.django_db
REFUSALS = [deciding.refuse, deciding.send_back]


@pytest.fixture
def chengde(film):
    factories.follow("chengde-safety")
    return film


def decide(act, request, login: str, **more) -> None:
    act(turn(request), by=factories.officer(login), at=NOON, **more)


@pytest.mark.enforces("access", article="chengde-safety:22")
def test_first_the_office_then_the_leader(chengde):
    made = ask(chengde)
    assert (inbox("ban"), inbox("zhao")) == ([made.number], [])
    approve(made, "ban")
    assert (made.state, inbox("ban"), inbox("zhao")) == (RequestState.ASKED, [], [made.number])
    approve(made, "zhao")
    assert (made.state, inbox("zhao")) == (RequestState.GRANTED, [])
    [grant] = made.grants.all()
    assert (grant.officer, grant.may_copy) == (factories.officer("wang"), False)
    steps = [Kind.ACCESS_STEP_APPROVED] * 2
    assert kinds(f"request:{made.number}") == [Kind.ACCESS_ASKED, *steps, Kind.ACCESS_GRANTED]


def test_it_ends_on_the_last_day(film):
    made = ask(film)
    approve(made, "qian")
    assert made.grants.get().until.isoformat() == "2026-01-20T16:00:00+00:00"


def test_who_decides_may_shorten_it(film):
    made = ask(film)
    approve(made, "qian", until=date(2026, 1, 6))
    assert made.grants.get().until.isoformat() == "2026-01-06T16:00:00+00:00"


def test_the_shorter_time_of_an_earlier_step_stays(chengde):
    made = ask(chengde)
    approve(made, "ban", until=date(2026, 1, 6))
    approve(made, "zhao")
    assert made.grants.get().until.isoformat() == "2026-01-06T16:00:00+00:00"


def test_nobody_gives_longer_than_was_asked_for(chengde):
    made = ask(chengde)
    for login in ("ban", "zhao"):
        with pytest.raises(errors.UntilOutside) as no:
            approve(made, login, until=UNTIL + timedelta(days=1))
        assert no.value.facts["latest"] == "2026-01-20"
        approve(made, login, until=UNTIL)


def test_the_log_says_how_long_each_agreed_to(chengde):
    made = ask(chengde)
    approve(made, "ban", until=date(2026, 1, 6))
    agreed = CustodyEvent.objects.filter(kind=Kind.ACCESS_STEP_APPROVED)
    assert facts_of(agreed.get())["until"] == "2026-01-06"
    approve(made, "zhao", until=date(2026, 1, 5))
    assert facts_of(agreed.latest("index"))["until"] == "2026-01-05"


def test_the_leader_does_not_go_first(chengde):
    made = ask(chengde)
    last = made.steps.get(position=2)
    with pytest.raises(errors.NotYourTurn):
        deciding.approve(last, by=factories.officer("zhao"), at=NOON)


@pytest.mark.parametrize("login", ["li", "fa", "zhou", "du", "zhao", "sun", "shen"])
def test_nobody_else_decides(film, login):
    made = ask(film)
    with pytest.raises((errors.NotYoursToDecide, errors.AboutYourself)):
        approve(made, login)
    assert Step.objects.filter(decision="").count() == 1


def test_another_bureaus_head_finds_nothing(film):
    made = ask(film)
    head = factories.stranger("far", Role.BUREAU_HEAD)
    with pytest.raises(errors.NoSuchRequest):
        deciding.approve(turn(made), by=head, at=NOON)


def test_nobody_decides_their_own(film):
    factories.officer("ma", Role.BUREAU_HEAD)
    made = ask(film, by="qian")
    with pytest.raises(errors.OwnRequest):
        approve(made, "qian")
    approve(made, "ma")
    assert made.state == RequestState.GRANTED


def test_nor_on_what_they_took_part_in(film):
    factories.officer("ma", Role.BUREAU_HEAD)
    made = ask(film)
    factories.share(film, "qian")
    with pytest.raises(errors.AboutYourself):
        approve(made, "qian")
    assert (inbox("qian"), inbox("ma")) == ([], [made.number])


def test_nor_on_an_activity_or_a_case_of_theirs(film):
    case = factories.case()
    factories.handles(case, "qian")
    links = factories.activity("HD-2026-000001", "zhao", case=case).activity_recordings
    links.create(recording=film, was_proposed=False, linked_at=NOON, linked_by=film.officer)
    barred = deciders.barred_from([ask_quietly(film).pk])
    names = {factories.officer(login).pk for login in ("li", "zhao", "qian")}
    assert list(barred.values()) == [names]


def ask_quietly(film):
    """With a head who took part in nothing."""
    factories.officer("ma", Role.BUREAU_HEAD)
    return ask(film)


def test_where_the_post_is_barred_the_head_decides(chengde):
    sharing.share(chengde, factories.officer("ban"), by=factories.officer("li"), at=NOON)
    made = ask(chengde)
    assert (inbox("ban"), inbox("qian")) == ([], [made.number])
    approve(made, "qian", "zhao")
    assert made.state == RequestState.GRANTED


def test_who_reviewed_does_not_approve_as_well(chengde):
    RoleHolding.objects.create(officer=factories.officer("ban"), role="leader", granted_at=NOON)
    made = ask(chengde)
    approve(made, "ban")
    assert (inbox("ban"), inbox("zhao")) == ([], [made.number])
    with pytest.raises(errors.NotYoursToDecide):
        approve(made, "ban")


def test_of_two_posts_either_decides(film):
    made = ask(film, kind="publication", by="zhou")
    assert inbox("zhao") == inbox("qian") == [made.number]
    approve(made, "zhao")
    assert (made.state, inbox("qian")) == (RequestState.GRANTED, [])


@pytest.mark.parametrize("act", REFUSALS)
def test_no_comes_with_a_reason(film, act):
    made = ask(film)
    with pytest.raises(errors.CommentBlank):
        decide(act, made, "qian", comment=" ")
    assert made.steps.get().decision == ""


def test_refused_it_is_over(film):
    made = ask(film)
    decide(deciding.refuse, made, "qian", comment="与工作无关")
    made.refresh_from_db()
    assert (made.state, Grant.objects.count(), inbox("qian")) == (RequestState.REFUSED, 0, [])
    assert kinds(f"request:{made.number}")[-1] == Kind.ACCESS_REFUSED


def test_sent_back_and_put_right_all_decide_anew(chengde):
    made = ask(chengde)
    approve(made, "ban")
    decide(deciding.send_back, made, "zhao", comment="请写明案件")
    assert (inbox("wang"), inbox("zhao")) == ([made.number], [])
    wang = factories.officer("wang")
    requests.resubmit(made, asked(chengde, purpose="第1号案件研判"), by=wang, at=NOON)
    made.refresh_from_db()
    assert (made.state, made.round, inbox("ban")) == (RequestState.ASKED, 2, [made.number])
    track = [(one.round, one.position, one.decision) for one in reading.track_of(made)]
    assert track == [(1, 1, "approved"), (1, 2, "returned"), (2, 1, ""), (2, 2, "")]


def test_what_waits_is_not_handed_in_again(film):
    made = ask(film)
    with pytest.raises(errors.RequestMoved):
        requests.resubmit(made, asked(film), by=factories.officer("wang"), at=NOON)


def test_a_step_is_taken_once(film):
    factories.officer("ma", Role.BUREAU_HEAD)
    step = turn(ask(film))
    deciding.approve(step, by=factories.officer("qian"), at=NOON)
    for act, more in ((deciding.approve, {}), (deciding.refuse, {"comment": "不妥"})):
        with pytest.raises(errors.AlreadyDecided):
            act(step, by=factories.officer("ma"), at=NOON, **more)
    assert Grant.objects.count() == 1


def test_what_is_not_found_yet_is_not_approved(film):
    step = ask(by="li", sought="某录像").steps.get()
    with pytest.raises(errors.NotFoundYet):
        deciding.approve(step, by=factories.officer("qian"), at=NOON)


@pytest.mark.enforces("publication", article="neiqiu-health:17")
def test_marked_secret_meanwhile_it_is_not_published(film):
    made = ask(film, by="zhou", kind="publication")
    secrecy.mark(film, "state", reason="涉密", by=film.officer, at=NOON)
    with pytest.raises(errors.NeverPublished):
        approve(made, "qian")
    assert not Grant.objects.exists()


def test_a_sign_in_given_out_decides_nothing_yet(film):
    made = ask(film)
    given.note(factories.officer("qian"), at=NOON)
    with pytest.raises(SignInGiven):
        approve(made, "qian")


def test_no_event_no_decision(film, monkeypatch):
    made = ask(film)
    monkeypatch.setattr(deciding, "record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        approve(made, "qian")
    assert made.steps.get().decision == ""


def stand_in(officer: str, **more) -> None:
    facts = {"from_date": NOON.date(), "until_date": UNTIL, "by": factories.officer("qian")}
    standins.appoint(factories.officer(officer), at=NOON, **facts | more)


def test_a_stand_in_decides_in_anothers_place(film):
    stand_in("zhao", for_officer=factories.officer("qian"))
    made = ask(film)
    assert inbox("zhao") == inbox("qian") == [made.number]
    approve(made, "zhao")
    assert made.state == RequestState.GRANTED


def test_for_a_post_nobody_holds_too(chengde):
    RoleHolding.objects.filter(role="leader").delete()
    stand_in("fa", for_post="leader")
    made = ask(chengde)
    approve(made, "ban", "fa")
    assert made.state == RequestState.GRANTED


@pytest.mark.parametrize("days", [-1, 16])
def test_only_in_the_days_set(film, days):
    stand_in("zhao", for_officer=factories.officer("qian"))
    made = ask(film, wanted_until=date(2026, 2, 1))
    with pytest.raises(errors.NotYoursToDecide):
        approve(made, "zhao", at=NOON + timedelta(days))


def test_whom_the_asker_chose_does_not_decide_for_them(film):
    stand_in("fa", for_officer=factories.officer("qian"))
    made = ask(film, by="qian")
    assert (inbox("fa"), inbox("zhao")) == ([], [made.number])
    with pytest.raises(errors.NotYoursToDecide):
        approve(made, "fa")


def test_nor_whom_one_who_took_part_chose(chengde):
    stand_in("fa", for_post="leader")
    factories.share(chengde, "qian")
    made = ask(chengde)
    approve(made, "ban")
    assert (inbox("fa"), inbox("zhao")) == ([], [made.number])


def test_whom_somebody_else_chose_decides_for_them(film):
    ma = factories.officer("ma", Role.BUREAU_HEAD)
    stand_in("fa", for_officer=factories.officer("qian"), by=ma)
    made = ask(film, by="qian")
    assert inbox("fa") == [made.number]


def charge(login: str | None, unit: Unit) -> None:
    Unit.objects.filter(pk=unit.pk).update(leader=login and factories.officer(login))


@pytest.mark.enforces("access", article="chengde-safety:22")
def test_the_leader_in_charge_of_the_unit_decides(chengde):
    factories.officer("zhu", Role.LEADER)
    made = ask(chengde)
    approve(made, "ban")
    assert inbox("zhu") == inbox("zhao") == [made.number]
    charge("zhu", chengde.unit)
    assert (inbox("zhu"), inbox("zhao")) == ([made.number], [])
    with pytest.raises(errors.NotYoursToDecide):
        approve(made, "zhao")
    approve(made, "zhu")
    assert made.state == RequestState.GRANTED


def test_that_of_the_cases_unit_goes_before_the_recordings(chengde):
    factories.officer("zhu", Role.LEADER)
    two = factories.unit("监督二科")
    charge("zhu", two)
    charge("zhao", chengde.unit)
    case = factories.case(unit=two)
    factories.link(factories.activity(case=case), chengde)
    made = ask(by="du", case=case)
    approve(made, "ban")
    assert (inbox("zhu"), inbox("zhao")) == ([made.number], [])


def test_recordings_of_units_in_two_hands_go_to_any_leader(chengde):
    factories.officer("zhu", Role.LEADER)
    charge("zhu", chengde.unit)
    other = factories.recording("2026-000002", unit=factories.unit("监督二科"))
    made = ask(chengde, other, by="du")
    approve(made, "ban")
    assert inbox("zhu") == inbox("zhao") == [made.number]


def test_one_in_charge_who_is_no_leader_any_more_hinders_nobody(chengde):
    factories.officer("zhu", Role.LEADER)
    charge("zhu", chengde.unit)
    RoleHolding.objects.filter(officer=factories.officer("zhu")).delete()
    made = ask(chengde)
    approve(made, "ban")
    assert inbox("zhao") == [made.number]


@pytest.mark.parametrize("kind", ["view", "copy"])
def test_granting_many_costs_no_more_than_few(film, kind):
    def cost(films: list[Recording]) -> int:
        made = ask(*films, by="du", kind=kind)
        with CaptureQueriesContext(connection) as queries:
            approve(made, "qian")
        assert made.grants.count() == len(films)
        return len(queries)

    films = [film, *(factories.recording(f"2026-{n:06d}") for n in range(2, 201))]
    cost(films[:2])
    # SQLite takes 999 values in one statement: two hundred rows are several.
    assert cost(films) <= cost(films[:3]) + 3


def test_the_inbox_costs_the_same_however_much_waits(film):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            inbox("qian")
        return len(queries)

    ask(film)
    factories.officer("qian").role_holdings.all()
    few = cost()
    for n in range(2, 8):
        ask(factories.recording(f"2026-{n:06d}"), by="du")
    assert (len(inbox("qian")), cost()) == (7, few)


def test_an_officer_without_a_post_asks_the_database_little(film):
    li = factories.officer("li")
    with CaptureQueriesContext(connection) as queries:
        assert reading.waiting_keys(li, at=NOON) == []
    assert len(queries) <= 4
