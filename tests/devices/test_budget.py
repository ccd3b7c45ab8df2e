"""A year's plan, and what was spent beside it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from supplied import CAMERAS, CARDS, line, spent, submitted, ticket, told

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices import budget, budget_queries
from liuhen.devices.models import BudgetCategory, BudgetLine, BudgetYear, Spending
from liuhen.kernel.refusal import Refusal
from people.told import LogDown

pytestmark = pytest.mark.usefixtures("bureau")


def cai():
    return factories.officer("cai")


def state() -> list:
    tables = (BudgetYear, BudgetLine, Spending)
    return [list(t.objects.order_by("pk").values()) for t in tables] + [
        CustodyEvent.objects.count()
    ]


def refused(action, *args, **more) -> str:
    before = state()
    with pytest.raises(Refusal) as no:
        action(*args, **more, at=NOON)
    assert state() == before
    return no.value.code


@pytest.mark.enforces("budget", article="luohe-livestock:23")
@pytest.mark.parametrize("category", BudgetCategory)
def test_a_line_in_each_category_is_planned_for_a_year(category):
    made = line(2027, replace(CAMERAS, category=category))
    assert (made.budget.year, made.category, made.amount) == (2027, category, Decimal("12000.00"))
    [said] = told(Kind.BUDGET_CHANGED)
    assert (said["year"], said["added"]["amount"]) == (2027, "12000.00")


def test_a_line_is_put_right_and_the_log_tells_both():
    made = line()
    budget.change_line(made, CARDS, by=cai(), at=NOON)
    assert BudgetLine.objects.get().name == "存储卡"
    said = told(Kind.BUDGET_CHANGED)[1]
    assert (said["before"]["name"], said["after"]["amount"]) == ("执法记录仪", "1600.50")
    budget.change_line(made, CARDS, by=cai(), at=NOON)
    assert len(told(Kind.BUDGET_CHANGED)) == 2


def test_a_line_is_taken_out():
    made = line()
    stale = BudgetLine.objects.get()
    budget.remove_line(made, by=cai(), at=NOON)
    assert told(Kind.BUDGET_CHANGED)[1]["removed"]["name"] == "执法记录仪"
    assert refused(budget.change_line, stale, CARDS, by=cai()) == "devices.no_such_line"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"amount": Decimal("-1")}, "devices.amount_out_of_range"),
        ({"amount": Decimal(10**10)}, "devices.amount_out_of_range"),
        ({"amount": Decimal("0.005")}, "devices.amount_out_of_range"),
        ({"amount": Decimal("NaN")}, "devices.amount_out_of_range"),
        ({"quantity": 0}, "devices.amount_out_of_range"),
    ],
)
def test_what_is_no_line(facts, code):
    wrong = replace(CAMERAS, **facts)
    assert refused(budget.add_line, factories.agency(), 2026, wrong, by=cai()) == code


@pytest.mark.parametrize("year", [1999, 2028])
def test_a_year_nobody_plans_now_is_refused(year):
    code = refused(budget.add_line, factories.agency(), year, CAMERAS, by=cai())
    assert code == "devices.year_out_of_range"


def test_a_submitted_plan_stays_as_it_is():
    made = submitted()
    plan = BudgetYear.objects.get()
    assert (plan.submitted_at, plan.submitted_by) == (NOON, cai())
    frozen = "devices.plan_submitted"
    assert refused(budget.add_line, factories.agency(), 2026, CARDS, by=cai()) == frozen
    assert refused(budget.change_line, made, CARDS, by=cai()) == frozen
    assert refused(budget.remove_line, made, by=cai()) == frozen
    assert refused(budget.submit, plan, by=cai()) == frozen


def test_the_log_tells_what_was_submitted():
    line(), line(facts=CARDS)
    budget.submit(BudgetYear.objects.get(), by=cai(), at=NOON)
    [said] = told(Kind.BUDGET_SUBMITTED)
    assert (said["year"], said["lines"]) == (2026, 2)
    assert (said["procurement"], said["maintenance"]) == ("12000.00", "0.00")


def test_an_empty_plan_is_not_submitted():
    budget.remove_line(line(), by=cai(), at=NOON)
    assert refused(budget.submit, BudgetYear.objects.get(), by=cai()) == "devices.plan_empty"


def test_spent_against_a_line_counts_in_the_lines_category():
    made = submitted()
    said = spent(line=made, category=BudgetCategory.CONSUMABLES)
    entered = budget.spend(factories.agency(), 2026, said, by=cai(), at=NOON)
    assert (entered.line, entered.category, entered.entered_by) == (made, "procurement", cai())
    assert told(Kind.SPENDING_ENTERED)[0]["amount"] == "3000"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"amount": "0"}, "devices.amount_zero"),
        ({"amount": "1e12"}, "devices.amount_out_of_range"),
        ({"amount": "0.005"}, "devices.amount_out_of_range"),
        ({"amount": "-5", "note": " "}, "devices.correction_note_missing"),
        ({"spent_date": date(2025, 12, 31)}, "devices.date_out_of_year"),
        ({"spent_date": date(2026, 1, 6)}, "devices.date_out_of_year"),
    ],
)
def test_what_is_no_spending(facts, code):
    said = spent(**facts)
    assert refused(budget.spend, factories.agency(), 2026, said, by=cai()) == code


def test_only_a_line_of_the_years_submitted_plan_is_spent_against():
    unsubmitted, agency = line(), factories.agency()
    code = "devices.not_of_this_plan"
    assert refused(budget.spend, agency, 2026, spent(line=unsubmitted), by=cai()) == code
    other_year = submitted(2025)
    assert refused(budget.spend, agency, 2026, spent(line=other_year), by=cai()) == code


def test_a_correction_takes_off_what_was_too_much():
    made = submitted()
    for amount, note in (("3000", ""), ("-200.50", "更正：发票金额录错")):
        said = spent(amount, line=made, note=note)
        budget.spend(factories.agency(), 2026, said, by=cai(), at=NOON)
    year = budget_queries.year_told(factories.agency(), 2026)
    assert year.of(BudgetCategory.PROCUREMENT).actual == Decimal("2799.50")


@pytest.mark.enforces("budget", article="luohe-livestock:23")
def test_a_finished_repair_is_spent_on_maintenance_of_its_year():
    entered = budget.enter_repair(ticket(), by=factories.officer("kong"), at=NOON)
    assert (entered.category, entered.amount) == ("maintenance", Decimal("260.00"))
    assert (entered.budget.year, entered.spent_date) == (2026, date(2026, 1, 5))
    assert told(Kind.SPENDING_ENTERED)[0]["ticket"] == entered.ticket_id


def test_a_repair_is_entered_once_and_by_the_day_in_china():
    made, kong = ticket(), factories.officer("kong")
    made.finished_at = NOON.replace(year=2025, month=12, day=31, hour=17)
    assert budget.enter_repair(made, by=kong, at=NOON).budget.year == 2026
    assert budget.enter_repair(made, by=kong, at=NOON) is None


@pytest.mark.parametrize("cost", [None, "0.00"])
def test_a_repair_that_cost_nothing_is_not_entered(cost):
    assert budget.enter_repair(ticket(cost), by=factories.officer("kong"), at=NOON) is None
    assert not BudgetYear.objects.exists()


def test_a_year_is_held_against_what_was_spent():
    made = submitted()
    budget.spend(factories.agency(), 2026, spent(line=made), by=cai(), at=NOON)
    budget.enter_repair(ticket(), by=cai(), at=NOON)
    year = budget_queries.year_told(factories.agency(), 2026)
    assert [(one.planned, one.actual, one.outside) for one in year.categories] == [
        (Decimal(12000), Decimal(3000), 0),
        (0, Decimal(260), Decimal(260)),
        (0, 0, 0),
    ]
    assert (year.lines[0].actual, year.left) == (Decimal(3000), Decimal(8740))


def test_a_year_is_read_at_once(django_assert_max_num_queries):
    made = submitted()
    for _ in range(5):
        budget.spend(factories.agency(), 2026, spent(line=made), by=cai(), at=NOON)
    agency = factories.agency()
    with django_assert_max_num_queries(3):
        year = budget_queries.year_told(agency, 2026)
        assert [str(one.entered_by) for one in year.spendings if not one.ticket]


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "kong", "zhou", "an"])
def test_only_finance_plans_and_spends(login):
    by = factories.officer(login)
    agency = factories.agency()
    assert refused(budget.add_line, agency, 2026, CAMERAS, by=by) == "people.not_permitted"
    assert refused(budget.spend, agency, 2026, spent(), by=by) == "people.not_permitted"


def test_another_bureaus_budget_is_not_touched():
    made, far = line(), factories.stranger("far", "finance")
    ours = "devices.budget_not_ours"
    assert refused(budget.add_line, factories.agency(), 2026, CARDS, by=far) == ours
    assert refused(budget.change_line, made, CARDS, by=far) == ours
    assert refused(budget.remove_line, made, by=far) == ours
    assert refused(budget.submit, made.budget, by=far) == ours
    assert refused(budget.spend, factories.agency(), 2026, spent(), by=far) == ours
    assert budget_queries.year_told(far.agency, 2026).budget is None


@pytest.mark.parametrize("act", ["add", "change", "remove", "submit", "spend", "repair"])
def test_no_event_no_change(log_down, act):
    made, mended, by, agency = line(), ticket(), cai(), factories.agency()
    acts = {
        "add": lambda: line(facts=CARDS),
        "change": lambda: budget.change_line(made, CARDS, by=by, at=NOON),
        "remove": lambda: budget.remove_line(made, by=by, at=NOON),
        "submit": lambda: budget.submit(made.budget, by=by, at=NOON),
        "spend": lambda: budget.spend(agency, 2026, spent(), by=by, at=NOON + timedelta(hours=1)),
        "repair": lambda: budget.enter_repair(mended, by=by, at=NOON),
    }
    before = state()
    log_down()
    with pytest.raises(LogDown):
        acts[act]()
    assert state() == before
