"""年度经费计划: what is to be bought and paid for in a year, and what was spent. Money in yuan."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices import budget_errors as errors
from liuhen.devices.models import (
    BudgetCategory,
    BudgetLine,
    BudgetYear,
    RepairTicket,
    Spending,
)
from liuhen.devices.money import is_money
from liuhen.kernel.clock import in_china
from liuhen.people import permissions
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission

FIRST_YEAR = 2000
MOST_QUANTITY = 99_999


@dataclass(frozen=True)
class LineFacts:
    """`amount` is of the whole line, not of one piece."""

    category: BudgetCategory
    name: str
    model: str
    quantity: int
    amount: Decimal
    reason: str = ""
    effect: str = ""


@dataclass(frozen=True)
class Spent:
    """`amount` below zero corrects what was entered before; `line` None: outside the plan."""

    category: BudgetCategory
    amount: Decimal
    spent_date: date
    note: str = ""
    line: BudgetLine | None = None


@transaction.atomic
def add_line(
    agency: Agency, year: int, facts: LineFacts, *, by: Officer, at: datetime
) -> BudgetLine:
    """The year is made with its first line. Refuses: NotPermitted, BudgetNotOurs, YearOutOfRange,
    PlanSubmitted, AmountOutOfRange."""
    check_manages(agency, by)
    check_amounts(facts)
    log.wait_for_turn()
    budget = open_plan(agency, year, at=at)
    line = BudgetLine.objects.create(budget=budget, **vars(facts))
    told(budget, by=by, at=at, added=said(line))
    return line


@transaction.atomic
def change_line(line: BudgetLine, to: LineFacts, *, by: Officer, at: datetime) -> None:
    """Nothing differs: no event. Refuses: NotPermitted, BudgetNotOurs, NoSuchLine, PlanSubmitted,
    AmountOutOfRange."""
    check_manages(line.budget.agency, by)
    check_amounts(to)
    log.wait_for_turn()
    line = fresh(line)
    before = said(line)
    for name, value in vars(to).items():
        setattr(line, name, value)
    after = said(line)
    if before == after:
        return
    line.save()
    told(line.budget, by=by, at=at, before=before, after=after)


@transaction.atomic
def remove_line(line: BudgetLine, *, by: Officer, at: datetime) -> None:
    """Refuses: NotPermitted, BudgetNotOurs, NoSuchLine, PlanSubmitted."""
    check_manages(line.budget.agency, by)
    log.wait_for_turn()
    line = fresh(line)
    told(line.budget, by=by, at=at, removed=said(line))
    line.delete()


@transaction.atomic
def submit(budget: BudgetYear, *, by: Officer, at: datetime) -> None:
    """From now on its lines stay as they are. Refuses: NotPermitted, BudgetNotOurs, PlanEmpty,
    PlanSubmitted."""
    check_manages(budget.agency, by)
    log.wait_for_turn()
    lines = list(budget.lines.order_by("pk"))
    if not lines:
        raise errors.PlanEmpty()
    moved = BudgetYear.objects.filter(pk=budget.pk, submitted_at=None).update(
        submitted_at=at, submitted_by=by
    )
    if not moved:
        raise errors.PlanSubmitted(year=budget.year)
    budget.refresh_from_db()
    log.record(
        Kind.BUDGET_SUBMITTED,
        subject=subject_of(budget),
        by=by,
        at=at,
        agency=budget.agency_id,
        year=budget.year,
        lines=len(lines),
        **sums_of(lines),
    )


@transaction.atomic
def spend(agency: Agency, year: int, spent: Spent, *, by: Officer, at: datetime) -> Spending:
    """Against a line of the submitted plan, or in a category outside it.

    Refuses: NotPermitted, BudgetNotOurs, YearOutOfRange, AmountZero, AmountOutOfRange,
    CorrectionNoteMissing, DateOutOfYear, NotOfThisPlan.
    """
    check_manages(agency, by)
    check_spent(spent, year, at=at)
    log.wait_for_turn()
    budget = year_of(agency, year, at=at)
    line = spent.line
    if line and (line.budget_id != budget.pk or budget.submitted_at is None):
        raise errors.NotOfThisPlan()
    category = line.category if line else spent.category
    return enter(
        budget,
        by=by,
        at=at,
        line=line,
        category=BudgetCategory(category),
        amount=spent.amount,
        spent_date=spent.spent_date,
        note=spent.note.strip(),
    )


@transaction.atomic
def enter_repair(ticket: RepairTicket, *, by: Officer, at: datetime) -> Spending | None:
    """What a finished repair cost, entered under maintenance of the year it was finished in.

    Called in the transaction that finishes the repair, by whoever may do that: no permission is
    asked for here. Without a cost nothing is entered, and twice it is entered once. Answers what
    was entered, or None.
    """
    log.wait_for_turn()
    if not ticket.cost or Spending.objects.filter(ticket=ticket).exists():
        return None
    day = in_china(ticket.finished_at or at).date()
    budget, _new = BudgetYear.objects.get_or_create(agency=ticket.agency, year=day.year)
    return enter(
        budget,
        by=by,
        at=at,
        ticket=ticket,
        category=BudgetCategory.MAINTENANCE,
        amount=ticket.cost,
        spent_date=day,
        note=ticket.device.device_no,
    )


def enter(budget: BudgetYear, *, by: Officer, at: datetime, **facts: Any) -> Spending:
    """The row and its event."""
    made = Spending.objects.create(budget=budget, entered_by=by, entered_at=at, **facts)
    log.record(
        Kind.SPENDING_ENTERED,
        subject=subject_of(budget),
        by=by,
        at=at,
        spending=made.pk,
        line=made.line.name if made.line else None,
        category=str(made.category),
        ticket=made.ticket_id,
        amount=str(made.amount),
        spent_date=made.spent_date.isoformat(),
        note=made.note,
    )
    return made


def check_manages(agency: Agency, by: Officer) -> None:
    permissions.check(by, Permission.MANAGE_BUDGET)
    if agency.pk != by.agency_id:
        raise errors.BudgetNotOurs()


def check_amounts(facts: LineFacts) -> None:
    if not (is_money(facts.amount) and 1 <= facts.quantity <= MOST_QUANTITY):
        raise errors.AmountOutOfRange()


def check_spent(spent: Spent, year: int, *, at: datetime) -> None:
    if spent.amount == 0:
        raise errors.AmountZero()
    if not is_money(abs(spent.amount)):
        raise errors.AmountOutOfRange()
    if spent.amount < 0 and not spent.note.strip():
        raise errors.CorrectionNoteMissing()
    if spent.spent_date.year != year or spent.spent_date > in_china(at).date():
        raise errors.DateOutOfYear(year=year)


def check_year(year: int, *, at: datetime) -> None:
    """The years money was spent in, this one and the next, whose plan is being made."""
    if not FIRST_YEAR <= year <= in_china(at).year + 1:
        raise errors.YearOutOfRange(first=FIRST_YEAR, last=in_china(at).year + 1)


def year_of(agency: Agency, year: int, *, at: datetime) -> BudgetYear:
    """In the log's turn, so two do not make it twice. Refuses: YearOutOfRange."""
    check_year(year, at=at)
    return BudgetYear.objects.get_or_create(agency=agency, year=year)[0]


