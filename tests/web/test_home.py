"""The page after signing in, and the state of the installation."""

import re
from datetime import timedelta

import pytest

import factories
from liuhen.duties.models import Duty
from liuhen.recordings.models import RecordingState

NOON, DAY = factories.NOON, timedelta(days=1)


def test_counters_count_what_the_officer_sees(as_):
    factories.recording("2026-000001", state=RecordingState.MARKED)
    factories.recording("2026-000002", officer=factories.officer("other"))
    factories.unassigned("2026-000003")
    assert as_("zhou").get("/").context["counters"].unassigned == 1
    counters = as_("li").get("/").context["counters"]
    assert (counters.total, counters.marked) == (1, 1)


@pytest.mark.parametrize("login", ["sun", "an", "shen", "kong", "cai"])
def test_who_sees_no_recordings_is_shown_none(as_, login):
    made = factories.recording()
    assert made.number not in as_(login).get("/").content.decode()


def test_the_menu_holds_what_the_role_opens(as_):
    menu = as_("shen").get("/").context["menu"]
    assert [entry.url_name for entry, _here in menu] == [
        "web:home",
        "web:duties",
        "web:rules",
        "web:blank_papers",
        "web:custody",
        "web:state",
    ]


def duty(key: str, **more) -> Duty:
    """A yearly review by the legal office, long overdue."""
    facts = {"agency": factories.agency(), "key": key, "kind": "review", "pack_id": "own"}
    facts |= {"article": 17, "post": "legal_office", "started_at": NOON, "due_at": NOON + DAY}
    return Duty.objects.create(**facts | more)


def test_the_menu_counts_what_waits_now(as_):
    """It is written once for many pages: never with a number that has changed since."""
    badge = 'aria-label="{} 项待办"'
    browser, page = as_("fa"), "/password/"
    assert "项待办" not in browser.get(page).content.decode()
    for n in (1, 2):
        duty(str(n))
        assert badge.format(n) in browser.get(page).content.decode()
    assert "项待办" not in as_("li").get(page).content.decode()


def test_the_menu_marks_the_page_that_is_shown_in_the_readers_language(as_):
    browser, here = as_("fa"), '<a class="nav-link" href="{}" aria-current="page">'
    for way in ("/duties/", "/rules/"):
        page = browser.get(way).content.decode()
        assert here.format(way) in page
        assert len(re.findall('class="nav-link" href="[^"]*" aria-current', page)) == 1
    assert "应办事项" in browser.get("/rules/").content.decode()
    browser.cookies["django_language"] = "en"
    assert "应办事项" not in browser.get("/rules/").content.decode()


def test_what_is_to_be_done_comes_first_and_soonest_first(as_):
    later, sooner = duty("a", due_at=NOON + 2 * DAY), duty("b")
    mine = as_("fa").get("/").context["inboxes"][0]
    assert [told.duty for told in mine.rows] == [sooner, later]
    assert (mine.counters.open, mine.counters.overdue) == (2, 2)


def test_those_in_charge_see_the_units_or_the_bureaus_as_well(as_):
    def tabs(login: str) -> list[str]:
        return [inbox.tab for inbox in as_(login).get("/").context["inboxes"]]

    assert (tabs("li"), tabs("wang")) == (["mine"], ["mine", "unit"])
    assert (tabs("qian"), tabs("sun")) == (["mine", "agency"], ["mine"])


@pytest.mark.parametrize("login", ["li", "wang", "zhou", "sun", "an", "shen"])
def test_nothing_to_do_is_said_to_everybody(as_, login):
    assert "暂无待办事项" in as_(login).get("/").content.decode()


def test_state_tells_where_things_are_and_what_is_amiss(as_, data):
    page = as_("sun").get("/state/")
    assert str(data.root) in page.content.decode()
    assert page.context["problems"] >= 1  # no worker runs in a test
