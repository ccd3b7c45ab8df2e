"""Taking a step of a request: agree, refuse, or send back what is unclear.

Of two who decide at once, one does; nobody decides on their own request or on what they took part
in; whoever stands in for somebody decides in their place.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from liuhen.access import asking, chains, deciders, grants, papers, reading
from liuhen.access import request_errors as errors
from liuhen.access.deciders import posts_in
from liuhen.access.models import Decision, Request, Step
from liuhen.access.moving import check_moves, move, record
from liuhen.access.states import Move
from liuhen.access.wording import posts_text
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.vocabulary import RequestKind
from liuhen.kernel.refusal import Refusal
from liuhen.people import given
from liuhen.people.models import Officer
from liuhen.people.spelling import seen
from liuhen.recordings import secrecy

MOST_COMMENT = 500


@transaction.atomic
def approve(
    step: Step, *, by: Officer, at: datetime, comment: str = "", until: date | None = None
) -> None:
    """Agree; with the last step the recordings are granted, `until` that day at the latest.

    Refuses: NoSuchRequest, RequestMoved, OwnRequest, AboutYourself, AlreadyDecided, NotYourTurn,
    NotYoursToDecide, SignInGiven, LetterMissing, NotFoundYet, NeverPublished, UntilOutside.
    """
    log.wait_for_turn()
    step = check_decides(step, by=by, at=at)
    request = step.request
    check_grantable(request, at=at)
    last_day = last_day_of(request, until, at=at)
    decide(step, Decision.APPROVED, seen(comment), by=by, at=at)
    facts = told(step) | {"until": last_day.isoformat()}
    record(Kind.ACCESS_STEP_APPROVED, request, by=by, at=at, **facts)
    if deciders.current_of(request) is None:
        move(request, Move.GRANT, closed_at=at, closed_by=by)
        grants.grant(request, until=last_day, by=by, at=at)
    elif until is not None:
        Request.objects.filter(pk=request.pk).update(wanted_until=last_day)


def last_day_of(request: Request, until: date | None, *, at: datetime) -> date:
    """A decider gives less than was asked for, or earlier in the chain left, never more.
    Refuses: UntilOutside."""
    asked = max(request.wanted_until, asking.today(at))
    if until is not None and until > asked:
        raise errors.UntilOutside(latest=asked.isoformat())
    return asking.until_of(until or asked, at)


@transaction.atomic
def refuse(step: Step, *, comment: str, by: Officer, at: datetime) -> None:
    """The request is over. Refuses: as `approve`, CommentBlank."""
    log.wait_for_turn()
    step = check_decides(step, by=by, at=at)
    decide(step, Decision.REFUSED, commented(comment), by=by, at=at)
    move(step.request, Move.REFUSE, closed_at=at, closed_by=by)
    record(Kind.ACCESS_REFUSED, step.request, by=by, at=at, **told(step))


@transaction.atomic
def send_back(step: Step, *, comment: str, by: Officer, at: datetime) -> None:
    """Something is missing or unclear; the comment says what. Refuses: as `refuse`."""
    log.wait_for_turn()
    step = check_decides(step, by=by, at=at)
    decide(step, Decision.RETURNED, commented(comment), by=by, at=at)
    move(step.request, Move.RETURN)
    record(Kind.ACCESS_RETURNED, step.request, by=by, at=at, **told(step))


def check_decides(step: Step, *, by: Officer, at: datetime) -> Step:
    """The step as it stands. Refuses: NoSuchRequest, RequestMoved, OwnRequest, AboutYourself,
    AlreadyDecided, NotYourTurn, NotYoursToDecide, SignInGiven."""
    request = reading.as_it_stands(step.request, by)
    step = Step.objects.get(pk=step.pk)
    step.request = request
    if step.decision != Decision.PENDING:
        raise errors.AlreadyDecided()
    check_moves(request, Move.GRANT)
    current = deciders.current_of(request)
    if step.round != request.round or current is None:
        raise errors.AlreadyDecided()
    check_not_concerned(request, by)
    if current != step:
        raise errors.NotYourTurn(request.article, posts=posts_text(posts_in(current.posts)))
    if by not in deciders.who_can_act(step, at=at):
        raise errors.NotYoursToDecide(request.article, posts=posts_text(posts_in(step.posts)))
    given.check_own(by, at=at)
    return step


def may_decide(step: Step, *, by: Officer, at: datetime) -> bool:
    try:
        check_decides(step, by=by, at=at)
    except Refusal:
        return False
    return by.is_active


def check_not_concerned(request: Request, by: Officer) -> None:
    """Refuses: OwnRequest, AboutYourself."""
    if request.asked_by_id == by.pk:
        raise errors.OwnRequest(request.article)
    if by.pk in deciders.barred_from([request.pk])[request.pk]:
        raise errors.AboutYourself(request.article)


def check_grantable(request: Request, *, at: datetime) -> None:
    """Refuses: LetterMissing, NotFoundYet, NeverPublished."""
    papers.check_complete(request)
    items = [item.recording for item in request.items.select_related("recording")]
    if not items:
        raise errors.NotFoundYet()
    kind, is_secret = RequestKind(request.kind), secrecy.is_secret(items)
    chain = chains.chain_for(request.agency, kind, at=at, is_secret=is_secret)
    if not chain.allowed:
        raise errors.NeverPublished(chain.article)


def decide(step: Step, decision: Decision, comment: str, *, by: Officer, at: datetime) -> None:
    """Compare-and-set. Refuses: AlreadyDecided."""
    moved = Step.objects.filter(pk=step.pk, decision=Decision.PENDING).update(
        decision=decision, comment=comment[:MOST_COMMENT], decided_by=by, decided_at=at
    )
    if not moved:
        raise errors.AlreadyDecided()
    step.decision, step.comment = decision, comment[:MOST_COMMENT]


def commented(comment: str) -> str:
    """Refuses: CommentBlank."""
    if not (said := seen(comment)):
        raise errors.CommentBlank()
    return said


def told(step: Step) -> dict[str, Any]:
    return {
        "round": step.round,
        "position": step.position,
        "posts": step.posts,
        "act": str(step.act),
        "comment": step.comment,
    }