def open_plan(agency: Agency, year: int, *, at: datetime) -> BudgetYear:
    """Refuses: YearOutOfRange, PlanSubmitted."""
    budget = year_of(agency, year, at=at)
    if budget.submitted_at is not None:
        raise errors.PlanSubmitted(year=year)
    return budget


def fresh(line: BudgetLine) -> BudgetLine:
    """As it is now, in the log's turn. Refuses: NoSuchLine, PlanSubmitted."""
    found = BudgetLine.objects.select_related("budget").filter(pk=line.pk).first()
    if found is None:
        raise errors.NoSuchLine()
    if found.budget.submitted_at is not None:
        raise errors.PlanSubmitted(year=found.budget.year)
    return found


def told(budget: BudgetYear, *, by: Officer, at: datetime, **what: Any) -> None:
    facts = {"agency": budget.agency_id, "year": budget.year, **what}
    log.record(Kind.BUDGET_CHANGED, subject=subject_of(budget), by=by, at=at, **facts)


def said(line: BudgetLine) -> dict[str, Any]:
    """A line as the log tells it; money as text."""
    return {
        "category": str(line.category),
        "name": line.name,
        "model": line.model,
        "quantity": line.quantity,
        "amount": f"{line.amount:.2f}",
        "reason": line.reason,
        "effect": line.effect,
    }


def sums_of(lines: list[BudgetLine]) -> dict[str, str]:
    """What each category comes to, as text."""
    return {
        str(category): f"{sum((x.amount for x in lines if x.category == category), Decimal(0)):.2f}"
        for category in BudgetCategory
    }


def subject_of(budget: BudgetYear) -> str:
    return f"budget:{budget.pk}"
