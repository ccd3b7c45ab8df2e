"""中断: what each regulation allows, what it asks for, and whether a gap is explained by it."""

import pytest

import factories
from cases.unrecorded_cast import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    entered,
    kinds,
    planned,
    refused,
    rules,
    spoken,
    stopped,
    told,
    under,
    who,
)
from liuhen.cases import interruptions, stops
from liuhen.cases import unrecorded_errors as errors
from liuhen.cases.interruptions import Lack, Stretch
from liuhen.cases.models import Interruption
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.vocabulary import Cause
from liuhen.recordings import secrecy

pytestmark = pytest.mark.usefixtures("bureau")


def lack(interruption: Interruption) -> str | None:
    [row] = interruptions.of(interruption.activity)
    return interruptions.explains(row, rules()).lack


def changed(interruption: Interruption, *, at=NOON + HOUR, by: str = "li", **to) -> None:
    facts = {
        "from_at": interruption.from_at,
        "until_at": interruption.until_at,
        "cause": Cause(interruption.cause),
        "reason": interruption.reason,
        "basis": interruption.basis,
        "mark": interruption.mark,
    } | to
    interruptions.change(interruption, Stretch(**facts), by=who(by), at=at)


SPOKEN = [
    pytest.param("weidong-market", Cause.OBSTRUCTION, 8, id="weidong"),
    pytest.param("chengde-safety", Cause.CHANGE_OF_PLACE, 15, id="chengde"),
    pytest.param("luohe-livestock", Cause.WEATHER, 11, id="luohe"),
]


@pytest.mark.enforces("interruption", article="weidong-market:8")
@pytest.mark.enforces("interruption", article="chengde-safety:15")
@pytest.mark.enforces("interruption", article="luohe-livestock:11")
@pytest.mark.parametrize(("pack", "cause", "article"), SPOKEN)
def test_a_gap_is_explained_when_the_reason_is_said_aloud(pack, cause, article):
    under(pack)
    activity = factories.activity()
    interruption = entered(activity, cause)
    assert (interruption.state, interruption.article) == ("entered", article)
    assert lack(interruption) == Lack.NOT_SAID
    changed(interruption, mark=spoken(activity))
    found = interruptions.explains(interruptions.of(activity)[0], rules())
    assert (found.holds, found.article) == (True, article)


def secret_mark(activity):
    """Spoken on a recording that is marked since; only its maker and few know of it."""
    mark = spoken(activity)
    secrecy.mark(mark.recording, "privacy", reason="未成年人", by=who("li"), at=NOON)
    return mark


@pytest.mark.enforces("secrecy")
def test_what_is_said_on_a_secret_recording_is_chosen_by_who_may_know_of_it():
    activity = factories.activity("HD-2026-000001", "gao")
    mark = secret_mark(activity)
    found = {login: list(interruptions.marks_of(activity, who(login))) for login in ("li", "gao")}
    assert found == {"li": [mark], "gao": []}
    with pytest.raises(errors.MarkElsewhere):
        entered(activity, by="gao", mark=mark)


@pytest.mark.enforces("secrecy")
def test_who_may_not_know_of_it_does_not_take_it_away():
    activity = factories.activity("HD-2026-000001", "gao")
    interruption = entered(activity, mark=secret_mark(activity))
    changed(interruption, by="gao", mark=None, until_at=NOON + 20 * MINUTE)
    interruption.refresh_from_db()
    assert interruption.mark is not None


@pytest.mark.enforces("interruption", article="chengde-safety:15")
def test_a_mark_that_was_taken_back_says_nothing():
    under("chengde-safety")
    activity = factories.activity()
    mark = spoken(activity)
    interruption = entered(activity, mark=mark)
    assert lack(interruption) is None
    type(mark).objects.update(removed_at=NOON, removed_by=who("li"))
    assert lack(interruption) == Lack.NOT_SAID


@pytest.mark.enforces("interruption", article="neiqiu-health:6")
def test_neiqiu_a_technical_cause_is_enough_and_nothing_else_is():
    assert lack(entered(cause=Cause.DEVICE_FAILURE)) is None
    other = factories.activity("HD-2026-000002")
    weather = entered(other, Cause.WEATHER)
    assert (weather.state, weather.article) == ("entered", 6)
    assert lack(weather) == Lack.NOT_ALLOWED


