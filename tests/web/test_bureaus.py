"""One more bureau: invited on a page, set up by its own people."""

import pytest
from django.test import Client

import factories
from liuhen.custody import store
from liuhen.people.models import Agency, Invitation, Officer
from web.test_set_up import filled


def invited(browser: Client, name: str = "邻县卫健局") -> str:
    """The one-time page's path."""
    url: str = browser.post("/bureaus/", {"name": name}).context["code_url"]
    return url.removeprefix("http://testserver")


def theirs(**changes: str) -> dict[str, str]:
    usual = {"agency_name": "邻县卫健局", "pack_id": "chengde-safety"}
    return filled(**usual | changes)


def test_the_code_is_shown_once(as_):
    browser = as_("sun")
    answer = browser.post("/bureaus/", {"name": "邻县卫健局"})
    assert answer.context["code"] in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    page = browser.get("/bureaus/").content.decode()
    assert answer.context["code"] not in page
    assert "邻县卫健局" in page


def test_a_bureau_is_set_up_with_the_code(as_, visitor):
    path = invited(as_("sun"))
    page = visitor.get(path)
    assert page.headers["Referrer-Policy"] == "same-origin"  # the address is the key
    assert page.context["forms"].bureau["agency_name"].value() == "邻县卫健局"
    assert visitor.post(path, theirs()).headers["Location"] == "/sign-in/"
    made = Agency.objects.get(name="邻县卫健局")
    assert made.officers.count() == 4
    assert made.adoptions.get().pack_id == "chengde-safety"


def test_a_used_code_says_what_to_do(as_, visitor):
    path = invited(as_("sun"))
    visitor.post(path, theirs())
    answer = visitor.post(path, theirs(agency_name="第三个"))
    assert answer.status_code == 410
    assert "登录" in answer.content.decode()
    assert Agency.objects.filter(name="第三个").count() == 0


@pytest.mark.parametrize("code", ["wrong", "x" * 300, "执"])
def test_a_wrong_code_is_no_fault(visitor, code):
    assert visitor.get(f"/set-up/{code}/").status_code == 410


def test_what_is_taken_elsewhere_is_said_and_nothing_typed_is_lost(as_, visitor):
    factories.officer("x-auditor")
    path = invited(as_("sun"))
    forms = visitor.post(path, theirs()).context["forms"]
    assert "x-auditor" in forms.bureau.non_field_errors()[0]
    assert forms.bureau["agency_name"].value() == "邻县卫健局"
    assert visitor.post(path, theirs(**{"auditor-login": "other"})).status_code == 302


def test_an_invitation_is_withdrawn(as_, visitor):
    browser = as_("sun")
    path = invited(browser)
    browser.post(f"/bureaus/{Invitation.objects.get().pk}/withdraw/")
    assert visitor.get(path).status_code == 410


def test_a_name_that_is_there_is_refused_on_the_form(as_):
    answer = as_("sun").post("/bureaus/", {"name": "某县卫健局"})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()


def test_another_bureaus_invitations_are_not_there(as_):
    from liuhen.people.roles import Role

    invited(as_("sun"))
    browser = as_(factories.stranger("far", Role.SYSTEM_ADMIN))
    assert list(browser.get("/bureaus/").context["page"]) == []
    pk = Invitation.objects.get().pk
    assert browser.post(f"/bureaus/{pk}/withdraw/").status_code == 404


def test_before_the_first_set_up_a_code_opens_nothing(data, db):
    store._remembered = None
    assert Client().get("/set-up/wrong/").headers["Location"] == "/set-up/"
    assert not Officer.objects.exists()
