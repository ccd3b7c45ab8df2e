"""Every message about one value, in a pack and as a bureau proposes it."""

import pytest
from made_pack import SOUND, broken, problems_of
from ruamel.yaml import YAML

from liuhen.engines.policy.loading import check_value, read
from liuhen.engines.policy.problems import PackInvalid, Problem

SOUND_VALUE = "{article: 20, rule: at_least, period: P2Y}"
WORDS = "exact、at_least、case_file、unstated"

# name: (parameter, value, wrong, right)
VALUES = {
    "no_article": (
        "retention",
        "{rule: at_least, period: P2Y}",
        "参数 retention 的值没有写明出自哪一条。",
        "请加上 article，例如 article: 20。",
    ),
    "article_not_there": (
        "retention",
        "{article: 99, rule: unstated}",
        "第 99 条，而 articles 中没有",
        "写上第 99 条",
    ),
    "see_not_there": (
        "retention",
        "{article: 20, rule: unstated, see: [77]}",
        "第 77 条，而 articles 中没有",
        "写上第 77 条",
    ),
    "article_text_only": (
        "retention",
        "{article: 1, rule: unstated}",
        "第 1 条，而该条没有写 governs",
        "加上 governs",
    ),
    "article_zero": (
        "retention",
        "{article: 0, rule: unstated}",
        "article 写作 0，超出范围",
        "不小于 1",
    ),
    "article_in_words": (
        "retention",
        "{article: 二十, rule: unstated}",
        "article 写作“二十”，不是整数",
        "article: 20",
    ),
    "unknown_key": (
        "retention",
        "{article: 20, rule: unstated, redaing: x}",
        "不认识的 redaing",
        "可能应为 reading",
    ),
    "unknown_word": (
        "retention",
        "{article: 20, rule: atleast, period: P2Y}",
        "rule 写作“atleast”，不是可用的词",
        f"可能应为 at_least；可用的词：{WORDS}",
    ),
    "word_far_from_any": (
        "retention",
        "{article: 20, rule: foo}",
        "rule 写作“foo”",
        "可用的词：exact",
    ),
    "missing_word": ("retention", "{article: 20}", "缺少 rule", "请加上 rule。可用的词：exact"),
    "no_period": (
        "retention",
        "{article: 20, rule: exact, period: 2年}",
        "period 写作“2年”，不是期限",
        "P2Y",
    ),
    "nul_in_text": (
        "retention",
        '{article: 20, rule: unstated, reading: "a\\0b"}',
        "的 reading 写作",
        "应为文字",
    ),
    "period_in_parts": (
        "retention",
        "{article: 20, rule: exact, period: {months: -3}}",
        "的 period 写作",
        "应为期限，例如 period: P2Y",
    ),
    "endless_period": (
        "retention",
        "{article: 20, rule: exact, period: P9999Y}",
        "不是期限",
        "P2Y",
    ),
    "period_not_stated": ("retention", "{article: 20, rule: exact}", "却没有写期限", "加上 period"),
    "period_unwanted": (
        "retention",
        "{article: 20, rule: case_file, period: P2Y}",
        "rule 不是 exact 或 at_least",
        "删去 period",
    ),
    "from_badly_written": (
        "retention",
        "{article: 20, from: 2020/1/1, rule: unstated}",
        "from 写作“2020/1/1”，不是日期",
        "from: 2026-01-01",
    ),
    "no_yes_or_no": (
        "long_term",
        "{article: 22, triggers: [complaint], on_disc: 或许}",
        "on_disc 写作“或许”，不是 true 或 false",
        "on_disc: true",
    ),
    "empty_list": (
        "long_term",
        "{article: 22, triggers: []}",
        "triggers 是空的",
        "例如 [objection]",
    ),
    "word_for_a_list": (
        "long_term",
        "{article: 22, triggers: complaint}",
        "triggers 写作“complaint”，不是列表",
        "例如 [objection]",
    ),
    "word_twice": (
        "long_term",
        "{article: 22, triggers: [complaint, complaint]}",
        "triggers 第 2 项与前面重复（complaint）",
        "删去重复",
    ),
    "no_matters": (
        "must_record",
        "{article: 22, listed: always}",
        "没有列出必须记录的事项",
        "加上 matters",
    ),
    "see_in_words": (
        "retention",
        "{article: 20, rule: unstated, see: [二十]}",
        "see 第 1 项写作“二十”，不是整数",
        "应为整数",
    ),
    "duty_a_number": (
        "breaches",
        "{article: 22, items: [{number: 1, text: 外传, duties: [3]}]}",
        "items 第 1 项的 duties 第 1 项写作“3”，不是文字",
        "加引号",
    ),
    "duties_a_word": (
        "breaches",
        "{article: 22, items: [{number: 1, text: 外传, duties: handover}]}",
        "duties 写作“handover”，不是列表",
        "写在方括号里",
    ),
    "items_missing": (
        "breaches",
        "{article: 22}",
        "缺少 items",
        "请加上 items。应为列表，每项写明：number、text、duties、signs",
    ),
}


