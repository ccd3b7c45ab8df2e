"""How long each of the five regulations keeps a recording."""

from datetime import UTC, datetime

import pytest
from made_rules import (
    CHENGDE_KEEPS,
    FIVE_KEEP,
    JIAXIAN_KEEPS,
    LUOHE_KEEPS,
    NEIQIU_KEEPS,
    WEIDONG_KEEPS,
    at,
    rules,
)

from liuhen.engines.policy.answers import NoRule, Why
from liuhen.engines.policy.periods import Period
from liuhen.engines.policy.terms import (
    KeepingFacts,
    NoTermApplies,
    Term,
    keep_until,
    keeping,
    law_notices,
)
from liuhen.engines.policy.vocabulary import Trigger

LEAP_DAY = at("2024-02-29 10:00")


def kept(said, ended_at=LEAP_DAY, **facts):
    return keeping(rules(**said), KeepingFacts(ended_at, **facts))


def codes(answer):
    return [ground.code for ground in answer.grounds]


@pytest.mark.enforces("retention")
def test_twelve_months_are_a_term():
    answer = kept(JIAXIAN_KEEPS)
    assert answer.until == at("2025-02-28 10:00")
    assert not answer.at_least
    assert [(ground.article, ground.code) for ground in answer.grounds] == [(15, Why.TERM_EXACT)]


@pytest.mark.enforces("retention")
@pytest.mark.parametrize(
    ("said", "until"),
    [(CHENGDE_KEEPS, "2026-02-28 10:00"), (LUOHE_KEEPS, "2025-02-28 10:00")],
)
def test_at_least_is_a_floor(said, until):
    answer = kept(said)
    assert answer.until == at(until)
    assert answer.at_least
    assert codes(answer) == [Why.TERM_AT_LEAST]


@pytest.mark.enforces("retention")
def test_as_long_as_the_case_file_waits_for_its_end():
    answer = kept(WEIDONG_KEEPS)
    assert answer.until is None
    assert answer.never == ()
    assert answer.waits_for_case_file
    assert codes(answer) == [Why.TERM_CASE_FILE, Why.CASE_FILE_UNKNOWN]


@pytest.mark.enforces("retention")
def test_as_long_as_the_case_file_whose_end_is_known():
    end = at("2054-01-01 00:00")
    answer = kept(WEIDONG_KEEPS, case_file_until=end)
    assert answer.until == end
    assert not answer.waits_for_case_file


@pytest.mark.enforces("retention", article="weidong-market:12")
def test_a_case_file_kept_for_ever_has_no_end_to_wait_for():
    answer = kept(WEIDONG_KEEPS, case_file_for_good=True, case_file_until=at("2054-01-01 00:00"))
    assert answer.until is None
    assert not answer.waits_for_case_file
    assert answer.never == (Why.TERM_CASE_FILE,)
    assert codes(answer) == [Why.TERM_CASE_FILE, Why.CASE_FILE_FOR_GOOD]


@pytest.mark.enforces("retention")
def test_a_case_file_kept_for_ever_says_nothing_where_no_file_is_followed():
    assert kept(CHENGDE_KEEPS, case_file_for_good=True).never == ()


@pytest.mark.enforces("retention", article="neiqiu-health:15")
def test_no_term_stated_never_expires_by_itself():
    answer = kept(NEIQIU_KEEPS)
    assert answer.until is None
    assert answer.never == (Why.TERM_UNSTATED,)
    assert not answer.waits_for_case_file
    assert answer.grounds[0].reading == "条文未规定保存期限"


@pytest.mark.enforces("retention")
def test_evidence_follows_a_longer_case_file():
    end = at("2034-03-01 00:00")
    answer = kept(CHENGDE_KEEPS, used_as_evidence=True, case_file_until=end)
    assert answer.until == end
    assert answer.at_least


@pytest.mark.enforces("retention")
def test_evidence_is_not_kept_shorter_than_everything_else():
    end = at("2025-01-01 00:00")
    answer = kept(CHENGDE_KEEPS, used_as_evidence=True, case_file_until=end)
    assert answer.until == at("2026-02-28 10:00")


@pytest.mark.enforces("retention")
def test_evidence_in_a_case_file_without_known_end_waits():
    answer = kept(CHENGDE_KEEPS, used_as_evidence=True)
    assert answer.until is None
    assert answer.waits_for_case_file
    assert answer.never == ()


def test_a_floor_on_evidence_alone_is_a_floor():
    said = {**JIAXIAN_KEEPS, "retention_as_evidence": {"rule": "at_least", "period": "P5Y"}}
    answer = kept(said, used_as_evidence=True)
    assert answer.until == at("2029-02-28 10:00")
    assert answer.at_least


