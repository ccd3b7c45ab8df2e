"""How long a recording is kept: every ground counts, the longest wins, and none of them deletes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from liuhen.engines.policy.answers import Ground, NoRule, Why, joined
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.periods import Period
from liuhen.engines.policy.values import LongTerm, Preserve, Retention, RetentionAsEvidence, Value
from liuhen.engines.policy.vocabulary import TermRule, Trigger
from liuhen.kernel.clock import in_china

GENERAL = {
    TermRule.EXACT: Why.TERM_EXACT,
    TermRule.AT_LEAST: Why.TERM_AT_LEAST,
    TermRule.CASE_FILE: Why.TERM_CASE_FILE,
    TermRule.UNSTATED: Why.TERM_UNSTATED,
}
AS_EVIDENCE = {
    TermRule.EXACT: Why.EVIDENCE_EXACT,
    TermRule.AT_LEAST: Why.EVIDENCE_AT_LEAST,
    TermRule.CASE_FILE: Why.EVIDENCE_CASE_FILE,
    TermRule.UNSTATED: Why.EVIDENCE_UNSTATED,
}
FLOORS = frozenset({Why.TERM_AT_LEAST, Why.EVIDENCE_AT_LEAST})
FOLLOWS_CASE_FILE = frozenset({Why.TERM_CASE_FILE, Why.EVIDENCE_CASE_FILE})
NEVER = frozenset({Why.TERM_UNSTATED, Why.EVIDENCE_UNSTATED, Why.LONG_TERM, Why.PRESERVE})
"""Grounds under which nothing ever expires by itself."""

LIMITATION = Period.parse("P2Y")
"""行政处罚法 36: an offence is no longer punished after two years."""


class NoTermApplies(NoRule):
    """No term matched. Never read this as "may be deleted"."""


@dataclass(frozen=True)
class Term:
    """One ground for keeping. Neither `period` nor `case_file_until`: it has no end (yet).

    `for_good`: it follows a case file that is kept for ever.
    """

    why: Why
    article: int
    period: Period | None = None
    case_file_until: datetime | None = None
    for_good: bool = False

    @property
    def is_never(self) -> bool:
        return self.why in NEVER or self.for_good

    @property
    def is_at_least(self) -> bool:
        return self.why in FLOORS

    @property
    def waits_for_case_file(self) -> bool:
        known = self.for_good or self.case_file_until is not None
        return self.why in FOLLOWS_CASE_FILE and not known

    def until(self, ended_at: datetime) -> datetime | None:
        """None: no end is known, whether never or because the case file's is not."""
        if self.is_never or self.waits_for_case_file:
            return None
        return self.period.after(ended_at) if self.period else self.case_file_until


@dataclass(frozen=True)
class KeepingFacts:
    """`ended_at` is aware; `case_file_until` None: not known, or in no case file.

    `is_from_intake`: when it ended is a claim of a clock nobody compared, and earlier than its
    intake, which `ended_at` is then. `case_file_for_good`: a case file it is in is kept for ever
    (永久), so it has no end to know.
    """

    ended_at: datetime
    used_as_evidence: bool = False
    case_file_until: datetime | None = None
    triggers: frozenset[Trigger] = frozenset()
    on_hold: bool = False
    case_file_for_good: bool = False
    is_from_intake: bool = False

    def __post_init__(self) -> None:
        for at in (self.ended_at, self.case_file_until):
            if at is not None and at.tzinfo is None:
                raise ValueError(f"{at} has no zone")


@dataclass(frozen=True)
class Keeping:
    """When appraisal for disposal may first be proposed; a person decides even then.

    Attributes:
        until: None: not by itself (`never`), or not before the case file's end is known.
        never: why it never expires by itself; () if it does.
        at_least: a floor bears on it, so `until` is the earliest day, not the term's end.
    """

    until: datetime | None
    never: tuple[Why, ...]
    at_least: bool
    waits_for_case_file: bool
    terms: tuple[Term, ...]
    grounds: tuple[Ground, ...]


