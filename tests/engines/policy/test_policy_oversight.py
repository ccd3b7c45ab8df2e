"""What is looked at again and again, and what may be a breach."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_rules import points, rules

from liuhen.engines.policy.answers import Why
from liuhen.engines.policy.oversight import (
    breaches,
    cadences,
    candidate,
    period_of,
    sampling,
    sanctions,
    shown_by,
)
from liuhen.engines.policy.vocabulary import Post, Rhythm, Sign

SAMPLES = {"article": 26, "questions": points("recorded", "no_gap"), "posts": ["office_head"]}
BREACHES = {
    "article": 27,
    "items": [
        {"number": 1, "text": "故意删除"},
        {"number": 7, "text": "不按照规定存储", "duties": ["handover", "collection"]},
        {"number": 8, "text": "其他", "duties": ["handover", "identify"]},
    ],
}


@pytest.mark.enforces("sampling", article="chengde-safety:26")
def test_a_ratio_the_text_leaves_open_is_the_bureaus_to_set():
    answer = sampling(rules(sampling=SAMPLES))
    assert answer.percent is None
    assert answer.posts == (Post.OFFICE_HEAD,)
    assert [question.code for question in answer.questions] == ["recorded", "no_gap"]
    assert answer.grounds[0].code == Why.SAMPLING_UNSET


@pytest.mark.enforces("sampling")
def test_a_ratio_the_bureau_has_set():
    answer = sampling(rules(sampling={**SAMPLES, "percent": 10}))
    assert answer.percent == 10
    assert answer.grounds[0].facts["percent"] == 10


@pytest.mark.enforces("review", "inspection", article="jiaxian-health:17")
def test_recurring_tasks_by_name_and_rhythm():
    said = {
        "inspection": {"article": 17, "posts": ["office_head"], "what": "检查佩戴使用情况"},
        "review": {
            "article": 17,
            "posts": ["office_head"],
            "rhythm": "year",
            "what": "音像资料评查",
        },
    }
    found = cadences(rules(**said))
    assert {name: one.rhythm for name, one in found.items()} == {
        "inspection": None,
        "review": Rhythm.YEAR,
    }
    assert found["inspection"].grounds[0].code == Why.CADENCE_UNSET
    assert found["review"].grounds[0].code == Why.CADENCE


def test_nothing_recurred_before_the_bureau_followed_a_rule():
    said = {"review": {"posts": ["keeper"], "rhythm": "year", "what": "评查"}}
    assert cadences(rules(is_before_adoption=True, **said)) == {}


@pytest.mark.parametrize(
    ("rhythm", "first", "last"),
    [
        (Rhythm.WORKING_DAY, "2024-02-10", "2024-02-10"),
        (Rhythm.MONTH, "2024-02-01", "2024-02-29"),
        (Rhythm.QUARTER, "2024-01-01", "2024-03-31"),
        (Rhythm.YEAR, "2024-01-01", "2024-12-31"),
    ],
)
def test_periods_are_the_calendars(rhythm, first, last):
    days = (date.fromisoformat(first), date.fromisoformat(last))
    assert period_of(rhythm, date(2024, 2, 10)) == days


@given(st.sampled_from(Rhythm), st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_periods_leave_no_day_out_and_share_none(rhythm, day):
    first, last = period_of(rhythm, day)
    assert first <= day <= last
    assert period_of(rhythm, first) == period_of(rhythm, last) == (first, last)
    assert period_of(rhythm, last + timedelta(days=1))[0] == last + timedelta(days=1)


@pytest.mark.enforces("breaches")
def test_breaches_keep_the_articles_numbers():
    answer = breaches(rules(breaches=BREACHES))
    assert [line.number for line in answer.items] == [1, 7, 8]
    assert answer.grounds[0].facts == {"count": 3}


@pytest.mark.enforces("breaches")
def test_a_duty_not_done_in_time_is_a_candidate_of_the_first_item_that_names_it():
    article, line = candidate(rules(breaches=BREACHES), "handover")
    assert (article, line.number) == (27, 7)


def test_what_no_item_names_is_no_candidate():
    assert candidate(rules(breaches=BREACHES), "budget") is None
    assert candidate(rules(), "handover") is None
    assert candidate(rules(is_before_adoption=True, breaches=BREACHES), "handover") is None


@pytest.mark.enforces("breaches")
def test_what_the_record_shows_is_a_candidate_of_the_item_that_names_it():
    items = [{"number": 5, "text": "弄虚作假", "signs": ["tampered", "late_recording"]}]
    asked = rules(breaches={"article": 27, "items": items})
    article, line = shown_by(asked, Sign.LATE_RECORDING)
    assert (article, line.number) == (27, 5)
    assert shown_by(asked, Sign.LOST) is None


@pytest.mark.enforces("sanctions", article="chengde-safety:28")
def test_a_sanction_may_suspend_for_a_month_and_bar_from_awards():
    items = [
        {"code": "suspension", "text": "停止执法工作一个月", "suspends": "P1M"},
        {"code": "no_awards", "text": "取消评优", "no_awards": True},
    ]
    answer = sanctions(rules(sanctions={"article": 28, "items": items}))
    assert answer.items[0].suspends.months == 1
    assert answer.items[1].no_awards


@pytest.mark.parametrize("question", [sampling, breaches, sanctions])
def test_a_silent_regulation_names_none(question):
    assert question(rules()) is None
