"""Opening a review: of which days, by which form, by whom; what is reviewed, drawn or chosen.

What is drawn, nobody picks: the root of the log over the opening is the randomness, as of a spot
check (`engines.drawing`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log, numbering, proofs, queries
from liuhen.custody.kinds import Kind
from liuhen.engines.drawing import choosing
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.supervision.models import Review, ReviewItem, ReviewState
from liuhen.supervision.reviews import basis as bases
from liuhen.supervision.reviews import candidates, errors, looking, places, steps
from liuhen.supervision.reviews.candidates import ACTIVITY, RECORDING, Thing
from liuhen.supervision.reviews.states import Step

MOST = 300


@dataclass(frozen=True)
class Plan:
    """`percent` of each unit's is drawn, at least one; or None: `numbers` are reviewed, `reason`
    says why these. Days are China's, both included."""

    title: str
    since: date
    until: date
    reviewers: Sequence[Officer]
    percent: int | None = None
    numbers: Sequence[str] = ()
    reason: str = ""


@transaction.atomic
def open(plan: Plan, *, by: Officer, at: datetime) -> Review:
    """Refuses: NotAReviewer, WordsBlank, WrongDays, ReasonBlank, NotKnown, NobodyToScore,
    NothingToReview, TooMany, NoRegulation."""
    log.wait_for_turn()
    basis, today = bases.basis_for(by.agency, at=at), in_china(at).date()
    bases.check_runs(by, basis)
    if not plan.reviewers:
        raise errors.WordsBlank(field=_("评查人"))
    bases.check_may_score(plan.reviewers, by.agency, basis)
    if not plan.since <= plan.until <= today:
        raise errors.WrongDays()
    chosen = items_of(plan, by)
    made = row_of(plan, basis, by=by, at=at)
    made.save()
    made.reviewers.set(plan.reviewers)
    steps.record(Kind.REVIEW_OPENED, made, by=by, at=at, **opened_facts(made), items=chosen)
    if plan.percent is None:
        steps.move(made, Step.DRAW)
        keep(made, chosen, by=by, at=at)
    return made


def items_of(plan: Plan, by: Officer) -> list[str]:
    """Those chosen; of a draw, all it is drawn from is looked at, none of it is kept yet."""
    if plan.percent is not None:
        rows = candidates.in_days(by, plan.since, plan.until)
        counts = choosing.quotas(rows, plan.percent, 1)
        check_size(sum(taken for _size, taken in counts.values()))
        return []
    if not plan.reason.strip():
        raise errors.ReasonBlank()
    chosen = candidates.named(by, plan.numbers)
    check_size(len(chosen))
    return chosen


def check_size(n: int) -> None:
    if n == 0:
        raise errors.NothingToReview()
    if n > MOST:
        raise errors.TooMany(n=n, most=MOST)


def row_of(plan: Plan, basis: bases.Basis, *, by: Officer, at: datetime) -> Review:
    form = bases.form_for(by.agency, in_china(at).date())
    return Review(
        agency_id=by.agency_id,
        number=numbering.next_number(f"PC-{in_china(at).year}-", Review),
        title=steps.words_of(plan.title, _("评查名称"), most=100),
        since_date=plan.since,
        until_date=plan.until,
        percent=plan.percent,
        reason=plan.reason.strip()[:500],
        form_version=form.version,
        form_title=form.title,
        form_lines=form.lines,
        good=form.good,
        pass_from=form.pass_from,
        pack_id=basis.pack_id,
        article=basis.article,
        opened_at=at,
        opened_by=by,
    )


def opened_facts(review: Review) -> dict[str, Any]:
    """As the log has them and as the audit compares them."""
    return {
        "title": review.title,
        "since": review.since_date.isoformat(),
        "until": review.until_date.isoformat(),
        "percent": review.percent,
        "reason": review.reason,
        "form_version": review.form_version,
        "form_lines": review.form_lines,
        "good": review.good,
        "pass_from": review.pass_from,
        "pack": review.pack_id,
        "article": review.article,
        "reviewers": sorted(one.login for one in review.reviewers.all()),
    }


@transaction.atomic
def draw(review: Review, *, by: Officer, at: datetime) -> None:
    """Refuses: NoSuchReview, NotAReviewer, WrongStep, NothingToReview, NobodyToScore."""
    log.wait_for_turn()
    bases.check_runs_review(review, by, at=at)
    steps.check_in(review, ReviewState.OPENED)
    head = queries.checkpoint_over(proofs.event_of(steps.subject_of(review), Kind.REVIEW_OPENED))
    assert head is not None  # it was signed in the opening's own transaction
    assert review.percent is not None  # what was chosen is kept at once
    root = bytes(head.root).hex()
    rows = candidates.in_days(review.opened_by, review.since_date, review.until_date)
    drawn = choosing.draw(
        rows, root_hex=root, draw_no=review.number, percent=review.percent, least=1
    )
    check_size(len(drawn))
    steps.move(review, Step.DRAW, root=root)
    items = [one.item for one in drawn]
    steps.record(Kind.REVIEW_DRAWN, review, by=by, at=at, root=root, of=len(rows), items=items)
    keep(review, items, by=by, at=at)


def keep(review: Review, items: Sequence[str], *, by: Officer, at: datetime) -> None:
    """Refuses: NobodyToScore."""
    things = candidates.things(items)
    made = [item_of(review, n, thing) for n, thing in enumerate(things, 1)]
    ReviewItem.objects.bulk_create(made)
    scoring = scorers_of(review, made)
    for thing, item in zip(things, made, strict=True):
        if not scoring[item.position]:
            raise errors.NobodyToScore(number=thing.item.partition(":")[2])
    for reviewer in review.reviewers.all():
        theirs = [item for item in made if reviewer in scoring[item.position]]
        looking.let_look(review, theirs, reviewer, by=by, at=at)


def item_of(review: Review, position: int, thing: Thing) -> ReviewItem:
    row = thing.activity or thing.recording
    assert row is not None
    return ReviewItem(
        review=review,
        position=position,
        activity=thing.activity,
        recording=thing.recording,
        unit=row.unit,
        officer=thing.officer,
    )


def scorers_of(review: Review, items: Sequence[ReviewItem]) -> dict[int, list[Officer]]:
    """Who scores each, by its position: every reviewer who neither made it nor took part, who may
    know of it, and in whose place nobody scored it before."""
    people = candidates.people_of(
        [one.activity_id for one in items if one.activity_id],
        [one.recording_id for one in items if one.recording_id],
    )
    loose = [one.recording_id for one in items if one.recording_id]
    done = places.done_before(review)
    found: dict[int, list[Officer]] = {one.position: [] for one in items}
    for reviewer in review.reviewers.filter(is_active=True).order_by("name", "pk"):
        known = candidates.recordings_of(reviewer).filter(pk__in=loose)
        knows = set(known.values_list("pk", flat=True)) if loose else set()
        before = done.get(reviewer.pk, set())
        for one in (one for one in items if one.position not in before):
            key = (ACTIVITY, one.activity_id) if one.activity_id else (RECORDING, one.recording_id)
            is_own = reviewer.pk in people.get(key, set())  # type: ignore[arg-type]  # one of the two keys is there
            if not is_own and (one.activity_id or one.recording_id in knows):
                found[one.position].append(reviewer)
    return found
