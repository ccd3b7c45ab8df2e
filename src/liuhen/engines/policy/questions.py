"""The questions a worked case may ask, by name: which facts each takes, which answer it gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from liuhen.engines.policy import (
    approvals,
    describing,
    equipment,
    handover,
    oversight,
    recording,
    terms,
)
from liuhen.engines.policy.answers import Ground
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import Value
from liuhen.engines.policy.vocabulary import Cause, Field, RequestKind


@dataclass(frozen=True)
class NoFacts:
    """The regulation alone gives the answer."""


@dataclass(frozen=True)
class CauseFacts:
    cause: Cause
    has_consent: bool = False


@dataclass(frozen=True)
class StopFacts:
    cause: Cause


@dataclass(frozen=True)
class EntryFacts:
    known: frozenset[Field] = frozenset()


@dataclass(frozen=True)
class NoticeFacts:
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class RequestFacts:
    kind: RequestKind
    is_secret: bool = False


@dataclass(frozen=True)
class TaskFacts:
    task: str  # a parameter that is a Cadence, e.g. daily_check


@dataclass(frozen=True)
class DutyFacts:
    duty: str


@dataclass(frozen=True)
class ParameterFacts:
    parameter: str


@dataclass(frozen=True)
class Notices:
    """What the law adds to the regulation: told, not enforced."""

    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class Candidate:
    """The breach that not doing a duty in time may be."""

    article: int
    number: int
    text: str


@dataclass(frozen=True)
class Question:
    """`ask(rules, facts)` gives `answer` or None; `answer` None: its class hangs on the facts."""

    facts: type
    ask: Callable[[Rules, Any], Any]
    answer: type | None


def law_notices(rules: Rules, facts: NoFacts) -> Notices:
    return Notices(tuple(terms.law_notices(rules)))


def breach_of(rules: Rules, facts: DutyFacts) -> Candidate | None:
    found = oversight.candidate(rules, facts.duty)
    return Candidate(found[0], found[1].number, found[1].text) if found else None


def value_of(rules: Rules, facts: ParameterFacts) -> Value | None:
    return rules.values.get(facts.parameter)


def alone(ask: Callable[[Rules], Any], answer: type) -> Question:
    """A question that needs no facts."""
    return Question(NoFacts, lambda rules, facts: ask(rules), answer)


QUESTIONS: dict[str, Question] = {
    "keep_until": Question(terms.KeepingFacts, terms.keeping, terms.Keeping),
    "law_notices": Question(NoFacts, law_notices, Notices),
    "handover": Question(handover.HandoverFacts, handover.due, handover.Deadline),
    "must_record": Question(recording.ActivityFacts, recording.required, recording.Requirement),
    "exemption": Question(
        CauseFacts,
        lambda rules, one: recording.exemption(rules, one.cause, has_consent=one.has_consent),
        recording.Permit,
    ),
    "interruption": Question(
        StopFacts, lambda rules, one: recording.interruption(rules, one.cause), recording.Permit
    ),
    "cannot_go_on": alone(recording.cannot_go_on, recording.StopReport),
    "missing_fields": Question(
        EntryFacts, lambda rules, one: describing.missing(rules, one.known), describing.Missing
    ),
    "notice": Question(
        NoticeFacts, lambda rules, one: describing.notice(rules, one.names), describing.NoticeSaid
    ),
    "shot_list": alone(describing.shot_list, describing.Listing),
    "opening_statement": alone(describing.opening_statement, describing.Listing),
    "pre_use_check": alone(describing.pre_use_items, describing.Listing),
    "disc_label": alone(describing.disc_label, describing.Label),
    "evidence_note": alone(describing.evidence_note, describing.Note),
    "ledger": alone(describing.ledger_fields, describing.Fields),
    "approval": Question(
        RequestFacts,
        lambda rules, one: approvals.chain(rules, one.kind, is_secret=one.is_secret),
        approvals.ChainAnswer,
    ),
    "equipment": Question(equipment.UnitFacts, equipment.shortfall, equipment.Shortfall),
    "sampling": alone(oversight.sampling, oversight.SamplingSaid),
    "task": Question(
        TaskFacts, lambda rules, one: oversight.cadences(rules).get(one.task), oversight.Recurring
    ),
    "breaches": alone(oversight.breaches, oversight.BreachesSaid),
    "breach_of": Question(DutyFacts, breach_of, Candidate),
    "sanctions": alone(oversight.sanctions, oversight.SanctionsSaid),
    "parameter": Question(ParameterFacts, value_of, None),
}
