"""On the pages: what one knows of and may not play, and what one may not even know of."""

import pytest

import factories
from factories import NOON
from liuhen.cases.models import ActivityRecording
from liuhen.recordings import secrecy
from liuhen.recordings.models import Recording

ACTIVITY = "/activities/HD-2026-000001/"


@pytest.fixture
def film(bureau) -> Recording:
    made = factories.recording("2026-000077")
    ActivityRecording.objects.create(
        activity=factories.activity(), recording=made, was_proposed=False,
        linked_at=NOON, linked_by=made.officer,
    )  # fmt: skip
    return made


def lanes(browser) -> list[dict]:
    return browser.get(f"{ACTIVITY}player/").context["told"]["lanes"]


@pytest.mark.enforces("access", article="neiqiu-health:22")
@pytest.mark.parametrize(
    ("login", "plays"), [("li", True), ("wang", True), ("fa", True), ("zhou", False), ("du", False)]
)
def test_an_activitys_lanes_say_what_may_be_played(as_, film, login, plays):
    [lane] = lanes(as_(login))
    [segment] = lane["segments"]
    assert (segment["seen"], segment["plays"]) == (True, plays)


@pytest.mark.enforces("access", article="chengde-safety:22")
def test_with_a_grant_the_lane_plays(as_, film):
    factories.follow("chengde-safety")
    browser = as_("li")
    assert not lanes(browser)[0]["segments"][0]["plays"]
    factories.grant(film, film.officer)
    assert lanes(browser)[0]["segments"][0]["plays"]


@pytest.mark.enforces("secrecy")
@pytest.mark.parametrize("page", ["/recordings/", ACTIVITY, f"{ACTIVITY}player/", "/batches/b1/"])
def test_what_is_secret_stands_in_no_list_of_others(as_, film, page):
    factories.item(factories.batch(by=factories.officer("wang")), recording=film)
    for login in ("wang", "du"):
        assert film.number in as_(login).get(page).content.decode()
    secrecy.mark(film, "trade", reason="配方", by=film.officer, at=NOON)
    for login in ("wang", "du"):
        assert film.number not in as_(login).get(page).content.decode()
    assert film.number in as_("zhou").get(page).content.decode()
