"""Asking: who goes to whom, by which regulation, and what is not taken."""

from dataclasses import replace
from datetime import timedelta

import pytest
from access_cast import COURT, ask, inbox, kinds

import factories
from factories import NOON
from liuhen.access import request_errors as errors
from liuhen.access import requests
from liuhen.access.asking import MOST_DAYS, Outsider
from liuhen.access.models import Request, RequestState
from liuhen.cases.errors import NoSuchCase
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people.models import RoleHolding
from liuhen.people.permissions import NotPermitted
from liuhen.people.roles import Role
from liuhen.recordings import secrecy
from liuhen.recordings.errors import NoSuchRecording
from liuhen.recordings.models import Recording

pytestmark = pytest.mark.django_db


def chain_of(request: Request) -> list[tuple[str, str]]:
    steps = request.steps.order_by("position")
    return [(step.posts, step.act) for step in steps]


def in_case(*films: Recording):
    """A case of Li's with these recordings."""
    case = factories.case()
    factories.handles(case, "li")
    activity = factories.activity(case=case)
    for film in films:
        activity.activity_recordings.create(
            recording=film, was_proposed=False, linked_at=NOON, linked_by=film.officer
        )
    return case


OFFICE_LEADER = [("office_head", "review"), ("leader", "approve")]
LEGAL_LEADER = [("legal_office", "approve"), ("leader", "approve")]
HEAD = [("bureau_head", "approve")]
LEGAL_HEAD = [("legal_office", "review"), ("bureau_head", "approve")]
EITHER = [("leader/bureau_head", "approve")]

CHAINS = [
    ("chengde-safety", "view", OFFICE_LEADER, 22),
    ("chengde-safety", "case_work", OFFICE_LEADER, 23),
    ("chengde-safety", "copy", OFFICE_LEADER, 22),
    ("chengde-safety", "official", OFFICE_LEADER, 24),
    ("chengde-safety", "publication", OFFICE_LEADER, 24),
    ("luohe-livestock", "view", LEGAL_LEADER, 17),
    ("luohe-livestock", "case_work", LEGAL_LEADER, 18),
    ("luohe-livestock", "party", LEGAL_LEADER, 19),
    ("neiqiu-health", "official", HEAD, 18),
    ("neiqiu-health", "publication", EITHER, 17),
    ("neiqiu-health", "view", HEAD, 18),
    ("weidong-market", "view", HEAD, 10),
    ("weidong-market", "copy", LEGAL_HEAD, 10),
    ("weidong-market", "official", HEAD, 10),
    ("jiaxian-health", "view", HEAD, 14),
    ("jiaxian-health", "copy", LEGAL_HEAD, 18),
]


@pytest.mark.enforces("access", article="chengde-safety:22")
@pytest.mark.enforces("access", article="chengde-safety:23")
@pytest.mark.enforces("outward", article="chengde-safety:24")
@pytest.mark.enforces("access", article="luohe-livestock:17")
@pytest.mark.enforces("access", article="luohe-livestock:18")
@pytest.mark.enforces("outward", article="luohe-livestock:19")
@pytest.mark.enforces("access", article="neiqiu-health:18")
@pytest.mark.enforces("publication", article="neiqiu-health:17")
@pytest.mark.enforces("access", article="weidong-market:10")
@pytest.mark.enforces("access", article="jiaxian-health:14")
@pytest.mark.parametrize(("pack", "kind", "steps", "article"), CHAINS)
def test_each_regulation_has_its_own_chain(film, pack, kind, steps, article):
    factories.follow(pack)
    by = "zhou" if kind in ("official", "party") else "wang"
    made = ask(film, by=by, kind=kind)
    assert (chain_of(made), made.article, made.pack_id) == (steps, article, pack)
    assert (made.state, made.number) == (RequestState.ASKED, "2026-DY-000001")
    assert kinds(f"request:{made.number}") == [Kind.ACCESS_ASKED]


@pytest.mark.parametrize("pack", ["chengde-safety", "luohe-livestock"])
def test_there_ones_own_work_is_asked_for(film, pack):
    factories.follow(pack)
    assert len(chain_of(ask(film, by="li", kind="own_case"))) == 2


@pytest.mark.parametrize("pack", ["neiqiu-health", "weidong-market", "jiaxian-health"])
def test_elsewhere_it_need_not_be(film, pack):
    factories.follow(pack)
    with pytest.raises(errors.NoNeedToAsk):
        ask(film, by="li", kind="own_case")
    assert not Request.objects.exists()


def test_anothers_work_is_not_ones_own(film):
    factories.follow("chengde-safety")
    with pytest.raises(errors.NotYourWork) as no:
        ask(film, by="wang", kind="own_case")
    assert no.value.article == "22"


