"""What the five regulations make of a visit that was recorded so or so."""

import pytest
from coverage_cast import (
    NOON,
    PACKS,
    exemption,
    film,
    follow,
    minute,
    missing,
    report,
    spoken,
    stop,
    verdict,
    visit,
)

from liuhen.cases import coverage
from liuhen.cases.models import PaperState
from liuhen.recordings.models import RecordingState, TimeOrigin

pytestmark = pytest.mark.django_db


@pytest.mark.enforces("span", article="jiaxian-health:8")
@pytest.mark.enforces("span", article="weidong-market:8")
@pytest.mark.enforces("span", article="chengde-safety:12")
@pytest.mark.enforces("span", article="neiqiu-health:6")
@pytest.mark.enforces("span", article="luohe-livestock:9")
@pytest.mark.parametrize("pack_id", PACKS)
def test_from_arrival_to_leaving_is_complete_and_says_by_which_article(pack_id):
    follow(pack_id)
    film(-1, 31)
    told = coverage.compute(visit())
    assert told.judged.verdict == "complete"
    assert PACKS[pack_id] in {ground.article for ground in told.judged.grounds}


@pytest.mark.enforces("span", article="jiaxian-health:8")
@pytest.mark.enforces("span", article="weidong-market:8")
@pytest.mark.enforces("span", article="chengde-safety:12")
@pytest.mark.enforces("span", article="neiqiu-health:6")
@pytest.mark.enforces("span", article="luohe-livestock:9")
@pytest.mark.parametrize("pack_id", PACKS)
@pytest.mark.parametrize(("first", "last"), [(5, 31), (-1, 25)])
def test_who_begins_late_or_stops_early_leaves_a_gap_nobody_explained(pack_id, first, last):
    follow(pack_id)
    film(first, last)
    assert verdict() == "unexplained"
    [(lack, article)] = missing()
    assert (lack, article is not None) == ("nothing_said", True)


@pytest.mark.enforces("span", article="chengde-safety:12")
@pytest.mark.enforces("span", article="luohe-livestock:9")
@pytest.mark.parametrize("pack_id", PACKS)
def test_only_two_of_them_let_recording_end_with_the_inspection(pack_id):
    follow(pack_id)
    visit(inspection_ended_at=minute(20))
    film(-1, 21)
    until_the_inspection = {"chengde-safety", "luohe-livestock"}
    assert (verdict() == "complete") == (pack_id in until_the_inspection)


@pytest.mark.enforces("interruption")
@pytest.mark.parametrize(
    ("pack_id", "lack"),
    [
        ("jiaxian-health", None),
        ("weidong-market", ("not_said", 8)),
        ("chengde-safety", ("not_said", 15)),
        ("neiqiu-health", None),
        ("luohe-livestock", ("not_said", 11)),
    ],
)
def test_three_of_them_want_the_reason_said_aloud(pack_id, lack):
    follow(pack_id)
    film(-1, 10)
    resumed = film(15, 31)
    made = stop(10, 15)
    assert missing() == ([lack] if lack else [])
    made.mark = spoken(resumed)
    made.save()
    assert verdict() == "explained"


def test_a_mark_that_was_removed_says_nothing():
    follow("chengde-safety")
    film(-1, 10)
    stop(10, 15, mark=spoken(film(15, 31), removed_at=NOON))
    assert missing() == [("not_said", 15)]


@pytest.mark.parametrize("state", [PaperState.DRAFT, PaperState.RETURNED, PaperState.SUBMITTED])
def test_jiaxian_wants_the_work_record_written_and_reviewed(state):
    follow("jiaxian-health")
    film(-1, 10)
    film(15, 31)
    stop(10, 15, state=state)
    assert missing() == [("record_open", 12)]


@pytest.mark.parametrize("pack_id", ["chengde-safety", "luohe-livestock"])
def test_who_cannot_go_on_reports_it_and_states_it_in_writing(pack_id):
    follow(pack_id)
    film(-1, 10)
    made = stop(10, None)
    assert [lack for lack, _ in missing()] == ["no_statement"]
    told = report(made)
    assert verdict() == "unexplained"
    told.stated_at = NOON
    told.save()
    assert verdict() == "explained"


def test_what_lasts_until_they_leave_was_not_resumed_though_it_says_when_it_ended():
    follow("weidong-market")
    film(-1, 10)
    stop(10, 30)
    assert verdict() == "explained"


def test_what_was_resumed_wants_its_reason_said_though_nobody_entered_when():
    follow("weidong-market")
    film(-1, 10)
    film(15, 31)
    stop(10, None)
    assert missing() == [("not_said", 8)]


def test_a_mark_on_a_recording_that_was_moved_out_says_nothing():
    follow("weidong-market")
    film(-1, 10)
    film(15, 31)
    elsewhere = film(40, 41)
    stop(10, 15, mark=spoken(elsewhere))
    assert verdict() == "explained"
    elsewhere.activity_recording.delete()
    assert missing() == [("not_said", 8)]


