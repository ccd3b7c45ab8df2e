"""抽查 in figures: what was checked and what failed, from the day the check was closed."""

from datetime import timedelta

import pytest

import factories
from cases.activity_cast import facts
from liuhen.cases import activities, following
from liuhen.duties import deriving
from liuhen.recordings import assigning, secrecy
from liuhen.statistics import reading, tallying, walls
from liuhen.statistics.figures import FIGURES
from liuhen.statistics.models import Level, Span, Tally
from liuhen.statistics.scopes import widest
from liuhen.supervision import spot_answers, spot_steps
from liuhen.supervision.spot_states import Step
from supervision.spot_cast import LATER, activity, answer_all, closed, drawn, film, who

pytestmark = pytest.mark.django_db
NOON, HOUR = factories.NOON, timedelta(hours=1)
ALL = {"percent": 100, "strata": []}


@pytest.fixture(autouse=True)
def _regulation(bureau):
    """By which supervision checks by sample."""
    factories.follow("chengde-safety")


def follow() -> None:
    """The worker's round: nothing is counted but what the log leads to."""
    following.catch_up(at=LATER)
    deriving.catch_up(at=LATER)
    tallying.catch_up()


def said(**wanted) -> list[tuple[int, int]]:
    rows = Tally.objects.filter(span=Span.DAY, **wanted).exclude(spot_checked=0)
    return list(rows.order_by("pk").values_list("spot_checked", "spot_failed"))


def check_failed() -> None:
    check = drawn(**ALL)
    answer_all(check, no_gap="no", angle="no")
    spot_answers.close(check, conclusion="有中断", by=who("du"), at=LATER)


def test_nothing_counts_before_the_check_is_closed():
    tallying.recompute()
    activity(1, film(1))
    check = drawn(**ALL)
    answer_all(check)
    follow()
    assert said() == []
    spot_answers.close(check, conclusion="未发现问题", by=who("du"), at=LATER)
    follow()
    assert said(level=Level.UNIT) == [(1, 0)]


def test_one_that_was_given_up_counts_for_nothing():
    activity(1, film(1))
    check = drawn(**ALL)
    answer_all(check)
    spot_steps.move(check, Step.ABANDON, closed_at=LATER, closed_by=who("du"), conclusion="重抽")
    tallying.recompute()
    assert said() == []


def test_two_questions_answered_with_no_are_one_failure_of_everybody_who_took_part():
    factories.activity("HD-2026-000001", "bai")
    check_failed()
    tallying.recompute()
    assert said(level=Level.UNIT) == [(1, 1)]
    assert said(level=Level.OFFICER, officer=who("li")) == [(1, 1)]
    assert said(level=Level.OFFICER, officer=who("bai")) == [(1, 1)]


def test_a_recording_that_turns_out_to_be_anothers_counts_for_them():
    film(1)
    closed(**ALL)
    tallying.recompute()
    bai = factories.officer("bai", unit=factories.unit("监督二科"))
    assigning.assign(film(1), bai, by=who("zhou"), at=LATER)
    follow()
    assert said(level=Level.OFFICER) == said(officer=bai) == [(1, 0)]
    assert said(level=Level.UNIT) == said(unit=bai.unit, officer=None) == [(1, 0)]


def test_an_activity_that_turns_out_to_be_anothers_counts_for_them():
    times = {"arrived_at": NOON - HOUR, "left_at": NOON}
    made = activities.register(facts("li", "wang", **times), by=who("li"), at=NOON)
    closed(**ALL)
    tallying.recompute()
    bai = factories.officer("bai")
    activities.change(made, facts("bai", "wang", **times), by=who("li"), at=LATER)
    follow()
    assert said(officer=who("li")) == []
    assert said(officer=bai) == said(officer=who("wang")) == [(1, 0)]


def test_what_is_kept_secret_afterwards_is_counted_apart():
    film(1)
    closed(**ALL)
    tallying.recompute()
    assert said(level=Level.UNIT, is_secret=False) == [(1, 0)]
    secrecy.mark(film(1), "privacy", reason="病人", by=who("zhou"), at=LATER)
    follow()
    assert said(level=Level.UNIT, is_secret=False) == []
    assert said(level=Level.UNIT, is_secret=True) == [(1, 0)]


def test_of_a_check_among_secrets_all_is_counted_apart():
    factories.follow("neiqiu-health")  # by which the legal office checks, and it sees secrets
    secrecy.mark(film(1), "privacy", reason="病人", by=who("zhou"), at=NOON)
    activity(2, film(2))
    check = drawn("fa", by="fa", **ALL)
    answer_all(check)
    spot_answers.close(check, conclusion="未发现问题", by=who("fa"), at=LATER)
    tallying.recompute()
    assert said(level=Level.UNIT) == said(level=Level.UNIT, is_secret=True) == [(2, 0)]


def test_who_may_not_see_spot_checks_sees_no_line_of_who_has_nothing_else():
    day, bai = NOON.date(), factories.officer("bai")
    Tally.objects.create(
        agency=bai.agency, level=Level.OFFICER, span=Span.DAY, first=day, unit=bai.unit,
        officer=bai, spot_checked=1,
    )  # fmt: skip
    assert reading.by_officer(widest(factories.officer("zhao")), day, day) != {}
    keeper = widest(factories.officer("zhou"))
    assert not keeper.shows(FIGURES["spot_checked"])
    assert reading.by_officer(keeper, day, day) == {}


def test_the_wall_shows_no_spot_checks(monkeypatch):
    zhou = who("zhou")
    key = walls.open_wall(by=zhou, at=LATER)
    assert not walls.scope_of(key, at=LATER).shows(FIGURES["spot_checked"])
