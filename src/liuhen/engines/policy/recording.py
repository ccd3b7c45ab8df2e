"""Whether an activity must be recorded, from where to where, and when it need not be."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from liuhen.engines.policy.answers import Ground, NoRule, Why, in_order, joined
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import (
    CannotGoOn,
    Exemption,
    Interruption,
    LongTerm,
    MustRecord,
    NoGap,
    Span,
)
from liuhen.engines.policy.vocabulary import Cause, Consent, Listed, Matter, Post, Right, Trigger

PART_OF = {
    Matter.INSPECTION: Matter.ON_SITE,
    Matter.COMPLAINT_CALL: Matter.ON_SITE,
    Matter.COERCIVE_MEASURE: Matter.ON_SITE,
    Matter.REGISTRATION: Matter.INVESTIGATION,
    Matter.SERVICE_BY_LEAVING: Matter.SERVICE,
    Matter.SERVICE_BY_NOTICE: Matter.SERVICE,
}
"""Where a regulation names only the wider matter, it means the narrower too (送达 is any 送达)."""


@dataclass(frozen=True)
class ActivityFacts:
    """None: nobody has said. `rights` are those directly touched."""

    matter: Matter
    in_matter_list: bool | None = None
    is_disputable: bool | None = None
    rights: frozenset[Right] = frozenset()
    triggers: frozenset[Trigger] = frozenset()


@dataclass(frozen=True)
class Requirement:
    """`needed` None: it hangs on something nobody has said, or the regulation is silent.

    `uninterrupted`: no gap at all is allowed. `full_course`: the scene from start to end.
    """

    needed: bool | None
    uninterrupted: bool
    full_course: bool
    span: Span | None
    grounds: tuple[Ground, ...]


def required(rules: Rules, facts: ActivityFacts) -> Requirement:
    """Every rule that asks for it is asked; one Yes is enough."""
    answers = [*by_matter(rules, facts), *by_rights(rules, facts), *by_scene(rules, facts)]
    if rules.is_before_adoption:
        grounds = tuple(Ground(ground.article, Why.NOT_YET_OWED) for _, ground in answers[:1])
        return Requirement(False, False, False, None, grounds)
    said = [needed for needed, _ in answers]
    needed = any(said) or (None if None in said or not said else False)
    codes = {ground.code for _, ground in answers}
    grounds = tuple(ground for _, ground in answers)
    span = rules.get(Span)
    if span is not None and needed is not False:
        grounds += (Ground.of(span, Why.SPAN, start=span.start, end=span.end),)
    return Requirement(needed, Why.NO_GAP in codes, Why.FULL_COURSE in codes, span, grounds)


Said = tuple[bool | None, Ground]


def by_matter(rules: Rules, facts: ActivityFacts) -> Iterator[Said]:
    rule = rules.get(MustRecord)
    if rule is None:
        return
    about = {"matter": facts.matter}
    named = {line.code for line in rule.matters}
    if facts.in_matter_list:
        # The bureau's own list adds to what the regulation names.
        yield True, Ground.of(rule, Why.MATTER_LISTED, **about)
    elif named & {facts.matter, PART_OF.get(facts.matter), Matter.OTHER}:
        if rule.listed == Listed.IF_DISPUTABLE:
            why = DISPUTABLE[facts.is_disputable]
            yield facts.is_disputable, Ground.of(rule, why, **about)
        else:
            yield True, Ground.of(rule, Why.MATTER_ALWAYS, **about)
    elif rule.listed == Listed.BY_MATTER_LIST:
        unknown = facts.in_matter_list is None
        why = Why.MATTER_LIST_UNKNOWN if unknown else Why.MATTER_NOT_LISTED
        yield facts.in_matter_list, Ground.of(rule, why, **about)
    else:
        yield False, Ground.of(rule, Why.MATTER_NOT_NAMED, **about)


DISPUTABLE = {
    True: Why.MATTER_DISPUTABLE,
    False: Why.MATTER_NOT_DISPUTABLE,
    None: Why.MATTER_DISPUTE_UNKNOWN,
}


def by_rights(rules: Rules, facts: ActivityFacts) -> Iterator[Said]:
    rule = rules.get(NoGap)
    if rule is not None and (touched := facts.rights & frozenset(rule.rights)):
        yield True, Ground.of(rule, Why.NO_GAP, rights=joined(touched))


def by_scene(rules: Rules, facts: ActivityFacts) -> Iterator[Said]:
    rule = rules.get(LongTerm)
    if rule is None or not rule.full_course:
        return
    if hit := facts.triggers & frozenset(rule.triggers):
        yield True, Ground.of(rule, Why.FULL_COURSE, triggers=joined(hit))


@dataclass(frozen=True)
class Permit:
    """Whether recording may be left out, or may stop, and what that costs.

    Attributes:
        consent_needed_from: any one of these, beforehand; () if none is needed (any more).
        report_to: told afterwards; `reviewed`: and review the work record.
        spoken_reason: said aloud when recording goes on.
    """

    allowed: bool
    grounds: tuple[Ground, ...]
    consent_needed_from: tuple[Post, ...] = ()
    report_to: tuple[Post, ...] = ()
    work_record: bool = False
    reviewed: bool = False
    spoken_reason: bool = False


def exemption(rules: Rules, cause: Cause, *, has_consent: bool = False) -> Permit:
    """May the activity go unrecorded? Raises NoRule: nothing says what must be recorded."""
    rule = rules.get(Exemption)
    if rule is None:
        must = rules.get(MustRecord)
        if must is None:
            raise NoRule("exemption")
        return Permit(False, (Ground.of(must, Why.NO_EXEMPTION, cause=cause),))
    if cause not in {line.code for line in rule.causes}:
        return Permit(False, (Ground.of(rule, Why.CAUSE_NOT_LISTED, cause=cause),))
    about = {"cause": cause, "posts": in_order(rule.posts)}
    permit = Permit(True, (), (), rule.posts, work_record=rule.work_record, reviewed=rule.reviewed)
    if rule.consent == Consent.AFTER:
        return replace(permit, grounds=(Ground.of(rule, Why.EXEMPTION_AFTERWARDS, **about),))
    return replace(
        permit,
        allowed=has_consent,
        grounds=(Ground.of(rule, Why.EXEMPTION_CONSENT, **about),),
        consent_needed_from=() if has_consent else rule.posts,
        report_to=(),
    )


def interruption(rules: Rules, cause: Cause) -> Permit:
    """May recording stop on the way? Raises NoRule: the regulation says nothing of stops."""
    rule = rules.get(Interruption)
    if rule is None:
        raise NoRule("interruption")
    allowed = cause in {line.code for line in rule.causes}
    why = Why.INTERRUPTION if allowed else Why.INTERRUPTION_NOT_LISTED
    ground = Ground.of(rule, why, cause=cause)
    if not allowed:
        return Permit(False, (ground,))
    return Permit(
        True,
        (ground,),
        report_to=rule.posts,
        work_record=rule.work_record,
        spoken_reason=rule.spoken_reason,
        reviewed=rule.reviewed,
    )


@dataclass(frozen=True)
class StopReport:
    """`report_to` at once; a written statement follows where asked."""

    report_to: tuple[Post, ...]
    written_statement: bool
    grounds: tuple[Ground, ...]


def cannot_go_on(rules: Rules) -> StopReport | None:
    """What follows when recording can't be resumed. None: the regulation is silent."""
    rule = rules.get(CannotGoOn)
    if rule is None:
        return None
    ground = Ground.of(rule, Why.CANNOT_GO_ON, posts=in_order(rule.posts))
    return StopReport(rule.posts, rule.written_statement, (ground,))