def test_one_short_film_by_an_unsure_clock_shows_no_visit():
    film(10, 11, clock_uncertainty_seconds=3600)
    assert verdict() == "unexplained"


def test_came_and_left_within_one_minute():
    visit(left_at=NOON)
    film(0.2, 0.8)
    assert verdict() == "complete"


def test_weather_is_no_technical_cause():
    """内丘第六条: 非因技术原因不得中止。"""
    follow("neiqiu-health")
    film(-1, 10)
    film(15, 31)
    stop(10, 15, "weather")
    assert (verdict(), missing()) == ("unexplained", [("not_allowed", 6)])


def test_half_an_explanation_is_none():
    film(-1, 10)
    film(20, 31)
    stop(10, 14)
    assert [lack for lack, _ in missing()] == ["partly_said"]
    stop(14, 20)
    assert verdict() == "explained"


def test_people_know_a_gap_to_the_minute():
    film(-1, 10)
    film(15, 31)
    stop(10.9, 14.1)
    assert verdict() == "explained"


def test_a_gap_within_one_minute_is_explained_by_that_minute():
    film(-1, 10.3)
    film(10.8, 31)
    assert verdict() == "unexplained"
    stop(10, 10)
    assert verdict() == "explained"


@pytest.mark.enforces("no_gap", article="weidong-market:5")
@pytest.mark.parametrize("right", ["personal_freedom", "life_and_health", "major_property"])
def test_where_such_a_right_is_touched_nothing_excuses_a_gap(right):
    follow("weidong-market")
    visit(rights=[right])
    film(-1, 10)
    stop(10, 15, mark=spoken(film(15, 31)))
    assert (verdict(), missing()) == ("unexplained", [("no_gap_allowed", 5)])


@pytest.mark.enforces("no_gap", article="weidong-market:5")
def test_without_such_a_right_the_same_gap_is_explained():
    follow("weidong-market")
    film(-1, 10)
    stop(10, 15, mark=spoken(film(15, 31)))
    assert (verdict(), missing()) == ("explained", [])


def test_nothing_recorded_was_not_interrupted():
    stop(0, 30)
    assert verdict() == "not_recorded"


def test_an_exemption_answers_for_what_nobody_recorded():
    exemption()
    told = coverage.compute(visit()).judged
    assert (told.verdict, told.grounds[0].article) == ("exempt", 8)


def test_what_was_recorded_all_the_same_is_complete():
    exemption()
    film(-1, 31)
    assert verdict() == "complete"


def test_what_need_not_be_recorded_is_not_judged():
    follow("luohe-livestock")
    visit(listed=None, is_disputable=False)
    assert verdict() == "not_required"


def test_before_the_bureau_had_a_regulation_nothing_was_required():
    visit(arrived_at=minute(-(10**6)), left_at=minute(-(10**6) + 30))
    assert verdict() == "not_required"


@pytest.mark.parametrize(
    ("more", "waiting"),
    [
        ({"arrived_at": None, "left_at": None}, "not_arrived"),
        ({"left_at": None}, "not_left"),
    ],
)
def test_what_goes_on_is_judged_when_it_is_over(more, waiting):
    told = coverage.compute(visit(**more)).judged
    assert (told.verdict, told.waiting) == ("pending", waiting)


def test_what_was_not_looked_at_yet_may_still_fill_the_gap():
    film(0, 10)
    film(10, 31, state=RecordingState.SEALED)
    told = coverage.compute(visit()).judged
    assert (told.verdict, told.waiting) == ("pending", "not_examined")


def test_nobody_has_said_whether_it_is_disputable():
    follow("luohe-livestock")
    visit(listed=None, is_disputable=None)
    told = coverage.compute(visit()).judged
    assert (told.verdict, told.waiting) == ("pending", "need_unknown")
    film(-1, 31)
    assert verdict() == "complete"


def test_a_recording_made_afterwards_covers_nothing_and_is_told():
    film(90, 120)
    told = coverage.compute(visit())
    assert (told.judged.verdict, told.continuity.late) == ("not_recorded", ("2026-000001",))


def test_what_no_source_dates_and_what_holds_nothing_are_named():
    film(0, 30, recorded_at_origin=TimeOrigin.INTAKE)
    film(0, 30, duration_seconds=None)
    told = coverage.compute(visit()).material
    assert (told.undated, told.unusable) == (("2026-000001",), ("2026-000002",))


def test_a_photo_covers_no_time():
    film(-1, 31, kind="photo")
    assert verdict() == "not_recorded"


@pytest.mark.enforces("span", article="chengde-safety:10")
def test_chengde_has_two_carry_and_one_film_throughout():
    follow("chengde-safety")
    film(-1, 31)
    film(10, 20, "ZF-002")
    told = coverage.compute(visit())
    assert (told.carriers, told.continuity.throughout) == (2, ("ZF-001",))
    assert told.continuity.at_least(2) == 10 * (minute(1) - minute(0))
