"""Rules made in the test, with the five regulations' own numbers where a test is about one."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from hypothesis import strategies as st

from liuhen.engines.policy.handover import HandoverFacts
from liuhen.engines.policy.pack import Pack, Rules
from liuhen.engines.policy.periods import Period
from liuhen.engines.policy.terms import KeepingFacts
from liuhen.engines.policy.values import PARAMETERS, Value
from liuhen.engines.policy.vocabulary import Excuse, Trigger
from liuhen.kernel.clock import CHINA

PACK = Pack("made", "示范规定", "示范", None, None, {}, {})
DAY = date(2026, 3, 2)


def value(name: str, **said: Any) -> Value:
    """One parameter's value; its article is 1 unless said."""
    return PARAMETERS[name].model_validate({"article": 1, **said})


def rules(*, is_before_adoption: bool = False, **said: dict[str, Any]) -> Rules:
    """`rules(retention={"article": 20, "rule": "at_least", "period": "P2Y"})`."""
    values = {name: value(name, **one) for name, one in said.items()}
    return Rules(PACK, DAY, values, is_before_adoption)


def at(text: str) -> datetime:
    """`2024-02-29 10:00` on China's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


def points(*codes: str) -> list[dict[str, str]]:
    return [{"code": code, "text": code} for code in codes]


# Keeping, as each regulation states it.
JIAXIAN_KEEPS = {
    "retention": {"article": 15, "rule": "exact", "period": "P12M"},
    "long_term": {
        "article": 16,
        "triggers": [
            "objection", "complaint", "petition", "evasion", "obstruction", "abuse", "sensitive"
        ],
        "on_disc": True,
    },
}  # fmt: skip
WEIDONG_KEEPS = {
    "retention": {"article": 12, "rule": "case_file"},
    "retention_as_evidence": {"article": 12, "rule": "case_file"},
}
CHENGDE_KEEPS = {
    "retention": {"article": 20, "rule": "at_least", "period": "P2Y"},
    "retention_as_evidence": {"article": 20, "rule": "case_file"},
    "preserve": {"article": 9, "on": ["complaint"], "by": ["office_head"]},
}
NEIQIU_KEEPS = {
    "retention": {"article": 7, "rule": "unstated", "reading": "条文未规定保存期限"},
    "long_term": {
        "article": 7,
        "triggers": ["objection", "mass_incident", "major_case"],
        "full_course": True,
    },
}
LUOHE_KEEPS = {
    "retention": {"article": 15, "rule": "at_least", "period": "P1Y"},
    "retention_as_evidence": {"article": 15, "rule": "case_file"},
}
FIVE_KEEP = (JIAXIAN_KEEPS, WEIDONG_KEEPS, CHENGDE_KEEPS, NEIQIU_KEEPS, LUOHE_KEEPS)

# Handing in.
BACK_IN_24_HOURS = {
    "clock": "return_to_unit",
    "limit": "hours",
    "hours": 24,
    "receiver": "office_head",
}
JIAXIAN_HANDS_IN = {
    "handover": {
        "article": 13,
        "clock": "activity_end",
        "limit": "hours",
        "hours": 24,
        "receiver": "office_head",
        "reading": "条文未写明时限，参照同条返回单位后的时限掌握",
    },
    "handover_excused": {
        "article": 13,
        "excuses": ["remote", "on_water", "poor_transport", "away", "continuous"],
        **BACK_IN_24_HOURS,
    },
}
WEIDONG_HANDS_IN = {
    "handover": {
        "article": 9,
        "clock": "recording_end",
        "limit": "hours",
        "hours": 24,
        "receiver": "custodian",
    }
}
CHENGDE_HANDS_IN = {
    "handover": {
        "article": 19,
        "clock": "activity_end",
        "limit": "same_day",
        "receiver": "office_head",
    },
    "handover_excused": {
        "article": 19,
        "excuses": ["continuous", "away", "remote", "poor_transport"],
        **BACK_IN_24_HOURS,
    },
}
NEIQIU_HANDS_IN = {
    "handover": {
        "article": 16,
        "clock": "matter_end",
        "limit": "hours",
        "hours": 24,
        "receiver": "keeper",
    }
}
LUOHE_HANDS_IN = {
    "handover": {**CHENGDE_HANDS_IN["handover"], "article": 13},
    "handover_excused": {
        "article": 13,
        "excuses": ["continuous", "remote_township"],
        **BACK_IN_24_HOURS,
    },
}

# What Hypothesis draws from.
PERIODS = st.builds(
    Period, months=st.integers(0, 240), days=st.integers(0, 400), years=st.integers(0, 30)
).filter(lambda period: period != Period())  # fmt: skip
INSTANTS = st.datetimes(datetime(1992, 1, 1), datetime(2100, 1, 1), timezones=st.just(CHINA))
TRIGGERS = st.frozensets(st.sampled_from(Trigger))
TERM_RULES = st.one_of(
    st.fixed_dictionaries({"rule": st.sampled_from(["exact", "at_least"]), "period": PERIODS}),
    st.fixed_dictionaries({"rule": st.sampled_from(["case_file", "unstated"])}),
)


def some(draw: Callable[[Any], Any], **shapes: st.SearchStrategy[Any]) -> dict[str, Any]:
    """Each parameter drawn, or left unsaid."""
    drawn = {name: draw(st.none() | shape) for name, shape in shapes.items()}
    return {name: said for name, said in drawn.items() if said is not None}


@st.composite
def keeping_rules(draw: Any) -> Rules:
    """Any regulation that states a general term, known or not."""
    listed = st.lists(st.sampled_from(Trigger), min_size=1)
    others = some(
        draw,
        retention_as_evidence=TERM_RULES,
        long_term=st.fixed_dictionaries({"triggers": listed}),
        preserve=st.fixed_dictionaries({"on": listed, "by": st.just(["office_head"])}),
    )
    return rules(retention=draw(TERM_RULES), **others)


KEEPING_FACTS = st.builds(
    KeepingFacts,
    ended_at=INSTANTS,
    used_as_evidence=st.booleans(),
    case_file_until=st.none() | INSTANTS,
    triggers=TRIGGERS,
    on_hold=st.booleans(),
)

LIMITS = st.one_of(
    st.just({"limit": "same_day"}),
    st.fixed_dictionaries({"limit": st.just("hours"), "hours": st.integers(1, 1000)}),
)
ORDINARY_CLOCKS = st.sampled_from(["recording_end", "activity_end", "matter_end"])


@st.composite
def handover_rules(draw: Any) -> Rules:
    """Any regulation with a time to hand in and one for the excused."""
    ordinary = {"clock": draw(ORDINARY_CLOCKS), "receiver": "keeper", **draw(LIMITS)}
    excused = {
        "clock": "return_to_unit",
        "receiver": "keeper",
        "excuses": draw(st.lists(st.sampled_from(Excuse), min_size=1)),
        **draw(LIMITS),
    }
    return rules(handover=ordinary, handover_excused=excused)


HANDOVER_FACTS = st.builds(
    HandoverFacts,
    recording_ended=INSTANTS,
    activity_ended=st.none() | INSTANTS,
    matter_ended=st.none() | INSTANTS,
    returned=st.none() | INSTANTS,
    excuses=st.frozensets(st.sampled_from(Excuse)),
)
