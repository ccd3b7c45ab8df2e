"""The papers about devices as PDF, for the file."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import unquote

import pytest
from pdf_text import text_of

import factories
from devices.device_cast import hand_out, take_back
from devices.mending_cast import device, report
from factories import NOON
from liuhen.devices import budget
from liuhen.devices.models import BudgetCategory, PreUseCheck
from liuhen.web.views import device_papers as view


@pytest.mark.enforces("ledger", article="jiaxian-health:4")
def test_the_ledger_is_a_numbered_book_with_places_to_sign(as_):
    take_back(hand_out(when=NOON), when=NOON + timedelta(hours=4))
    file = as_("kong").get("/devices/ledger/pdf/")
    text = text_of(file)
    assert "执法音像记录设备使用台账" in unquote(file.headers["Content-Disposition"])
    for said in ("单位：某县卫健局", "使用人签字", "李执法", "2026-01-0512:00", "第1页共1页"):
        assert said in text


def test_ones_own_ledger_has_ones_own_uses_alone(as_):
    hand_out(when=NOON)
    factories.officer("gao")
    assert "李执法" not in text_of(as_("gao").get("/devices/ledger/pdf/"))


def test_a_book_too_long_for_one_paper_is_refused_whole(as_, monkeypatch):
    monkeypatch.setattr(view, "MOST", 0)
    hand_out(when=NOON)
    answer = as_("kong").get("/devices/ledger/pdf/")
    assert answer.context["refusal"].code == "web.too_many_to_export"


@pytest.mark.enforces("pre_use_check")
def test_the_checks_are_listed_item_by_item(as_):
    PreUseCheck.objects.create(
        device=device(), checked_at=NOON, checked_by=factories.officer("kong"), is_passed=False,
        items=[{"code": "battery", "text": "电量充足", "ok": False}], battery_percent=12,
    )  # fmt: skip
    text = text_of(as_("kong").get("/devices/checks/pdf/"))
    for said in ("使用前检查登记表", "×电量充足", "12%", "不合格", "孔管设备"):
        assert said in text


def test_checks_outside_the_days_asked_for_are_left_out(as_):
    PreUseCheck.objects.create(
        device=device(), checked_at=NOON, checked_by=factories.officer("kong"), is_passed=True,
        items=[],
    )  # fmt: skip
    day = (NOON + timedelta(days=1)).date().isoformat()
    assert "合格" not in text_of(as_("kong").get("/devices/checks/pdf/", {"since": day})).replace(
        "打勾为合格，打叉为不合格", ""
    )


@pytest.mark.enforces("assets")
def test_the_register_of_assets_has_every_device(as_):
    made = device()
    text = text_of(as_("cai").get("/devices/assets/pdf/"))
    for said in ("固定资产登记表", made.device_no, "单价（元）", "存放地点"):
        assert said in text


@pytest.mark.enforces("budget")
def test_the_budget_adds_up(as_, bureau):
    cai, year = factories.officer("cai"), NOON.year
    category, amount = BudgetCategory.PROCUREMENT, Decimal("12000.50")
    facts = budget.LineFacts(category, "执法记录仪", "D1", 4, amount)
    budget.add_line(bureau, year, facts, by=cai, at=NOON)
    text = text_of(as_("cai").get(f"/budget/{year}/pdf/"))
    for said in ("2026年度", "执法记录仪", "12,000.50", "计划合计12,000.50元"):
        assert said in text


@pytest.mark.enforces("repair")
def test_the_repair_slip_tells_the_fault_and_leaves_room_to_sign(as_):
    ticket = report(device())
    text = text_of(as_("kong").get(f"/repairs/{ticket.pk}/pdf/"))
    for said in ("设备报修单", "故障描述", "".join(ticket.fault.split()), "维修人签字："):
        assert said in text
