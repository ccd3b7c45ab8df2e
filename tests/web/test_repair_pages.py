"""报修: the list, the form, a ticket's page and paper."""

from datetime import UTC, datetime
from io import BytesIO

import openpyxl
import pytest

import factories
from devices.mending_cast import closed, device, finished, keeper, report, state_of, taken_up, used
from liuhen.devices import repairs
from liuhen.devices.mending_states import Step
from liuhen.devices.models import CompensationCase, RepairTicket
from liuhen.web.mending_text import case_no, ticket_no


def shown(page) -> list[int]:
    return [ticket.pk for ticket in page.context["page"]]


def test_a_user_reports_what_is_in_use(as_):
    checkout = used("li")
    browser = as_("li")
    way = f"/devices/{checkout.device_id}/repair/"
    assert way in browser.get("/devices/mine/").content.decode()
    answer = browser.post(way, {"fault": "开机后无图像"})
    ticket = RepairTicket.objects.get()
    assert answer.headers["Location"] == f"/repairs/{ticket.pk}/"
    assert (ticket.fault, ticket.checkout) == ("开机后无图像", checkout)


def test_without_a_fault_the_form_comes_back(as_):
    answer = as_("kong").post(f"/devices/{device().pk}/repair/", {"fault": " "})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["fault"])


def test_what_is_reported_already_is_said_before_anybody_writes(as_):
    of, browser = device(), as_("kong")
    ticket = report(of)
    page = browser.get(f"/devices/{of.pk}/repair/")
    assert page.context["open_ticket"] == ticket
    again = browser.post(f"/devices/{of.pk}/repair/", {"fault": "又坏了"})
    assert again.context["form"].non_field_errors()


def test_a_device_of_somebody_else_is_refused_in_words(as_):
    of = used("wang").device
    answer = as_("li").get(f"/devices/{of.pk}/repair/")
    assert answer.status_code == 403
    assert "由您领用" in answer.content.decode()


@pytest.mark.enforces("repair", article="neiqiu-health:13")
def test_finance_sees_it_through_and_the_keeper_has_the_last_word(as_):
    ticket = report()
    finance, way = as_("cai"), f"/repairs/{ticket.pk}/"
    finance.post(
        f"{way}take-up/",
        {"diagnosis": "排线", "repairer": "维修部", "arrived_at": "2026-01-06T09:30"},
    )
    finance.post(f"{way}finish/", {"outcome": "更换排线", "parts": "排线", "cost": "120.00"})
    assert "close_form" not in finance.get(way).context
    as_("kong").post(f"{way}close/", {"feedback": "正常"})
    ticket.refresh_from_db()
    assert (ticket.state, ticket.cost, state_of()) == ("closed", 120, "ready")
    assert f"{ticket.arrived_at:%Y-%m-%d %H:%M}" == "2026-01-06 01:30"


def test_a_ticket_shows_the_forms_of_those_who_may_go_on(as_):
    def forms(login: str) -> list[str]:
        context = as_(login).get(f"/repairs/{ticket.pk}/").context
        return [step for step in Step if f"{step}_form" in context]

    ticket = report(used("li").device, by=factories.officer("li"))
    assert (forms("cai"), forms("li")) == (["take_up", "give_up"], [])
    taken_up(ticket)
    assert forms("kong") == ["finish", "give_up"]
    finished(ticket)
    assert (forms("cai"), forms("li"), forms("wang")) == ([], ["close"], ["close"])


def test_a_cost_below_nothing_is_said_beside_the_field(as_):
    ticket = taken_up()
    answer = as_("cai").post(f"/repairs/{ticket.pk}/finish/", {"outcome": "好", "cost": "-1"})
    assert list(answer.context["finish_form"].errors) == ["cost"]


def test_what_somebody_else_did_meanwhile_keeps_what_was_typed(as_):
    ticket = taken_up()
    sent = {"diagnosis": "电池", "repairer": "维修部"}
    answer = as_("kong").post(f"/repairs/{ticket.pk}/take-up/", sent)
    form = answer.context["take_up_form"]
    assert answer.status_code == 422
    assert "维修中" in form.non_field_errors()[0]
    assert form["diagnosis"].value() == "电池"


def test_damage_opens_a_case_from_the_ticket(as_):
    ticket = report(used("li").device)
    browser = as_("kong")
    form = browser.get(f"/repairs/{ticket.pk}/").context["case_form"]
    assert form.initial["officer"] == factories.officer("li").pk
    sent = {"officer": factories.officer("li").pk, "story": "摔落"}
    browser.post(f"/repairs/{ticket.pk}/case/", sent)
    case = CompensationCase.objects.get()
    assert (case.ticket, case.checkout, case.officer.login) == (ticket, ticket.checkout, "li")
    again = browser.post(f"/repairs/{ticket.pk}/case/", sent)
    assert again.context["case_form"].non_field_errors()


def test_no_administrator_is_a_choice_for_who_answers(as_):
    ticket, sun = report(), factories.officer("sun")
    answer = as_("kong").post(f"/repairs/{ticket.pk}/case/", {"officer": sun.pk, "story": "x"})
    assert list(answer.context["case_form"].errors) == ["officer"]


