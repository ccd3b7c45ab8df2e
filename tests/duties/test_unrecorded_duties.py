"""Work records, their review, reports that recording cannot go on: whose duties they are."""

import pytest

import factories
from cases.unrecorded_cast import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    asked,
    consent_asked,
    entered,
    led_by,
    planned,
    stopped,
    under,
    who,
)
from liuhen.cases import exemptions, interruptions, stops
from liuhen.cases.interruptions import Stretch
from liuhen.cases.models import Activity
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.duties import closing, deriving, queries
from liuhen.duties.models import Cursor, Duty
from liuhen.engines.policy.vocabulary import Cause
from liuhen.kernel.refusal import Refusal

pytestmark = pytest.mark.usefixtures("bureau")


def derived() -> list[tuple[str, str]]:
    """(kind, state) of every duty, the oldest first."""
    deriving.catch_up(at=NOON + DAY)
    return list(Duty.objects.order_by("pk").values_list("kind", "state"))


def inbox(login: str) -> list[str]:
    return [duty.kind for duty in queries.mine(who(login)).filter(state="open").order_by("pk")]


@pytest.mark.enforces("exemption", article="chengde-safety:6")
@pytest.mark.enforces("exemption", article="luohe-livestock:7")
@pytest.mark.parametrize(("pack", "article"), [("chengde-safety", 6), ("luohe-livestock", 7)])
def test_the_work_record_is_owed_by_who_said_so_and_read_by_the_leader(pack, article):
    under(pack)
    factories.officer("zhao")
    exemption = asked(submit_now=False, basis="")
    assert derived() == [("work_record", "open")]
    assert (inbox("li"), inbox("zhao")) == (["work_record"], [])
    exemptions.submit(exemption, reason="原因", basis="依据", by=who("li"), at=NOON + HOUR)
    assert derived() == [("work_record", "done"), ("paper_review", "open")]
    assert (inbox("li"), inbox("zhao")) == ([], ["paper_review"])
    assert set(Duty.objects.values_list("article", "due_at")) == {(article, None)}


@pytest.mark.enforces("exemption", article="chengde-safety:6")
def test_returned_it_is_owed_again_and_reviewed_again():
    under("chengde-safety")
    exemption = asked()
    exemptions.send_back(exemption, opinion="补正", by=who("zhao"), at=NOON)
    assert derived()[-1] == ("work_record", "open")
    exemptions.submit(exemption, reason="原因", basis="依据", by=who("li"), at=NOON)
    exemptions.approve(exemption, opinion="", by=who("zhao"), at=NOON + HOUR)
    states = derived()
    assert sorted(states) == [("paper_review", "done")] * 2 + [("work_record", "done")] * 2
    assert Duty.objects.last().closed_by in (who("zhao"), who("li"))


def test_a_whole_course_in_one_chunk_ends_as_step_by_step():
    under("chengde-safety")
    exemption = asked()
    exemptions.send_back(exemption, opinion="补正", by=who("zhao"), at=NOON)
    exemptions.submit(exemption, reason="原因", basis="依据", by=who("li"), at=NOON)
    assert sorted(derived()) == [
        ("paper_review", "done"),
        ("paper_review", "open"),
        ("work_record", "done"),
        ("work_record", "done"),
    ]


@pytest.mark.enforces("exemption", article="neiqiu-health:8")
def test_consent_is_asked_of_the_leader_on_site_else_of_the_units_head():
    factories.officer("wang")
    activity = planned("HD-2026-000001", "bai")
    consent_asked(activity, by="bai", at=NOON - HOUR)
    consent_asked(planned("HD-2026-000002"), by="li", at=NOON - HOUR)
    assert derived() == [("paper_review", "open")] * 2
    assert (inbox("li"), inbox("wang"), inbox("bai")) == (["paper_review"], ["paper_review"], [])


@pytest.mark.enforces("interruption", article="jiaxian-health:12")
@pytest.mark.enforces("exemption", article="jiaxian-health:12")
def test_jiaxian_the_bureaus_head_reviews_what_stopped_and_what_was_left_out():
    under("jiaxian-health")
    asked(cause=Cause.WEATHER)
    interruption = entered(factories.activity("HD-2026-000002"), submit_now=False)
    derived()
    assert (inbox("qian"), inbox("li")) == (["paper_review"], ["work_record"])
    interruptions.submit(interruption, reason="原因", basis="依据", by=who("li"), at=NOON + HOUR)
    derived()
    assert (inbox("qian"), inbox("li")) == (["paper_review"] * 2, [])


def test_an_interruption_without_a_paper_owes_nothing():
    under("chengde-safety")
    entered()
    assert derived() == []