@pytest.mark.enforces("interruption", article="jiaxian-health:12")
def test_jiaxian_a_work_record_is_reviewed_by_the_bureaus_head_and_filed():
    under("jiaxian-health")
    interruption = entered(cause=Cause.OBSTRUCTION)
    assert (interruption.state, interruption.posts) == ("submitted", "bureau_head")
    assert lack(interruption) == Lack.RECORD_OPEN
    interruptions.approve(interruption, opinion="属实", by=who("qian"), at=NOON + DAY)
    assert lack(interruption) is None
    interruptions.file(interruption, by=who("li"), at=NOON + DAY)
    assert lack(interruption) is None
    wanted = ["entered", "submitted", "approved", "filed"]
    assert kinds() == [f"interruption.{step}" for step in wanted]


@pytest.mark.enforces("interruption", article="jiaxian-health:12")
def test_jiaxian_cause_and_basis_are_written_down():
    under("jiaxian-health")
    assert refused(entered, basis="").code == "unrecorded.words_missing"
    assert not Interruption.objects.exists()
    later = entered(basis="", submit_now=False)
    assert later.state == "draft"
    interruptions.submit(later, reason="换电池", basis="第十二条", by=who("li"), at=NOON + DAY)
    assert later.state == "submitted"


@pytest.mark.enforces("interruption", article="jiaxian-health:12")
def test_jiaxian_what_the_head_refuses_explains_nothing():
    under("jiaxian-health")
    interruption = entered()
    interruptions.refuse(interruption, opinion="不属实", by=who("qian"), at=NOON + DAY)
    assert interruptions.of(interruption.activity) == []
    assert not interruptions.explains(interruption, rules()).holds


@pytest.mark.enforces("interruption", article="chengde-safety:15")
def test_a_cause_that_is_not_listed_is_entered_all_the_same():
    under("chengde-safety")
    interruption = entered(cause=Cause.SECRECY)
    assert (interruption.state, interruption.article) == ("entered", 15)
    assert lack(interruption) == Lack.NOT_ALLOWED


@pytest.mark.enforces("interruption", article="luohe-livestock:11")
@pytest.mark.enforces("interruption", article="chengde-safety:15")
@pytest.mark.parametrize("pack", ["chengde-safety", "luohe-livestock"])
def test_never_resumed_wants_the_report_and_its_written_statement(pack):
    under(pack)
    stop = stopped()
    assert lack(stop.interruption) == Lack.NO_STATEMENT
    stops.state(stop, statement="镜头碎裂，现场无备用设备。", by=who("li"), at=NOON + DAY)
    assert lack(stop.interruption) is None


@pytest.mark.enforces("interruption", article="weidong-market:8")
def test_weidong_never_resumed_there_is_nothing_to_say_aloud():
    under("weidong-market")
    assert lack(entered(cause=Cause.DEVICE_FAILURE, minutes=(10, None))) is None


def test_resumed_later_it_has_an_end_and_a_mark():
    under("chengde-safety")
    activity = factories.activity()
    interruption = entered(activity, minutes=(10, None))
    changed(interruption, until_at=NOON + 20 * MINUTE, mark=spoken(activity))
    assert (interruption.until_at, lack(interruption)) == (NOON + 20 * MINUTE, None)
    [facts] = told(Kind.INTERRUPTION_CHANGED)
    assert (facts["until_at"], facts["marked"]) == ("2026-01-05T04:20:00+00:00", "2026-000001")


def test_what_was_handed_in_keeps_its_words():
    under("jiaxian-health")
    interruption = entered(minutes=(10, None))
    changed(interruption, until_at=NOON + 20 * MINUTE, reason="改口", cause=Cause.WEATHER)
    assert (interruption.reason, interruption.cause) == ("更换电池", Cause.BATTERY)
    assert interruption.until_at == NOON + 20 * MINUTE


def test_how_long_it_was_is_not_said_anew_once_it_was_handed_in():
    under("jiaxian-health")
    interruption = entered(minutes=(10, 12))
    interruptions.approve(interruption, opinion="", by=who("qian"), at=NOON)
    changed(interruption, until_at=NOON + 28 * MINUTE)
    assert interruption.until_at == NOON + 12 * MINUTE


def test_another_cause_may_ask_for_a_work_record():
    under("jiaxian-health")
    interruption = entered(cause=Cause.CHANGE_OF_PLACE)
    assert interruption.state == "entered"
    changed(interruption, cause=Cause.STORAGE)
    assert (interruption.state, interruption.posts) == ("draft", "bureau_head")


@pytest.mark.parametrize(
    ("minutes", "code"),
    [
        ((10, 9), "times_turned"),
        ((-1, 2), "outside_activity"),
        ((31, 32), "outside_activity"),
        ((10, 61), "in_the_future"),
        ((61, None), "in_the_future"),
    ],
)
def test_times_that_cannot_be(minutes, code):
    assert refused(entered, minutes=minutes).code == f"unrecorded.{code}"


