"""What must be recorded, and what may go unrecorded, under each of the five regulations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_rules import NEIQIU_KEEPS, rules

from liuhen.engines.policy.answers import NoRule, Why
from liuhen.engines.policy.recording import (
    ActivityFacts,
    cannot_go_on,
    exemption,
    interruption,
    required,
)
from liuhen.engines.policy.vocabulary import Cause, Listed, Matter, Post, Right, Trigger


def lines(*codes):
    return [{"code": code, "text": code} for code in codes]


SIX = ["inspection", "complaint_call", "investigation", "registration", "service"]
SIX = [*SIX, "coercive_measure", "on_site"]
JIAXIAN = {
    "must_record": {
        "article": 6,
        "listed": "by_matter_list",
        "matters": lines(
            "on_site", "investigation", "hearing", "service_by_leaving", "service_by_notice"
        ),
    },
    "span": {"article": 8, "start": "arrival", "end": "leaving"},
}
WEIDONG = {
    "must_record": {"article": 5, "listed": "by_matter_list"},
    "no_gap": {"article": 5, "rights": ["personal_freedom", "life_and_health", "major_property"]},
    "interruption": {
        "article": 8,
        "causes": lines("device_failure", "weather", "battery", "storage", "obstruction"),
        "spoken_reason": True,
    },
}
CHENGDE = {
    "must_record": {"article": 5, "listed": "always", "matters": lines(*SIX)},
    "span": {"article": 12, "start": "arrival", "end": "inspection_end"},
    "exemption": {
        "article": 6,
        "causes": lines("explosive_area", "secrecy", "urgent", "objective"),
        "consent": "after",
        "posts": ["leader"],
        "work_record": True,
    },
    "cannot_go_on": {"article": 15, "posts": ["unit_head"], "written_statement": True},
}
NEIQIU = {
    "must_record": {
        "article": 5,
        "listed": "always",
        "matters": lines("inspection", "investigation", "service", "coercive_measure", "other"),
    },
    "exemption": {
        "article": 8,
        "causes": lines("force_majeure", "evidence_needs"),
        "consent": "before",
        "posts": ["on_site_leader", "unit_head"],
        "work_record": False,
    },
    "long_term": NEIQIU_KEEPS["long_term"],
}
LUOHE = {"must_record": {"article": 6, "listed": "if_disputable", "matters": lines(*SIX)}}


def asked(said, matter, **facts):
    return required(rules(**said), ActivityFacts(matter, **facts))


def why(answer):
    return [ground.code for ground in answer.grounds]


@pytest.mark.enforces("must_record", article="chengde-safety:5")
def test_a_named_matter_is_recorded_from_arrival_to_the_inspections_end():
    answer = asked(CHENGDE, Matter.INSPECTION)
    assert answer.needed is True
    assert [(ground.article, ground.code) for ground in answer.grounds] == [
        (5, Why.MATTER_ALWAYS),
        (12, Why.SPAN),
    ]
    assert (answer.span.start, answer.span.end) == ("arrival", "inspection_end")


@pytest.mark.enforces("must_record")
@pytest.mark.parametrize(
    ("said", "matter"),
    [
        (CHENGDE, Matter.SERVICE_BY_LEAVING),  # 送达 is any service
        (CHENGDE, Matter.ON_SITE),  # 其他现场执法办案活动
        (NEIQIU, Matter.HEARING),  # 其他执法活动
        (JIAXIAN, Matter.INSPECTION),  # 现场执法
        (JIAXIAN, Matter.SERVICE_BY_NOTICE),
        (NEIQIU, Matter.SERVICE_BY_NOTICE),
    ],
)
def test_a_wider_matter_named_means_the_narrower_too(said, matter):
    assert asked(said, matter).needed is True


@pytest.mark.enforces("must_record")
def test_a_matter_not_named_is_not_demanded():
    answer = asked(CHENGDE, Matter.HEARING)
    assert answer.needed is False
    assert why(answer) == [Why.MATTER_NOT_NAMED]


@pytest.mark.enforces("must_record")
@pytest.mark.parametrize(
    ("in_list", "needed", "code"),
    [
        (True, True, Why.MATTER_LISTED),
        (False, False, Why.MATTER_NOT_LISTED),
        (None, None, Why.MATTER_LIST_UNKNOWN),
    ],
)
def test_the_matter_list_decides_and_unknown_stays_unknown(in_list, needed, code):
    answer = asked(WEIDONG, Matter.INSPECTION, in_matter_list=in_list)
    assert answer.needed is needed
    assert code in why(answer)


@pytest.mark.enforces("must_record", article="jiaxian-health:6")
def test_what_is_named_beside_a_list_is_recorded_in_any_case():
    assert asked(JIAXIAN, Matter.HEARING).needed is True
    assert asked(JIAXIAN, Matter.SERVICE).needed is None
    assert asked(JIAXIAN, Matter.SERVICE, in_matter_list=False).needed is False


@pytest.mark.enforces("must_record", article="luohe-livestock:6")
@pytest.mark.parametrize("disputable", [True, False, None])
def test_where_likely_to_be_disputed(disputable):
    assert asked(LUOHE, Matter.INSPECTION, is_disputable=disputable).needed is disputable


@pytest.mark.enforces("no_gap", article="weidong-market:5")
def test_certain_rights_allow_no_gap_whatever_the_list_says():
    touched = frozenset({Right.MAJOR_PROPERTY})
    answer = asked(WEIDONG, Matter.INSPECTION, in_matter_list=False, rights=touched)
    assert (answer.needed, answer.uninterrupted) == (True, True)
    assert not asked(WEIDONG, Matter.INSPECTION, in_matter_list=True).uninterrupted


@pytest.mark.enforces("must_record", article="neiqiu-health:7")
def test_certain_scenes_are_recorded_from_start_to_end():
    scene = frozenset({Trigger.MASS_INCIDENT})
    said = {**CHENGDE, "long_term": NEIQIU["long_term"]}
    answer = asked(said, Matter.HEARING, triggers=scene)
    assert (answer.needed, answer.full_course) == (True, True)
    assert not asked(NEIQIU, Matter.INSPECTION).full_course


def test_a_silent_regulation_leaves_it_open():
    answer = asked({}, Matter.INSPECTION)
    assert (answer.needed, answer.grounds) == (None, ())


def test_nothing_had_to_be_recorded_before_the_bureau_followed_a_rule():
    early = rules(is_before_adoption=True, **CHENGDE)
    answer = required(early, ActivityFacts(Matter.INSPECTION))
    assert answer.needed is False
    assert why(answer) == [Why.NOT_YET_OWED]


@pytest.mark.enforces("exemption", article="chengde-safety:6")
def test_a_work_record_afterwards_to_the_leader():
    permit = exemption(rules(**CHENGDE), Cause.URGENT)
    assert permit.allowed
    assert permit.work_record
    assert permit.report_to == (Post.LEADER,)
    assert permit.consent_needed_from == ()


@pytest.mark.enforces("exemption", article="neiqiu-health:8")
def test_consent_beforehand():
    permit = exemption(rules(**NEIQIU), Cause.EVIDENCE_NEEDS)
    assert not permit.allowed
    assert permit.consent_needed_from == (Post.ON_SITE_LEADER, Post.UNIT_HEAD)
    given_it = exemption(rules(**NEIQIU), Cause.EVIDENCE_NEEDS, has_consent=True)
    assert given_it.allowed
    assert given_it.consent_needed_from == ()


@pytest.mark.enforces("exemption")
def test_secrets_exempt_only_where_the_regulation_says_so():
    assert exemption(rules(**CHENGDE), Cause.SECRECY).allowed
    permit = exemption(rules(**NEIQIU), Cause.SECRECY, has_consent=True)
    assert not permit.allowed
    assert [ground.code for ground in permit.grounds] == [Why.CAUSE_NOT_LISTED]


@pytest.mark.enforces("exemption")
def test_a_regulation_without_exemptions_allows_none():
    permit = exemption(rules(**WEIDONG), Cause.BATTERY)
    assert not permit.allowed
    assert [(g.article, g.code) for g in permit.grounds] == [(5, Why.NO_EXEMPTION)]


def test_where_nothing_is_said_nothing_is_assumed():
    with pytest.raises(NoRule):
        exemption(rules(), Cause.BATTERY)
    with pytest.raises(NoRule):
        interruption(rules(), Cause.BATTERY)


@pytest.mark.enforces("interruption", article="weidong-market:8")
def test_a_stop_for_a_listed_cause_is_explained_aloud():
    permit = interruption(rules(**WEIDONG), Cause.BATTERY)
    assert permit.allowed
    assert permit.spoken_reason
    assert not interruption(rules(**WEIDONG), Cause.URGENT).allowed


@pytest.mark.enforces("interruption", article="jiaxian-health:12")
def test_a_stop_may_cost_a_reviewed_work_record():
    said = {
        "article": 12,
        "causes": lines("battery", "force_majeure"),
        "spoken_reason": False,
        "work_record": True,
        "posts": ["bureau_head"],
        "reviewed": True,
    }
    permit = interruption(rules(interruption=said), Cause.BATTERY)
    assert (permit.work_record, permit.reviewed) == (True, True)
    assert permit.report_to == (Post.BUREAU_HEAD,)


@pytest.mark.enforces("interruption", article="chengde-safety:15")
def test_whoever_cannot_go_on_reports_at_once_and_writes_later():
    report = cannot_go_on(rules(**CHENGDE))
    assert report.report_to == (Post.UNIT_HEAD,)
    assert report.written_statement
    assert cannot_go_on(rules(**NEIQIU)) is None


FACTS = st.builds(
    ActivityFacts,
    matter=st.sampled_from(Matter),
    in_matter_list=st.none() | st.booleans(),
    is_disputable=st.none() | st.booleans(),
    rights=st.frozensets(st.sampled_from(Right)),
    triggers=st.frozensets(st.sampled_from(Trigger)),
)
ONE_OF_FIVE = st.sampled_from([JIAXIAN, WEIDONG, CHENGDE, NEIQIU, LUOHE])


@given(ONE_OF_FIVE, FACTS, st.frozensets(st.sampled_from(Right)))
def test_touching_more_rights_never_frees_from_recording(said, facts, more):
    before = required(rules(**said), facts)
    wider = ActivityFacts(
        facts.matter,
        facts.in_matter_list,
        facts.is_disputable,
        facts.rights | more,
        facts.triggers,
    )
    after = required(rules(**said), wider)
    assert after.needed is True or after.needed == before.needed
    assert after.uninterrupted >= before.uninterrupted


@given(ONE_OF_FIVE, FACTS)
def test_every_answer_has_a_ground(said, facts):
    assert required(rules(**said), facts).grounds


@given(st.sampled_from(Listed), st.sampled_from(Matter))
def test_told_everything_the_answer_is_yes_or_no(listed, matter):
    said = {"must_record": {"listed": listed, "matters": lines("hearing")}}
    answer = asked(said, matter, in_matter_list=False, is_disputable=False)
    assert answer.needed is not None
