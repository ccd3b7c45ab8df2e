"""Whatever the five regulations answer can be read as a sentence."""

from datetime import date, datetime
from itertools import product

import pytest

from liuhen.engines.policy import (
    approvals,
    describing,
    equipment,
    handover,
    oversight,
    recording,
    terms,
)
from liuhen.engines.policy import vocabulary as v
from liuhen.engines.policy.answers import NoRule
from liuhen.engines.policy.pack import Adopted, Rulebook
from liuhen.kernel.clock import CHINA
from liuhen.packs import catalogue
from liuhen.regulations.wording import text_of

NOON = datetime(2026, 3, 2, 12, tzinfo=CHINA)
ADOPTED = date(2022, 1, 1)
MAYBE = (None, True, False)


def keepings(rules):
    for evidence, hold, end, triggers in product(
        (True, False), (True, False), (None, NOON), (frozenset(), frozenset(v.Trigger))
    ):
        yield terms.keeping(rules, terms.KeepingFacts(NOON, evidence, end, triggers, hold))


def handovers(rules):
    for moment, excuses in product((None, NOON), (frozenset(), frozenset(v.Excuse))):
        yield handover.due(rules, handover.HandoverFacts(NOON, moment, moment, moment, excuses))


def requirements(rules):
    for matter, listed, disputed, rights in product(
        v.Matter, MAYBE, MAYBE, (frozenset(), frozenset(v.Right))
    ):
        facts = recording.ActivityFacts(matter, listed, disputed, rights, frozenset(v.Trigger))
        yield recording.required(rules, facts)


def permits(rules):
    yield recording.cannot_go_on(rules)
    for cause in v.Cause:
        yield recording.exemption(rules, cause)
        try:
            yield recording.interruption(rules, cause)
        except NoRule:
            continue


def descriptions(rules):
    yield describing.missing(rules, ())
    yield describing.notice(rules, ["李明"])
    for question in (
        describing.shot_list,
        describing.opening_statement,
        describing.pre_use_items,
        describing.disc_label,
        describing.evidence_note,
        describing.ledger_fields,
    ):
        yield question(rules)


def decisions(rules):
    for kind in v.RequestKind:
        try:
            yield approvals.chain(rules, kind, is_secret=True)
        except NoRule:
            continue


def supervision(rules):
    yield equipment.shortfall(rules, equipment.UnitFacts(9, True, 1))
    yield equipment.shortfall(rules, equipment.UnitFacts(9, True, 9))
    yield from oversight.cadences(rules).values()
    for question in (oversight.sampling, oversight.breaches, oversight.sanctions):
        yield question(rules)


ASKED = (keepings, handovers, requirements, permits, descriptions, decisions, supervision)


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2021, 3, 2)])
@pytest.mark.parametrize("pack", catalogue.offered(), ids=lambda pack: pack.pack_id)
def test_every_ground_of_every_answer_is_a_sentence(pack, day):
    rules = Rulebook((Adopted(pack, ADOPTED),)).on(day)
    answers = [answer for ask in ASKED for answer in ask(rules) if answer is not None]
    grounds = [ground for answer in answers for ground in answer.grounds]
    grounds += terms.law_notices(rules)
    assert grounds
    for ground in grounds:
        said = text_of(ground)
        assert said.endswith("。")
        assert "{" not in said
        assert ground.article in pack.articles
