"""Whether what had to be recorded was, and what explains where it was not. Pure: facts in, a
verdict out, each part with the article it rests on.

An exemption answers for an activity nobody recorded. An interruption answers for a gap in one that
was begun: where nothing at all was recorded nothing was interrupted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from liuhen.cases.models import Verdict
from liuhen.engines.media.continuity import TYPED_STEP, Continuity, Gap, Where
from liuhen.engines.policy.answers import Ground
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.recording import Requirement
from liuhen.engines.policy.values import Interruption, MustRecord, NoGap, Span

NOTHING_SAID, PARTLY_SAID, NO_GAP_ALLOWED = "nothing_said", "partly_said", "no_gap_allowed"
"""Why a gap is not explained, beside what its interruptions lack (`explaining.Lack`). Stable:
stored verdicts and events quote them."""


class Waiting(StrEnum):
    """What a pending verdict waits for. Stable."""

    NOT_ARRIVED = "not_arrived"
    NOT_LEFT = "not_left"
    NOT_EXAMINED = "not_examined"
    NEED_UNKNOWN = "need_unknown"


@dataclass(frozen=True)
class Missing:
    """What stands between a gap and its explanation. `article` None: the regulation is silent."""

    lack: str
    article: int | None


@dataclass(frozen=True)
class Stop:
    """An interruption as somebody entered it. `end` None: recording was not resumed.

    missing: what it lacks where recording goes on after it; `missing_for_good`: where it does not.
    """

    pk: int
    start: datetime
    end: datetime | None
    missing: Missing | None = None
    missing_for_good: Missing | None = None

    def lack(self, gap: Gap) -> Missing | None:
        # The recordings tell whether it went on, whatever was entered.
        goes_on = gap.where not in (Where.EARLY_STOP, Where.WHOLE)
        return self.missing if goes_on else self.missing_for_good

    def meets(self, gap: Gap) -> bool:
        """Its end is the minute in which recording went on, not that minute's first instant."""
        return self.start < gap.end and (self.end is None or self.end + TYPED_STEP > gap.start)


@dataclass(frozen=True)
class JudgedGap:
    """`missing` empty: explained. `stops`: the interruptions entered for it."""

    gap: Gap
    missing: tuple[Missing, ...]
    stops: tuple[int, ...]

    @property
    def is_explained(self) -> bool:
        return not self.missing


@dataclass(frozen=True)
class Facts:
    """Of one activity. `continuity` None: when it began or ended is not known yet.

    exempt: the grounds of an exemption that stands; None without one.
    """

    rules: Rules | None
    requirement: Requirement | None
    continuity: Continuity | None
    waiting: Waiting | None = None
    exempt: tuple[Ground, ...] | None = None
    stops: tuple[Stop, ...] = ()


@dataclass(frozen=True)
class Judged:
    verdict: Verdict
    waiting: Waiting | None
    gaps: tuple[JudgedGap, ...]
    grounds: tuple[Ground, ...]


def judge(facts: Facts) -> Judged:
    """The verdict, and every gap with what is missing to explain it."""
    if facts.rules is None or facts.requirement is None:
        return Judged(Verdict.NOT_REQUIRED, None, (), ())
    need, told = facts.requirement, facts.continuity
    gaps: tuple[JudgedGap, ...] = ()
    if told is not None:
        found = (judged(gap, facts.stops, need, facts.rules) for gap in told.together.gaps)
        gaps = tuple(found)
    verdict, waiting = verdict_of(facts, gaps)
    grounds = need.grounds
    if verdict in (Verdict.EXEMPT, Verdict.NOT_REQUIRED):
        # Nobody asks why: nothing had to be recorded.
        gaps = tuple(replace(gap, missing=()) for gap in gaps)
    if verdict == Verdict.EXEMPT and facts.exempt is not None:
        grounds = facts.exempt
    return Judged(verdict, waiting, gaps, grounds)


def verdict_of(facts: Facts, gaps: Sequence[JudgedGap]) -> tuple[Verdict, Waiting | None]:
    need, told = facts.requirement, facts.continuity
    assert need is not None
    if need.needed is False:
        return Verdict.NOT_REQUIRED, None
    if told is not None and facts.waiting is None and told.together.pieces and not gaps:
        return Verdict.COMPLETE, None
    if facts.exempt is not None:
        return Verdict.EXEMPT, None
    if told is None or facts.waiting is not None:
        return Verdict.PENDING, facts.waiting
    if need.needed is None:
        return Verdict.PENDING, Waiting.NEED_UNKNOWN
    if not told.together.pieces:
        return Verdict.NOT_RECORDED, None
    if all(gap.is_explained for gap in gaps):
        return Verdict.EXPLAINED, None
    return Verdict.UNEXPLAINED, None


def judged(gap: Gap, stops: Sequence[Stop], need: Requirement, rules: Rules) -> JudgedGap:
    about = [stop for stop in stops if stop.meets(gap)]
    missing = tuple(dict.fromkeys(missing_of(gap, about, need, rules)))
    return JudgedGap(gap, missing, tuple(stop.pk for stop in about))


def missing_of(
    gap: Gap, about: Sequence[Stop], need: Requirement, rules: Rules
) -> Iterator[Missing]:
    """What stands between the gap and its explanation; nothing: it is explained.

    One interruption that counts is enough where it covers the gap, whatever else was entered.
    """
    if need.uninterrupted:
        yield Missing(NO_GAP_ALLOWED, article_of(rules, NoGap))
        return
    lacks = [stop.lack(gap) for stop in about]
    if covers([stop for stop, lack in zip(about, lacks, strict=True) if lack is None], gap):
        return
    article = article_of(rules, Interruption, Span, MustRecord)
    if not about:
        yield Missing(NOTHING_SAID, article)
    yield from (lack for lack in lacks if lack is not None)
    if about and not covers(about, gap):
        yield Missing(PARTLY_SAID, article)


def covers(stops: Sequence[Stop], gap: Gap) -> bool:
    """Together they cover the gap, which people know to the minute and we to its allowance."""
    slack = TYPED_STEP + gap.allowance
    reach = gap.start
    for stop in sorted(stops, key=lambda one: one.start):
        if stop.start - slack > reach:
            return False
        if stop.end is None:
            return True
        reach = max(reach, stop.end)
    return bool(stops) and reach + slack >= gap.end


def article_of(rules: Rules, *kinds: type[Span | Interruption | NoGap | MustRecord]) -> int | None:
    """Of the first of these the regulation has."""
    found = (rules.get(kind) for kind in kinds)
    return next((value.article for value in found if value is not None), None)
