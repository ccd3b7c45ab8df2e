"""An order of correction (整改通知书), step by step; each is an event in its own transaction.

`duties` derives from these events what is owed: what the facts say, it needs.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log, numbering
from liuhen.custody.kinds import Kind
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Officer, Unit
from liuhen.people.spelling import seen_lines
from liuhen.regulations import current
from liuhen.supervision.corrections import errors, seeing
from liuhen.supervision.corrections.states import CORRECTION, Step
from liuhen.supervision.models import Correction, CorrectionSource, CorrectionState

DAY = timedelta(days=1)
LONGEST = timedelta(days=366)
MOST_WORDS = 1000
MOST_REPORT = 2000


@dataclass(frozen=True)
class Order:
    """`until`: the last day in time, China's; `officer` None: the unit's head sees to it; `unit`
    None: the officer belongs to none."""

    source: str
    unit: Unit | None
    problem: str
    demand: str
    article: int
    until: date
    officer: Officer | None = None
    reference: str = ""


@transaction.atomic
def order(said: Order, *, by: Officer, at: datetime) -> Correction:
    """Refuses: NotPermitted, OutsideUnit, OnlyByDecision, NotOfUnit, OrderedToOneself, WordsBlank,
    DeadlinePassed, NoRegulation, NoSuchArticle."""
    log.wait_for_turn()
    seeing.check_orders(by, said.unit)
    if said.source == CorrectionSource.DECISION:
        raise errors.OnlyByDecision()
    rules = current.rules(by.agency, in_china(at).date())
    if said.article not in rules.pack.articles:
        raise errors.NoSuchArticle(article=said.article)
    return give(said, rules.pack.pack_id, by=by, at=at)


def give(said: Order, pack_id: str, *, by: Officer, at: datetime) -> Correction:
    """By whoever was found to be the one to order it, in their transaction and the log's turn.

    Refuses: NotOfUnit, OrderedToOneself, WordsBlank, DeadlinePassed.
    """
    made = Correction(
        agency_id=by.agency_id,
        number=numbering.next_number(f"ZG-{in_china(at).year}-", Correction),
        source=said.source,
        reference=said.reference[:20],
        unit=said.unit,
        officer=said.officer,
        problem=words_of(said.problem, _("存在的问题")),
        demand=words_of(said.demand, _("整改要求")),
        pack_id=pack_id,
        article=said.article,
        due_at=end_of(said.until, at),
        ordered_at=at,
        ordered_by=by,
    )
    check_whose(made, by)
    made.save()
    record(Kind.CORRECTION_ORDERED, made, by=by, at=at, **ordered_facts(made))
    return made


def check_whose(made: Correction, by: Officer) -> None:
    """Refuses: NotOfUnit, OrderedToOneself."""
    if made.officer is not None and made.officer.unit_id != made.unit_id:
        raise errors.NotOfUnit(who=made.officer.name, unit=made.unit)
    if seeing.is_whose(made, by):
        raise errors.OrderedToOneself()


def ordered_facts(made: Correction) -> dict[str, Any]:
    """The order as the log has it, as duties are made of it and as the audit compares it."""
    return {
        "agency": made.agency_id,
        "source": made.source,
        "reference": made.reference,
        "unit": made.unit_id,
        "unit_name": made.unit.name if made.unit else None,
        "officer": made.officer.login if made.officer else None,
        "problem": made.problem,
        "demand": made.demand,
        "pack": made.pack_id,
        "article": made.article,
        "due_at": told(made.due_at),
    }


def told(due_at: datetime) -> str:
    """The same text whether it comes from a form or from the database."""
    return in_china(due_at).isoformat()


@transaction.atomic
def submit(correction: Correction, *, report: str, by: Officer, at: datetime) -> None:
    """Say what was done. Refuses: NoSuchCorrection, NotYours, WordsBlank, CorrectionMoved."""
    log.wait_for_turn()
    now = seeing.correction_for(correction.number, by)
    if not seeing.is_whose(now, by):
        raise errors.NotYours(who=now.officer.name if now.officer else f"{now.unit}负责人")
    said = words_of(report, _("整改情况"), most=MOST_REPORT)
    move(correction, Step.SUBMIT, report=said, submitted_at=at, submitted_by=by)
    record(Kind.CORRECTION_SUBMITTED, correction, by=by, at=at, report=said)


@transaction.atomic
def accept(correction: Correction, *, opinion: str = "", by: Officer, at: datetime) -> None:
    """It is put right, as of when that was reported. Refuses: NoSuchCorrection, NotTheOrderer,
    CorrectionMoved."""
    log.wait_for_turn()
    check_decides(correction, by)
    said = seen_lines(opinion)[:MOST_WORDS]
    move(correction, Step.ACCEPT, opinion=said, decided_at=at, decided_by=by)
    assert correction.submitted_at is not None
    record(
        Kind.CORRECTION_ACCEPTED, correction, by=by, at=at, opinion=said,
        submitted_at=correction.submitted_at.isoformat(),
        submitted_by=correction.submitted_by.login if correction.submitted_by else None,
    )  # fmt: skip


@transaction.atomic
def send_back(
    correction: Correction, *, opinion: str, until: date, by: Officer, at: datetime
) -> None:
    """Not put right yet: why, and until when it has to be. Refuses: NoSuchCorrection,
    NotTheOrderer, WordsBlank, DeadlinePassed, CorrectionMoved."""
    log.wait_for_turn()
    check_decides(correction, by)
    said = words_of(opinion, _("退回理由"))
    due_at = end_of(until, at)
    move(correction, Step.RETURN, opinion=said, due_at=due_at, decided_at=at, decided_by=by)
    record(Kind.CORRECTION_RETURNED, correction, by=by, at=at, opinion=said, due_at=told(due_at))


@transaction.atomic
def withdraw(correction: Correction, *, reason: str, by: Officer, at: datetime) -> None:
    """It need not be done. What a decision ordered goes with the decision alone.

    Refuses: NoSuchCorrection, NotTheOrderer, GoesWithDecision, WordsBlank, CorrectionMoved.
    """
    log.wait_for_turn()
    check_decides(correction, by)
    if seeing.is_by_decision(correction):
        raise errors.GoesWithDecision(decision=correction.reference)
    take_back(correction, words_of(reason, _("撤回理由")), by=by, at=at)


def take_back(correction: Correction, said: str, *, by: Officer, at: datetime) -> None:
    """By whoever was found to be the one to take it back, in their transaction and the log's turn.
    Refuses: CorrectionMoved."""
    move(correction, Step.WITHDRAW, opinion=said, decided_at=at, decided_by=by)
    record(Kind.CORRECTION_WITHDRAWN, correction, by=by, at=at, reason=said)


def check_decides(correction: Correction, by: Officer) -> None:
    now = seeing.correction_for(correction.number, by)
    if not seeing.decides(now, by):
        raise errors.NotTheOrderer(who=now.ordered_by.name)


def end_of(until: date, at: datetime) -> datetime:
    """The first instant that is too late. Refuses: DeadlinePassed."""
    today = in_china(at).date()
    if not today <= until <= today + LONGEST:
        raise errors.DeadlinePassed()
    return midnight(until + DAY)


def words_of(text: str, field: Any, *, most: int = MOST_WORDS) -> str:
    """Refuses: WordsBlank."""
    said = seen_lines(text)[:most]
    if not said:
        raise errors.WordsBlank(field=field)
    return said


def move(correction: Correction, step: Step, **said: Any) -> None:
    """Compare-and-set: of two at once one is told how it stands. Refuses: CorrectionMoved."""
    sources, target = CORRECTION[step]
    rows = Correction.objects.filter(pk=correction.pk, state__in=sources)
    moved = rows.update(state=target, **said)
    correction.refresh_from_db()
    if not moved:
        state = CorrectionState(correction.state).label
        raise errors.CorrectionMoved(number=correction.number, state=state)


def subject_of(correction: Correction) -> str:
    return f"correction:{correction.number}"


def record(
    kind: Kind, correction: Correction, /, *, by: Officer, at: datetime, **facts: Any
) -> None:
    log.record(kind, subject=subject_of(correction), by=by, at=at, **facts)
