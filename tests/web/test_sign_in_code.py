"""The second step of the sign-in, and the pages of the second factor; also for whoever cheats."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django_otp.oath import TOTP

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.clock import now
from liuhen.people import second_factor
from liuhen.people.models import Officer, OfficerSession, SecondFactor

GOOD = "Rain-on-Slate-7"
SECRET = b"12345678901234567890"


def code(minutes: float = 0, secret: bytes = SECRET) -> str:
    app = TOTP(secret)
    app.time = now().timestamp() + 60 * minutes
    return f"{app.token():06d}"


def phone_of(officer: Officer) -> list[str]:
    """Enrolled five minutes ago; the recovery codes."""
    then = now() - timedelta(minutes=5)
    return second_factor.add(officer, SECRET, code(-5), at=then, keep="")


@pytest.fixture
def li(bureau):
    officer = factories.officer("li", password=GOOD)
    officer.told = phone_of(officer)
    return officer


@pytest.fixture
def halfway(visitor, li) -> Client:
    """A browser in which Li has given the password."""
    answer = visitor.post("/sign-in/", {"login": "li", "password": GOOD, "next": "/recordings/"})
    assert answer.headers["Location"] == "/sign-in/code/"
    return visitor


def give(browser: Client, said: str | None = None):
    return browser.post("/sign-in/code/", {"code": said or code()})


def test_password_and_code_open_the_page_asked_for(halfway, li):
    assert give(halfway).headers["Location"] == "/recordings/"
    assert get_user(halfway) == li
    assert halfway.get("/recordings/").status_code == 200


@pytest.mark.parametrize("page", ["/recordings/", "/password/", "/second-factor/", "/sessions/"])
def test_the_password_alone_opens_nothing(halfway, page):
    assert halfway.get(page).headers["Location"].startswith("/sign-in/?next=")


def test_the_password_alone_opens_no_machine_door(halfway):
    number = factories.recording().number
    assert halfway.get(f"/recordings/{number}/poster.jpg").status_code == 401


def test_without_the_password_a_code_is_worth_nothing(visitor, li):
    assert give(visitor).headers["Location"] == "/sign-in/"
    assert not get_user(visitor).is_authenticated


def test_a_wrong_code_opens_nothing(halfway):
    assert give(halfway, "000000").status_code == 401
    assert not get_user(halfway).is_authenticated


def test_five_wrong_codes_lock_and_the_right_one_is_answered_alike(halfway):
    wrong = [give(halfway, "000000") for _try in range(5)]
    answers = [*wrong, give(halfway)]
    said = {(a.status_code, a.context["form"].non_field_errors()[0]) for a in answers}
    assert len(said) == 1
    assert not get_user(halfway).is_authenticated


def test_after_five_minutes_the_password_is_asked_again(halfway):
    session = halfway.session
    pk, known, since, next = session["halfway"]
    session["halfway"] = [pk, known, since - 301, next]
    session.save()
    assert give(halfway).headers["Location"] == "/sign-in/"


@pytest.mark.parametrize("changed", ["password", "off"])
def test_what_changes_meanwhile_ends_it(halfway, li, changed):
    if changed == "password":
        li.set_password("Snow-on-Cedar-8")
    li.is_active = changed != "off"
    li.save()
    assert give(halfway).headers["Location"] == "/sign-in/"


def test_each_step_takes_a_new_session_key(halfway):
    first = halfway.cookies["sessionid"].value
    give(halfway)
    assert halfway.cookies["sessionid"].value != first
    assert not OfficerSession.objects.filter(pk=first).exists()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_two_steps_lead_nowhere_else_either(visitor, li, elsewhere):
    visitor.post("/sign-in/", {"login": "li", "password": GOOD, "next": elsewhere})
    assert give(visitor).headers["Location"] == "/"


def test_a_recovery_code_opens_once(halfway, li):
    assert give(halfway, li.told[0]).status_code == 302
    halfway.post("/sign-out/")
    halfway.post("/sign-in/", {"login": "li", "password": GOOD})
    assert give(halfway, li.told[0]).status_code == 401


def test_the_step_is_only_taken_from_our_page(li):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/sign-in/code/", {"code": code()}).status_code == 403


# Enrolment


@pytest.fixture
def sun(visitor) -> Client:
    """The system administrator's browser, password given, no phone yet."""
    factories.officer("sun", password=GOOD)
    visitor.post("/sign-in/", {"login": "sun", "password": GOOD})
    return visitor


def offered(browser: Client) -> bytes:
    sealed = browser.session["offered_secret"]
    return second_factor.sealing.unseal(sealed, of=second_factor.owner(get_user(browser)))


def enrol(browser: Client, password: str = GOOD, said: str | None = None):
    browser.get("/second-factor/")
    said = said or code(secret=offered(browser))
    return browser.post("/second-factor/", {"code": said, "password": password})


@pytest.mark.parametrize("page", ["/", "/state/", "/sessions/", "/password/"])
def test_an_administrator_without_one_gets_no_further(sun, page):
    assert sun.get(page).headers["Location"] == "/second-factor/"


def test_it_is_enrolled_and_the_codes_are_shown_once(sun):
    page = enrol(sun)
    told = page.context["codes"]
    assert len(set(told)) == 10
    assert "no-store" in page.headers["Cache-Control"]
    assert told[0] not in sun.get("/second-factor/").content.decode()
    assert sun.get("/state/").status_code == 200