def test_the_paper_has_the_fields_of_the_form_and_lines_to_sign_on(as_):
    ticket = closed()
    paper = as_("kong").get(f"/repairs/{ticket.pk}/print/").content.decode()
    for said in (
        "设备编号", "故障描述", "原因诊断", "配件", "费用", "到达时间", "完成时间", "完成情况",
        "反馈", "签字", "镜头排线松动", "120.00", "使用正常",
    ):  # fmt: skip
        assert said in paper


def test_the_list_is_filtered(as_):
    old, new = closed(report(device("A")) and taken_and_done("A")), report(device("B-9"))
    browser = as_("kong")
    assert shown(browser.get("/repairs/")) == [new.pk, old.pk]
    assert shown(browser.get("/repairs/?state=pending")) == [new.pk]
    assert shown(browser.get("/repairs/?state=closed")) == [old.pk]
    assert shown(browser.get("/repairs/?words=b-9")) == [new.pk]
    assert shown(browser.get("/repairs/?since=2026-01-06")) == []
    assert shown(browser.get("/repairs/?until=2026-01-05")) == [new.pk, old.pk]
    assert shown(browser.get(f"/repairs/?unit={factories.unit('监督二科').pk}")) == []


def taken_and_done(device_no: str) -> RepairTicket:
    return finished(taken_up(RepairTicket.objects.get(device__device_no=device_no)))


def test_what_cannot_be_understood_is_left_out(as_):
    ticket = report()
    page = as_("kong").get("/repairs/?state=x&since=2026-13-40&unit=z&page=zz")
    assert shown(page) == [ticket.pk]


def test_an_officer_sees_what_concerns_the_officer(as_):
    own = report(used("li", "A").device, by=factories.officer("li"))
    of_use = report(used("li", "B").device)
    report(device("C"))
    assert shown(as_("li").get("/repairs/")) == [of_use.pk, own.pk]
    assert len(shown(as_("wang").get("/repairs/"))) == 3


def test_another_bureaus_tickets_are_not_listed(as_):
    report()
    far = factories.stranger("far", "keeper")
    assert shown(as_(far).get("/repairs/")) == []


def test_htmx_gets_the_results_alone(as_):
    report()
    page = as_("kong").get("/repairs/", headers={"HX-Request": "true", "HX-Target": "results"})
    assert page.content.decode().lstrip().startswith("<section")


def test_the_list_goes_to_excel_with_the_fields_of_the_form(as_):
    closed()
    report(fault="=1+1")
    answer = as_("kong").get("/repairs/export/")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer))).active
    heads, newest, oldest = sheet.iter_rows(values_only=True)
    assert {"设备编号", "故障描述", "原因诊断", "配件", "完成情况", "反馈"} <= set(heads)
    assert (newest[3], oldest[9]) == ("=1+1", 120)


def test_a_list_too_long_for_one_file_is_refused_not_cut(as_, monkeypatch):
    monkeypatch.setattr("liuhen.web.sheets.MOST_ROWS", 1)
    report(device("Z1")), report(device("Z2"))
    answer = as_("kong").get("/repairs/export/")
    assert answer.context["refusal"].code == "web.too_many_to_export"


@pytest.mark.parametrize("n", [1, 8])
def test_many_tickets_are_listed_at_once(as_, django_assert_max_num_queries, n):
    for number in range(n):
        report(device(f"Z{number}"))
    browser = as_("kong")
    with django_assert_max_num_queries(18):
        assert len(shown(browser.get("/repairs/"))) == n


def test_given_up_is_shown_as_the_end(as_):
    ticket = report()
    as_("cai").post(f"/repairs/{ticket.pk}/give-up/", {"reason": "主板烧毁"})
    steps = as_("kong").get(f"/repairs/{ticket.pk}/").context["steps"]
    assert [step.title for step in steps] == ["报修", "无法修复"]
    assert steps[-1].is_last


def test_the_course_says_what_is_still_to_come(as_):
    steps = as_("kong").get(f"/repairs/{taken_up().pk}/").context["steps"]
    assert [(step.title, step.is_done) for step in steps] == [
        ("报修", True),
        ("受理维修", True),
        ("维修完成", False),
        ("验收反馈", False),
    ]


def test_of_two_who_close_it_one_is_told(as_):
    ticket = finished()
    repairs.close(ticket, feedback="好", by=keeper(), at=factories.NOON)
    answer = as_("kong").post(f"/repairs/{ticket.pk}/close/", {"feedback": "好"})
    assert answer.status_code == 409


def test_the_number_on_the_paper_has_chinas_year():
    """In the first hours of a year there, UTC has still the old one."""
    new_year = datetime(2026, 12, 31, 16, 30, tzinfo=UTC)
    assert ticket_no(RepairTicket(pk=7, reported_at=new_year)) == "BX-2027-00007"
    assert case_no(CompensationCase(pk=8, opened_at=new_year)) == "PC-2027-00008"
