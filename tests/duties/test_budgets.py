"""The yearly budget's duty: done by submitting a plan, never by a word."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from duty_cast import DAY, NOON, at, cadence, rows, told

import factories
from liuhen.custody.kinds import Kind
from liuhen.devices import budget
from liuhen.devices.budget import LineFacts
from liuhen.devices.models import BudgetCategory, BudgetYear
from liuhen.duties import budgets, closing, deriving, recurring
from liuhen.duties.models import Cursor, Duty
from liuhen.duties.rounds import Rounds
from liuhen.kernel.refusal import Refusal

pytestmark = pytest.mark.django_db


def owed(rules, rhythm: str = "year") -> Duty:
    """This year's duty, 2026's."""
    rules(budget=cadence("finance", rhythm, article=23, what="列入预算"))
    recurring.make(at=NOON)
    return Duty.objects.filter(kind="budget").earliest("pk")


def submit(year: int, when: datetime = NOON, **more) -> BudgetYear:
    cai = more.get("by") or factories.officer("cai")
    facts = LineFacts(BudgetCategory.PROCUREMENT, "执法记录仪", "", 1, Decimal(3000))
    plan = budget.add_line(cai.agency, year, facts, by=cai, at=when).budget
    budget.submit(plan, by=cai, at=when)
    return plan


@pytest.mark.enforces("budget", article="luohe-livestock:23")
@pytest.mark.parametrize("year", [2026, 2027])
def test_this_years_plan_or_the_next_ones_discharges_it(rules, year):
    duty = owed(rules)
    submit(year, NOON + DAY)
    deriving.catch_up(at=NOON + 2 * DAY)
    duty.refresh_from_db()
    assert (duty.state, duty.closed_at) == ("done", NOON + DAY)
    assert (duty.closed_by, duty.facts["plan_year"]) == (factories.officer("cai"), year)
    assert told(Kind.DUTY_DONE)[0]["plan_year"] == year


def test_a_plan_that_was_only_begun_discharges_nothing(rules):
    duty, cai = owed(rules), factories.officer("cai")
    facts = LineFacts(BudgetCategory.PROCUREMENT, "执法记录仪", "", 1, Decimal(3000))
    budget.add_line(cai.agency, 2026, facts, by=cai, at=NOON)
    deriving.catch_up(at=NOON)
    duty.refresh_from_db()
    assert duty.state == "open"


def test_last_years_plan_does_not(rules):
    duty = owed(rules)
    submit(2025)
    deriving.catch_up(at=NOON)
    duty.refresh_from_db()
    assert duty.state == "open"


def test_reading_the_log_again_changes_nothing(rules):
    owed(rules)
    submit(2026)
    deriving.catch_up(at=NOON)
    before, done = rows(), told(Kind.DUTY_DONE)
    Cursor.objects.update(next_index=0)
    deriving.catch_up(at=NOON + DAY)
    deriving.recompute(factories.agency(), at=NOON + DAY)
    budgets.look(at=NOON + DAY)
    assert (rows(), told(Kind.DUTY_DONE)) == (before, done)


def test_submitted_before_any_worker_made_the_duty_it_discharges_it_all_the_same(rules):
    rules(budget=cadence("finance", "year"))
    submit(2026)
    Rounds().go(at=NOON + DAY)
    assert Duty.objects.get(kind="budget").state == "done"


def test_one_plan_does_for_one_year_only(rules):
    owed(rules)
    autumn, new_year = at(date(2026, 10, 9)), at(date(2027, 1, 4))
    submit(2027, autumn)
    deriving.catch_up(at=autumn)
    recurring.make(at=new_year)
    budgets.look(at=new_year)
    assert [duty.state for duty in Duty.objects.order_by("started_at")] == ["done", "open"]


def test_planned_in_january_instead_both_years_need_their_own(rules):
    owed(rules)
    submit(2026)
    new_year = at(date(2027, 1, 4))
    recurring.make(at=new_year)
    submit(2027, new_year)
    deriving.catch_up(at=new_year)
    plans = Duty.objects.order_by("started_at").values_list("state", "facts__plan_year")
    assert list(plans) == [("done", 2026), ("done", 2027)]


def test_after_the_years_end_it_is_done_late_and_noted(rules):
    duty = owed(rules)
    late = at(date(2027, 1, 11))
    submit(2026, late)
    deriving.catch_up(at=late + DAY)
    duty.refresh_from_db()
    assert (duty.state, duty.closed_at) == ("done_late", late)
    assert duty.overdue_noted_at == late + DAY


def test_submitted_before_its_period_it_is_done_when_that_begins(rules):
    rules(budget=cadence("finance", "year"))
    submit(2026, NOON - timedelta(days=60))
    recurring.make(at=NOON)
    budgets.look(at=NOON)
    duty = Duty.objects.get()
    assert (duty.state, duty.closed_at) == ("done", duty.started_at)


def test_with_a_shorter_rhythm_a_plan_does_for_its_year(rules):
    owed(rules, "quarter")
    recurring.make(at=at(date(2026, 4, 1)))
    submit(2026, at(date(2026, 4, 1)))
    deriving.catch_up(at=at(date(2026, 4, 2)))
    assert sorted(Duty.objects.values_list("state", flat=True)) == ["done", "done_late"]


def test_what_was_waived_stays_waived(rules):
    duty = owed(rules)
    closing.waive(duty, reason="由上级统一采购", by=factories.officer("zhao"), at=NOON)
    submit(2026)
    deriving.catch_up(at=NOON)
    duty.refresh_from_db()
    assert duty.state == "waived"


def test_another_bureaus_plan_discharges_nothing_here(rules):
    duty = owed(rules)
    submit(2026, by=factories.stranger("far", "finance"))
    Rounds().go(at=NOON)
    duty.refresh_from_db()
    assert duty.state == "open"


def test_nobody_says_it_is_done(rules):
    duty, cai = owed(rules), factories.officer("cai")
    with pytest.raises(Refusal) as no:
        closing.complete(duty, note="已列入", by=cai, at=NOON)
    assert no.value.code == "duties.closed_by_facts"


def test_no_event_no_change(rules, monkeypatch):
    owed(rules)
    submit(2026)
    before = rows()
    monkeypatch.setattr(budgets.log, "record_all", fail)
    with pytest.raises(OSError, match="disk full"):
        deriving.catch_up(at=NOON)
    assert rows() == before


def fail(*_args, **_more):
    raise OSError("disk full")
