"""On the pages: what one knows of and may not play, and what one may not even know of."""

import pytest

import factories
from cases.activity_cast import recorded, under_way
from factories import NOON
from liuhen.cases import evidence
from liuhen.cases.models import Activity, ActivityRecording, Case
from liuhen.recordings import secrecy
from liuhen.recordings.models import Mark, Recording

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


@pytest.fixture
def secret(film) -> Recording:
    """Evidence of a case, with a mark that shows a point, kept from all but few."""
    evidence.enter(film, in_case(film), proves="配方", by=film.officer, at=NOON)
    Mark.objects.create(
        recording=film, kind="notice", start_seconds=3, made_at=NOON, made_by=film.officer
    )
    secrecy.mark(film, "trade", reason="配方", by=film.officer, at=NOON)
    return film


def in_case(film: Recording) -> Case:
    made = factories.case()
    Activity.objects.update(case=made, case_set_at=NOON, case_set_by=made.added_by)
    factories.handles(made, film.officer.login)
    return made


@pytest.mark.enforces("secrecy")
def test_the_cases_page_and_its_counts_know_nothing_of_what_is_secret(as_, secret):
    way = f"/cases/{factories.case().pk}/"
    for login, n in (("wang", 0), ("zhou", 1)):
        answer = as_(login).get(way)
        assert len(answer.context["exhibits"]) == n
        assert [one.footage for one in answer.context["activities"]] == [n]
        assert (secret.number in answer.content.decode()) == bool(n)


@pytest.mark.enforces("secrecy")
def test_nor_do_an_activitys_points_and_the_list_of_activities(as_, secret):
    factories.follow("luohe-livestock")
    for login, n in (("wang", 0), ("zhou", 1)):
        browser = as_(login)
        shown = [one for one in browser.get(ACTIVITY).context["points"] if one.mark]
        assert [one.mark.recording.number for one in shown] == [secret.number] * n
        [row] = browser.get("/activities/").context["page"].rows
        assert row.held == n


@pytest.mark.enforces("secrecy")
def test_whose_secret_recording_may_belong_to_it_is_not_told(as_, bureau):
    way, loose = f"/activities/{under_way().number}/", recorded(1, by="bai")
    assert as_("li").get(way).context["others"] == 1
    secrecy.mark(loose, "trade", reason="配方", by=loose.officer, at=NOON)
    assert as_("li").get(way).context["others"] == 0