def test_a_case_file_is_nothing_to_a_recording_that_is_no_evidence():
    end = at("2034-03-01 00:00")
    assert kept(CHENGDE_KEEPS, case_file_until=end).until == at("2026-02-28 10:00")


@pytest.mark.enforces("long_term")
def test_a_listed_trigger_keeps_for_good():
    answer = kept(JIAXIAN_KEEPS, triggers=frozenset({Trigger.ABUSE, Trigger.EVASION}))
    assert answer.until is None
    assert answer.never == (Why.LONG_TERM,)
    assert answer.grounds[-1].article == 16
    assert answer.grounds[-1].facts == {"triggers": "abuse,evasion"}


@pytest.mark.enforces("long_term")
def test_a_trigger_the_regulation_does_not_list_changes_nothing():
    answer = kept(JIAXIAN_KEEPS, triggers=frozenset({Trigger.MASS_INCIDENT}))
    assert answer == kept(JIAXIAN_KEEPS)


@pytest.mark.enforces("hold", article="chengde-safety:9")
def test_a_complaint_stops_the_term_before_anyone_has_placed_the_hold():
    answer = kept(CHENGDE_KEEPS, triggers=frozenset({Trigger.COMPLAINT}))
    assert answer.until is None
    assert answer.never == (Why.PRESERVE,)
    assert answer.at_least


@pytest.mark.enforces("hold")
@pytest.mark.parametrize("said", FIVE_KEEP)
def test_a_hold_stops_every_term(said):
    answer = kept(said, on_hold=True, case_file_until=at("2025-01-01 00:00"))
    assert answer.until is None
    assert Why.ON_HOLD in answer.never
    assert answer.terms == kept(said, case_file_until=at("2025-01-01 00:00")).terms


@pytest.mark.enforces("retention")
def test_what_is_older_than_the_adoption_is_kept_by_its_earliest_values():
    early = rules(is_before_adoption=True, **LUOHE_KEEPS)
    answer = keeping(early, KeepingFacts(LEAP_DAY))
    assert answer.until == at("2025-02-28 10:00")
    assert codes(answer) == [Why.TERM_AT_LEAST, Why.BEFORE_ADOPTION]


def test_months_are_chinas_whatever_zone_the_row_came_in():
    # 1 March in China is still 28 February in UTC, and UTC's 2028 has a 28 February, too.
    ended = datetime(2025, 2, 28, 16, 30, tzinfo=UTC)
    said = {"retention": {"rule": "exact", "period": "P3Y"}}
    assert kept(said, ended).until == at("2028-03-01 00:30")


def test_a_silent_regulation_gives_no_term_and_no_leave_to_delete():
    with pytest.raises(NoTermApplies) as no:
        kept({})
    assert isinstance(no.value, NoRule)


def test_no_terms_at_all_raise():
    with pytest.raises(NoTermApplies):
        keep_until(LEAP_DAY, [])


def test_the_longest_term_wins():
    terms = [
        Term(Why.TERM_EXACT, 1, Period.parse("P1Y")),
        Term(Why.EVIDENCE_CASE_FILE, 2, case_file_until=at("2025-03-01 00:00")),
    ]
    assert keep_until(LEAP_DAY, terms) == at("2025-03-01 00:00")


@pytest.mark.parametrize("facts", [{}, {"case_file_until": datetime(2030, 1, 1)}])
def test_an_instant_without_zone_is_a_bug(facts):
    ended_at = LEAP_DAY if facts else datetime(2024, 2, 29)
    with pytest.raises(ValueError):
        KeepingFacts(ended_at, **facts)


@pytest.mark.parametrize("said", [JIAXIAN_KEEPS, LUOHE_KEEPS])
def test_a_term_below_two_years_gets_a_word_not_a_no(said):
    (notice,) = law_notices(rules(**said))
    assert notice.code == Why.LAW_TERM_SHORT
    assert notice.facts == {"period": said["retention"]["period"]}
    assert kept(said).until is not None


@pytest.mark.parametrize("said", [CHENGDE_KEEPS, WEIDONG_KEEPS, NEIQIU_KEEPS, {}])
def test_two_years_or_no_term_need_no_word(said):
    assert law_notices(rules(**said)) == ()


@pytest.mark.parametrize(
    ("period", "is_short"), [("P730D", True), ("P731D", False), ("P24M", False)]
)
def test_days_are_compared_with_leap_years_in_mind(period, is_short):
    said = {"retention": {"rule": "exact", "period": period}}
    assert bool(law_notices(rules(**said))) == is_short
