"""Who must agree to a request of this bureau today: its regulation's chain, or a default.

Where no regulation is followed yet, or it is silent, the bureau's head decides on everything but
one's own work: silence is no permission.
"""

from dataclasses import dataclass
from datetime import datetime

from liuhen.engines.policy import approvals
from liuhen.engines.policy.answers import NoRule
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import Step
from liuhen.engines.policy.vocabulary import Act, Post, RequestKind
from liuhen.kernel.clock import in_china
from liuhen.people.models import Agency
from liuhen.regulations import current

BY_HEAD = (Step(posts=(Post.BUREAU_HEAD,), act=Act.APPROVE),)


@dataclass(frozen=True)
class Chain:
    """As `engines.policy.approvals.ChainAnswer`, with whose rule it is (`article` None: none's)."""

    steps: tuple[Step, ...]
    letter: bool
    evidence_note: bool
    allowed: bool
    pack_id: str = ""
    article: int | None = None


def chain_for(agency: Agency, kind: RequestKind, *, at: datetime, is_secret: bool = False) -> Chain:
    """What holds for a request handed in at that moment."""
    return chain_of(rules_for(agency, at=at), kind, is_secret=is_secret)


def rules_for(agency: Agency, *, at: datetime) -> Rules | None:
    """None: the bureau follows no regulation yet."""
    rules = current.rules_if_any(agency, in_china(at).date())
    return None if rules is None or rules.is_before_adoption else rules


def chain_of(rules: Rules | None, kind: RequestKind, *, is_secret: bool = False) -> Chain:
    if rules is None:
        return default(kind, is_secret)
    try:
        found = approvals.chain(rules, kind, is_secret=is_secret)
    except NoRule:
        return default(kind, is_secret)
    return Chain(
        found.steps,
        found.letter,
        found.evidence_note,
        found.allowed,
        rules.pack.pack_id,
        found.grounds[0].article,
    )


def default(kind: RequestKind, is_secret: bool) -> Chain:
    return Chain(
        steps=() if kind == RequestKind.OWN_CASE else BY_HEAD,
        letter=kind == RequestKind.OFFICIAL,
        evidence_note=False,
        allowed=not (kind == RequestKind.PUBLICATION and is_secret),
    )
