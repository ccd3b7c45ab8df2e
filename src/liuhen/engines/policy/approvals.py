"""Who must agree before a recording is viewed, copied, given out or published."""

from dataclasses import dataclass

from liuhen.engines.policy.answers import Ground, NoRule, Why, in_order
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import EvidenceNote, Step
from liuhen.engines.policy.vocabulary import Field, RequestKind


@dataclass(frozen=True)
class ChainAnswer:
    """Who decides, in this order; `steps` () means nobody need be asked.

    Attributes:
        register: what the keeper writes down before the recording is shown.
        letter: an official letter and proof of identity are shown first.
        evidence_note: the copy goes out with its written note.
        allowed: False: not even with every approval.
    """

    steps: tuple[Step, ...]
    register: tuple[Field, ...]
    letter: bool
    evidence_note: bool
    allowed: bool
    grounds: tuple[Ground, ...]


def chain(rules: Rules, kind: RequestKind, *, is_secret: bool = False) -> ChainAnswer:
    """Raises NoRule: the regulation says nothing of such requests; that is no permission."""
    rule = rules.chain(kind)
    if rule is None:
        raise NoRule(f"access_{kind}")
    allowed = not (rule.never_secret and is_secret)
    if rule.steps:
        posts = in_order("/".join(step.posts) for step in rule.steps)
        grounds = [Ground.of(rule, Why.CHAIN, kind=kind, steps=posts)]
    else:
        grounds = [Ground.of(rule, Why.NO_APPROVAL, kind=kind)]
    if not allowed:
        grounds.append(Ground.of(rule, Why.NEVER_SECRET, kind=kind))
    note = rules.get(EvidenceNote)
    if rule.evidence_note and note is not None:
        grounds.append(Ground.of(note, Why.EVIDENCE_NOTE, fields=in_order(note.fields)))
    return ChainAnswer(
        rule.steps, rule.register_fields, rule.letter, rule.evidence_note, allowed, tuple(grounds)
    )
