"""中断: a stretch of an activity in which nothing was recorded, and whether it is explained.

What the regulation does not allow is entered all the same: the record shows what happened.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuhen.cases import deciders, papers
from liuhen.cases import unrecorded_errors as errors
from liuhen.cases.explaining import Explanation, Lack, explains, of, permit_of
from liuhen.cases.models import Activity, Interruption, PaperState
from liuhen.cases.paper_states import WRITTEN, Step
from liuhen.cases.rejudging import rejudge
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.vocabulary import Cause
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.recordings.models import Mark, MarkKind
from liuhen.recordings.queries import hides

__all__ = ["Explanation", "Lack", "explains", "of", "permit_of"]


@dataclass(frozen=True)
class Stretch:
    """From when until when nothing was recorded, and why. `until_at` None: not resumed (yet).

    `mark`: where on one of the activity's recordings the reason is said aloud.
    """

    from_at: datetime
    until_at: datetime | None
    cause: Cause
    reason: str
    basis: str = ""
    mark: Mark | None = None


def causes(rules: Rules) -> list[tuple[Cause, str, bool]]:
    """Every cause there is, those the regulation allows (`True`) first, in its own words."""
    allowed, others = [], []
    for cause in Cause:
        permit = permit_of(rules, cause)
        told = (cause, papers.cause_text(rules, "interruption", cause))
        if permit and permit.allowed:
            allowed.append((*told, True))
        else:
            others.append((*told, False))
    rule = rules.values.get("interruption")
    order = [line.code for line in getattr(rule, "causes", ())]
    return sorted(allowed, key=lambda one: order.index(one[0])) + others


@transaction.atomic
def enter(
    activity: Activity, stretch: Stretch, *, by: Officer, at: datetime, submit_now: bool = True
) -> Interruption:
    """Where a work record is asked for it is handed in with it, or owed (`submit_now` False).

    Refuses: NotPermitted, NotOfThisActivity, ActivityVoided, NoRegulation, WordsMissing,
    NotArrived, InTheFuture, TimesTurned, OutsideActivity, Overlapping, MarkElsewhere.
    """
    log.wait_for_turn()
    papers.check_enters(activity, by)
    check_stretch(activity, stretch, None, by=by, at=at)
    rules = papers.rules_for(activity, at)
    permit = permit_of(rules, stretch.cause)
    asked = permit is not None and permit.allowed and permit.work_record
    made = Interruption.objects.create(
        activity=activity,
        **said_in(stretch),
        pack_id=rules.pack.pack_id,
        article=permit.grounds[0].article if permit else None,
        posts=deciders.joined(permit.report_to) if permit else "",
        state=PaperState.DRAFT if asked else PaperState.ENTERED,
        entered_at=at,
        entered_by=by,
    )
    record(Kind.INTERRUPTION_ENTERED, made, by=by, at=at)
    rejudge(activity, by=by, at=at)
    if asked and submit_now:
        submit(made, reason=stretch.reason, basis=stretch.basis, by=by, at=at)
    return made


def said_in(stretch: Stretch) -> dict[str, Any]:
    return {
        "from_at": stretch.from_at,
        "until_at": stretch.until_at,
        "cause": stretch.cause,
        "reason": papers.cut(stretch.reason, papers.MOST_REASON),
        "basis": papers.cut(stretch.basis, papers.MOST_BASIS),
        "mark": stretch.mark,
    }


def check_stretch(
    activity: Activity,
    stretch: Stretch,
    itself: Interruption | None,
    *,
    by: Officer,
    at: datetime,
) -> None:
    papers.need(stretch.reason, field=_("原因"))
    activity.refresh_from_db(fields=["arrived_at", "left_at"])
    if activity.arrived_at is None:
        raise errors.NotArrived()
    if stretch.from_at > at:
        raise errors.InTheFuture(field=_("停止记录的时间"))
    if stretch.until_at is not None and stretch.until_at > at:
        raise errors.InTheFuture(field=_("恢复记录的时间"))
    # Within one minute both are the same: forms give whole minutes.
    if stretch.until_at is not None and stretch.until_at < stretch.from_at:
        raise errors.TimesTurned()
    check_within(activity, stretch)
    check_apart(activity, stretch, itself)
    if stretch.mark is not None and (itself is None or stretch.mark != itself.mark):
        check_mark(activity, stretch.mark, by)


def check_within(activity: Activity, stretch: Stretch) -> None:
    """A form gives whole minutes: the minute of the arrival is within. Refuses: OutsideActivity."""
    assert activity.arrived_at is not None
    first = activity.arrived_at.replace(second=0, microsecond=0)
    left_at = activity.left_at
    if stretch.from_at < first or (left_at is not None and stretch.from_at > left_at):
        raise errors.OutsideActivity(arrived_at=minute(activity.arrived_at))


def check_apart(activity: Activity, stretch: Stretch, itself: Interruption | None) -> None:
    """Refuses: Overlapping."""
    others = Interruption.objects.filter(activity=activity).exclude(state=PaperState.REFUSED)
    if itself is not None:
        others = others.exclude(pk=itself.pk)
    lasts = Q(until_at=None) | Q(until_at__gt=stretch.from_at)
    begins = Q(from_at__lt=stretch.until_at) if stretch.until_at is not None else Q()
    others = others.filter((lasts & begins) | Q(from_at=stretch.from_at))
    if met := others.order_by("from_at").first():
        raise errors.Overlapping(stretch=stretch_text(met))


def check_mark(activity: Activity, mark: Mark, by: Officer) -> None:
    """Refuses: MarkElsewhere."""
    fit = marks_of(activity, by).filter(pk=mark.pk)
    if not fit.exists():
        raise errors.MarkElsewhere()


def marks_of(activity: Activity, by: Officer) -> Any:
    """The spoken explanations on those of the activity's recordings that are not kept secret from
    `by`, in the order of the recordings."""
    rows = Mark.objects.filter(
        recording__activity_recording__activity=activity,
        kind=MarkKind.INTERRUPTION,
        removed_at=None,
    )
    rows = rows.exclude(hides(by)).select_related("recording")
    return rows.order_by("recording__recorded_at", "recording__pk", "start_seconds")


@transaction.atomic
def change(interruption: Interruption, stretch: Stretch, *, by: Officer, at: datetime) -> None:
    """When it went on, the mark, a better account. What was handed in keeps its words: then only
    the time it went on, where nobody had, and the mark may still be said.

    Refuses: NotPermitted, NotOfThisActivity, ActivityVoided, WordsMissing, NotArrived, InTheFuture,
    TimesTurned, OutsideActivity, Overlapping, MarkElsewhere, WrongStep.
    """
    log.wait_for_turn()
    papers.check_writes(interruption, by)
    interruption.refresh_from_db()
    if interruption.state in (PaperState.REFUSED, PaperState.FILED):
        raise errors.WrongStep(state=interruption.get_state_display())
    if not is_open_to_words(interruption):
        stretch = keeping_words(interruption, stretch)
    stretch = keeping_mark(interruption, stretch, by)
    check_stretch(interruption.activity, stretch, interruption, by=by, at=at)
    before = interruption.state
    rows = Interruption.objects.filter(pk=interruption.pk, state=before)
    said = said_in(stretch) | judged(interruption, stretch)
    moved = rows.update(**said)
    interruption.refresh_from_db()
    if not moved:
        raise errors.WrongStep(state=interruption.get_state_display())
    record(Kind.INTERRUPTION_CHANGED, interruption, by=by, at=at, before=str(before))
    rejudge(interruption.activity, by=by, at=at)


def may_change(interruption: Interruption, by: Officer) -> bool:
    ended = (PaperState.REFUSED, PaperState.FILED)
    return interruption.state not in ended and papers.may_enter(interruption.activity, by)


def judged(interruption: Interruption, stretch: Stretch) -> dict[str, Any]:
    """Another cause may be one that asks for a work record, or no longer."""
    if stretch.cause == interruption.cause:
        return {}
    rules = papers.rules_for(interruption.activity, interruption.entered_at)
    permit = permit_of(rules, stretch.cause)
    asked = permit is not None and permit.allowed and permit.work_record
    return {
        "article": permit.grounds[0].article if permit else None,
        "posts": deciders.joined(permit.report_to) if permit else "",
        "state": PaperState.DRAFT if asked else PaperState.ENTERED,
    }


def is_open_to_words(interruption: Interruption) -> bool:
    return interruption.state in (PaperState.ENTERED, *WRITTEN)


def keeping_mark(interruption: Interruption, stretch: Stretch, by: Officer) -> Stretch:
    """A mark on what `by` may not know of stays: it was not theirs to choose."""
    was = interruption.mark
    if stretch.mark is not None or was is None:
        return stretch
    is_known = marks_of(interruption.activity, by).filter(pk=was.pk).exists()
    return stretch if is_known else replace(stretch, mark=was)


def keeping_words(interruption: Interruption, stretch: Stretch) -> Stretch:
    return Stretch(
        interruption.from_at,
        # Who decides reads how long it was: said once, it stands.
        interruption.until_at or stretch.until_at,
        Cause(interruption.cause),
        interruption.reason,
        interruption.basis,
        stretch.mark,
    )


@transaction.atomic
def submit(
    interruption: Interruption, *, reason: str, basis: str, by: Officer, at: datetime
) -> None:
    """Refuses: NotPermitted, NotOfThisActivity, ActivityVoided, WordsMissing, WrongStep."""
    log.wait_for_turn()
    papers.check_writes(interruption, by)
    papers.submit(interruption, reason, basis, needs_basis=True, by=by, at=at)
    record(Kind.INTERRUPTION_SUBMITTED, interruption, by=by, at=at)
    rejudge(interruption.activity, by=by, at=at)


@transaction.atomic
def approve(interruption: Interruption, *, opinion: str, by: Officer, at: datetime) -> None:
    """Refuses: NoSuchPaper, OwnPaper, NotYoursToDecide, WrongStep."""
    log.wait_for_turn()
    papers.decide(interruption, Step.APPROVE, opinion, by=by, at=at)
    record(Kind.INTERRUPTION_APPROVED, interruption, by=by, at=at)
    rejudge(interruption.activity, by=by, at=at)


@transaction.atomic
def send_back(interruption: Interruption, *, opinion: str, by: Officer, at: datetime) -> None:
    """Refuses: NoSuchPaper, OwnPaper, NotYoursToDecide, WordsMissing, WrongStep."""
    log.wait_for_turn()
    papers.decide(interruption, Step.RETURN, opinion, by=by, at=at)
    record(Kind.INTERRUPTION_RETURNED, interruption, by=by, at=at)
    rejudge(interruption.activity, by=by, at=at)


@transaction.atomic
def refuse(interruption: Interruption, *, opinion: str, by: Officer, at: datetime) -> None:
    """The gap stays unexplained. Refuses as `send_back`."""
    log.wait_for_turn()
    papers.decide(interruption, Step.REFUSE, opinion, by=by, at=at)
    record(Kind.INTERRUPTION_REFUSED, interruption, by=by, at=at)
    rejudge(interruption.activity, by=by, at=at)


@transaction.atomic
def file(interruption: Interruption, *, by: Officer, at: datetime) -> None:
    """Refuses: NoSuchPaper, NotYoursToFile, WrongStep."""
    log.wait_for_turn()
    papers.check_files(interruption, by)
    papers.move(interruption, Step.FILE, filed_at=at)
    record(Kind.INTERRUPTION_FILED, interruption, by=by, at=at)


def stretch_text(interruption: Interruption) -> str:
    """2026-01-05 09:30 → 09:42, by China's clock; one that was not resumed has no end."""
    until_at = interruption.until_at
    end = f"{in_china(until_at):%H:%M}" if until_at else str(_("未恢复"))
    return f"{minute(interruption.from_at)} → {end}"


def minute(instant: datetime) -> str:
    return f"{in_china(instant):%Y-%m-%d %H:%M}"


def record(
    kind: Kind, interruption: Interruption, *, by: Officer, at: datetime, **more: Any
) -> None:
    mark = interruption.mark
    facts = papers.said_of(interruption) | {
        "interruption": interruption.pk,
        "from_at": interruption.from_at.isoformat(),
        "until_at": interruption.until_at.isoformat() if interruption.until_at else None,
        "mark": mark.pk if mark else None,
        "marked": mark.recording.number if mark else None,
        **more,
    }
    log.record(kind, subject=papers.subject_of(interruption.activity), by=by, at=at, **facts)
