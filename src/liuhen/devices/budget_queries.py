"""Reads: a year's plan held against what was spent."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Prefetch, Sum

from liuhen.devices.models import BudgetCategory, BudgetLine, BudgetYear, Spending
from liuhen.people.models import Agency

NOTHING = Decimal(0)


@dataclass(frozen=True)
class CategoryLine:
    """`outside`: what of `actual` was spent without a line of the plan, repairs above all."""

    category: BudgetCategory
    planned: Decimal
    actual: Decimal
    outside: Decimal

    @property
    def left(self) -> Decimal:
        """Below zero: more was spent than planned."""
        return self.planned - self.actual


@dataclass(frozen=True)
class PlanLine:
    line: BudgetLine
    actual: Decimal


@dataclass(frozen=True)
class YearTold:
    """A year; `budget` None: nothing was planned or spent yet."""

    year: int
    budget: BudgetYear | None = None
    lines: list[PlanLine] = field(default_factory=list)
    spendings: list[Spending] = field(default_factory=list)

    @property
    def is_submitted(self) -> bool:
        return self.budget is not None and self.budget.submitted_at is not None

    @property
    def categories(self) -> list[CategoryLine]:
        return [self.of(category) for category in BudgetCategory]

    def of(self, category: BudgetCategory) -> CategoryLine:
        spent = [one for one in self.spendings if one.category == category]
        return CategoryLine(
            category,
            sum((one.line.amount for one in self.lines if one.line.category == category), NOTHING),
            sum((one.amount for one in spent), NOTHING),
            sum((one.amount for one in spent if one.line_id is None), NOTHING),
        )

    @property
    def planned(self) -> Decimal:
        return sum((one.line.amount for one in self.lines), NOTHING)

    @property
    def actual(self) -> Decimal:
        return sum((one.amount for one in self.spendings), NOTHING)

    @property
    def left(self) -> Decimal:
        return self.planned - self.actual


def year_told(agency: Agency, year: int) -> YearTold:
    """Three queries, however many lines; lines by category, newest spending first."""
    spent = Spending.objects.select_related("line", "ticket__device", "entered_by")
    plan = BudgetLine.objects.annotate(actual=Sum("spendings__amount")).order_by("pk")
    budget = (
        BudgetYear.objects.filter(agency=agency, year=year)
        .select_related("agency", "submitted_by")
        .prefetch_related(
            Prefetch("lines", plan), Prefetch("spendings", spent.order_by("-spent_date", "-pk"))
        )
        .first()
    )
    if budget is None:
        return YearTold(year)
    lines = [
        PlanLine(line, getattr(line, "actual", None) or NOTHING) for line in budget.lines.all()
    ]
    order = list(BudgetCategory)
    lines.sort(key=lambda one: order.index(BudgetCategory(one.line.category)))
    return YearTold(year, budget, lines, list(budget.spendings.all()))


def years_of(agency: Agency, *, this: int) -> list[int]:
    """The years there is something of, this one and the next, newest first."""
    known = BudgetYear.objects.filter(agency=agency).values_list("year", flat=True)
    return sorted({*known, this, this + 1}, reverse=True)