def proposed(parameter: str, raw: object) -> Problem:
    """What is wrong with it, one thing."""
    with pytest.raises(PackInvalid) as invalid:
        check_value(parameter, raw, pack=read(SOUND, "some.yaml"))
    (problem,) = invalid.value.problems
    return problem


@pytest.mark.parametrize(("parameter", "raw", "wrong", "right"), VALUES.values(), ids=VALUES)
def test_a_slip_in_a_pack_is_told_with_its_line(parameter, raw, wrong, right):
    text = SOUND[: SOUND.index("  retention:")] + f"  {parameter}:\n    - {raw}\n"
    (problem,) = problems_of(text)
    assert problem.line == 10
    assert wrong in problem.wrong
    assert right in problem.right


@pytest.mark.parametrize(("parameter", "raw", "wrong", "right"), VALUES.values(), ids=VALUES)
def test_the_same_slip_in_a_proposal_is_told_without_a_line(parameter, raw, wrong, right):
    problem = proposed(parameter, YAML(typ="safe").load(raw))
    assert problem.line is None
    assert str(problem) == problem.wrong + problem.right
    assert wrong in problem.wrong
    assert right in problem.right


def test_a_problem_names_file_line_wrong_and_right():
    text, line = broken(SOUND_VALUE, "{§rule: at_least, period: P2Y}")
    (problem,) = problems_of(text)
    assert str(problem) == (
        f"some.yaml:{line}: 参数 retention 的值没有写明出自哪一条。"
        "请加上 article，例如 article: 20。"
    )


def test_a_proposed_value_without_a_pack_may_name_any_article():
    assert check_value("retention", {"article": 99, "rule": "unstated"}).article == 99


def test_a_proposal_for_no_parameter_is_told():
    with pytest.raises(PackInvalid, match="没有叫 retenshun 的参数。可能应为 retention"):
        check_value("retenshun", {})


def test_a_proposal_that_is_no_mapping_is_told():
    with pytest.raises(PackInvalid, match="不是一组“名称: 内容”"):
        check_value("retention", "P2Y")


def test_a_problem_says_which_field_of_a_form_it_is_about():
    raw = {"article": 1, "items": [{"code": "a", "text": "甲"}, {"code": "b", "text": ""}]}
    with pytest.raises(PackInvalid) as invalid:
        check_value("shot_list", raw)
    assert [problem.at for problem in invalid.value.problems] == [("items", 1, "text")]


def test_a_problem_can_be_said_through_a_catalogue():
    problem = proposed("retention", {"article": 20})
    words = {
        "{place}缺少 {field}。": "{place} lacks {field}.",
        "参数 {name} 的值": "The value of {name}",
    }
    assert problem.wrong.put(lambda text: words.get(text, text)) == (
        "The value of retention lacks rule."
    )