def test_without_a_regulation_the_head_decides(film):
    film.agency.adoptions.all().delete()
    assert chain_of(ask(film, by="wang")) == HEAD


def test_what_was_asked_keeps_its_chain_when_the_rule_changes(film):
    made = ask(film, by="wang")
    factories.follow("chengde-safety")
    assert chain_of(made) == HEAD
    assert chain_of(ask(film, by="du")) == OFFICE_LEADER


@pytest.mark.parametrize("purpose", ["", "  ", "\u200b"])
def test_a_purpose_is_needed(film, purpose):
    with pytest.raises(errors.PurposeBlank):
        ask(film, purpose=purpose)
    assert not Request.objects.exists()
    assert Kind.ACCESS_ASKED not in kinds()


def test_everything_is_never_asked_for(bureau):
    with pytest.raises(errors.NothingAsked):
        ask()


def test_what_one_does_not_know_of_cannot_be_asked_for(film):
    factories.officer("chen", unit=factories.unit("二科"))
    with pytest.raises(NoSuchRecording):
        ask(film, by="chen")


def test_another_bureaus_is_not_there(film):
    factories.stranger("far", Role.CUSTODIAN)
    with pytest.raises(NoSuchRecording):
        ask(film, by="far")


def test_a_case_one_does_not_see_is_not_named(film):
    case = in_case(film)
    factories.officer("chen", unit=factories.unit("二科"))
    with pytest.raises(NoSuchCase):
        ask(by="chen", case=case, sought="现场检查录像")


def test_a_case_stands_for_its_recordings(film):
    made = ask(by="wang", case=in_case(film))
    assert [item.recording for item in made.items.all()] == [film]


@pytest.mark.parametrize("login", ["sun", "an", "shen", "kong", "cai"])
def test_who_sees_no_recordings_asks_for_none(film, login):
    with pytest.raises(NotPermitted):
        ask(film, by=login)


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "du"])
def test_outsiders_are_served_by_the_custodian(film, login):
    with pytest.raises(NotPermitted):
        ask(film, by=login, kind="official")


@pytest.mark.enforces("access", article="chengde-safety:24")
@pytest.mark.parametrize("lacking", ["person", "organ", "letter_no", "identity"])
def test_an_organ_comes_with_letter_and_identity(film, lacking):
    factories.follow("chengde-safety")
    who = {name: getattr(COURT, name) for name in ("person", "organ", "letter_no", "identity")}
    with pytest.raises(errors.OutsiderUnknown):
        ask(film, by="zhou", kind="official", outsider=Outsider(**who | {lacking: " "}))


def test_where_the_regulation_wants_no_letter_none_is_needed(film):
    made = ask(film, by="zhou", kind="official", outsider=replace(COURT, letter_no=""))
    assert not made.letter


@pytest.mark.enforces("access", article="weidong-market:10")
def test_a_party_proves_who_they_are_wherever_they_ask(film):
    factories.follow("weidong-market")
    with pytest.raises(errors.OutsiderUnknown) as no:
        ask(film, by="zhou", kind="party", outsider=Outsider("王某"))
    assert no.value.facts["field"] == "证件号码"


def test_an_identity_number_is_not_in_the_log(film):
    ask(film, by="zhou", kind="official")
    assert not any(COURT.identity.encode() in bytes(e.entry) for e in CustodyEvent.objects.all())


@pytest.mark.parametrize("kind", ["view", "case_work"])
def test_a_look_is_no_copy(film, kind):
    with pytest.raises(errors.CopyAskedApart):
        ask(film, kind=kind, wants_copy=True)


@pytest.mark.parametrize("days", [-1, MOST_DAYS + 1])
def test_neither_in_the_past_nor_without_end(film, days):
    with pytest.raises(errors.UntilOutside):
        ask(film, wanted_until=NOON.date() + timedelta(days))


@pytest.mark.enforces("publication", article="neiqiu-health:17")
@pytest.mark.enforces("publication", article="weidong-market:10")
@pytest.mark.enforces("publication", article="chengde-safety:24")
@pytest.mark.enforces("publication", article="luohe-livestock:19")
@pytest.mark.parametrize(
    "pack", ["neiqiu-health", "weidong-market", "chengde-safety", "luohe-livestock"]
)
def test_what_is_marked_secret_is_never_published(film, pack):
    factories.follow(pack)
    secrecy.mark(film, "trade", reason="配方", by=film.officer, at=NOON)
    with pytest.raises(errors.NeverPublished):
        ask(film, by="zhou", kind="publication")


