"""Worked cases: what is asked, what counts as the expected answer, how a wrong one is told."""

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_pack import SOUND

from liuhen.engines.policy import worked
from liuhen.engines.policy.loading import read
from liuhen.engines.policy.problems import PackInvalid
from liuhen.engines.policy.questions import QUESTIONS

DAY = "2024-02-29"
ENDED = "ended_at: 2024-02-29T10:00:00+08:00"
RECORDED = "recording_ended: 2024-02-29T10:00:00+08:00"


STEADY = settings(derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FACTS = sorted({name for one in QUESTIONS.values() for name in one.facts.__dataclass_fields__})
PARTS = ["articles", "codes", "silent", "items", "until", "steps", "grounds", "rule", "hours"]
WRITTEN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from([ENDED[10:], "view", "20", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PARTS), inner),
    max_leaves=6,
)


def failures(ask: str, given: str, expect: str, *, on: str = DAY) -> list[str]:
    """What the sound pack's answer lacks of the expected one."""
    case = f"  - name: 一例\n    ask: {ask}\n    on: {on}\n    given: {{{given}}}\n"
    text = SOUND[: SOUND.index("  - name:")] + f"{case}    expect: {{{expect}}}\n"
    return [str(one) for one in worked.failures(read(text, "some.yaml"))]


@pytest.mark.parametrize(
    ("ask", "given", "expect"),
    [
        ("keep_until", ENDED, "until: 2026-02-28T10:00:00+08:00"),
        ("keep_until", ENDED, "until: 2026-02-28T02:00:00+00:00"),
        ("keep_until", ENDED, "at_least: true, never: [], articles: [20]"),
        ("keep_until", ENDED, "codes: [term_at_least], terms: [{article: 20, period: P2Y}]"),
        ("handover", RECORDED, "due_at: 2024-03-01T10:00:00+08:00, receiver: keeper"),
        ("handover", RECORDED, "waiting_for: null, is_excused: false"),
        ("shot_list", "", "items: [place, time]"),
        ("shot_list", "", "items: [{text: 地点}, {code: time}]"),
        ("breaches", "", "items: [1, 2]"),
        ("sanctions", "", "silent: true"),
        ("exemption", "cause: secrecy", "silent: true"),
        ("law_notices", "", "articles: []"),
        ("parameter", "parameter: retention", "rule: at_least, period: P2Y, articles: [20]"),
        ("parameter", "parameter: handover", "hours: 24, silent: false"),
    ],
)
def test_an_answer_that_holds_what_is_expected_passes(ask, given, expect):
    assert failures(ask, given, expect) == []


@pytest.mark.parametrize(
    ("ask", "given", "expect", "told"),
    [
        ("keep_until", ENDED, "until: 2026-03-01T10:00:00+08:00", "2026-02-28T10:00:00+08:00"),
        ("keep_until", ENDED, "until: 二年后", "实得 2026-02-28T10:00:00+08:00"),
        ("keep_until", ENDED, "at_least: 1", "应得 at_least: 1，实得 true"),
        ("keep_until", ENDED, "at_least: false", "应得 at_least: false，实得 true"),
        ("keep_until", ENDED, "articles: []", "应得 articles: []，实得 [20]"),
        ("keep_until", ENDED, "articles: [20, 22]", "应得 articles: [20, 22]，实得 [20]"),
        ("keep_until", ENDED, "articles: 20", "应得 articles: 20，实得 [20]"),
        ("keep_until", ENDED, "articles: [[20]]", "实得 [20]"),
        ("keep_until", ENDED, "never: [on_hold]", "实得 []"),
        ("handover", RECORDED, "waiting_for: matter_end", "实得 null"),
        ("shot_list", "", "items: [place]", "实得 [place, time]"),
        ("shot_list", "", "items: [time, place]", "实得 [place, time]"),
        ("shot_list", "", "items: [{}, {}]", "实得 [place, time]"),
        ("shot_list", "", "silent: true", "应得 silent: true，实得 false"),
        ("sanctions", "", "items: [self_criticism]", "实得 （条文未作规定）"),
        ("parameter", "parameter: retention", "period: P1Y", "应得 period: P1Y，实得 P2Y"),
        ("parameter", "parameter: retention", "perid: P2Y", "实得 （条文未作规定）"),
    ],
)
def test_an_answer_that_differs_fails(ask, given, expect, told):
    (failure,) = failures(ask, given, expect)
    assert told in failure


def test_a_failure_names_file_line_case_expected_and_got():
    assert failures("keep_until", ENDED, "articles: [21]") == [
        "some.yaml:24: 算例“一例”应得 articles: [21]，实得 [20]。请对照条文，改正参数或算例。"
    ]


def test_the_day_of_a_case_chooses_the_rules():
    expect = "due_at: 2024-03-01T10:00:00+08:00"
    assert failures("handover", RECORDED, expect) == []
    assert failures("handover", RECORDED, "silent: true", on="2017-06-18") == []


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_the_facts_of_every_question_can_be_written_in_yaml(question):
    assert worked.shape_of(question.facts).model_json_schema()


@STEADY
@given(
    st.sampled_from(sorted(QUESTIONS)),
    st.dictionaries(st.sampled_from(FACTS), WRITTEN, max_size=4),
    st.dictionaries(st.sampled_from(PARTS), WRITTEN, min_size=1, max_size=4),
)
def test_any_case_is_refused_or_run(ask, facts, expect):
    with suppress(PackInvalid):
        failures(ask, json.dumps(facts)[1:-1], json.dumps(expect)[1:-1])
