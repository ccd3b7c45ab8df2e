"""The yearly budget's duty: done when a year's plan was submitted, not by anybody's word.

The duty of year Y is done by submitting the plan of Y, or the plan of Y + 1: regulations say that
the money is put into the budget "every year", and some bureaus plan a year when it begins, others
in the autumn before. One plan discharges one year's duty only, the oldest that is open: else a
plan every second year would do for both.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from liuhen.custody import log
from liuhen.devices.models import BudgetYear
from liuhen.duties import discharging
from liuhen.duties.books import Books
from liuhen.duties.models import Duty, DutyKind, DutyState

PLAN = "plan_year"
"""In a duty's facts: the year of the plan that discharged it."""


@transaction.atomic
def look(*, at: datetime) -> None:
    """Let plans that were submitted before their duty was made discharge it."""
    log.wait_for_turn()
    waiting = Duty.objects.filter(kind=DutyKind.BUDGET, state=DutyState.OPEN)
    plans = BudgetYear.objects.filter(
        submitted_at__isnull=False, agency__in=waiting.values("agency")
    )
    rows = plans.select_related("submitted_by").order_by("submitted_at", "pk")
    settle(rows, books=Books(), at=at)


def settle(plans: Iterable[BudgetYear], *, books: Books, at: datetime) -> None:
    """Close what these plans discharge, in the caller's transaction and the log's turn.

    The same plans twice close nothing more: the duty says which plan it was.
    """
    for plan in plans:
        known = list(
            Duty.objects.filter(agency=plan.agency_id, kind=DutyKind.BUDGET)
            .select_related("agency", "unit", "owner", "recording")
            .order_by("started_at", "pk")
        )
        if all(duty.facts.get(PLAN) != plan.year for duty in known):
            for duty in discharged(known, plan):
                close(duty, plan, books=books, at=at)


def discharged(duties: list[Duty], plan: BudgetYear) -> list[Duty]:
    """The open ones of the oldest year this plan stands for; several where a bureau has set a
    shorter rhythm than a year."""
    open_ones = [
        duty
        for duty in duties
        if duty.state == DutyState.OPEN and year_of(duty) in (plan.year - 1, plan.year)
    ]
    oldest = min(map(year_of, open_ones), default=None)
    return [duty for duty in open_ones if year_of(duty) == oldest]


def year_of(duty: Duty) -> int:
    """The year its period lies in."""
    return date.fromisoformat(duty.facts["first"]).year


def close(duty: Duty, plan: BudgetYear, *, books: Books, at: datetime) -> None:
    """As of when the plan was submitted; of one submitted before its time began, as of then."""
    assert plan.submitted_at is not None
    done_at = max(plan.submitted_at, duty.started_at)
    discharging.discharge(
        duty, done_at, plan.submitted_by, books=books, at=at, facts={PLAN: plan.year}
    )
