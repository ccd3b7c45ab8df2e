"""Machine doors and the sign-in: who has ended, owes a step, or gave half, gets nothing."""

from datetime import timedelta

import pytest
from api_cast import NOON, spoken
from test_api_media import CONTENT, body, film_url

from liuhen.api import admission
from liuhen.kernel.clock import now
from liuhen.people import sessions
from liuhen.people.models import Officer, RoleHolding
from liuhen.people.roles import Role
from liuhen.people.sessions import Ending

film_url = film_url


@pytest.fixture(autouse=True)
def nothing_remembered():
    admission._remembered.admitted.clear()


def doors(browser, url: str) -> set[tuple[int, str]]:
    """What a film and an upload answer."""
    answers = (browser.get(url), browser.post("/api/uploads/", headers=spoken({})))
    return {(answer.status_code, answer.json()["code"]) for answer in answers}


def test_an_ended_session_gets_not_one_byte_more(browser, film_url, li):
    assert body(browser.get(film_url)) == CONTENT
    sessions.end(li, by=li, at=now(), why=Ending.REVOKED)
    assert doors(browser, film_url) == {(401, "api.not_signed_in")}


def test_whoever_must_change_the_password_gets_nothing(browser, film_url, li):
    Officer.objects.update(must_change_password=True)
    assert doors(browser, film_url) == {(403, "people.sign_in_unfinished")}


def test_an_administrator_without_second_factor_reads_no_log(browser_of, officer):
    shen = browser_of(officer("shen", Role.AUDITOR), has_passed=False)
    assert shen.get("/log/tile/entries/000.p/1").json()["code"] == "people.sign_in_unfinished"


def test_with_it_the_log_is_read(browser_of, officer, ticket_for, sealed):
    ticket_for(sealed(CONTENT))  # an event
    shen = browser_of(officer("shen", Role.AUDITOR))
    assert shen.get("/log/tile/entries/000.p/1").status_code == 200


def test_a_file_that_comes_for_long_keeps_its_sender_signed_in(tus, browser):
    url = tus.begun(4)
    then = now() - timedelta(minutes=20)
    row = browser.session.model.objects.get()
    type(row).objects.update(seen_at=then, signed_in_at=then)
    tus.patch(url, 0, b"film")
    row.refresh_from_db()
    assert now() - row.seen_at < timedelta(minutes=1)


def test_a_role_that_asks_for_one_closes_the_film_at_once(browser_of, film_url, li):
    browser = browser_of(li, has_passed=False)
    assert body(browser.get(film_url)) == CONTENT
    RoleHolding.objects.create(officer=li, role=Role.AUDITOR, granted_at=NOON)
    assert doors(browser, film_url) == {(403, "people.sign_in_unfinished")}
