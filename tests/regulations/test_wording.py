"""Every code a pack, a value or an answer can hold has its words."""

import inspect
import string
from enum import StrEnum

import pytest

from liuhen.duties.models import DutyKind
from liuhen.engines.policy import values, vocabulary
from liuhen.engines.policy.answers import Ground, Why
from liuhen.engines.policy.periods import Period
from liuhen.packs import catalogue
from liuhen.regulations.sentences import SENTENCES
from liuhen.regulations.value_text import DUTIES, MISSING, NOT_SAID, SAID, UNSAID
from liuhen.regulations.wording import (
    describe_value,
    label,
    parameter_label,
    period_text,
    text_of,
)
from liuhen.regulations.words import PARAMETER_WORDS, VOCABULARY

LISTS = [kind for _, kind in inspect.getmembers(vocabulary, inspect.isclass) if kind is not StrEnum]
PARTS = [
    kind
    for _, kind in inspect.getmembers(values, inspect.isclass)
    if issubclass(kind, values.Part) and kind is not values.Part
]
FIELDS = {
    (kind.__name__, name): field
    for kind in PARTS
    for name, field in kind.model_fields.items()
    if name not in NOT_SAID
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.__name__)
def test_every_member_of_a_list_has_a_label(kind):
    words = [str(label(member)) for member in kind]
    assert all(words)
    assert len(set(words)) == len(words)


def test_members_spelt_alike_keep_their_own_words():
    assert str(label(vocabulary.Cause.OBSTRUCTION)) == "现场有关人员阻挠"
    assert str(label(vocabulary.Trigger.OBSTRUCTION)) == "阻碍执法"


def test_no_words_stand_for_codes_that_are_gone():
    assert set(VOCABULARY) == set(LISTS)
    assert all(set(words) == set(kind) for kind, words in VOCABULARY.items())
    assert set(SENTENCES) == set(Why)
    assert set(PARAMETER_WORDS) == set(values.PARAMETERS)
    assert set(SAID) == {name for _, name in FIELDS}


@pytest.mark.parametrize("name", values.PARAMETERS)
def test_every_parameter_has_a_name_of_its_own(name):
    same = [one for one in values.PARAMETERS if parameter_label(one) == parameter_label(name)]
    assert same == [name]


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_a_field_says_its_value_and_a_yes_needs_none(kind, name):
    field = FIELDS[kind, name]
    annotation = str(field.annotation)
    is_list_of_parts = any(f"values.{part.__name__}" in annotation for part in PARTS)
    says_value = placeholders(str(SAID[name])) == {"value"}
    assert says_value == (field.annotation is not bool and not is_list_of_parts)


def test_a_no_that_a_pack_must_state_is_said():
    musts = {
        name
        for (_, name), field in FIELDS.items()
        if field.annotation is bool and field.is_required()
    }
    assert set(UNSAID) == musts


def test_what_the_bureau_has_to_set_is_said():
    assert set(MISSING) == {"rhythm", "percent"}


def test_duties_are_called_as_in_the_inbox():
    assert {code: str(text) for code, text in DUTIES.items()} == {
        kind.value: str(kind.label) for kind in DutyKind
    }


EVERY_VALUE = [
    pytest.param(value, id=f"{pack.pack_id}-{name}-{n}")
    for pack in catalogue.offered()
    for name, series in pack.parameters.items()
    for n, value in enumerate(series)
]


@pytest.mark.parametrize("value", EVERY_VALUE)
def test_every_value_of_every_pack_can_be_read(value):
    lines = describe_value(value)
    assert lines
    assert all(line and "None" not in line and "liuhen" not in line for line in lines)


def test_a_floor_never_reads_as_a_term():
    value = values.Retention(article=20, rule="at_least", period="P2Y")
    assert describe_value(value) == ("保存期限：至少2年",)


def test_a_handover_reads_as_one_line():
    value = values.Handover(
        article=19, clock="activity_end", limit="same_day", receiver="office_head"
    )
    assert describe_value(value) == ("移交：执法活动结束当日，交资料管理部门负责人",)


def test_list_items_stand_one_by_one():
    items = [{"code": "battery", "text": "电池电量充足"}, {"code": "clock", "text": "时间准确"}]
    assert describe_value(values.PreUseCheck(article=10, items=items)) == (
        "项目：",
        "1. 电池电量充足",
        "2. 时间准确",
    )


