"""年度经费: planning, submitting, spending, Excel."""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

import factories
from liuhen.devices import budget_table
from liuhen.devices.models import BudgetLine, BudgetYear, Spending
from liuhen.engines.paper import tables
from liuhen.kernel.clock import in_china, now

LINE = {"name": "执法记录仪", "model": "D1", "category": "procurement", "quantity": "4"}
LINE |= {"amount": "12000.50", "reason": "新增4人", "effect": "达标"}


def this_year() -> int:
    return in_china(now()).year


def add(as_, **more):
    return as_("cai").post(f"/budget/{this_year()}/lines/add/", LINE | more)


def submit(as_):
    return as_("cai").post(f"/budget/{this_year()}/submit/")


def spend(as_, **more):
    said = {"category": "procurement", "amount": "3000", "line": "", "note": ""}
    said |= {"spent_date": f"{in_china(now()):%Y-%m-%d}"}
    return as_("cai").post(f"/budget/{this_year()}/spend/", said | more)


def as_file(*rows) -> SimpleUploadedFile:
    book = tables.book_of(budget_table.TABLE, [])
    for row in rows:
        book.active.append(row)
    return SimpleUploadedFile("a.xlsx", tables.saved(book))


@pytest.mark.enforces("budget", article="luohe-livestock:23")
def test_a_line_is_added_changed_and_taken_out(as_):
    assert add(as_).headers["Location"] == f"/budget/?year={this_year()}"
    line = BudgetLine.objects.get()
    as_("cai").post(f"/budget/lines/{line.pk}/", LINE | {"amount": "9"})
    line.refresh_from_db()
    assert line.amount == 9
    as_("cai").post(f"/budget/lines/{line.pk}/remove/")
    assert not BudgetLine.objects.exists()


def test_a_line_in_pieces_of_a_cent_is_sent_back(as_):
    answer = add(as_, amount="1.001", name="")
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"amount", "name"}


def test_once_submitted_the_page_offers_no_change_and_takes_none(as_):
    add(as_)
    submit(as_)
    page = as_("cai").get("/budget/").content.decode()
    assert "上报计划</button>" not in page
    assert "/lines/add/" not in page
    answer = add(as_)
    assert "已上报" in answer.content.decode()
    assert BudgetLine.objects.count() == 1


def test_an_empty_plan_is_refused_with_what_to_do(as_):
    BudgetYear.objects.create(agency=factories.agency(), year=this_year())
    answer = submit(as_)
    assert answer.status_code == 409
    assert "请先添加或导入计划项目" in answer.content.decode()


def test_spending_is_held_against_the_plan(as_):
    add(as_)
    submit(as_)
    spend(as_, line=str(BudgetLine.objects.get().pk))
    spend(as_, amount="-0.5", note="更正")
    told = as_("zhao").get("/budget/").context["told"]
    assert (told.actual, told.left) == (Decimal("2999.5"), Decimal("9001"))


def test_a_correction_without_a_word_is_sent_back_with_what_was_typed(as_):
    answer = spend(as_, amount="-5")
    assert answer.status_code == 422
    assert "负数表示更正" in answer.content.decode()
    assert 'value="-5"' in answer.content.decode()
    assert not Spending.objects.exists()


def test_a_plan_is_taken_in_from_excel_and_written_out(as_):
    rows = [("记录仪", "", "2", "6000", "采购", "", ""), ("电池", "", "9", "90.5", "耗材", "", "")]
    as_("cai").post(f"/budget/{this_year()}/import/", {"file": as_file(*rows)})
    assert BudgetLine.objects.count() == 2
    content = as_("zhao").get(f"/budget/{this_year()}/export/").content
    written = load_workbook(io.BytesIO(content)).active
    assert sorted(cell.value for cell in written["D"][1:]) == ["6000.00", "90.50"]


def test_wrong_rows_are_named_and_nothing_is_taken_in(as_):
    sent = {"file": as_file(("记录仪", "", "x", "6000", "采购"))}
    browser = as_("cai")
    answer = browser.post(f"/budget/{this_year()}/import/", sent)
    assert answer.status_code == 422
    assert "应为 1 至" in answer.content.decode()
    assert not BudgetLine.objects.exists()
    faults = load_workbook(io.BytesIO(browser.get("/budget/errors/").content)).active
    assert faults["H2"].value.startswith("数量")


def test_the_template_can_be_had(as_):
    content = as_("cai").get("/budget/template/").content
    assert "经费计划" in load_workbook(io.BytesIO(content)).sheetnames


def test_a_year_nobody_knows_is_this_one(as_):
    for asked in ("1850", "x", ""):
        told = as_("cai").get(f"/budget/?year={asked}").context["told"]
        assert told.year == this_year()
    assert as_("cai").get(f"/budget/{10**30}/export/").status_code == 200


def test_who_only_looks_is_offered_nothing_to_change(as_):
    add(as_)
    page = as_("zhao").get("/budget/").content.decode()
    assert "12,000.50" in page
    assert "登记支出</button>" not in page
    assert "/remove/" not in page


@pytest.mark.parametrize("n", [1, 20])
def test_many_lines_cost_no_more_queries(as_, django_assert_max_num_queries, n):
    for _ in range(n):
        add(as_)
    submit(as_)
    for line in BudgetLine.objects.all():
        spend(as_, line=str(line.pk))
    browser = as_("cai")
    with django_assert_max_num_queries(18):
        browser.get("/budget/")