@pytest.mark.enforces("evidence_note", article="chengde-safety:21")
@pytest.mark.enforces("evidence_note", article="luohe-livestock:16")
@pytest.mark.parametrize("pack", ["chengde-safety", "luohe-livestock"])
def test_evidence_needs_nobodys_word_there_but_its_note(film, pack):
    factories.follow(pack)
    made = ask(by="li", kind="evidence", case=in_case(film))
    assert (made.state, made.evidence_note) == (RequestState.GRANTED, True)
    assert [(one.officer.login, one.may_copy) for one in made.grants.all()] == [("li", True)]
    assert kinds(f"request:{made.number}") == [Kind.ACCESS_ASKED, Kind.ACCESS_GRANTED]


@pytest.mark.parametrize("pack", ["neiqiu-health", "weidong-market", "jiaxian-health"])
def test_elsewhere_evidence_is_approved(film, pack):
    factories.follow(pack)
    assert ask(by="li", kind="evidence", case=in_case(film)).state == RequestState.ASKED


def test_evidence_is_no_way_round_the_others(film):
    factories.follow("chengde-safety")
    other = factories.recording("2026-000002")
    case = in_case(film)
    for what in ({"by": "li"}, {"by": "li", "case": case}):
        with pytest.raises(errors.CaseNeeded):
            ask(other, kind="evidence", **what)
    with pytest.raises(errors.NotYoursToExtract):
        ask(film, by="wang", kind="evidence", case=case)


def test_sent_twice_it_is_one(film):
    ask(film)
    with pytest.raises(errors.AskedAlready) as no:
        ask(film)
    assert no.value.facts["number"] == "2026-DY-000001"
    assert Request.objects.count() == 1


def test_where_nobody_is_left_to_decide_it_is_said_at_once(film):
    RoleHolding.objects.filter(role="leader").delete()
    with pytest.raises(errors.NobodyDecides):
        ask(film, by="qian")


def test_what_the_head_asks_for_a_leader_decides(film):
    made = ask(film, by="qian")
    assert (inbox("zhao"), inbox("qian")) == ([made.number], [])


def test_taken_back_it_waits_for_nobody(film):
    made = ask(film)
    requests.withdraw(made, by=factories.officer("wang"), at=NOON)
    assert inbox("qian") == []
    assert kinds(f"request:{made.number}")[-1] == Kind.ACCESS_WITHDRAWN
    with pytest.raises(errors.RequestMoved):
        requests.withdraw(made, by=factories.officer("wang"), at=NOON)


def test_only_who_asked_takes_it_back(film):
    made = ask(film)
    for login in ("li", "qian"):
        with pytest.raises(errors.NotYourRequest):
            requests.withdraw(made, by=factories.officer(login), at=NOON)
    with pytest.raises(errors.NoSuchRequest):
        requests.withdraw(made, by=factories.stranger(), at=NOON)


def test_what_is_sought_in_words_waits_for_the_custodian(film):
    made = ask(by="li", sought="1月5日中兴路检查的录像")
    assert (inbox("zhou"), inbox("qian")) == ([made.number], [])
    requests.attach(made, [film], by=factories.officer("zhou"), at=NOON)
    assert (inbox("zhou"), inbox("qian")) == ([], [made.number])
    assert kinds(f"request:{made.number}")[-1] == Kind.ACCESS_FOUND


def test_there_is_no_such_recording_with_the_search_made(bureau):
    made = ask(by="zhou", kind="official", sought="某店2025年检查录像")
    zhou = factories.officer("zhou")
    with pytest.raises(errors.SearchBlank):
        requests.no_such(made, search=" ", by=zhou, at=NOON)
    requests.no_such(made, search="按当事人、日期检索，0份", by=zhou, at=NOON)
    made.refresh_from_db()
    assert (made.state, made.search) == (RequestState.NO_SUCH, "按当事人、日期检索，0份")
    assert kinds(f"request:{made.number}")[-1] == Kind.ACCESS_NO_SUCH


def test_what_is_found_is_not_answered_as_missing(film):
    made = ask(film)
    for answer in (
        lambda: requests.no_such(made, search="查过", by=factories.officer("zhou"), at=NOON),
        lambda: requests.attach(made, [film], by=factories.officer("zhou"), at=NOON),
    ):
        with pytest.raises(errors.FoundAlready):
            answer()


def test_only_who_serves_requests_answers_them(bureau):
    made = ask(by="li", sought="某录像")
    with pytest.raises(NotPermitted):
        requests.no_such(made, search="查过", by=factories.officer("wang"), at=NOON)


def test_no_event_no_request(film, monkeypatch):
    monkeypatch.setattr(requests, "record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ask(film)
    assert not Request.objects.exists()


def test_a_request_asked_again_differs_by_what_it_asks_for(film):
    ask(film)
    assert ask(film, kind="copy").number == "2026-DY-000002"
