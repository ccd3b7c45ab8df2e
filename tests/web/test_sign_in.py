"""Signing in and out, one's own password, the demonstration's accounts."""

import json

import pytest
from django.contrib.auth import get_user

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent

GOOD = "Rain-on-Slate-7"
NEWER = "Snow-on-Cedar-8"


@pytest.fixture
def li(bureau):
    return factories.officer("li", password=GOOD)


def sign_in(visitor, login: str, password: str, **more: str):
    return visitor.post("/sign-in/", {"login": login, "password": password, **more})


def kinds_about(login: str) -> list[str]:
    about = CustodyEvent.objects.filter(subject=f"officer:{login}").order_by("index")
    return list(about.values_list("kind", flat=True))


def test_the_right_password_opens_and_is_recorded(visitor, li):
    assert sign_in(visitor, "li", GOOD).headers["Location"] == "/"
    assert get_user(visitor) == li
    assert kinds_about("li") == [Kind.SIGNED_IN]


def test_a_wrong_password_is_recorded(visitor, li):
    assert sign_in(visitor, "li", "wrong").status_code == 401
    assert kinds_about("li") == [Kind.SIGN_IN_FAILED]


def test_nobody_learns_which_logins_exist(visitor, li):
    factories.officer("off", password=GOOD, is_active=False)
    answers = [sign_in(visitor, login, "wrong") for login in ("li", "nobody", "off")]
    said = {answer.context["form"].non_field_errors()[0] for answer in answers}
    assert len(said) == 1


def test_the_page_asked_for_comes_after(visitor, li):
    answer = sign_in(visitor, "li", GOOD, next="/recordings/?kind=audio")
    assert answer.headers["Location"] == "/recordings/?kind=audio"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_signing_in_leads_nowhere_else(visitor, li, elsewhere):
    assert sign_in(visitor, "li", GOOD, next=elsewhere).headers["Location"] == "/"


def test_signing_out_is_recorded(as_):
    browser = as_("li")
    browser.post("/sign-out/")
    assert not get_user(browser).is_authenticated
    assert kinds_about("li") == [Kind.SIGNED_OUT]


def test_a_link_does_not_sign_out(as_):
    assert as_("li").get("/sign-out/").status_code == 405


def test_own_password_is_changed_and_the_session_stays(visitor, li):
    visitor.force_login(li)
    visitor.post("/password/", {"old": GOOD, "password": NEWER, "again": NEWER})
    li.refresh_from_db()
    assert li.check_password(NEWER)
    assert visitor.get("/").status_code == 200
    assert kinds_about("li") == [Kind.PASSWORD_CHANGED]


@pytest.mark.parametrize(
    ("old", "new", "field"), [("wrong", NEWER, "old"), (GOOD, "short", "password")]
)
def test_a_password_is_not_changed_lightly(visitor, li, old, new, field):
    visitor.force_login(li)
    answer = visitor.post("/password/", {"old": old, "password": new, "again": new})
    assert list(answer.context["form"].errors) == [field]
    li.refresh_from_db()
    assert li.check_password(GOOD)


def test_a_demonstration_lists_its_accounts(visitor, data, settings):
    settings.LIUHEN_DEMO = True
    told = [{"login": "li", "name": "李执法", "role": "执法人员", "password": "for-all-to-see"}]
    (data.root / "DEMONSTRATION").write_text(json.dumps(told))
    assert "for-all-to-see" in visitor.get("/sign-in/").content.decode()


def test_without_a_demonstration_nothing_is_listed(visitor, data):
    (data.root / "DEMONSTRATION").write_text('[{"login": "li", "password": "for-all-to-see"}]')
    assert "for-all-to-see" not in visitor.get("/sign-in/").content.decode()