def test_steps_say_who_does_what():
    value = values.Chain(
        article=22,
        steps=[
            {"posts": ["office_head"], "act": "review"},
            {"posts": ["leader", "bureau_head"], "act": "approve"},
        ],
    )
    assert describe_value(value)[1:] == (
        "1. 资料管理部门负责人审核",
        "2. 主管领导或者单位主要负责人批准",
    )


def test_a_chain_without_steps_says_so():
    assert describe_value(values.Chain(article=22, steps=[])) == ("无须审批",)


def test_a_breach_says_which_lateness_makes_it_a_candidate():
    line = {"number": 7, "text": "不按照规定存储", "duties": ["handover"]}
    assert describe_value(values.Breaches(article=27, items=[line])) == (
        "（7）不按照规定存储（逾期未办即列为线索：按时移交音像资料）",
    )


def test_a_code_is_told_only_where_the_text_says_otherwise():
    lines = [
        {"code": "device_failure", "text": "设备故障或者损坏"},
        {"code": "weather", "text": "雷雨天气"},
    ]
    value = values.Interruption(article=8, causes=lines, spoken_reason=False)
    assert describe_value(value) == (
        "情形：",
        "1. 设备故障或者损坏",
        "2. 雷雨天气（归入：天气情况恶劣）",
        "不要求语音说明",
    )


@pytest.mark.parametrize(
    ("consent", "line"),
    [
        ("before", "须事先经其中一人同意：现场负责人、办案部门负责人"),
        ("after", "事后报：现场负责人、办案部门负责人"),
    ],
)
def test_consent_beforehand_and_a_report_afterwards_read_differently(consent, line):
    value = values.Exemption(
        article=8,
        causes=[{"code": "urgent", "text": "情况紧急"}],
        consent=consent,
        posts=["on_site_leader", "unit_head"],
        work_record=True,
    )
    assert describe_value(value)[2] == line


def test_the_place_of_the_names_is_told_in_words():
    value = values.Notice(article=8, phrase="我们是{names}，全程录音录像。")
    assert describe_value(value) == ("告知用语：我们是（执法人员姓名），全程录音录像。",)


def test_by_the_matter_list_alone_or_beside_named_matters():
    named = [{"code": "hearing", "text": "举行听证"}]
    alone = values.MustRecord(article=5, listed="by_matter_list")
    beside = values.MustRecord(article=6, listed="by_matter_list", matters=named)
    assert describe_value(alone) == ("范围：按音像记录事项清单确定",)
    assert describe_value(beside)[-1] == "其他事项：按音像记录事项清单确定"


def test_labels_that_hold_a_pause_are_parted_by_a_stronger_stop():
    ground = Ground(16, Why.LONG_TERM, {"triggers": "abuse,complaint"})
    assert text_of(ground) == "有下列情形，应当长期保存：谩骂、侮辱、殴打执法人员；投诉。"


def test_an_open_ratio_is_the_bureaus_to_set():
    value = values.Sampling(
        article=26, questions=[{"code": "recorded", "text": "是否记录"}], posts=["office_head"]
    )
    assert describe_value(value)[0] == "抽查比例：制度未写明，由本单位设定"


def test_a_value_that_says_nothing_is_no_empty_box():
    assert describe_value(values.Site(article=10)) == ("未作具体规定",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("P2Y", "2年"),
        ("P12M", "12个月"),
        ("P18M", "18个月"),
        ("P30D", "30日"),
        ("P2Y15D", "2年又15日"),
    ],
)
def test_periods_read_as_officers_say_them(text, said):
    assert period_text(Period.parse(text)) == said


def test_a_ground_puts_its_codes_into_words():
    ground = Ground(19, Why.HANDOVER_EXCUSED, {"excuses": "away,remote"})
    assert text_of(ground) == "属于异地执法、偏远地区执法的情形，可以延后移交。"


def test_a_chain_is_told_in_its_order():
    facts = {"kind": "view", "steps": "office_head,leader/bureau_head"}
    assert text_of(Ground(22, Why.CHAIN, facts)) == (
        "“因工作需要查阅”须依次报经：资料管理部门负责人 → 主管领导或者单位主要负责人。"
    )
