"""A duty's facts: the grounds it was made on, kept as they were answered then."""

from liuhen.duties.models import Duty
from liuhen.engines.policy import kept_grounds
from liuhen.engines.policy.answers import Ground
from liuhen.engines.policy.kept_grounds import to_json

__all__ = ["grounds_of", "to_json"]


def grounds_of(duty: Duty) -> list[Ground]:
    """As they were answered when the duty was made."""
    return kept_grounds.from_json(duty.facts.get("grounds", []))
