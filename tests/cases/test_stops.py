"""无法继续记录: reported at once to the regulation's post, stated in writing afterwards."""

import pytest

import factories
from cases.unrecorded_cast import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    entered,
    head_of_another_unit,
    refused,
    stopped,
    told,
    under,
    who,
)
from liuhen.cases import interruptions, stops
from liuhen.cases.models import Interruption, StopReport
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.vocabulary import Cause
from liuhen.people.roles import Role

pytestmark = pytest.mark.usefixtures("bureau")
REPORTING = [
    pytest.param("chengde-safety", 15, id="chengde"),
    pytest.param("luohe-livestock", 11, id="luohe"),
]


def waiting(login: str) -> list[StopReport]:
    return list(stops.unseen_for(who(login)))


@pytest.mark.enforces("interruption", article="chengde-safety:15")
@pytest.mark.enforces("interruption", article="luohe-livestock:11")
@pytest.mark.parametrize(("pack", "article"), REPORTING)
def test_the_units_head_has_it_at_once(pack, article):
    under(pack)
    factories.officer("wang")
    stop = stopped()
    assert (stop.posts, stop.article, stop.needs_statement) == ("unit_head", article, True)
    assert stop.reported_at == NOON + 11 * MINUTE
    assert waiting("wang") == [stop]
    assert [waiting(login) for login in ("li", "zhao", "qian", "zhou", "du")] == [[]] * 5


@pytest.mark.enforces("interruption", article="chengde-safety:15")
@pytest.mark.enforces("interruption", article="luohe-livestock:11")
@pytest.mark.parametrize(("pack", "article"), REPORTING)
def test_it_is_seen_once_and_stated_once(pack, article):
    under(pack)
    stop, late = stopped(), StopReport.objects.get()
    stops.see(stop, by=who("wang"), at=NOON + HOUR)
    assert refused(stops.see, late, by=who("wang"), at=NOON + HOUR).code == (
        "unrecorded.seen_already"
    )
    stops.state(stop, statement="镜头碎裂，改为书面记录。", by=who("li"), at=NOON + DAY)
    no = refused(stops.state, late, statement="另一份", by=who("li"), at=NOON + DAY)
    assert no.code == "unrecorded.statement_there"
    assert (stop.seen_by, stop.stated_by) == (who("wang"), who("li"))
    assert (waiting("wang"), told(Kind.STOP_STATED)[0]["statement"]) == ([], stop.statement)


@pytest.mark.enforces("interruption")
@pytest.mark.parametrize("pack", ["neiqiu-health", "weidong-market", "jiaxian-health"])
def test_where_the_regulation_is_silent_an_interruption_is_what_is_entered(pack):
    under(pack)
    no = refused(stopped)
    assert (no.code, no.article) == ("unrecorded.stop_not_asked", None)
    assert "请登记中断" in no.text


@pytest.mark.enforces("interruption", article="chengde-safety:15")
def test_the_stretch_is_entered_with_the_report():
    under("chengde-safety")
    stop = stopped()
    assert interruptions.of(stop.activity) == [stop.interruption]
    assert (stop.interruption.from_at, stop.interruption.until_at) == (stop.stopped_at, None)
    assert refused(stopped, stop.activity).code == "unrecorded.stop_there"


def test_a_stretch_that_is_open_already_is_the_one_reported():
    under("chengde-safety")
    open_one = entered(cause=Cause.WEATHER, minutes=(8, None))
    stop = stopped(open_one.activity)
    assert (stop.interruption, stop.stopped_at) == (open_one, NOON + 8 * MINUTE)
    assert (stop.cause, Interruption.objects.count()) == ("weather", 1)


def test_recording_that_stops_again_is_reported_again():
    under("chengde-safety")
    first = stopped()
    Interruption.objects.update(until_at=NOON + 15 * MINUTE)
    again = NOON + 20 * MINUTE
    second = stopped(first.activity, stopped_at=again, at=again)
    assert second.interruption != first.interruption


def test_a_head_who_reports_is_read_by_the_next_one_up():
    under("chengde-safety")
    stop = stopped(factories.activity("HD-2026-000001", "wang"), by="wang")
    factories.officer("zhao")
    assert stop.posts == "unit_head/leader/bureau_head"
    assert (waiting("zhao"), waiting("wang")) == ([stop], [])
    assert refused(stops.see, stop, by=who("wang"), at=NOON).code == "unrecorded.own_paper"
    stops.see(stop, by=who("zhao"), at=NOON + HOUR)
    assert stop.seen_by == who("zhao")


def test_a_unit_without_a_head_is_read_by_the_next_one_up():
    under("chengde-safety")
    factories.officer("qian")
    stop = stopped()
    assert waiting("qian") == [stop]


def test_others_do_not_take_note_for_the_head():
    under("chengde-safety")
    factories.officer("wang")
    stop, far = stopped(), factories.stranger("far", Role.UNIT_HEAD)
    for other in (who("zhao"), head_of_another_unit()):
        no = refused(stops.see, stop, by=other, at=NOON)
        assert (no.code, no.article) == ("unrecorded.not_yours_to_decide", "15")
    assert refused(stops.see, stop, by=far, at=NOON).code == "unrecorded.no_such"


def test_only_who_was_there_reports_and_states():
    under("chengde-safety")
    factories.officer("wang"), factories.officer("gao")
    assert refused(stopped, by="gao").code == "unrecorded.not_of_this_activity"
    stop = stopped()
    no = refused(stops.state, stop, statement="…", by=who("gao"), at=NOON)
    assert no.code == "unrecorded.not_of_this_activity"
    assert not stops.may_state(stop, who("wang"))


def test_an_empty_statement_is_none():
    under("chengde-safety")
    no = refused(stops.state, stopped(), statement=" \n", by=who("li"), at=NOON)
    assert no.code == "unrecorded.words_missing"


def failing(*args, **more):
    raise OSError("no event")


@pytest.mark.parametrize("step", ["report", "see", "state"])
def test_no_event_no_change(step, monkeypatch):
    under("chengde-safety")
    factories.officer("wang")
    stop = None if step == "report" else stopped()
    before = list(StopReport.objects.values()), list(Interruption.objects.values())
    monkeypatch.setattr(log, "record", failing)
    with pytest.raises(OSError, match="no event"):
        act(step, stop)
    assert (list(StopReport.objects.values()), list(Interruption.objects.values())) == before


def act(step: str, stop: StopReport | None) -> None:
    if stop is None:
        stopped()
    elif step == "see":
        stops.see(stop, by=who("wang"), at=NOON + HOUR)
    else:
        stops.state(stop, statement="说明", by=who("li"), at=NOON + HOUR)
