"""免予记录: each regulation's causes, who decides, and that it takes two."""

import pytest

import factories
from cases.unrecorded_cast import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    asked,
    consent_asked,
    head_of_another_unit,
    kinds,
    planned,
    refused,
    told,
    under,
    who,
)
from liuhen.cases import deciders, exemptions
from liuhen.cases import unrecorded_queries as queries
from liuhen.cases.models import Activity, ActivityOfficer, Exemption
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.vocabulary import Cause
from liuhen.people.roles import Role

pytestmark = pytest.mark.usefixtures("bureau")
STEPS = (exemptions.approve, exemptions.send_back, exemptions.refuse)


def approve(exemption: Exemption, by: str, opinion: str = "同意", at=NOON + DAY) -> None:
    exemptions.approve(exemption, opinion=opinion, by=who(by), at=at)


def deciders_of(exemption: Exemption) -> list[str]:
    posts = deciders.posts_in(exemption.posts)
    found = deciders.holders(posts, exemption.activity, exemption.entered_by)
    return sorted(one.login for one in found)


@pytest.mark.enforces("exemption", article="chengde-safety:6")
@pytest.mark.parametrize(
    "cause", [Cause.EXPLOSIVE_AREA, Cause.SECRECY, Cause.URGENT, Cause.OBJECTIVE]
)
def test_chengde_a_work_record_afterwards_goes_to_the_leader(cause):
    under("chengde-safety")
    exemption = asked(cause=cause)
    assert (exemption.state, exemption.is_prior, exemption.article) == ("submitted", False, 6)
    assert exemption.posts == "leader"
    approve(exemption, "zhao")
    assert exemptions.standing(exemption.activity) == exemption
    exemptions.file(exemption, by=who("li"), at=NOON + 2 * DAY)
    assert (exemption.state, exemption.filed_at) == ("filed", NOON + 2 * DAY)


@pytest.mark.enforces("exemption", article="luohe-livestock:7")
@pytest.mark.parametrize("cause", [Cause.SECRECY, Cause.URGENT, Cause.OBJECTIVE])
def test_luohe_three_causes_and_a_work_record_to_the_leader(cause):
    under("luohe-livestock")
    exemption = asked(cause=cause)
    assert (exemption.article, exemption.posts, exemption.state) == (7, "leader", "submitted")


@pytest.mark.enforces("exemption", article="luohe-livestock:7")
def test_luohe_knows_no_explosive_area():
    under("luohe-livestock")
    no = refused(asked, cause=Cause.EXPLOSIVE_AREA)
    assert (no.code, no.article) == ("unrecorded.cause_not_listed", "7")


@pytest.mark.enforces("exemption", article="jiaxian-health:12")
def test_jiaxian_the_bureaus_head_reviews_the_work_record():
    under("jiaxian-health")
    exemption = asked(cause=Cause.WEATHER)
    assert (exemption.article, deciders_of(exemption)) == (12, [])
    factories.officer("qian")
    assert deciders_of(exemption) == ["qian"]
    assert refused(approve, exemption, "zhao").code == "unrecorded.not_yours_to_decide"
    approve(exemption, "qian")
    assert exemption.state == "approved"


@pytest.mark.enforces("exemption", article="neiqiu-health:8")
def test_neiqiu_consent_is_given_before_the_activity():
    who("wang")
    exemption = consent_asked(led_by_li_and_bai())
    assert (exemption.is_prior, exemption.state) == (True, "submitted")
    assert exemption.posts == "on_site_leader/unit_head"
    approve(exemption, "wang", at=NOON - MINUTE)
    assert exemptions.standing(exemption.activity) == exemption


def led_by_li_and_bai() -> Activity:
    return planned("HD-2026-000001", "bai")


@pytest.mark.enforces("exemption", article="neiqiu-health:8")
def test_neiqiu_the_leader_on_site_may_consent_but_not_to_an_own_request():
    activity = planned("HD-2026-000001", "bai")
    exemption = consent_asked(activity, by="bai")
    factories.officer("wang")
    assert deciders_of(exemption) == ["li", "wang"]
    own = consent_asked(planned("HD-2026-000002"), by="li")
    assert deciders_of(own) == ["wang"]
    assert refused(approve, own, "li", at=NOON - HOUR).code == "unrecorded.own_paper"
    approve(exemption, "li", at=NOON - HOUR)
    assert exemption.decided_by == who("li")


@pytest.mark.enforces("exemption", article="neiqiu-health:8")
def test_neiqiu_asked_after_the_arrival_it_is_refused():
    no = refused(consent_asked, factories.activity())
    assert (no.code, no.article) == ("unrecorded.asked_too_late", "8")
    assert "2026-01-05 12:00" in no.text


