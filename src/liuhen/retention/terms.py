"""How long a recording is kept, by the rules of the day it ended."""

from datetime import datetime, timedelta

from liuhen.engines.policy import terms
from liuhen.engines.policy.pack import Rulebook
from liuhen.engines.policy.terms import Keeping, KeepingFacts
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import Recording


def ended_at(recording: Recording) -> datetime:
    """When it ended, not when it was taken in; one without a known length ends as it begins."""
    return recording.recorded_at + timedelta(seconds=float(recording.duration_seconds or 0))


def keeping_of(recording: Recording, rulebook: Rulebook) -> Keeping:
    """Every ground that applies, the longest one counting.

    By the general term alone so far: what its case, marks for long keeping and holds would add
    is not asked, and each of them can only make it longer.
    Raises: NoTermApplies, never to be read as "may go".
    """
    ended = ended_at(recording)
    rules = rulebook.on(in_china(ended).date())
    return terms.keeping(rules, KeepingFacts(ended_at=ended))
