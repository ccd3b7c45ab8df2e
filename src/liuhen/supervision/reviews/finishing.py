"""Telling the result, objections to it, and the close."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.duties import closing
from liuhen.duties.models import Duty, DutyKind
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.regulations.posts import headed_by
from liuhen.supervision.models import (
    ObjectionState,
    Review,
    ReviewItem,
    ReviewObjection,
    ReviewState,
)
from liuhen.supervision.reviews import basis as bases
from liuhen.supervision.reviews import candidates, errors, looking, results, scoring, steps
from liuhen.supervision.reviews.states import Step

LONGEST = timedelta(days=60)


@transaction.atomic
def announce(review: Review, *, object_by: date, by: Officer, at: datetime) -> None:
    """Tell those reviewed; they may object until then. Refuses: NotAReviewer, ObjectingDay,
    NotAllScored, WrongStep."""
    log.wait_for_turn()
    bases.check_runs_review(review, by, at=at)
    today = in_china(at).date()
    if not today <= object_by <= today + LONGEST:
        raise errors.ObjectingDay()
    missing = sum(map(len, scoring.left(review).values()))
    if missing:
        raise errors.NotAllScored(n=missing)
    if bare := review.items.filter(scores=None).order_by("position").first():
        raise errors.NobodyToScore(number=_("第 %(n)s 件") % {"n": bare.position})
    steps.move(review, Step.ANNOUNCE, announced_at=at, object_by_date=object_by)
    scoring.settle(review)
    facts = result_facts(review) | {"object_by": object_by.isoformat()}
    steps.record(Kind.REVIEW_ANNOUNCED, review, by=by, at=at, **facts)
    looking.end(review, by=by, at=at)


def result_facts(review: Review) -> dict[str, Any]:
    """Each thing's points, and the units' grades, in the log's words: no floats."""
    items = list(review.items.select_related("unit", "officer", "review").order_by("position"))
    return {
        "scores": [[one.position, str(one.score), one.is_out] for one in items],
        "units": [[one.name, str(one.score), one.grade] for one in results.by_unit(review, items)],
    }


@transaction.atomic
def raise_objection(item: ReviewItem, *, reason: str, by: Officer, at: datetime) -> ReviewObjection:
    """By who was reviewed or heads the unit, once. Refuses: NotConcerned, WordsBlank, WrongStep,
    ObjectingOver, ObjectedBefore."""
    log.wait_for_turn()
    review = item.review
    if not is_concerned(item, by):
        raise errors.NotConcerned()
    said = steps.words_of(reason, _("异议理由"))
    steps.check_in(review, ReviewState.ANNOUNCED)
    assert review.object_by_date is not None
    if in_china(at).date() > review.object_by_date:
        raise errors.ObjectingOver(day=review.object_by_date)
    if ReviewObjection.objects.filter(item=item).exists():
        raise errors.ObjectedBefore(position=item.position)
    made = ReviewObjection.objects.create(item=item, reason=said, raised_at=at, raised_by=by)
    steps.record(Kind.REVIEW_OBJECTED, review, by=by, at=at, position=item.position, reason=said)
    return made


def is_concerned(item: ReviewItem, officer: Officer) -> bool:
    return officer.is_active and (
        item.officer_id == officer.pk or item.unit_id in headed_by(officer)
    )


def those_in(item: ReviewItem) -> set[int]:
    """Who made it or took part in it."""
    activities = [item.activity_id] if item.activity_id else []
    loose = [item.recording_id] if item.recording_id else []
    return set().union(*candidates.people_of(activities, loose).values())


def answers(item: ReviewItem, officer: Officer, *, at: datetime) -> bool:
    """Whoever runs reviews or leads; nobody who scored it, is concerned or took part."""
    if is_concerned(item, officer) or item.scores.filter(reviewer=officer).exists():
        return False
    if officer.pk in those_in(item):
        return False
    return bases.may_run(officer, bases.basis_for(officer.agency, at=at))


@transaction.atomic
def answer_objection(
    item: ReviewItem,
    *,
    reply: str,
    score: Decimal | None = None,
    is_out: bool = False,
    by: Officer,
    at: datetime,
) -> None:
    """`score`: what it is now, where the objection is right; None: the result stands.

    Refuses: NotTheDecider, WordsBlank, ScoreWrong, WrongStep, AnsweredBefore.
    """
    log.wait_for_turn()
    review = item.review
    if item.review.agency_id != by.agency_id or not answers(item, by, at=at):
        raise errors.NotTheDecider()
    said = steps.words_of(reply, _("答复意见"))
    if score is not None and not 0 <= score <= scoring.WHOLE:
        raise errors.ScoreWrong(line=item.position, points=scoring.WHOLE)
    steps.check_in(review, ReviewState.ANNOUNCED)
    state = ObjectionState.REJECTED if score is None else ObjectionState.UPHELD
    moved = ReviewObjection.objects.filter(item=item, state=ObjectionState.RAISED).update(
        state=state, reply=said, decided_at=at, decided_by=by
    )
    if not moved:
        raise errors.AnsweredBefore()
    if score is not None:
        kept = score.quantize(scoring.ONE_DECIMAL)
        ReviewItem.objects.filter(pk=item.pk).update(score=kept, is_out=is_out)
    item.refresh_from_db()
    steps.record(
        Kind.REVIEW_OBJECTION_DECIDED, review, by=by, at=at, position=item.position,
        state=str(state), reply=said, score=str(item.score), is_out=item.is_out,
    )  # fmt: skip


@transaction.atomic
def close(review: Review, *, conclusion: str, by: Officer, at: datetime) -> Duty | None:
    """The result is final. It does the review that was due when it was opened, where that is this
    officer's; that duty is answered.

    Refuses: NotAReviewer, WordsBlank, ObjectionOpen, StillObjectable, WrongStep.
    """
    log.wait_for_turn()
    bases.check_runs_review(review, by, at=at)
    words = steps.words_of(conclusion, _("评查结论"))
    steps.check_in(review, ReviewState.ANNOUNCED)
    waiting = ReviewObjection.objects.filter(
        item__review=review, state=ObjectionState.RAISED
    ).count()
    if waiting:
        raise errors.ObjectionOpen(n=waiting)
    assert review.object_by_date is not None
    if in_china(at).date() <= review.object_by_date:
        raise errors.StillObjectable(day=review.object_by_date)
    steps.move(review, Step.CLOSE, closed_at=at, closed_by=by, conclusion=words)
    facts = result_facts(review)
    steps.record(Kind.REVIEW_CLOSED, review, by=by, at=at, conclusion=words, **facts)
    duty = closing.open_in(DutyKind.REVIEW, review.opened_at, by)
    if duty is not None:
        closing.complete(duty, note=f"评查 {review.number}：{words}"[:500], by=by, at=at)
    return duty


@transaction.atomic
def abandon(review: Review, *, reason: str, by: Officer, at: datetime) -> None:
    """Give it up before its result is told; it stays visible. Refuses: NotAReviewer, WordsBlank,
    WrongStep."""
    log.wait_for_turn()
    bases.check_runs_review(review, by, at=at)
    words = steps.words_of(reason, _("放弃理由"))
    steps.move(review, Step.ABANDON, closed_at=at, closed_by=by, conclusion=words)
    steps.record(Kind.REVIEW_ABANDONED, review, by=by, at=at, reason=words)
    looking.end(review, by=by, at=at)