def test_looking_at_the_page_enrols_nothing(sun):
    sun.get("/second-factor/")
    assert not SecondFactor.objects.exists()


def test_a_reload_changes_no_secret(sun):
    sun.get("/second-factor/")
    before = offered(sun)
    sun.get("/second-factor/")
    assert offered(sun) == before


@pytest.mark.parametrize("said", [{"password": "wrong"}, {"said": "000000"}])
def test_without_password_and_code_no_phone_is_enrolled(sun, said):
    assert enrol(sun, **said).status_code == 422
    assert not SecondFactor.objects.exists()


def test_a_foreign_page_enrols_no_phone(as_):
    factories.officer("li", password=GOOD)
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = as_("li").cookies
    answer = browser.post("/second-factor/", {"code": "000000", "password": GOOD})
    assert answer.status_code == 403


def test_the_secret_in_the_session_is_sealed(sun):
    sun.get("/second-factor/")
    assert offered(sun).hex() not in sun.session["offered_secret"]


def test_enrolling_ends_the_sign_ins_without_it(as_):
    officer = factories.officer("li", password=GOOD)
    here, there = as_(officer), as_(officer)
    enrol(here)
    assert here.get("/recordings/").status_code == 200
    assert there.get("/recordings/").headers["Location"].startswith("/sign-in/")


def test_a_demonstration_offers_it_and_asks_nobody(visitor, settings):
    settings.LIUHEN_DEMO = True
    factories.officer("sun", password=GOOD)
    visitor.post("/sign-in/", {"login": "sun", "password": GOOD})
    assert visitor.get("/state/").status_code == 200
    assert visitor.get("/second-factor/").status_code == 200


# Having one


@pytest.fixture
def inside(li, as_) -> Client:
    return as_(li)


def test_new_recovery_codes_cost_a_code(inside):
    assert inside.post("/second-factor/codes/", {"code": "000000"}).status_code == 422
    page = inside.post("/second-factor/codes/", {"code": code()})
    assert len(page.context["codes"]) == 10


def test_it_is_removed_with_password_and_code(inside):
    inside.post("/second-factor/remove/", {"password": GOOD, "code": code()})
    assert not SecondFactor.objects.exists()


def test_an_administrators_is_not_removed(as_):
    sun = factories.officer("sun", password=GOOD)
    phone_of(sun)
    answer = as_(sun).post("/second-factor/remove/", {"password": GOOD, "code": code()})
    assert answer.status_code == 422
    assert SecondFactor.objects.exists()


def replace(browser: Client, **said: str):
    browser.get("/second-factor/replace/")
    new = offered(browser)
    fields = {"code": code(secret=new), "old_code": code(), "password": GOOD} | said
    return browser.post("/second-factor/replace/", fields)


def test_an_administrator_changes_phones_with_the_old_one(as_):
    sun = factories.officer("sun", password=GOOD)
    phone_of(sun)
    before = SecondFactor.objects.get().pk
    assert len(replace(as_(sun)).context["codes"]) == 10
    assert SecondFactor.objects.get().pk != before


def test_or_with_a_recovery_code(inside, li):
    assert len(replace(inside, old_code=li.told[0]).context["codes"]) == 10


@pytest.mark.parametrize("wrong", ["code", "old_code", "password"])
def test_but_with_nothing_less(inside, wrong):
    before = SecondFactor.objects.get().pk
    assert replace(inside, **{wrong: "000000"}).status_code == 422
    assert SecondFactor.objects.get().pk == before


def test_a_mistyped_new_code_uses_no_recovery_code_up(inside, li):
    replace(inside, old_code=li.told[0], code="000000")
    assert second_factor.unused_recovery_codes(li) == 10


def test_a_lost_one_is_reset_and_enrolled_anew(as_):
    sun = factories.officer("sun", password=GOOD)
    phone_of(sun)
    theirs = as_(sun)
    as_("an").post(f"/people/{sun.pk}/reset-factor/")
    assert theirs.get("/state/").headers["Location"].startswith("/sign-in/")
    theirs.post("/sign-in/", {"login": "sun", "password": GOOD})
    assert theirs.get("/state/").headers["Location"] == "/second-factor/"


def test_nobody_resets_ones_own(as_):
    an = factories.officer("an", password=GOOD)
    phone_of(an)
    assert as_(an).post(f"/people/{an.pk}/reset-factor/").status_code == 409
    assert SecondFactor.objects.exists()


def test_a_session_from_before_the_role_gives_the_code_first(li):
    browser = Client()
    browser.force_login(li)
    li.role_holdings.update(role="auditor")
    assert browser.get("/custody/").headers["Location"] == "/second-factor/"
    assert browser.get("/second-factor/").headers["Location"] == "/sign-in/"
    assert not get_user(browser).is_authenticated


def test_all_of_it_is_in_the_log(sun):
    enrol(sun)
    told = CustodyEvent.objects.filter(subject="officer:sun").order_by("index")
    kinds = list(told.values_list("kind", flat=True))
    assert kinds == [Kind.SIGNED_IN, Kind.SECOND_FACTOR_ADDED]
