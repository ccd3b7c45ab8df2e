"""免予记录与中断: the list, the forms at the site, decisions, and what has to be seen at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

import factories
from cases.unrecorded_cast import (
    HOUR,
    MINUTE,
    NOON,
    asked,
    consent_asked,
    entered,
    planned,
    spoken,
    stopped,
    under,
    who,
)
from liuhen.cases import exemptions, interruptions, stops
from liuhen.cases.models import Activity, Exemption, Interruption, StopReport
from liuhen.web import unrecorded_panel

WAY = "/activities/HD-2026-000001/"


def now_on(activity: Activity) -> Activity:
    """Under way at this moment, as a form on the phone finds it."""
    began = timezone.now() - timedelta(minutes=30)
    Activity.objects.filter(pk=activity.pk).update(arrived_at=began, left_at=None)
    activity.refresh_from_db()
    return activity


def shown(page) -> list[int]:
    return [row.pk for row in page.context["page"].rows]


def typed(at) -> str:
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"


@pytest.mark.enforces("exemption", article="chengde-safety:6")
def test_the_form_has_the_regulations_own_causes(as_):
    under("chengde-safety")
    factories.activity()
    page = as_("li").get(f"{WAY}exempt/").content.decode()
    for text in (
        "爆炸危险区域内，未配备防爆记录设备",
        "情况紧急，来不及记录",
        "第六条",
        "主管领导",
    ):
        assert text in page
    assert "电量不足" not in page


def test_one_form_hands_the_work_record_in(as_):
    under("chengde-safety")
    factories.activity()
    sent = {"cause": "urgent", "reason": "群众围观", "basis": "第六条第三项"}
    answer = as_("li").post(f"{WAY}exempt/", sent)
    exemption = Exemption.objects.get()
    assert answer.headers["Location"] == f"/exemptions/{exemption.pk}/"
    assert (exemption.state, exemption.basis) == ("submitted", "第六条第三项")


def test_at_the_site_a_word_is_enough_and_the_record_follows(as_):
    under("chengde-safety")
    factories.activity()
    browser = as_("li")
    browser.post(f"{WAY}exempt/", {"cause": "urgent", "reason": "紧急", "later": "1"})
    exemption = Exemption.objects.get()
    assert exemption.state == "draft"
    way = f"/exemptions/{exemption.pk}/"
    assert "record_form" in browser.get(way).context
    browser.post(f"{way}submit/", {"reason": "群众围观", "basis": "第六条第三项"})
    exemption.refresh_from_db()
    assert exemption.state == "submitted"


@pytest.mark.parametrize("sent", [{"cause": "urgent"}, {"reason": "x", "cause": "battery"}])
def test_what_is_missing_is_said_beside_the_field(as_, sent):
    under("chengde-safety")
    factories.activity()
    answer = as_("li").post(f"{WAY}exempt/", sent)
    assert (answer.status_code, bool(answer.context["form"].errors)) == (422, True)
    assert not Exemption.objects.exists()


@pytest.mark.enforces("exemption")
def test_weidong_the_page_says_that_there_is_none_and_leads_to_an_interruption(as_):
    under("weidong-market")
    factories.activity()
    page = as_("li").get(f"{WAY}exempt/").content.decode()
    assert "没有规定可以免予记录的情形" in page
    assert f"{WAY}interrupt/" in page
    assert "<textarea" not in page


@pytest.mark.enforces("exemption", article="neiqiu-health:8")
def test_neiqiu_consent_is_asked_before_the_arrival_and_not_after_it(as_):
    planned()
    browser = as_("li")
    page = browser.get(f"{WAY}exempt/")
    assert "basis" not in page.context["form"].fields
    browser.post(f"{WAY}exempt/", {"cause": "evidence_needs", "reason": "暗访取证"})
    assert Exemption.objects.get().is_prior
    factories.activity("HD-2026-000002")
    late = browser.get("/activities/HD-2026-000002/exempt/")
    assert late.context["too_late"]
    assert "已经开始" in late.content.decode()


@pytest.mark.enforces("exemption", article="neiqiu-health:8")
def test_a_request_for_consent_stands_first_on_the_heads_page_at_once(as_):
    factories.officer("wang")
    exemption = consent_asked(at=NOON - HOUR)
    for way in ("/", "/duties/"):
        page = as_("wang").get(way)
        assert page.context["urgent"].consents == [exemption]
        assert "须事前答复" in page.content.decode()
        assert not as_("li").get(way).context["urgent"]
    Activity.objects.update(arrived_at=NOON)
    assert not as_("wang").get("/").context["urgent"]


def test_the_decision_is_made_on_the_papers_page(as_):
    under("chengde-safety")
    exemption = asked()
    way, leader = f"/exemptions/{exemption.pk}/", as_("zhao")
    assert "opinion_form" in leader.get(way).context
    assert "opinion_form" not in as_("li").get(way).context
    answer = leader.post(f"{way}decide/", {"step": "return", "opinion": ""})
    assert answer.context["opinion_form"].non_field_errors()
    leader.post(f"{way}decide/", {"step": "return", "opinion": "写明条款"})
    assert "写明条款" in as_("li").get(way).content.decode()
    as_("li").post(f"{way}submit/", {"reason": "紧急", "basis": "第六条第三项"})
    leader.post(f"{way}decide/", {"step": "approve", "opinion": ""})
    as_("zhou").post(f"{way}file/")
    exemption.refresh_from_db()
    assert (exemption.state, exemption.decided_by) == ("filed", who("zhao"))


def test_a_decision_without_a_step_is_none(as_):
    under("chengde-safety")
    exemption = asked()
    answer = as_("zhao").post(f"/exemptions/{exemption.pk}/decide/", {"opinion": "好"})
    assert answer.status_code == 422
    exemption.refresh_from_db()
    assert exemption.state == "submitted"


def test_what_somebody_else_decided_meanwhile_keeps_what_was_typed(as_):
    under("chengde-safety")
    exemption = asked()
    exemptions.refuse(exemption, opinion="不属实", by=who("zhao"), at=NOON)
    sent = {"step": "approve", "opinion": "同意归档"}
    answer = as_("zhao").post(f"/exemptions/{exemption.pk}/decide/", sent)
    form = answer.context["opinion_form"]
    assert (answer.status_code, form["opinion"].value()) == (422, "同意归档")
    assert "不同意" in form.non_field_errors()[0]


def test_where_nobody_but_the_author_may_decide_the_page_says_so(as_):
    exemption = consent_asked(planned(), at=NOON - HOUR)
    assert "目前无人可以办理" in as_("li").get(f"/exemptions/{exemption.pk}/").content.decode()


@pytest.mark.enforces("interruption", article="chengde-safety:15")
def test_an_interruption_is_entered_and_its_spoken_reason_chosen_later(as_):
    under("chengde-safety")
    activity = now_on(factories.activity())
    browser, begin = as_("li"), timezone.now() - timedelta(minutes=20)
    page = browser.get(f"{WAY}interrupt/")
    assert "mark" not in page.context["form"].fields
    assert "（制度未列）" in page.content.decode()
    end = begin + timedelta(minutes=5)
    sent = {"from_at": typed(begin), "until_at": typed(end), "cause": "battery", "reason": "换电池"}
    browser.post(f"{WAY}interrupt/", sent)
    interruption = Interruption.objects.get()
    way = f"/interruptions/{interruption.pk}/"
    assert "口述" in browser.get(way).context["lack"]
    mark = spoken(activity)
    browser.post(f"{way}change/", sent | {"mark": mark.pk})
    assert browser.get(way).context["lack"] == ""


def test_a_stretch_that_cannot_be_comes_back_with_the_form(as_):
    under("chengde-safety")
    now_on(factories.activity())
    begin = timezone.now() - timedelta(minutes=5)
    sent = {"cause": "battery", "reason": "x", "from_at": typed(begin)}
    answer = as_("li").post(f"{WAY}interrupt/", sent | {"until_at": typed(begin - MINUTE)})
    assert answer.status_code == 422
    assert "早于停止记录" in answer.context["form"].non_field_errors()[0]


@pytest.mark.enforces("interruption", article="jiaxian-health:12")
def test_jiaxian_what_is_handed_in_can_only_be_given_an_end(as_):
    under("jiaxian-health")
    interruption = entered(minutes=(10, None))
    form = as_("li").get(f"/interruptions/{interruption.pk}/change/").context["form"]
    assert [name for name, field in form.fields.items() if not field.disabled] == ["until_at"]


@pytest.mark.enforces("interruption", article="chengde-safety:15")
@pytest.mark.enforces("interruption", article="luohe-livestock:11")
@pytest.mark.parametrize("pack", ["chengde-safety", "luohe-livestock"])
def test_a_report_stands_first_on_the_heads_page_before_any_worker_ran(as_, pack):
    under(pack)
    now_on(factories.activity())
    factories.officer("wang")
    sent = {"cause": "device_failure", "reason": "镜头碎裂", "stopped_at": typed(timezone.now())}
    answer = as_("li").post(f"{WAY}stop/", sent)
    stop = StopReport.objects.get()
    assert answer.headers["Location"] == f"/stops/{stop.pk}/"
    head = as_("wang")
    for way in ("/", "/duties/"):
        page = head.get(way)
        assert page.context["urgent"].stops == [stop]
        assert f"/stops/{stop.pk}/see/" in page.content.decode()
    head.post(f"/stops/{stop.pk}/see/")
    assert not head.get("/").context["urgent"]
    as_("li").post(f"/stops/{stop.pk}/state/", {"statement": "镜头碎裂，改为文字记录。"})
    stop.refresh_from_db()
    assert (stop.seen_by, stop.stated_by) == (who("wang"), who("li"))


def test_the_form_names_who_will_read_it(as_):
    under("chengde-safety")
    now_on(factories.activity())
    factories.officer("wang")
    page = as_("li").get(f"{WAY}stop/").content.decode()
    assert "王科长" in page
    assert "第十五条" in page


@pytest.mark.enforces("interruption")
@pytest.mark.parametrize("pack", ["neiqiu-health", "weidong-market", "jiaxian-health"])
def test_where_no_report_is_asked_for_the_page_offers_an_interruption(as_, pack):
    under(pack)
    now_on(factories.activity())
    page = as_("li").get(f"{WAY}stop/").content.decode()
    assert "没有规定无法继续记录时的报告程序" in page
    assert f"{WAY}interrupt/" in page


def test_a_second_reader_is_told_who_was_first(as_):
    under("chengde-safety")
    factories.officer("wang")
    stop = stopped()
    stops.see(stop, by=who("wang"), at=NOON + HOUR)
    answer = as_("wang").post(f"/stops/{stop.pk}/see/")
    assert answer.status_code == 409
    assert "王科长于2026-01-05 13:00阅知" in answer.content.decode()


def test_the_list_has_what_waits_what_is_ones_own_and_all(as_):
    under("chengde-safety")
    factories.officer("wang")
    exemption, stop = asked(), stopped(factories.activity("HD-2026-000002"))
    leader = as_("zhao").get("/unrecorded/")
    assert (shown(leader), leader.context["kind"].name) == ([exemption.pk], "exemption")
    head = as_("wang").get("/unrecorded/")
    assert (shown(head), head.context["kind"].name) == ([stop.pk], "stop")
    own = as_("li").get("/unrecorded/?tab=own&kind=interruption")
    assert shown(own) == [stop.interruption_id]
    assert shown(as_("du").get("/unrecorded/?tab=all&kind=stop")) == [stop.pk]
    assert shown(as_("li").get("/unrecorded/")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [("words=中兴路", 1), ("words=无此", 0), ("state=pending", 1), ("state=filed", 0)],
)
def test_the_list_is_searched(as_, query, found):
    under("chengde-safety")
    asked()
    page = as_("li").get(f"/unrecorded/?tab=own&{query}")
    assert len(shown(page)) == found


@pytest.mark.parametrize(
    ("query", "found"), [("state=pending", 1), ("state=seen", 0), ("state=stated", 0)]
)
def test_stop_reports_are_searched_by_what_was_done_about_them(as_, query, found):
    under("chengde-safety")
    stopped()
    assert len(shown(as_("li").get(f"/unrecorded/?tab=all&kind=stop&{query}"))) == found


def test_another_bureaus_papers_are_not_there(as_):
    under("chengde-safety")
    far = factories.stranger("far")
    exemption, stop = asked(), stopped(factories.activity("HD-2026-000002"))
    browser = as_(far)
    for way in (f"/exemptions/{exemption.pk}/", f"/stops/{stop.pk}/", f"/stops/{stop.pk}/pdf/"):
        assert browser.get(way).status_code == 404
    assert shown(browser.get("/unrecorded/?tab=all")) == []


@pytest.mark.parametrize("kind", ["exemption", "interruption", "stop"])
@pytest.mark.parametrize("n", [1, 8])
def test_a_long_list_asks_no_more_of_the_database(as_, django_assert_max_num_queries, kind, n):
    under("chengde-safety")
    for number in range(n):
        activity = factories.activity(f"HD-2026-00000{number}")
        {"exemption": asked, "interruption": entered, "stop": stopped}[kind](activity)
    browser = as_("zhou")
    with django_assert_max_num_queries(32):
        assert len(shown(browser.get(f"/unrecorded/?tab=all&kind={kind}"))) == n


@pytest.mark.parametrize(
    ("pack", "offers", "report"),
    [
        ("chengde-safety", True, True),
        ("luohe-livestock", True, True),
        ("jiaxian-health", True, False),
        ("neiqiu-health", False, False),
        ("weidong-market", False, False),
    ],
)
def test_an_activitys_page_offers_what_the_regulation_has(bureau, pack, offers, report):
    under(pack)
    told = unrecorded_panel.told(factories.activity(), who("li"))
    assert told is not None
    assert (told["offers_exemption"], told["asks_report"]) == (offers, report)
    assert told["may_enter"]
    assert not unrecorded_panel.told(factories.activity(), who("zhou"))["may_enter"]


def test_an_activitys_page_says_what_a_gap_lacks(bureau):
    under("chengde-safety")
    interruption = entered()
    told = unrecorded_panel.told(interruption.activity, who("li"))
    [(row, lack)] = told["interruptions"]
    assert (row, "口述" in lack, "第十五条" in lack) == (interruption, True, True)
    assert interruptions.of(interruption.activity) == [row]
