"""A year's plan from Excel and back: all of it, or nothing."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from supplied import line, submitted, told

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.devices import budget_table, table_errors
from liuhen.devices.models import BudgetLine
from liuhen.engines.paper import tables
from liuhen.kernel.refusal import Refusal
from people.told import LogDown

pytestmark = pytest.mark.usefixtures("bureau")

RECORDERS = ("执法记录仪", "DSJ-1", 4, 12000.5, "采购", "新增4人", "达标")
REPAIRS = ("设备维修", "", "１", "3,000", "维护", "", "")


def as_file(*rows) -> bytes:
    book = tables.book_of(budget_table.TABLE, [])
    for row in rows:
        book.active.append(row)
    return tables.saved(book)


def take_in(*rows, year=2026, by="cai") -> list[BudgetLine]:
    read = budget_table.read(as_file(*rows))
    agency, officer = factories.agency(), factories.officer(by)
    return budget_table.take_in(agency, year, read, by=officer, at=NOON)


def faults(*rows) -> list[tuple[int, str]]:
    checked = budget_table.check(budget_table.read(as_file(*rows)))
    return [(one.row.number, fault.column) for one in checked for fault in one.faults]


@pytest.mark.enforces("budget", article="luohe-livestock:23")
def test_lines_are_read_however_their_numbers_are_typed():
    first, second = take_in(RECORDERS, REPAIRS)
    assert (first.category, first.quantity, first.amount) == ("procurement", 4, Decimal("12000.5"))
    assert (second.category, second.quantity, second.amount) == ("maintenance", 1, Decimal(3000))
    assert told(Kind.BUDGET_CHANGED)[0]["imported"] == 2


def test_it_stands_in_place_of_what_was_planned():
    line()
    take_in(REPAIRS)
    assert BudgetLine.objects.get().name == "设备维修"
    assert told(Kind.BUDGET_CHANGED)[1]["removed"] == 1


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        (("", "", 1, 1, "采购", "", ""), ["名称"]),
        (("甲", "", 0, 1, "采购", "", ""), ["数量"]),
        (("甲", "", 1, "一万", "采购", "", ""), ["预算（元）"]),
        (("甲", "", 1, 0.001, "采购", "", ""), ["预算（元）"]),
        (("甲", "", 1, -1, "采购", "", ""), ["预算（元）"]),
        (("甲", "", 1, "NaN", "采购", "", ""), ["预算（元）"]),
        (("甲", "", 1, "1e9999999", "采购", "", ""), ["预算（元）"]),
        (("甲", "", 1, 1, "其他", "", ""), ["类别"]),
        (("甲" * 101, "", 1, 1, "采购", "理" * 301, ""), ["名称", "理由"]),
        (("甲", "", "", "", "", "", ""), ["数量", "预算（元）", "类别"]),
    ],
)
def test_what_is_wrong_is_said_of_its_row_and_column(row, columns):
    assert faults(RECORDERS, row) == [(3, column) for column in columns]


def test_with_one_wrong_row_nothing_changes():
    line()
    with pytest.raises(table_errors.TableFaulty):
        take_in(REPAIRS, ("甲", "", 0, 1, "采购"))
    assert BudgetLine.objects.get().name == "执法记录仪"


def test_a_submitted_plan_is_not_replaced():
    submitted()
    with pytest.raises(Refusal) as no:
        take_in(REPAIRS)
    assert no.value.code == "devices.plan_submitted"
    assert BudgetLine.objects.get().name == "执法记录仪"


def test_what_is_written_out_can_be_taken_in_again():
    take_in(RECORDERS, REPAIRS)
    content = budget_table.written(list(BudgetLine.objects.order_by("pk")))
    rows = budget_table.read(content)
    assert rows[0].texts == ("执法记录仪", "DSJ-1", "4", "12000.50", "采购", "新增4人", "达标")
    assert [one.faults for one in budget_table.check(rows)] == [(), ()]


def test_the_template_offers_categories_and_reads_as_empty():
    made = budget_table.template()
    choices = load_workbook(io.BytesIO(made))["选项"]
    assert [cell.value for cell in choices["A"]] == ["采购", "维护", "耗材"]
    with pytest.raises(table_errors.TableEmpty):
        budget_table.read(made)


@pytest.mark.parametrize("login", ["li", "kong", "zhao"])
def test_only_finance_takes_it_in(login):
    with pytest.raises(Refusal) as no:
        take_in(REPAIRS, by=login)
    assert no.value.code == "people.not_permitted"


def test_no_event_no_change(log_down):
    line()
    log_down()
    with pytest.raises(LogDown):
        take_in(REPAIRS)
    assert BudgetLine.objects.get().name == "执法记录仪"
