"""Roles by two people, on their page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from factories import NOON
from liuhen.people import roles_changing
from liuhen.people.models import RoleChange
from liuhen.people.roles import Role


@pytest.fixture
def change(bureau) -> RoleChange:
    return propose(factories.officer("li"))


def propose(officer, role: Role = Role.KEEPER) -> RoleChange:
    an = factories.officer("an")
    return roles_changing.propose(officer, role, is_grant=True, reason="轮岗", by=an, at=NOON)


def decide(browser, *changes: RoleChange, decision: str = "confirm", **more: str):
    said = {"change": [change.pk for change in changes], "decision": decision} | more
    return browser.post("/people/roles/decide/", said)


def test_proposed_on_the_persons_page(as_):
    li = factories.officer("li")
    as_("an").post(
        f"/people/{li.pk}/roles/", {"change": "take", "role": "officer", "reason": "调离"}
    )
    change = RoleChange.objects.get()
    assert (change.is_grant, change.reason, change.proposed_by.login) == (False, "调离", "an")


def test_several_are_confirmed_at_once(as_, change):
    other = propose(factories.officer("wang"))
    decide(as_("qian"), change, other)
    assert set(RoleChange.objects.values_list("decision", flat=True)) == {"confirmed"}


def test_refused_with_a_reason(as_, change):
    browser = as_("sun")
    assert decide(browser, change, decision="refuse").status_code == 422
    decide(browser, change, decision="refuse", reason="编制已满")
    change.refresh_from_db()
    assert (change.decision, change.objection) == ("refused", "编制已满")
    assert "编制已满" in browser.get("/people/roles/?tab=done").content.decode()


def test_one_that_cannot_be_is_named_and_the_rest_goes_through(as_, change):
    own = propose(factories.officer("qian"), Role.LEADER)
    answer = decide(as_("qian"), own, change)
    told = [str(message) for message in answer.wsgi_request._messages]
    assert any("钱局长" in said for said in told)
    change.refresh_from_db()
    own.refresh_from_db()
    assert (change.decision, own.decision) == ("confirmed", "")


def test_nothing_ticked_is_said(as_, change):
    answer = decide(as_("qian"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["change"])


def test_the_proposer_withdraws_it(as_, change):
    as_("an").post(f"/people/roles/{change.pk}/withdraw/")
    change.refresh_from_db()
    assert change.decision == "withdrawn"


def test_the_menu_counts_what_waits_for_this_person(as_, change):
    propose(factories.officer("qian"), Role.LEADER)  # about oneself: not for oneself
    assert as_("qian").get("/people/roles/").context["waiting_roles"] == 1
    assert as_("an").get("/people/roles/").context["waiting_roles"] == 0


def test_what_is_done_has_its_own_tab(as_, change):
    browser = as_("qian")
    decide(browser, change)
    assert list(browser.get("/people/roles/").context["page"]) == []
    assert list(browser.get("/people/roles/?tab=done").context["page"]) == [change]


def test_another_bureaus_change_is_not_there(as_, change):
    far = factories.stranger("head", Role.BUREAU_HEAD)
    browser = as_(far)
    assert "李执法" not in browser.get("/people/roles/").content.decode()
    assert decide(browser, change).status_code == 422
    safe = as_(factories.stranger("safe", Role.SECURITY_ADMIN))
    assert safe.post(f"/people/roles/{change.pk}/withdraw/").status_code == 404
    change.refresh_from_db()
    assert change.decision == ""


def test_a_long_list_costs_no_more_than_a_short_one(as_, change):
    browser = as_("qian")
    browser.get("/people/roles/")  # the first one asks whether anything is set up
    with CaptureQueriesContext(connection) as short:
        browser.get("/people/roles/")
    for n in range(4):
        propose(factories.officer(f"p{n}"))
    with CaptureQueriesContext(connection) as long:
        browser.get("/people/roles/")
    assert len(long) == len(short)


def test_a_number_no_change_has_is_no_choice(as_):
    said = {"change": "9" * 30, "decision": "confirm"}
    assert as_("qian").post("/people/roles/decide/", said).status_code == 422
