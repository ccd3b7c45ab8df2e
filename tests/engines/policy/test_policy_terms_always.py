"""What holds of keeping under any regulation and any facts."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from made_rules import INSTANTS, KEEPING_FACTS, TERM_RULES, TRIGGERS, keeping_rules, value

from liuhen.engines.policy.answers import Why
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.terms import Keeping, keeping

SOME_RULES = keeping_rules()


def is_not_shorter(longer: Keeping, shorter: Keeping) -> bool:
    """None stands for later than any date; what never expires must not begin to."""
    if shorter.never and not longer.never:
        return False
    return longer.until is None or (shorter.until is not None and longer.until >= shorter.until)


def with_value(rules: Rules, name, **said) -> Rules:
    return replace(rules, values={**rules.values, name: value(name, **said)})


@given(SOME_RULES, KEEPING_FACTS, TRIGGERS)
def test_a_trigger_never_shortens(rules, facts, more):
    added = replace(facts, triggers=facts.triggers | more)
    assert is_not_shorter(keeping(rules, added), keeping(rules, facts))


@given(SOME_RULES, KEEPING_FACTS)
def test_a_hold_never_shortens(rules, facts):
    held = keeping(rules, replace(facts, on_hold=True))
    assert is_not_shorter(held, keeping(rules, replace(facts, on_hold=False)))
    assert held.until is None


@given(SOME_RULES, KEEPING_FACTS)
def test_use_as_evidence_never_shortens(rules, facts):
    used = keeping(rules, replace(facts, used_as_evidence=True))
    assert is_not_shorter(used, keeping(rules, replace(facts, used_as_evidence=False)))


@given(SOME_RULES, KEEPING_FACTS, INSTANTS, st.timedeltas(timedelta(0), timedelta(days=36500)))
def test_a_longer_case_file_never_shortens(rules, facts, end, more):
    known = replace(facts, case_file_until=end)
    longer = replace(facts, case_file_until=end + more)
    assert is_not_shorter(keeping(rules, longer), keeping(rules, known))


@given(SOME_RULES, KEEPING_FACTS, TERM_RULES)
def test_a_rule_on_evidence_never_shortens(rules, facts, said):
    bare = {k: v for k, v in rules.values.items() if k != "retention_as_evidence"}
    without = replace(rules, values=bare)
    added = with_value(without, "retention_as_evidence", **said)
    assert is_not_shorter(keeping(added, facts), keeping(without, facts))


@given(SOME_RULES, KEEPING_FACTS)
def test_a_day_before_adoption_never_shortens(rules, facts):
    early = keeping(replace(rules, is_before_adoption=True), facts)
    assert is_not_shorter(early, keeping(rules, facts))
    assert Why.BEFORE_ADOPTION in {ground.code for ground in early.grounds}


@given(SOME_RULES, KEEPING_FACTS)
def test_until_is_never_earlier_than_any_single_term(rules, facts):
    answer = keeping(rules, facts)
    assert answer.terms
    for term in answer.terms:
        alone = term.until(facts.ended_at)
        assert answer.until is None or (alone is not None and answer.until >= alone)


@given(SOME_RULES, KEEPING_FACTS)
def test_a_floor_is_always_flagged(rules, facts):
    answer = keeping(rules, facts)
    has_floor = any(
        ground.code in {Why.TERM_AT_LEAST, Why.EVIDENCE_AT_LEAST} for ground in answer.grounds
    )
    assert answer.at_least == has_floor
    if rules.values["retention"].rule == "at_least":
        assert answer.at_least


@given(SOME_RULES, KEEPING_FACTS)
def test_no_date_has_a_reason_and_a_date_has_none(rules, facts):
    answer = keeping(rules, facts)
    assert (answer.until is None) == bool(answer.never or answer.waits_for_case_file)


@given(SOME_RULES, KEEPING_FACTS)
def test_every_term_has_its_ground_and_article(rules, facts):
    answer = keeping(rules, facts)
    grounds = {(ground.code, ground.article) for ground in answer.grounds}
    assert {(term.why, term.article) for term in answer.terms} <= grounds
