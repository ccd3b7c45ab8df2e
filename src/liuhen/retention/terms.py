"""How long a recording is kept, by the rules of the day it ended and by all that bears on it."""

from liuhen.engines.policy import terms
from liuhen.engines.policy.pack import Rulebook
from liuhen.engines.policy.terms import Keeping, NoTermApplies
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import Recording
from liuhen.retention.facts import Bearing, bearing_on
from liuhen.retention.known import ended_at

__all__ = ["ended_at", "keeping_of", "kept_by", "kept_if_any"]


def keeping_of(recording: Recording, rulebook: Rulebook) -> Keeping:
    """Every ground that applies, the longest one counting.

    Raises: NoTermApplies, never to be read as "may go".
    """
    return kept_by(rulebook, bearing_on([recording])[recording.pk])


def kept_if_any(rulebook: Rulebook | None, bearing: Bearing) -> Keeping | None:
    """None: no term applies, so nothing expires."""
    if rulebook is None:
        return None
    try:
        return kept_by(rulebook, bearing)
    except NoTermApplies:
        return None


def kept_by(rulebook: Rulebook, bearing: Bearing) -> Keeping:
    """Raises: NoTermApplies."""
    rules = rulebook.on(in_china(bearing.known.term_from).date())
    return terms.keeping(rules, bearing.under(rules))
