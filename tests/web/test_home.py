"""The page after signing in, and the state of the installation."""

import pytest

import factories
from liuhen.recordings.models import RecordingState


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
    assert [entry.url_name for entry, _here in menu] == ["web:home", "web:custody", "web:state"]


def test_state_tells_where_things_are_and_what_is_amiss(as_, data):
    page = as_("sun").get("/state/")
    assert str(data.root) in page.content.decode()
    assert page.context["problems"] >= 1  # no worker runs in a test
