"""无法继续记录: told at once to the posts the regulation names, a written statement after it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liuhen.cases import deciders, interruptions, papers
from liuhen.cases import unrecorded_errors as errors
from liuhen.cases.interruptions import Stretch, minute
from liuhen.cases.models import Activity, Interruption, StopReport
from liuhen.cases.rejudging import rejudge
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy import recording as policy
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.vocabulary import Cause
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer

MOST_STATEMENT = 2000


@dataclass(frozen=True)
class Stopped:
    """Since when nothing can be recorded, and why."""

    stopped_at: datetime
    cause: Cause
    reason: str


@transaction.atomic
def report(activity: Activity, stopped: Stopped, *, by: Officer, at: datetime) -> StopReport:
    """From the site, at once. The stretch is entered as an interruption with it, or joins the one
    that is open.

    Refuses: NotPermitted, NotOfThisActivity, ActivityVoided, NoRegulation, StopNotAsked, StopThere,
    and what `interruptions.enter` refuses.
    """
    log.wait_for_turn()
    papers.check_enters(activity, by)
    rules = papers.rules_for(activity, at)
    asked = policy.cannot_go_on(rules)
    if asked is None:
        raise errors.StopNotAsked()
    stretch = open_stretch(activity)
    if stretch is not None and (known := stretch.stop_reports.first()):
        raise errors.StopThere(at=minute(known.reported_at))
    if stretch is None:
        told = Stretch(stopped.stopped_at, None, stopped.cause, stopped.reason)
        stretch = interruptions.enter(activity, told, by=by, at=at, submit_now=False)
    made = StopReport.objects.create(
        activity=activity,
        interruption=stretch,
        cause=stretch.cause,
        reason=papers.cut(stopped.reason, papers.MOST_REASON),
        pack_id=rules.pack.pack_id,
        article=asked.grounds[0].article,
        posts=deciders.joined(deciders.reaching(asked.report_to, activity, by)),
        needs_statement=asked.written_statement,
        stopped_at=stretch.from_at,
        reported_at=at,
        reported_by=by,
    )
    record(Kind.STOP_REPORTED, made, by=by, at=at)
    rejudge(activity, by=by, at=at)
    return made


def open_stretch(activity: Activity) -> Interruption | None:
    return next((one for one in interruptions.of(activity) if one.until_at is None), None)


@transaction.atomic
def see(stop: StopReport, *, by: Officer, at: datetime) -> None:
    """Take note of it (阅知). Refuses: NoSuchPaper, OwnPaper, NotYoursToDecide, SeenAlready."""
    log.wait_for_turn()
    check_sees(stop, by)
    rows = StopReport.objects.filter(pk=stop.pk, seen_at=None)
    moved = rows.update(seen_at=at, seen_by=by)
    stop.refresh_from_db()
    if not moved:
        assert stop.seen_by is not None
        assert stop.seen_at is not None
        raise errors.SeenAlready(name=stop.seen_by.name, at=minute(stop.seen_at))
    record(Kind.STOP_SEEN, stop, by=by, at=at)


def check_sees(stop: StopReport, by: Officer) -> None:
    """Refuses: NoSuchPaper, OwnPaper, NotYoursToDecide."""
    if stop.activity.agency_id != by.agency_id:
        raise errors.NoSuchPaper()
    if stop.reported_by_id == by.pk:
        raise errors.OwnPaper()
    if not StopReport.objects.filter(deciders.falls_to(by, "reported_by"), pk=stop.pk).exists():
        raise errors.NotYoursToDecide(stop.article, posts=papers.posts_text(stop.posts))


def may_see(stop: StopReport, by: Officer) -> bool:
    try:
        check_sees(stop, by)
    except Refusal:
        return False
    return stop.seen_at is None


@transaction.atomic
def state(stop: StopReport, *, statement: str, by: Officer, at: datetime) -> None:
    """The written statement; handed in once.

    Refuses: NotPermitted, NotOfThisActivity, ActivityVoided, StatementNotAsked, WordsMissing,
    StatementThere.
    """
    log.wait_for_turn()
    papers.check_enters(stop.activity, by)
    if not stop.needs_statement:
        raise errors.StatementNotAsked(stop.article)
    papers.need(statement, field=_("书面说明"))
    words = papers.cut(statement, MOST_STATEMENT)
    rows = StopReport.objects.filter(pk=stop.pk, stated_at=None)
    moved = rows.update(statement=words, stated_at=at, stated_by=by)
    stop.refresh_from_db()
    if not moved:
        assert stop.stated_at is not None
        raise errors.StatementThere(at=minute(stop.stated_at))
    record(Kind.STOP_STATED, stop, by=by, at=at, statement=words)
    rejudge(stop.activity, by=by, at=at)


def may_state(stop: StopReport, by: Officer) -> bool:
    wanted = stop.needs_statement and stop.stated_at is None
    return wanted and papers.may_enter(stop.activity, by)


def unseen_for(officer: Officer) -> QuerySet[StopReport]:
    """What waits for this officer's word, the oldest first: read from the reports themselves, so
    that nothing waits for the worker's round."""
    rows = StopReport.objects.filter(deciders.falls_to(officer, "reported_by"), seen_at=None)
    rows = rows.filter(activity__voided_at=None)
    return rows.select_related("activity__unit", "reported_by").order_by("reported_at", "pk")


def asked(rules: Rules) -> policy.StopReport | None:
    """None: the regulation does not say what to do when recording cannot go on."""
    return policy.cannot_go_on(rules)


def record(kind: Kind, stop: StopReport, *, by: Officer, at: datetime, **more: Any) -> None:
    facts = {
        "stop": stop.pk,
        "cause": stop.cause,
        "reason": stop.reason,
        "pack_id": stop.pack_id,
        "article": stop.article,
        "posts": stop.posts,
        "stopped_at": stop.stopped_at.isoformat(),
        "needs_statement": stop.needs_statement,
    } | more
    log.record(kind, subject=papers.subject_of(stop.activity), by=by, at=at, **facts)
