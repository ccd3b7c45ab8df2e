"""Accounts and units."""

import pytest

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people.models import Officer, Unit
from liuhen.people.roles import Role

GOOD = "Rain-on-Slate-7"


def filled(**changes: object) -> dict[str, object]:
    passwords = {"password": GOOD, "again": GOOD}
    return {"login": "new", "name": "新人", "roles": ["officer"], **passwords} | changes


def test_a_new_officer_can_sign_in_with_roles_and_unit(as_):
    unit = factories.unit()
    said = filled(officer_cert_no="HB-7", unit=unit.pk, roles=["officer", "unit_head"])
    assert as_("an").post("/people/add/", said).headers["Location"] == "/people/"
    new = Officer.objects.get(login="new")
    assert new.role_names == {Role.OFFICER, Role.UNIT_HEAD}
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
    kinds = CustodyEvent.objects.filter(subject="officer:li").order_by("index")
    assert [e.kind for e in kinds] == [Kind.OFFICER_DISABLED, Kind.OFFICER_ENABLED]


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


def test_a_unit_is_added_once(as_):
    browser = as_("an")
    browser.post("/people/units/add/", {"name": "监督二科"})
    again = browser.post("/people/units/add/", {"name": "监督二科"})
    assert again.context["unit_form"].non_field_errors()
    assert Unit.objects.filter(name="监督二科").count() == 1


def test_somebody_of_another_bureau_is_not_there(as_):
    browser, elsewhere = as_("an"), factories.officer("far")
    elsewhere.agency = type(elsewhere.agency).objects.create(name="别的单位")
    elsewhere.save()
    assert browser.get(f"/people/{elsewhere.pk}/password/").status_code == 404
