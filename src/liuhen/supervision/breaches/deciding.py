"""The decision (处理决定): proposed by who inquired, taken by another, never on oneself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log, numbering
from liuhen.custody.kinds import Kind
from liuhen.duties.books import Books
from liuhen.engines.policy import oversight
from liuhen.engines.policy.oversight import SanctionsSaid
from liuhen.engines.policy.periods import Period
from liuhen.engines.policy.values import SanctionLine
from liuhen.kernel.clock import in_china, midnight
from liuhen.people import given
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.supervision.breaches import correcting, course, errors, inquiring, seeing, stopping
from liuhen.supervision.breaches.sifting import check_handles, rules_day
from liuhen.supervision.breaches.states import Step, allows
from liuhen.supervision.models import Breach, BreachSanction

MOST_FINDING = 4000
MOST_REASON = 1000


@dataclass(frozen=True)
class Proposal:
    """`codes` of the sanctions the regulation lists; none: nothing is to follow. `correct_by`: the
    last day for putting right what was found."""

    finding: str
    codes: Sequence[str] = ()
    correct_by: date | None = None


def listed(breach: Breach) -> SanctionsSaid | None:
    """What the regulation of the day it happened lists."""
    rules = Books().on(breach.agency, rules_day(breach))
    return oversight.sanctions(rules) if rules else None


@transaction.atomic
def propose(breach: Breach, proposal: Proposal, *, by: Officer, at: datetime) -> None:
    """What was found and what is to follow, for another to decide.

    Refuses: NotPermitted, NoSuchBreach, Concerned, WordsMissing, NotHeard, NoSuchSanction,
    DayPassed, DeadlinePassed, NothingToCorrectBy, BreachMoved.
    """
    log.wait_for_turn()
    check_handles(breach, by)
    finding = course.words_of(proposal.finding, field=_("认定的事实"), most=MOST_FINDING)
    breach.refresh_from_db()
    if not allows(Step.PROPOSE, breach.state):
        raise course.moved(breach)
    if not inquiring.is_heard(breach, at):
        raise errors.NotHeard()
    listing, until = listed(breach), proposal.correct_by
    codes = [line.code for line in lines_of(listing, proposal.codes)]
    correcting.check_day(until, at)
    if until is not None and listing is None and breach.article is None:
        raise errors.NothingToCorrectBy()
    said: dict[str, Any] = {"finding": finding, "proposed": codes, "correct_by_date": until}
    course.move(breach, Step.PROPOSE, proposed_by=by, **said)
    facts = {"codes": codes, "correct_by": until and until.isoformat()}
    course.write(breach, Kind.BREACH_PROPOSED, by=by, at=at, words=finding, **facts)


def proposed_lines(breach: Breach) -> list[SanctionLine]:
    """What was proposed to follow, as the regulation lists it."""
    return lines_of(listed(breach), breach.proposed)


def lines_of(said: SanctionsSaid | None, codes: Sequence[str]) -> list[SanctionLine]:
    """In the regulation's order. Refuses: NoSuchSanction."""
    known = {line.code: line for line in said.items} if said else {}
    if not set(codes) <= known.keys():
        raise errors.NoSuchSanction()
    return [line for code, line in known.items() if code in codes]


@transaction.atomic
def send_back(breach: Breach, *, reason: str, by: Officer, at: datetime) -> None:
    """More is to be found out first. Refuses: NotPermitted, NoSuchBreach, Concerned, OwnProposal,
    WordsMissing, BreachMoved."""
    log.wait_for_turn()
    check_decides(breach, by)
    words = course.words_of(reason, field=_("退回理由"), most=MOST_REASON)
    course.move(breach, Step.RETURN)
    course.write(breach, Kind.BREACH_RETURNED, by=by, at=at, words=words)


@transaction.atomic
def decide(breach: Breach, *, opinion: str = "", by: Officer, at: datetime) -> None:
    """As proposed. Who is stopped from enforcement gets no device from this instant; what is to be
    put right is ordered with it.

    Refuses: NotPermitted, NoSuchBreach, Concerned, OwnProposal, SignInGiven, NoSuchSanction,
    CorrectByPassed, NobodyToCorrect, NothingToCorrectBy, BreachMoved.
    """
    log.wait_for_turn()
    check_decides(breach, by)
    given.check_own(by, at=at)
    breach.refresh_from_db()
    correcting.check_still_ahead(breach, at)
    correcting.check_can_correct(breach)
    listing = listed(breach)
    lines = lines_of(listing, breach.proposed)
    is_sanctioned = bool(lines or breach.correct_by_date)
    today = in_china(at).date()
    facts: dict[str, Any] = {
        "decision_no": next_decision_no(at),
        "decided_at": at,
        "decided_by": by,
        "suspended_until": last_day(lines, today),
        "no_awards_year": today.year if any(line.no_awards for line in lines) else None,
        # The decision is theirs to know, even of one who was not to be found before.
        "told_at": breach.told_at or at,
    }
    course.move(breach, Step.DECIDE if is_sanctioned else Step.CLEAR, **facts)
    if listing is not None:
        article = listing.grounds[0].article
        BreachSanction.objects.bulk_create(
            BreachSanction(breach=breach, code=line.code, text=line.text, article=article)
            for line in lines
        )
    kind = Kind.BREACH_DECIDED if is_sanctioned else Kind.BREACH_CLEARED
    course.write(breach, kind, by=by, at=at, words=opinion.strip()[:MOST_REASON])
    stopping.begin(breach, by=by, at=at)
    correcting.begin(breach, listing, by=by, at=at)


def last_day(lines: Sequence[SanctionLine], today: date) -> date | None:
    """The last day without enforcement work: a month from the 15th ends on the 14th."""
    terms = [line.suspends for line in lines if line.suspends]
    return max((ends(term, today) for term in terms), default=None)


def ends(term: Period, first: date) -> date:
    return term.after(midnight(first)).date() - timedelta(days=1)


def next_decision_no(at: datetime) -> str:
    """`ZR-2026-000001` (责任追究); the log's turn is held."""
    return numbering.next_number(f"ZR-{in_china(at).year}-", Breach, "decision_no")


def check_decides(breach: Breach, by: Officer) -> None:
    """Refuses: NotPermitted, NoSuchBreach, Concerned, OwnProposal."""
    seeing.check_works(breach, by, Permission.DECIDE_BREACHES)
    if breach.proposed_by_id == by.pk:
        raise errors.OwnProposal()
