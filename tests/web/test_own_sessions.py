"""Where one is signed in, and ending that; the same for the security administrator."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from liuhen.kernel.clock import now
from liuhen.people import tries
from liuhen.people.models import OfficerSession
from liuhen.web.browsers import named

EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"


@pytest.fixture
def here(as_):
    return as_("li")


@pytest.fixture
def there(as_, here):
    return as_("li")


def rows(browser, page: str = "/sessions/"):
    return browser.get(page).context["rows"]


def is_in(browser) -> bool:
    return get_user(browser).is_authenticated


def test_the_list_names_each_and_marks_this_one(here, there):
    assert sorted(row["is_here"] for row in rows(here)) == [False, True]


def test_no_key_is_on_the_page(here, there):
    page = here.get("/sessions/").content.decode()
    assert there.session.session_key not in page


def test_one_of_them_is_ended(here, there):
    which = next(row["handle"] for row in rows(here) if not row["is_here"])
    here.post("/sessions/end/", {"which": which})
    assert (is_in(here), is_in(there)) == (True, False)


def test_all_others_are_ended(here, there):
    here.post("/sessions/end/")
    assert (is_in(here), is_in(there)) == (True, False)


def test_another_officers_stays(here, as_):
    wang = as_("wang")
    handle = rows(wang)[0]["handle"]
    assert here.post("/sessions/end/", {"which": handle}).status_code == 409
    here.post("/sessions/end/")
    assert is_in(wang)


def test_whoever_was_ended_is_told(here, there):
    here.post("/sessions/end/")
    page = there.get("/recordings/", follow=True)
    assert "登录已被强制退出" in page.content.decode()
    assert "登录已被强制退出" not in there.get("/sign-in/").content.decode()


def test_whoever_was_idle_is_told(here):
    OfficerSession.objects.update(expire_date=now() - timedelta(seconds=1))
    assert "登录已超时" in here.get("/recordings/", follow=True).content.decode()


def test_whoever_never_signed_in_is_told_nothing(visitor):
    visitor.cookies["sessionid"] = "x" * 32
    assert not list(visitor.get("/recordings/", follow=True).context["messages"])


def aged(browser, minutes: int) -> OfficerSession:
    then = now() - timedelta(minutes=minutes)
    OfficerSession.objects.update(seen_at=then, expire_date=then + timedelta(minutes=30))
    return OfficerSession.objects.get(pk=browser.session.session_key)


def test_doing_something_makes_it_last(here):
    before = aged(here, minutes=20)
    here.get("/recordings/")
    before.refresh_from_db()
    assert before.expire_date - now() > timedelta(minutes=29)


def test_a_page_that_asks_by_itself_does_not(here):
    before = aged(here, minutes=20)
    factories.batch()
    here.get("/recordings/", headers={"X-Liuhen-Polling": "1"})
    before.refresh_from_db()
    assert before.expire_date - now() < timedelta(minutes=11)


def test_a_page_in_the_same_minute_writes_nothing(here):
    here.get("/sessions/")
    with CaptureQueriesContext(connection) as asked:
        here.get("/sessions/")
    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}


# The security administrator's page


@pytest.fixture
def an(as_):
    return as_("an")


def page_of(login: str, verb: str = "sign-in") -> str:
    return f"/people/{factories.officer(login).pk}/{verb}/"


def test_another_persons_sign_ins_are_seen_and_ended(an, here, there):
    assert len(rows(an, page_of("li"))) == 2
    an.post(page_of("li", "end-sessions"))
    assert (is_in(here), is_in(there), is_in(an)) == (False, False, True)


def test_a_lock_is_seen_and_lifted(an):
    for _try in range(5):
        tries.claim("li", at=now())
    assert an.get(page_of("li")).context["is_locked"]
    an.post(page_of("li", "unlock"))
    assert not an.get(page_of("li")).context["is_locked"]


@pytest.mark.parametrize("verb", ["sign-in", "unlock", "reset-factor", "end-sessions"])
def test_another_bureaus_people_are_nobody(an, verb):
    far = factories.stranger()
    address = f"/people/{far.pk}/{verb}/"
    answer = an.get(address) if verb == "sign-in" else an.post(address)
    assert answer.status_code == 404


def test_an_account_that_is_switched_off_is_out_at_once(an, here):
    an.post(page_of("li", "switch"), {"active": "0"})
    assert not is_in(here)


@pytest.mark.parametrize(
    ("agent", "name"),
    [(EDGE, "Edge · Windows"), ("curl/8", "未知浏览器"), ("Firefox X11; Linux", "Firefox · Linux")],
)
def test_a_browser_has_a_name(agent, name):
    assert named(agent) == name


@pytest.mark.parametrize("page", ["/", "/people/", "/people/?words=li", "/sessions/"])
def test_no_page_is_kept_for_the_next_one_at_this_pc(as_, page):
    assert as_("an").get(page).headers["Cache-Control"] == "private, no-store"
