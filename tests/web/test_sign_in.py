"""Signing in and out, one's own password, the demonstration's accounts."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth import get_user

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.clock import now
from liuhen.people.models import OfficerSession

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


def test_signing_in_takes_a_new_session_key(visitor, li):
    """One that somebody planted in this browser before is worth nothing afterwards."""
    planted = visitor.session
    planted["x"] = 1
    planted.save()
    visitor.cookies["sessionid"] = planted.session_key
    sign_in(visitor, "li", GOOD)
    assert visitor.cookies["sessionid"].value != planted.session_key
    assert not OfficerSession.objects.filter(pk=planted.session_key).exists()


def test_the_address_is_the_sockets_not_the_senders_word(visitor, li):
    headers = {"X-Forwarded-For": "8.8.8.8", "X-Real-IP": "8.8.8.8", "Forwarded": "for=8.8.8.8"}
    visitor.post("/sign-in/", {"login": "li", "password": GOOD}, headers=headers)
    assert OfficerSession.objects.get(officer=li).address == "127.0.0.1"
    assert b"8.8.8.8" not in bytes(CustodyEvent.objects.order_by("-index").first().entry)


def test_locked_looks_like_wrong_for_everybody(visitor, li):
    for _try in range(5):
        sign_in(visitor, "li", "wrong")
        sign_in(visitor, "nobody", "wrong")
    answers = [sign_in(visitor, *said) for said in (("li", GOOD), ("li", "x"), ("nobody", "x"))]
    said = {
        (answer.status_code, tuple(answer.context["form"].non_field_errors()))
        for answer in [*answers, sign_in(visitor, "wang", "never tried before")]
    }
    assert len(said) == 1
    assert not get_user(visitor).is_authenticated


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


def test_the_same_password_again_is_no_change(visitor, li):
    visitor.force_login(li)
    answer = visitor.post("/password/", {"old": GOOD, "password": GOOD, "again": GOOD})
    assert "相同" in answer.context["form"].non_field_errors()[0]


def test_ones_own_is_not_reset_without_the_old_one(as_):
    an = factories.officer("an", password=GOOD)
    said = {"password": NEWER, "again": NEWER}
    assert as_(an).post(f"/people/{an.pk}/password/", said).headers["Location"] == "/password/"
    an.refresh_from_db()
    assert an.check_password(GOOD)


@pytest.fixture
def fresh(visitor, li):
    """Li's browser; somebody else has set the password."""
    type(li).objects.update(must_change_password=True)
    sign_in(visitor, "li", GOOD)
    return visitor


@pytest.mark.parametrize("page", ["/", "/sessions/", "/second-factor/", "/second-factor/codes/"])
def test_until_the_password_is_changed_nothing_else_opens(fresh, page):
    method = fresh.post if page.endswith("codes/") else fresh.get
    assert method(page).headers["Location"] == "/password/"


def test_a_fragment_takes_its_page_to_the_password(fresh):
    answer = fresh.get("/recordings/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == "/password/"


def test_once_changed_everything_opens(fresh):
    fresh.post("/password/", {"old": GOOD, "password": NEWER, "again": NEWER})
    assert fresh.get("/recordings/").status_code == 200


def test_whoever_must_change_it_may_also_leave(fresh):
    assert fresh.post("/sign-out/").headers["Location"] == "/sign-in/"


@pytest.mark.parametrize(("days", "old", "owed"), [(180, 181, 1), (180, 179, 0), (0, 9999, 0)])
def test_a_password_has_its_days(visitor, li, settings, days, old, owed):
    settings.LIUHEN_PASSWORD_DAYS = days
    type(li).objects.update(password_set_at=now() - timedelta(days=old))
    sign_in(visitor, "li", GOOD)
    assert visitor.get("/recordings/").status_code == (302 if owed else 200)


def test_a_demonstration_lists_its_accounts(visitor, data, settings):
    settings.LIUHEN_DEMO = True
    told = [{"login": "li", "name": "李执法", "role": "执法人员", "password": "for-all-to-see"}]
    (data.root / "DEMONSTRATION").write_text(json.dumps(told))
    assert "for-all-to-see" in visitor.get("/sign-in/").content.decode()


def test_without_a_demonstration_nothing_is_listed(visitor, data):
    (data.root / "DEMONSTRATION").write_text('[{"login": "li", "password": "for-all-to-see"}]')
    assert "for-all-to-see" not in visitor.get("/sign-in/").content.decode()


def test_who_signed_in_before_an_update_stays_signed_in(client, bureau):
    client.force_login(factories.officer("li"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/").status_code == 200
