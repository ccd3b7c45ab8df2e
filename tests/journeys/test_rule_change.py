"""A change of the rules in a browser: one person proposes, another approves, the page is dated."""

import os
import re
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from journeys.signing_in import PASSWORD, sign_in
from journeys.test_first_day import set_up
from liuhen.kernel.clock import CHINA

pytestmark = [pytest.mark.journey, pytest.mark.slow]

HEAD = "juzhang"
# How two people give a role has a journey of its own; here only the operations are called.
ADD_HEAD = f"""
import django
django.setup()
from liuhen.kernel.clock import now
from liuhen.people import roles_changing
from liuhen.people.given import WAIT
from liuhen.people.models import Agency, Officer
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer, add_officer
first, second = (Officer.objects.get(login=login) for login in ("anquan", "xitong"))
head = NewOfficer("{HEAD}", "钱建国", "{PASSWORD}", frozenset({{Role.BUREAU_HEAD}}))
made = add_officer(Agency.objects.get(), head, by=first, at=now() - WAIT)
roles_changing.confirm(made.role_changes.get(), by=second, at=now())
"""


def run_inside(house, program: str) -> None:
    settings = {"LIUHEN_DATA": str(house.data), "DJANGO_SETTINGS_MODULE": "liuhen.config.settings"}
    kept = {k: v for k, v in os.environ.items() if k != "LIUHEN_DATABASE_URL"}
    subprocess.run([sys.executable, "-c", program], env=kept | settings, check=True)


def tomorrow() -> str:
    return f"{datetime.now(CHINA) + timedelta(days=1):%Y-%m-%d}"


def open_proposal(page: Page, url: str) -> None:
    page.goto(f"{url}/rules/")
    page.get_by_role("link", name=re.compile("调整申请")).click()
    page.get_by_role("link", name="资料移交时限").click()
    expect(page.get_by_role("heading", name=re.compile("资料移交时限"))).to_be_visible()


def test_1_the_security_administrator_proposes_and_sees_what_it_would_do(page, house):
    page.goto(house.url)
    set_up(page, house.url)
    run_inside(house, ADD_HEAD)
    sign_in(page, house.url, "anquan")
    page.goto(f"{house.url}/rules/parameters/")
    page.get_by_role("link", name="调整 资料移交时限", exact=True).click()
    page.select_option("[name=value-limit]", "hours")
    page.fill("[name=value-hours]", "48")
    page.fill("[name=from_date]", tomorrow())
    page.fill("[name=reason]", "山区乡镇往返需两日。")
    page.get_by_role("button", name="提出申请").click()
    expect(page.get_by_text("待批准后生效")).to_be_visible()
    expect(page.locator(".rule-new")).to_contain_text("48小时")
    expect(page.locator("#simulation")).to_contain_text("份音像资料测算")


def test_2_nothing_holds_yet_and_the_proposer_cannot_approve(page, house):
    sign_in(page, house.url, "anquan")
    open_proposal(page, house.url)
    expect(page.get_by_role("button", name="批准", exact=True)).to_have_count(0)
    forged = page.evaluate(
        """() => fetch(location.pathname + 'approve/', {method: 'POST', headers: {
            'X-CSRFToken': document.querySelector('[name=csrfmiddlewaretoken]').value}
        }).then(answer => answer.status)"""
    )
    assert forged == 403
    page.goto(f"{house.url}/rules/parameters/handover/")
    expect(page.get_by_text("48小时")).to_have_count(0)


def test_3_the_head_approves(page, house):
    sign_in(page, house.url, HEAD)
    open_proposal(page, house.url)
    expect(page.locator("#simulation")).to_contain_text("份音像资料测算")
    page.get_by_label("办理意见").fill("同意")
    page.get_by_role("button", name="批准", exact=True).click()
    expect(page.get_by_text("已批准，自")).to_be_visible()


def test_4_the_change_is_dated_and_says_who(page, house):
    sign_in(page, house.url, HEAD)
    page.goto(f"{house.url}/rules/parameters/handover/")
    row = page.get_by_role("row", name=re.compile("48小时"))
    expect(row).to_contain_text(tomorrow())
    expect(row).to_contain_text("将执行")
    expect(row).to_contain_text("安晓岚 提出，钱建国 批准")


def test_5_a_line_is_added_and_moved_without_a_reload(page, house):
    sign_in(page, house.url, "anquan")
    page.goto(f"{house.url}/rules/parameters/shot_list/change/")
    lines = page.locator(".rule-row")
    before = lines.count()
    page.get_by_role("button", name="增加一行").click()
    expect(lines).to_have_count(before + 1)
    lines.last.locator("textarea").fill("现场环境")
    lines.last.get_by_role("button", name="上移").click()
    expect(lines.nth(before - 1).locator("textarea")).to_have_value("现场环境")
