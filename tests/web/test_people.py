"""Accounts: list, one person, adding, putting right."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people import roles_changing
from liuhen.people.models import Officer
from liuhen.people.roles import Role

GOOD = "Rain-on-Slate-7"


def filled(**changes: object) -> dict[str, object]:
    passwords = {"password": GOOD, "again": GOOD}
    return {"login": "new", "name": "新人", "roles": ["officer"], **passwords} | changes


def test_a_new_officer_has_a_unit_and_waits_for_roles(as_):
    unit = factories.unit()
    said = filled(officer_cert_no="HB-7", unit=unit.pk, roles=["officer", "unit_head"])
    answer = as_("an").post("/people/add/", said)
    new = Officer.objects.get(login="new")
    assert answer.headers["Location"] == f"/people/{new.pk}/"
    assert new.role_names == set()
    assert new.role_changes.count() == 2
    assert (new.unit, new.officer_cert_no) == (unit, "HB-7")
    assert new.check_password(GOOD)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"login": "li"}, "__all__"),
        ({"officer_cert_no": "HB-li"}, "__all__"),
        ({"roles": ["auditor", "custodian"]}, "__all__"),
        ({"roles": []}, "roles"),
        ({"roles": ["king"]}, "roles"),
        ({"again": "different"}, "again"),
        ({"password": "新人", "again": "新人"}, "password"),
    ],
)
def test_a_refused_account_keeps_what_was_typed(as_, changes, field):
    factories.officer("li")
    form = as_("an").post("/people/add/", filled(**changes)).context["form"]
    assert list(form.errors) == [field]
    assert form["name"].value() == "新人"


def test_an_account_is_turned_off_and_on(as_):
    li, browser = factories.officer("li"), as_("an")
    for active in ("0", "1"):
        browser.post(f"/people/{li.pk}/switch/", {"active": active})
    told = CustodyEvent.objects.filter(subject="officer:li").order_by("index")
    on_again = [Kind.OFFICER_ENABLED, Kind.ROLE_PROPOSED]
    assert [event.kind for event in told] == [Kind.OFFICER_DISABLED, *on_again]


def test_nobody_turns_off_their_own_account(as_):
    an = factories.officer("an")
    assert as_(an).post(f"/people/{an.pk}/switch/", {"active": "0"}).status_code == 409
    an.refresh_from_db()
    assert an.is_active


def test_a_password_is_reset(as_):
    li = factories.officer("li")
    as_("an").post(f"/people/{li.pk}/password/", {"password": GOOD, "again": GOOD})
    li.refresh_from_db()
    assert li.check_password(GOOD)


def test_neither_on_nor_off_turns_nobody_off(as_):
    li = factories.officer("li")
    for said in ({}, {"active": ""}, {"active": "no"}):
        assert as_("an").post(f"/people/{li.pk}/switch/", said).status_code == 400
    li.refresh_from_db()
    assert li.is_active


PAGES = ("", "edit/", "password/")
POSTS = ("edit/", "password/", "switch/", "suspend/", "lift/", "roles/")


def test_somebody_of_another_bureau_is_not_there(as_):
    browser, far = as_("an"), factories.stranger()
    assert {browser.get(f"/people/{far.pk}/{page}").status_code for page in PAGES} == {404}
    assert {browser.post(f"/people/{far.pk}/{page}").status_code for page in POSTS} == {404}
    assert far.name not in browser.get("/people/").content.decode()


def listed(browser, **query: object) -> set[str]:
    return {row.login for row in browser.get("/people/", query).context["page"]}


def test_the_list_is_filtered(as_):
    browser, li = as_("an"), factories.officer("li", suspended_until=date(2999, 1, 1))
    factories.officer("zhou", is_active=False)
    factories.officer("kong")
    assert listed(browser) == {"an", "li", "zhou", "kong"}
    assert listed(browser, words="hb-LI") == {"li"}
    assert listed(browser, unit=li.unit_id) == {"li"}
    assert listed(browser, role="keeper") == {"kong"}
    assert listed(browser, state="off") == {"zhou"}
    assert listed(browser, state="suspended") == {"li"}
    assert listed(browser, state="nonsense", unit="x") == {"an", "li", "zhou", "kong"}


def test_htmx_is_given_the_results_alone(as_):
    page = as_("an").get("/people/", headers={"HX-Request": "true", "HX-Target": "results"})
    assert "<html" not in page.content.decode()


def test_a_long_list_costs_no_more_than_a_short_one(as_):
    browser = as_("an")
    browser.get("/people/")  # the first one asks whether anything is set up
    with CaptureQueriesContext(connection) as short:
        browser.get("/people/")
    for n in range(5):
        factories.officer(f"p{n}")
    with CaptureQueriesContext(connection) as long:
        browser.get("/people/")
    assert len(long) == len(short)


def test_a_persons_page_says_who_granted_what(as_):
    an, li = factories.officer("an"), factories.officer("li")
    change = roles_changing.propose(
        li, Role.KEEPER, is_grant=True, reason="轮岗", by=an, at=factories.NOON
    )
    roles_changing.confirm(change, by=factories.officer("qian"), at=factories.NOON)
    page = as_(an).get(f"/people/{li.pk}/").content.decode()
    for told in ("轮岗", "安管理", "钱局长", "初始设置时授予"):
        assert told in page


def test_facts_are_put_right(as_):
    li = factories.officer("li")
    as_("an").post(f"/people/{li.pk}/edit/", {"name": "李二", "officer_cert_no": "", "unit": ""})
    li.refresh_from_db()
    assert (li.name, li.officer_cert_no, li.unit) == ("李二", None, None)


def test_a_certificate_taken_is_said_on_the_form(as_):
    li, _wang = factories.officer("li"), factories.officer("wang")
    said = {"name": "李二", "officer_cert_no": "HB-wang"}
    form = as_("an").post(f"/people/{li.pk}/edit/", said).context["form"]
    assert "HB-wang" in form.non_field_errors()[0]
    assert form["name"].value() == "李二"


def test_suspended_and_lifted_on_the_page(as_):
    browser, li = as_("an"), factories.officer("li")
    browser.post(f"/people/{li.pk}/suspend/", {"until": "2999-12-31", "reason": "违规"})
    assert "停止执法至 2999-12-31" in browser.get("/people/").content.decode()
    browser.post(f"/people/{li.pk}/lift/", {"reason": "整改完毕"})
    li.refresh_from_db()
    assert li.suspended_until is None


@pytest.mark.parametrize(
    ("page", "said", "form", "field"),
    [
        ("suspend", {"until": "2020-01-01", "reason": "x"}, "suspend_form", "__all__"),
        ("suspend", {"until": "31/12/2999", "reason": "x"}, "suspend_form", "until"),
        ("suspend", {"until": "2999-12-31"}, "suspend_form", "reason"),
        ("lift", {"reason": "x"}, "lift_form", "__all__"),
        ("roles", {"change": "grant", "role": "king", "reason": "x"}, "role_form", "role"),
        ("roles", {"change": "take", "role": "keeper", "reason": "x"}, "role_form", "__all__"),
    ],
)
def test_what_is_refused_is_said_on_the_persons_page(as_, page, said, form, field):
    li = factories.officer("li")
    answer = as_("an").post(f"/people/{li.pk}/{page}/", said)
    assert (answer.status_code, list(answer.context[form].errors)) == (422, [field])


def test_whoever_is_suspended_still_signs_in(as_):
    li = factories.officer("li", suspended_until=date(2999, 1, 1))
    assert as_(li).get("/").status_code == 200
