"""After the decision: it is delivered, carried out, appealed against, upheld or revoked."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.kernel.clock import in_china
from liuhen.people import given
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.supervision.breaches import correcting, course, errors, inquiring, seeing, stopping
from liuhen.supervision.breaches.sifting import check_handles
from liuhen.supervision.breaches.states import Step
from liuhen.supervision.models import Breach, BreachSanction, BreachState

MOST_WORDS = 1000


class How(StrEnum):
    """In what way a decision came to the one it is about."""

    SIGNED = "signed"  # by themselves, in the system
    HANDED = "handed"
    REFUSED = "refused"  # left there before witnesses
    POSTED = "posted"


@transaction.atomic
def sign(breach: Breach, *, by: Officer, at: datetime) -> None:
    """The person concerned has it in hand. Refuses: NotConcerned, NotTold, AlreadyDelivered,
    BreachMoved."""
    log.wait_for_turn()
    inquiring.check_own(breach, by)
    deliver(breach, How.SIGNED, "", by=by, at=at)


@transaction.atomic
def hand_over(breach: Breach, how: How, *, words: str, by: Officer, at: datetime) -> None:
    """Noted by who handles it: on paper, by post, or refused before witnesses.

    Refuses: NotPermitted, NoSuchBreach, Concerned, WordsMissing, AlreadyDelivered, BreachMoved.
    """
    log.wait_for_turn()
    check_handles(breach, by)
    said = course.words_of(words, field=_("送达情况"), most=MOST_WORDS)
    deliver(breach, how, said, by=by, at=at)


def deliver(breach: Breach, how: How, words: str, *, by: Officer, at: datetime) -> None:
    breach.refresh_from_db()
    if breach.delivered_at is not None:
        raise errors.AlreadyDelivered(at=f"{in_china(breach.delivered_at):%Y-%m-%d %H:%M}")
    course.hold(breach, Kind.BREACH_DELIVERED, delivered_at=at)
    course.write(breach, Kind.BREACH_DELIVERED, by=by, at=at, words=words, how=str(how))


@transaction.atomic
def carry_out(sanction: BreachSanction, *, words: str, by: Officer, at: datetime) -> None:
    """How one sanction was carried out: handed in, read out, entered.

    Refuses: NotPermitted, NoSuchBreach, Concerned, WordsMissing, AlreadyCarriedOut, BreachMoved.
    """
    log.wait_for_turn()
    breach = sanction.breach
    check_handles(breach, by)
    said = course.words_of(words, field=_("执行情况"), most=MOST_WORDS)
    course.hold(breach, Kind.BREACH_CARRIED_OUT)
    rows = BreachSanction.objects.filter(pk=sanction.pk, done_at=None)
    if not rows.update(done_at=at, done_by=by):
        raise errors.AlreadyCarriedOut()
    course.write(breach, Kind.BREACH_CARRIED_OUT, by=by, at=at, words=said, code=sanction.code)


@transaction.atomic
def appeal(breach: Breach, *, words: str, by: Officer, at: datetime) -> None:
    """The person concerned asks for another look, once. The decision stands meanwhile.

    Refuses: NotConcerned, NotTold, WordsMissing, BreachMoved.
    """
    log.wait_for_turn()
    inquiring.check_own(breach, by)
    said = course.words_of(words, field=_("申诉理由"))
    course.move(breach, Step.APPEAL)
    course.write(breach, Kind.BREACH_APPEALED, by=by, at=at, words=said)


@transaction.atomic
def uphold(breach: Breach, *, reason: str, by: Officer, at: datetime) -> None:
    """Refuses: NotPermitted, NoSuchBreach, Concerned, OwnDecision, SignInGiven, WordsMissing,
    BreachMoved."""
    log.wait_for_turn()
    check_reviews(breach, by)
    given.check_own(by, at=at)
    words = course.words_of(reason, field=_("复核意见"), most=MOST_WORDS)
    course.move(breach, Step.UPHOLD)
    course.write(breach, Kind.BREACH_UPHELD, by=by, at=at, words=words)


@transaction.atomic
def revoke(breach: Breach, *, reason: str, by: Officer, at: datetime) -> None:
    """The decision falls, and with it what it stopped and ordered. On an appeal another decides;
    without one, also who took it.

    Refuses as `uphold`.
    """
    log.wait_for_turn()
    check_reviews(breach, by)
    given.check_own(by, at=at)
    words = course.words_of(reason, field=_("撤销理由"), most=MOST_WORDS)
    course.move(breach, Step.REVOKE)
    course.write(breach, Kind.BREACH_REVOKED, by=by, at=at, words=words)
    stopping.end(breach, by=by, at=at)
    correcting.end(breach, by=by, at=at)


def check_reviews(breach: Breach, by: Officer) -> None:
    """Refuses: NotPermitted, NoSuchBreach, Concerned, OwnDecision."""
    seeing.check_works(breach, by, Permission.DECIDE_BREACHES)
    breach.refresh_from_db(fields=["state"])
    own = by.pk in (breach.decided_by_id, breach.proposed_by_id)
    if own and breach.state == BreachState.APPEALED:
        raise errors.OwnDecision()