def keep_until(ended_at: datetime, terms: Sequence[Term]) -> datetime | None:
    """When appraisal for disposal may first be proposed; None means not by itself.

    The longest term wins; one that never ends, or whose end is not known, beats every date.
    Months are calendar months in the zone of `ended_at`; a day the month lacks becomes its
    last (31 Aug 2026 + 6 months is 28 Feb 2027). A hold is no term.

    Raises:
        NoTermApplies: `terms` is empty. Never read this as "may be deleted".
    """
    if not terms:
        raise NoTermApplies()
    ends = [term.until(ended_at) for term in terms]
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


def keeping(rules: Rules, facts: KeepingFacts) -> Keeping:
    """How long, by the rules of the day the recording ended. Raises: NoTermApplies."""
    found = grounds_of(rules, facts)
    terms = tuple(term for term, _ in found)
    # The regulation's years and months are China's calendar, whatever zone the row came in.
    until = keep_until(in_china(facts.ended_at), terms)
    grounds = [ground for _, ground in found]
    waits = any(term.waits_for_case_file for term in terms)
    if waits:
        article = next(term.article for term in terms if term.waits_for_case_file)
        grounds.append(Ground(article, Why.CASE_FILE_UNKNOWN))
    grounds += [Ground(one.article, Why.CASE_FILE_FOR_GOOD) for one in terms if one.for_good][:1]
    never = tuple(term.why for term in terms if term.is_never)
    if facts.on_hold:
        # A hold stops the term, so it stands by the article of the term it stops.
        grounds.append(Ground(terms[0].article, Why.ON_HOLD))
        until, never = None, (*never, Why.ON_HOLD)
    if facts.is_from_intake:
        grounds.append(Ground(terms[0].article, Why.FROM_INTAKE))
    if rules.is_before_adoption:
        grounds.append(Ground(terms[0].article, Why.BEFORE_ADOPTION))
    at_least = any(term.is_at_least for term in terms)
    return Keeping(until, never, at_least, waits, terms, tuple(grounds))


def grounds_of(rules: Rules, facts: KeepingFacts) -> list[tuple[Term, Ground]]:
    """Every term that matches, with its ground; none replaces another."""
    found = []
    if (general := rules.get(Retention)) is not None:
        found.append(stated(general, GENERAL[general.rule], facts))
    evidence = rules.get(RetentionAsEvidence)
    if evidence is not None and facts.used_as_evidence:
        found.append(stated(evidence, AS_EVIDENCE[evidence.rule], facts))
    long_term = rules.get(LongTerm)
    if long_term is not None and (hit := facts.triggers & frozenset(long_term.triggers)):
        found.append(for_good(long_term, Why.LONG_TERM, hit))
    preserve = rules.get(Preserve)
    # What is to be preserved for an inquiry does not run out before anyone has placed the hold.
    if preserve is not None and (hit := facts.triggers & frozenset(preserve.on)):
        found.append(for_good(preserve, Why.PRESERVE, hit))
    return found


def stated(value: Retention, why: Why, facts: KeepingFacts) -> tuple[Term, Ground]:
    is_file = value.rule == TermRule.CASE_FILE
    follows = facts.case_file_until if is_file else None
    for_good = is_file and facts.case_file_for_good
    term = Term(why, value.article, value.period, None if for_good else follows, for_good)
    said = {"period": str(value.period)} if value.period else {}
    return term, Ground.of(value, why, **said)


def for_good(value: Value, why: Why, triggers: frozenset[Trigger]) -> tuple[Term, Ground]:
    return Term(why, value.article), Ground.of(value, why, triggers=joined(triggers))


def law_notices(rules: Rules) -> tuple[Ground, ...]:
    """What a law says beside the regulation: notices, which refuse and change nothing.

    行政处罚法 36: an offence may be punished for two years; a shorter term is worth a word.
    """
    general = rules.get(Retention)
    if general is None or general.period is None or not may_be_shorter(general.period, LIMITATION):
        return ()
    return (Ground.of(general, Why.LAW_TERM_SHORT, period=str(general.period)),)


def may_be_shorter(one: Period, other: Period) -> bool:
    """From some month on, through the four years in which leap days come round."""
    starts = [datetime(2024 + n // 12, n % 12 + 1, 1) for n in range(48)]
    return any(one.after(start) < other.after(start) for start in starts)