@pytest.mark.enforces("exemption", article="neiqiu-health:8")
def test_neiqiu_consent_that_comes_after_the_arrival_is_none():
    exemption = consent_asked(at=NOON - HOUR)
    Activity.objects.update(arrived_at=NOON)
    assert refused(approve, exemption, "wang", at=NOON).code == "unrecorded.asked_too_late"
    exemptions.refuse(exemption, opinion="已到场", by=who("wang"), at=NOON)
    assert exemptions.standing(exemption.activity) is None


@pytest.mark.enforces("exemption", article="neiqiu-health:8")
def test_neiqiu_an_arrival_corrected_to_before_the_consent_undoes_it():
    exemption = consent_asked(at=NOON - HOUR)
    approve(exemption, "wang", at=NOON - MINUTE)
    Activity.objects.update(arrived_at=NOON)
    assert exemptions.standing(exemption.activity) == exemption
    Activity.objects.update(arrived_at=NOON - 2 * MINUTE)
    assert exemptions.standing(exemption.activity) is None


@pytest.mark.enforces("exemption", article="neiqiu-health:8")
def test_neiqiu_secrecy_is_no_reason():
    no = refused(consent_asked, cause=Cause.SECRECY)
    assert (no.code, no.article) == ("unrecorded.cause_not_listed", "8")


@pytest.mark.enforces("exemption")
def test_weidong_knows_no_exemption():
    under("weidong-market")
    no = refused(asked, cause=Cause.OBJECTIVE)
    assert (no.code, no.article) == ("unrecorded.no_exemption", "5")


def test_what_is_asked_for_is_not_standing_yet():
    under("chengde-safety")
    assert exemptions.standing(asked().activity) is None


def test_the_work_record_may_be_written_later():
    under("chengde-safety")
    exemption = asked(basis="", submit_now=False)
    assert exemption.state == "draft"
    sent = {"reason": "易燃场所", "basis": "第六条第一项", "by": who("li"), "at": NOON + DAY}
    exemptions.submit(exemption, **sent)
    assert (exemption.state, exemption.basis) == ("submitted", "第六条第一项")


def test_a_work_record_has_its_basis():
    under("chengde-safety")
    assert refused(asked, basis=" ").code == "unrecorded.words_missing"
    assert not Exemption.objects.exists()


def test_returned_with_an_opinion_it_comes_back_better():
    under("chengde-safety")
    exemption = asked()
    exemptions.send_back(exemption, opinion="写明依据的条款", by=who("zhao"), at=NOON + HOUR)
    assert (exemption.state, exemption.opinion) == ("returned", "写明依据的条款")
    exemptions.submit(
        exemption, reason="现场防爆", basis="第六条第一项", by=who("li"), at=NOON + 2 * HOUR
    )
    approve(exemption, "zhao")
    wanted = ["asked", "submitted", "returned", "submitted", "approved"]
    assert kinds() == [f"exemption.{step}" for step in wanted]


@pytest.mark.parametrize("step", [exemptions.send_back, exemptions.refuse])
def test_a_no_has_its_reason(step):
    under("chengde-safety")
    exemption = asked()
    no = refused(step, exemption, opinion=" ", by=who("zhao"), at=NOON)
    assert no.code == "unrecorded.words_missing"


@pytest.mark.parametrize("step", STEPS)
def test_of_two_who_decide_at_once_one_does(step):
    under("chengde-safety")
    exemption, same = asked(), Exemption.objects.get()
    other = factories.officer("zhao2", Role.LEADER)
    step(exemption, opinion="意见", by=who("zhao"), at=NOON + HOUR)
    for late in STEPS:
        no = refused(late, same, opinion="意见", by=other, at=NOON + HOUR)
        assert no.code == "unrecorded.wrong_step"
    same.refresh_from_db()
    assert same.decided_by == who("zhao")


@pytest.mark.parametrize("login", ["li", "wang", "qian", "zhou", "fa", "du", "kong", "sun"])
def test_nobody_but_the_regulations_post_decides(login):
    under("chengde-safety")
    exemption = asked(by="bai", of=factories.activity("HD-2026-000001", "bai"))
    assert refused(approve, exemption, login).code == "unrecorded.not_yours_to_decide"


def test_the_head_of_another_unit_does_not_decide():
    exemption = consent_asked(at=NOON - HOUR)
    far = head_of_another_unit()
    no = refused(exemptions.approve, exemption, opinion="", by=far, at=NOON - MINUTE)
    assert (no.code, no.article) == ("unrecorded.not_yours_to_decide", "8")
    assert "现场负责人或者" in no.text


def test_another_bureaus_leader_finds_nothing():
    under("chengde-safety")
    far = factories.stranger("far", Role.LEADER)
    no = refused(exemptions.approve, asked(), opinion="", by=far, at=NOON)
    assert no.code == "unrecorded.no_such"


