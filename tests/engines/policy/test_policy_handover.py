"""By when each of the five regulations wants a recording handed in."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from made_rules import (
    CHENGDE_HANDS_IN,
    HANDOVER_FACTS,
    INSTANTS,
    JIAXIAN_HANDS_IN,
    LUOHE_HANDS_IN,
    NEIQIU_HANDS_IN,
    WEIDONG_HANDS_IN,
    at,
    handover_rules,
    rules,
)

from liuhen.engines.policy.answers import Why
from liuhen.engines.policy.handover import HandoverFacts, due
from liuhen.engines.policy.vocabulary import Clock, Excuse, Post

FRIDAY_NOON = at("2026-09-25 12:00")


def deadline(said, *excuses, **facts):
    ended = facts.pop("recording_ended", FRIDAY_NOON)
    return due(rules(**said), HandoverFacts(ended, excuses=frozenset(excuses), **facts))


@pytest.mark.enforces("handover", article="weidong-market:9")
def test_24_hours_from_the_recordings_end():
    answer = deadline(WEIDONG_HANDS_IN, activity_ended=at("2026-09-25 18:00"))
    assert answer.due_at == at("2026-09-26 12:00")
    assert answer.clock == Clock.RECORDING_END
    assert answer.receiver == Post.CUSTODIAN
    assert [(ground.article, ground.code) for ground in answer.grounds] == [(9, Why.HANDOVER_HOURS)]


@pytest.mark.enforces("handover", article="neiqiu-health:16")
def test_24_hours_from_the_matters_end():
    answer = deadline(NEIQIU_HANDS_IN, matter_ended=at("2026-09-30 17:30"))
    assert answer.due_at == at("2026-10-01 17:30")
    assert answer.clock == Clock.MATTER_END


@pytest.mark.enforces("handover")
@pytest.mark.parametrize("said", [CHENGDE_HANDS_IN, LUOHE_HANDS_IN])
def test_the_same_day_ends_at_chinas_midnight(said):
    answer = deadline(said, activity_ended=at("2026-09-25 16:00"))
    assert answer.due_at == at("2026-09-26 00:00")
    assert not answer.is_excused


@pytest.mark.enforces("handover")
@pytest.mark.parametrize("said", [CHENGDE_HANDS_IN, LUOHE_HANDS_IN, JIAXIAN_HANDS_IN])
def test_24_hours_from_the_return_for_the_excused(said):
    answer = deadline(
        said,
        Excuse.CONTINUOUS,
        activity_ended=at("2026-09-25 16:00"),
        returned=at("2026-09-28 09:15"),
    )
    assert answer.due_at == at("2026-09-29 09:15")
    assert answer.clock == Clock.RETURN_TO_UNIT
    assert answer.is_excused


@pytest.mark.enforces("handover", article="jiaxian-health:13")
def test_what_the_text_leaves_open_says_how_it_is_read():
    answer = deadline(JIAXIAN_HANDS_IN, activity_ended=at("2026-09-25 16:00"))
    assert answer.due_at == at("2026-09-26 16:00")
    assert answer.grounds[0].reading.startswith("条文未写明时限")


@pytest.mark.enforces("handover")
def test_hours_run_through_the_national_day_holidays():
    answer = deadline(WEIDONG_HANDS_IN, recording_ended=at("2026-10-01 08:00"))
    assert answer.due_at == at("2026-10-02 08:00")


def test_the_day_is_chinas_though_the_instant_came_in_utc():
    ended = datetime(2026, 9, 25, 16, 30, tzinfo=UTC)  # 00:30 on the 26th in China
    assert deadline(CHENGDE_HANDS_IN, activity_ended=ended).due_at == at("2026-09-27 00:00")


@pytest.mark.enforces("handover")
def test_whoever_has_not_returned_is_waited_for():
    answer = deadline(CHENGDE_HANDS_IN, Excuse.AWAY, activity_ended=FRIDAY_NOON)
    assert answer.due_at is None
    assert answer.waiting_for == Clock.RETURN_TO_UNIT
    assert answer.is_excused
    assert answer.grounds[-1].code == Why.CLOCK_NOT_STARTED


@pytest.mark.parametrize(
    ("said", "clock"),
    [(CHENGDE_HANDS_IN, Clock.ACTIVITY_END), (NEIQIU_HANDS_IN, Clock.MATTER_END)],
)
def test_a_clock_whose_start_is_unknown_has_not_started(said, clock):
    answer = deadline(said)
    assert (answer.due_at, answer.started_at, answer.waiting_for) == (None, None, clock)


@pytest.mark.enforces("handover", article="luohe-livestock:13")
def test_an_excuse_the_regulation_does_not_list_is_none():
    facts = {"activity_ended": FRIDAY_NOON, "returned": at("2026-09-28 09:00")}
    answer = deadline(LUOHE_HANDS_IN, Excuse.ON_WATER, **facts)
    assert answer.due_at == at("2026-09-26 00:00")
    assert not answer.is_excused
    assert answer.grounds[-1].code == Why.EXCUSE_NOT_LISTED
    assert answer.grounds[-1].facts == {"excuses": "on_water"}


@pytest.mark.enforces("handover")
@pytest.mark.parametrize("said", [WEIDONG_HANDS_IN, NEIQIU_HANDS_IN])
def test_a_regulation_without_excuses_takes_none(said):
    facts = {"matter_ended": FRIDAY_NOON, "returned": at("2026-09-28 09:00")}
    answer = deadline(said, Excuse.AWAY, **facts)
    assert answer.due_at == at("2026-09-26 12:00")
    assert not answer.is_excused


def test_back_on_the_same_morning_the_day_still_counts():
    said = {**CHENGDE_HANDS_IN, "handover_excused": {**CHENGDE_HANDS_IN["handover_excused"]}}
    said["handover_excused"]["hours"] = 1
    facts = {"activity_ended": at("2026-09-25 08:00"), "returned": at("2026-09-25 09:00")}
    assert deadline(said, Excuse.AWAY, **facts).due_at == at("2026-09-26 00:00")


def test_nothing_is_owed_where_nothing_is_said():
    assert deadline({}) is None


def test_nothing_was_owed_before_the_bureau_followed_a_rule():
    early = rules(is_before_adoption=True, **WEIDONG_HANDS_IN)
    assert due(early, HandoverFacts(FRIDAY_NOON)) is None


def test_an_instant_without_zone_is_a_bug():
    with pytest.raises(ValueError):
        HandoverFacts(FRIDAY_NOON, returned=datetime(2026, 9, 25))


@given(handover_rules(), HANDOVER_FACTS, INSTANTS)
def test_an_excuse_never_takes_time_away(made, facts, returned):
    assume(returned >= facts.recording_ended)
    excused = HandoverFacts(
        facts.recording_ended, facts.activity_ended, facts.matter_ended, returned, frozenset(Excuse)
    )
    plain = HandoverFacts(facts.recording_ended, facts.activity_ended, facts.matter_ended, returned)
    with_excuse, without = due(made, excused), due(made, plain)
    assert with_excuse.is_excused
    assert without.due_at is None or with_excuse.due_at >= without.due_at


@given(handover_rules(), HANDOVER_FACTS)
def test_a_deadline_or_what_it_waits_for_never_both(made, facts):
    answer = due(made, facts)
    assert (answer.due_at is None) == (answer.waiting_for is not None)
    assert (answer.due_at is None) == (answer.started_at is None)
    assert answer.due_at is None or answer.due_at > answer.started_at


@given(INSTANTS, st.sampled_from(["recording_end", "activity_end"]))
def test_the_same_day_is_over_within_24_hours_at_midnight(ended, clock):
    made = rules(handover={"clock": clock, "limit": "same_day", "receiver": "keeper"})
    answer = due(made, HandoverFacts(ended, activity_ended=ended))
    assert timedelta(0) < answer.due_at - ended <= timedelta(days=1)
    assert (answer.due_at.hour, answer.due_at.minute, answer.due_at.second) == (0, 0, 0)