def test_another_cause_that_asks_for_no_record_lets_go_of_it():
    under("jiaxian-health")
    interruption = entered(submit_now=False)
    assert derived() == [("work_record", "open")]
    begin, end = interruption.from_at, interruption.until_at
    other = Stretch(begin, end, Cause.CHANGE_OF_PLACE, "换了地点")
    interruptions.change(interruption, other, by=who("li"), at=NOON + HOUR)
    assert derived() == [("work_record", "done")]


def test_the_first_cause_after_all_asks_for_the_record_again():
    under("jiaxian-health")
    interruption = entered(submit_now=False)
    begin, end = interruption.from_at, interruption.until_at
    for cause in (Cause.CHANGE_OF_PLACE, Cause.BATTERY, Cause.BATTERY):
        interruptions.change(
            interruption, Stretch(begin, end, cause, "改正原因"), by=who("li"), at=NOON + HOUR
        )
    assert derived() == [("work_record", "done"), ("work_record", "open")]


@pytest.mark.enforces("interruption", article="chengde-safety:15")
@pytest.mark.enforces("interruption", article="luohe-livestock:11")
@pytest.mark.parametrize("pack", ["chengde-safety", "luohe-livestock"])
def test_a_stop_is_the_heads_to_read_and_the_reporters_to_state(pack):
    under(pack)
    factories.officer("wang")
    stop = stopped()
    derived()
    assert (inbox("wang"), inbox("li")) == (["stop_report"], ["statement"])
    stops.see(stop, by=who("wang"), at=NOON + HOUR)
    stops.state(stop, statement="说明", by=who("li"), at=NOON + DAY)
    assert derived() == [("stop_report", "done"), ("statement", "done")]
    assert {duty.closed_by for duty in Duty.objects.all()} == {who("wang"), who("li")}


def test_a_stop_the_head_reports_is_for_the_leader():
    under("chengde-safety")
    factories.officer("zhao")
    stopped(led_by("wang"), by="wang")
    derived()
    assert (inbox("zhao"), inbox("wang")) == (["stop_report"], ["statement"])


def test_nobodys_word_stands_in_for_the_record():
    under("chengde-safety")
    factories.officer("wang")
    stopped()
    derived()
    for duty in Duty.objects.all():
        whose = duty.owner or who("wang")
        with pytest.raises(Refusal) as no:
            closing.complete(duty, note="已办", by=whose, at=NOON + DAY)
        assert no.value.code == "duties.closed_by_facts"


def test_a_voided_activity_owes_nothing_any_more():
    under("chengde-safety")
    activity = stopped().activity
    asked(factories.activity("HD-2026-000002"))
    derived()
    void(activity)
    assert derived() == [
        ("stop_report", "waived"),
        ("statement", "waived"),
        ("work_record", "done"),
        ("paper_review", "open"),
    ]


def void(activity: Activity) -> None:
    from django.db import transaction

    subject = f"activity:{activity.number}"
    with transaction.atomic():
        log.record(Kind.ACTIVITY_VOIDED, subject=subject, by=who("li"), at=NOON + HOUR)


def test_the_same_log_twice_changes_nothing():
    under("chengde-safety")
    exemption = asked()
    exemptions.send_back(exemption, opinion="补正", by=who("zhao"), at=NOON + MINUTE)
    stopped(factories.activity("HD-2026-000002"))
    derived()
    before = list(Duty.objects.order_by("pk").values())
    Cursor.objects.update(next_index=0)
    derived()
    assert list(Duty.objects.order_by("pk").values()) == before
    assert deriving.recompute(factories.agency(), at=NOON + DAY) == 0


def test_another_bureaus_are_left_alone():
    under("chengde-safety")
    stopped()
    assert deriving.recompute(factories.stranger().agency, at=NOON) == 0
    assert deriving.recompute(factories.agency(), at=NOON) == 2


@pytest.mark.parametrize("n", [1, 5])
def test_many_are_read_at_once(django_assert_max_num_queries, n):
    under("chengde-safety")
    factories.officer("zhao")
    for number in range(n):
        asked(factories.activity(f"HD-2026-00000{number}"), submit_now=False, basis="")
    with django_assert_max_num_queries(24):
        deriving.catch_up(at=NOON + DAY)
    assert Duty.objects.count() == n


@pytest.mark.parametrize("returned", [False, True])
def test_what_is_said_of_one_that_was_handed_in_makes_nothing_owed_twice(returned):
    under("jiaxian-health")
    interruption = entered(minutes=(10, None))
    if returned:
        interruptions.send_back(interruption, opinion="补充", by=who("qian"), at=NOON)
    said = (interruption.reason, interruption.basis)
    stretch = Stretch(interruption.from_at, NOON + 20 * MINUTE, Cause.BATTERY, *said)
    interruptions.change(interruption, stretch, by=who("li"), at=NOON + HOUR)
    derived()
    assert Duty.objects.filter(state="open").count() == 1