def test_only_who_was_there_asks():
    under("chengde-safety")
    activity = factories.activity()
    factories.officer("gao")
    assert refused(asked, activity, by="gao").code == "unrecorded.not_of_this_activity"
    assert refused(asked, activity, by="zhao").code == "people.not_permitted"
    factories.takes_part(activity, "gao")
    assert asked(activity, by="gao").entered_by == who("gao")


def test_a_voided_activity_needs_no_exemption():
    under("chengde-safety")
    activity = factories.activity()
    Activity.objects.update(voided_at=NOON, voided_by=who("li"), void_reason="重复登记")
    assert refused(asked, activity).code == "unrecorded.activity_voided"


def test_asked_twice_is_one_until_it_is_refused():
    under("chengde-safety")
    first = asked()
    assert refused(asked, first.activity).code == "unrecorded.exemption_there"
    exemptions.refuse(first, opinion="不属实", by=who("zhao"), at=NOON)
    assert asked(first.activity).pk != first.pk


def test_what_is_not_approved_is_not_filed():
    under("chengde-safety")
    exemption = asked()
    no = refused(exemptions.file, exemption, by=who("li"), at=NOON)
    assert no.code == "unrecorded.wrong_step"
    approve(exemption, "zhao")
    assert refused(exemptions.file, exemption, by=who("wang"), at=NOON).code == (
        "unrecorded.not_yours_to_file"
    )
    exemptions.file(exemption, by=who("zhou"), at=NOON)
    assert exemption.state == "filed"


def test_the_log_says_who_and_why_in_words():
    under("chengde-safety")
    approve(asked(reason="爆炸危险区域"), "zhao", opinion="属实")
    [facts] = told(Kind.EXEMPTION_APPROVED)
    assert (facts["reason"], facts["opinion"], facts["article"]) == ("爆炸危险区域", "属实", 6)


def failing(*args, **more):
    raise OSError("no event")


@pytest.mark.parametrize("step", ["ask", "submit", "approve", "send_back", "refuse", "file"])
def test_no_event_no_change(step, monkeypatch):
    under("chengde-safety")
    exemption = None if step == "ask" else asked(submit_now=step != "submit")
    if step == "file":
        approve(exemption, "zhao")
    before = list(Exemption.objects.values())
    monkeypatch.setattr(log, "record", failing)
    with pytest.raises(OSError, match="no event"):
        act(step, exemption)
    assert list(Exemption.objects.values()) == before


def act(step: str, exemption: Exemption | None) -> None:
    if exemption is None:
        asked()
    elif step == "submit":
        exemptions.submit(exemption, reason="原因", basis="依据", by=who("li"), at=NOON)
    elif step == "file":
        exemptions.file(exemption, by=who("li"), at=NOON)
    else:
        getattr(exemptions, step)(exemption, opinion="意见", by=who("zhao"), at=NOON)


@pytest.mark.parametrize(
    ("pack", "n", "is_prior", "record"),
    [
        ("chengde-safety", 4, False, True),
        ("luohe-livestock", 3, False, True),
        ("jiaxian-health", 6, False, True),
        ("neiqiu-health", 3, True, False),
        ("weidong-market", 0, False, False),
    ],
)
def test_what_each_regulation_offers(pack, n, is_prior, record):
    from cases.unrecorded_cast import rules

    under(pack)
    found = exemptions.offer(rules())
    assert (len(found.causes), found.is_prior, found.work_record) == (n, is_prior, record)
    assert found.article is not None


@pytest.mark.enforces("exemption", article="chengde-safety:6")
def test_who_hands_in_a_colleagues_record_does_not_decide_on_it():
    under("chengde-safety")
    activity = factories.activity("HD-2026-000001", "wang")
    exemption = asked(activity, submit_now=False, basis="")
    exemptions.submit(exemption, reason="原因", basis="依据", by=who("wang"), at=NOON)
    ActivityOfficer.objects.filter(activity=activity).update(is_lead=False)
    ActivityOfficer.objects.filter(officer=who("wang")).update(is_lead=True)
    exemption.refresh_from_db()
    assert refused(approve, exemption, "wang").code == "unrecorded.own_paper"
    posts = deciders.posts_in(exemption.posts)
    args = (posts, activity, exemption.entered_by, exemption.submitted_by_id)
    assert who("wang") not in deciders.holders(*args)
    assert not queries.waiting_for(who("wang"), Exemption).exists()


@pytest.mark.enforces("exemption", article="neiqiu-health:8")
def test_a_head_who_leads_on_site_asks_the_leader_above():
    """Nobody else of the regulation's posts is left, and nobody consents to their own request."""
    head, zhao = who("wang"), who("zhao")
    exemption = consent_asked(planned(officer=head), by="wang", at=NOON - HOUR)
    assert deciders_of(exemption) == [zhao.login]
    approve(exemption, "zhao", at=NOON - MINUTE)
    assert exemption.state == "approved"