def test_a_stop_within_one_minute_is_entered_once():
    activity = factories.activity()
    interruption = entered(activity, minutes=(10, 10))
    assert interruption.until_at == interruption.from_at
    assert refused(entered, activity, minutes=(10, 10)).code == "unrecorded.overlapping"


def test_the_minute_of_the_arrival_is_within():
    activity = factories.activity(arrived_at=NOON + 30 * (MINUTE / 60))
    assert entered(activity, minutes=(0, 1)).from_at == NOON


def test_nobody_is_interrupted_before_arriving():
    assert refused(entered, planned()).code == "unrecorded.not_arrived"


@pytest.mark.parametrize("minutes", [(10, 12), (11, 15), (5, 11), (5, 30), (11, None)])
def test_the_same_stretch_is_not_entered_twice(minutes):
    activity = factories.activity()
    entered(activity, minutes=(10, 12))
    no = refused(entered, activity, minutes=minutes)
    assert no.code == "unrecorded.overlapping"
    assert "2026-01-05 12:10 → 12:12" in no.text


@pytest.mark.parametrize("minutes", [(5, 10), (12, 15), (12, None)])
def test_stretches_may_follow_each_other(minutes):
    activity = factories.activity()
    first = entered(activity, minutes=(10, 12))
    assert first in interruptions.of(entered(activity, minutes=minutes).activity)


def test_the_mark_is_one_of_the_activitys_own_recordings():
    activity, other = factories.activity(), factories.activity("HD-2026-000002")
    wrong_kind = spoken(activity, kind="notice")
    elsewhere = spoken(other, number="2026-000002")
    for mark in (wrong_kind, elsewhere):
        assert refused(entered, activity, mark=mark).code == "unrecorded.mark_elsewhere"


def test_only_who_was_there_enters():
    factories.officer("gao")
    assert refused(entered, by="gao").code == "unrecorded.not_of_this_activity"
    assert refused(entered, by="kong").code == "people.not_permitted"


def test_without_a_reason_nothing_is_entered():
    assert refused(entered, reason=" ").code == "unrecorded.words_missing"


def test_a_filed_one_is_not_changed():
    under("jiaxian-health")
    interruption = entered()
    interruptions.approve(interruption, opinion="", by=who("qian"), at=NOON)
    interruptions.file(interruption, by=who("li"), at=NOON)
    assert refused(changed, interruption).code == "unrecorded.wrong_step"


@pytest.mark.parametrize("step", ["approve", "send_back", "refuse"])
def test_of_two_who_decide_at_once_one_does(step):
    under("jiaxian-health")
    interruption, same = entered(), Interruption.objects.get()
    getattr(interruptions, step)(interruption, opinion="意见", by=who("qian"), at=NOON)
    no = refused(interruptions.approve, same, opinion="", by=who("qian"), at=NOON)
    assert no.code == "unrecorded.wrong_step"


def test_nobody_decides_on_their_own():
    under("jiaxian-health")
    activity = factories.activity("HD-2026-000001", "qian")
    interruption = entered(activity)
    Interruption.objects.update(entered_by=who("qian"))
    interruption.refresh_from_db()
    no = refused(interruptions.approve, interruption, opinion="", by=who("qian"), at=NOON)
    assert no.code == "unrecorded.own_paper"


@pytest.mark.parametrize(
    ("pack", "allowed"),
    [
        ("chengde-safety", 6),
        ("luohe-livestock", 6),
        ("weidong-market", 7),
        ("neiqiu-health", 3),
        ("jiaxian-health", 6),
    ],
)
def test_every_cause_is_offered_the_allowed_ones_first(pack, allowed):
    under(pack)
    found = interruptions.causes(rules())
    assert [one[2] for one in found] == [True] * allowed + [False] * (len(Cause) - allowed)
    assert {one[0] for one in found} == set(Cause)


def failing(*args, **more):
    raise OSError("no event")


@pytest.mark.parametrize("step", ["enter", "change", "submit", "approve", "send_back", "refuse"])
def test_no_event_no_change(step, monkeypatch):
    under("jiaxian-health")
    interruption = None if step == "enter" else entered(submit_now=step not in ("submit", "change"))
    before = list(Interruption.objects.values())
    monkeypatch.setattr(log, "record", failing)
    with pytest.raises(OSError, match="no event"):
        act(step, interruption)
    assert list(Interruption.objects.values()) == before


def act(step: str, interruption: Interruption | None) -> None:
    if interruption is None:
        entered()
    elif step == "change":
        changed(interruption, reason="另一种说法")
    elif step == "submit":
        interruptions.submit(interruption, reason="原因", basis="依据", by=who("li"), at=NOON)
    else:
        getattr(interruptions, step)(interruption, opinion="意见", by=who("qian"), at=NOON)
