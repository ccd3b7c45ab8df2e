"""Arrived, inspection over, left; points said and filmed."""

import pytest

import factories
from cases.activity_cast import (
    HOUR,
    MINUTE,
    NOON,
    bai,
    facts_of,
    li,
    recorded,
    refused,
    registered,
    told,
    under_way,
)
from liuhen.cases import activities, linking, on_site, points, voiding
from liuhen.cases.models import Activity, Part, Tick
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.pack import Adopted, Rulebook
from liuhen.packs import catalogue
from liuhen.recordings.models import Mark, MarkKind
from people.told import LogDown

pytestmark = pytest.mark.django_db
PACKS = [
    "jiaxian-health", "weidong-market", "chengde-safety", "neiqiu-health", "luohe-livestock",
]  # fmt: skip


def rules_of(pack_id):
    return Rulebook((Adopted(catalogue.pack(pack_id), NOON.date()),)).on(NOON.date())


@pytest.mark.parametrize("step", [on_site.end_inspection, on_site.leave])
def test_a_clock_that_was_set_back_tells_no_later_moment(step):
    activity = registered()
    on_site.arrive(activity, by=li(), at=NOON)
    with refused("activity.clock_behind"):
        step(activity, by=li(), at=NOON - HOUR)


def test_arrived_and_left_by_one_press_each():
    activity = registered()
    on_site.arrive(activity, by=li(), at=NOON)
    on_site.leave(activity, by=bai(), at=NOON + HOUR)
    activity.refresh_from_db()
    assert (activity.arrived_at, activity.left_at) == (NOON, NOON + HOUR)
    assert told(f"activity:{activity.number}")[1:] == [Kind.ACTIVITY_ARRIVED, Kind.ACTIVITY_LEFT]
    assert facts_of(Kind.ACTIVITY_LEFT) == [{"left_at": "2026-01-05T05:00:00+00:00"}]


def test_two_who_press_at_once_have_one_effect():
    activity = registered()
    on_site.arrive(activity, by=li(), at=NOON)
    with refused("activity.arrived_already"):
        on_site.arrive(activity, by=bai(), at=NOON + MINUTE)
    on_site.leave(activity, by=li(), at=NOON + HOUR)
    with refused("activity.left_already"):
        on_site.leave(activity, by=bai(), at=NOON + HOUR)
    assert Activity.objects.get().arrived_at == NOON


def test_nobody_leaves_before_arriving():
    activity = registered()
    for act in (on_site.leave, on_site.end_inspection):
        with refused("activity.not_arrived"):
            act(activity, by=li(), at=NOON)


def test_an_inspection_ends_once_and_before_leaving():
    activity = under_way()
    on_site.end_inspection(activity, by=li(), at=NOON + MINUTE)
    with refused("activity.left_already"):
        on_site.end_inspection(activity, by=li(), at=NOON + HOUR)
    assert facts_of(Kind.ACTIVITY_CHANGED) == [
        {"inspection_ended_at": [None, "2026-01-05T04:01:00+00:00"]}
    ]


@pytest.mark.parametrize(
    ("pack_id", "minutes"),
    [("chengde-safety", 20), ("luohe-livestock", 20), ("jiaxian-health", 30),
     ("weidong-market", 30), ("neiqiu-health", 30)],
)  # fmt: skip
def test_each_regulations_span_ends_where_it_says(pack_id, minutes):
    activity = under_way()
    on_site.end_inspection(activity, by=li(), at=NOON + 20 * MINUTE)
    on_site.leave(activity, by=li(), at=NOON + 30 * MINUTE)
    activity.refresh_from_db()
    span = activities.span_of(activity, rules_of(pack_id))
    assert span == (NOON, NOON + minutes * MINUTE)


def test_who_took_no_part_presses_nothing():
    activity = under_way()
    for act in (on_site.arrive, on_site.leave, on_site.end_inspection):
        with refused("activity.not_yours"):
            act(activity, by=factories.officer("he"), at=NOON)


def test_nothing_happens_in_a_voided_one():
    activity = registered()
    voiding.void(activity, reason="重复登记", by=li(), at=NOON)
    with refused("activity.voided"):
        on_site.arrive(activity, by=li(), at=NOON)
    with refused("activity.voided"):
        voiding.void(activity, reason="重复登记", by=li(), at=NOON)


def test_voiding_wants_a_reason():
    activity = under_way()
    with refused("activity.reason_missing"):
        voiding.void(activity, reason=" ", by=li(), at=NOON)


@pytest.mark.enforces("shot_list", article="neiqiu-health:6")
def test_a_point_is_said_once_and_taken_back():
    activity, rules = under_way(), rules_of("neiqiu-health")
    for by in (li(), bai()):
        on_site.say(activity, Part.SHOT, "business_tools", rules=rules, by=by, at=NOON)
    assert Tick.objects.get().ticked_by == li()
    on_site.unsay(activity, Part.SHOT, "business_tools", by=bai(), at=NOON)
    on_site.unsay(activity, Part.SHOT, "business_tools", by=bai(), at=NOON)
    assert not Tick.objects.exists()
    assert told(f"activity:{activity.number}")[-2:] == [
        Kind.ACTIVITY_POINT_SAID,
        Kind.ACTIVITY_POINT_UNSAID,
    ]


def test_what_the_regulation_does_not_list_is_no_point():
    activity = under_way()
    with refused("activity.no_such_point"):
        on_site.say(activity, "shot", "x", rules=rules_of("neiqiu-health"), by=li(), at=NOON)
    with refused("activity.not_yours"):
        on_site.unsay(activity, "shot", "x", by=factories.officer("he"), at=NOON)


LISTED = [
    pytest.param(pack, part, n, marks=pytest.mark.enforces(topic, article=f"{pack}:{no}"))
    for pack, topic, no, part, n in [
        ("jiaxian-health", "notice", 9, Part.NOTICE, 1),
        ("jiaxian-health", "opening_statement", 8, Part.OPENING, 3),
        ("jiaxian-health", "shot_list", 10, Part.SHOT, 8),
        ("weidong-market", "notice", 7, Part.NOTICE, 2),
        ("weidong-market", "opening_statement", 7, Part.OPENING, 5),
        ("weidong-market", "shot_list", 6, Part.SHOT, 13),
        ("chengde-safety", "notice", 11, Part.NOTICE, 1),
        ("chengde-safety", "shot_list", 13, Part.SHOT, 9),
        ("neiqiu-health", "shot_list", 6, Part.SHOT, 10),
        ("luohe-livestock", "notice", 8, Part.NOTICE, 1),
        ("luohe-livestock", "shot_list", 10, Part.SHOT, 9),
    ]
]


@pytest.mark.parametrize(("pack_id", "part", "n"), LISTED)
def test_each_regulations_points_are_listed_and_ticked(pack_id, part, n):
    activity, rules = under_way(), rules_of(pack_id)
    wanted = [one for one in points.of(rules) if one.part == part]
    assert len(wanted) == n
    for one in wanted:
        on_site.say(activity, part, one.code, rules=rules, by=li(), at=NOON)
    kept = [one for one in points.standing(activity, rules, by=li()) if one.point.part == part]
    assert all(one.is_kept for one in kept)


@pytest.mark.parametrize(
    ("pack_id", "said"),
    [
        pytest.param(
            "luohe-livestock",
            "您好，我们是漯河市畜牧兽医执法大队执法人员李执法、bai，为保护您的合法权益，"
            "监督我们的执法行为，本次执法全程录音录像。",
            marks=pytest.mark.enforces("notice", article="luohe-livestock:8"),
        ),
        pytest.param(
            "chengde-safety",
            "为保护您的合法权益，监督我们的执法行为，本次执法全程录音录像。",
            marks=pytest.mark.enforces("notice", article="chengde-safety:11"),
        ),
        ("neiqiu-health", None),
    ],
)
def test_the_fixed_words_are_read_out_with_the_officers_names(pack_id, said):
    assert points.notice_phrase(rules_of(pack_id), ["李执法", "bai"]) == said


def test_a_mark_on_a_linked_recording_shows_a_point_too():
    activity, recording = under_way(), recorded()
    linking.link(activity, recording, by=li(), at=NOON)
    marked = {"recording": recording, "start_seconds": 3, "made_at": NOON, "made_by": li()}
    Mark.objects.create(kind=MarkKind.NOTICE, **marked)
    Mark.objects.create(kind=MarkKind.SHOT_POINT, code="place", removed_at=NOON, **marked)
    Mark.objects.create(kind=MarkKind.SHOT_POINT, code="time", **marked)
    shown = {
        one.point.code
        for one in points.standing(activity, rules_of("chengde-safety"), by=li())
        if one.mark
    }
    assert shown == {"notice", "time"}


def test_no_event_no_arrival_no_leaving_and_no_tick(monkeypatch):
    planned, activity, rules = registered(), under_way(), rules_of("neiqiu-health")

    def down(*args, **kwargs):
        raise LogDown

    monkeypatch.setattr(log, "record_all", down)
    for act in (
        lambda: on_site.arrive(planned, by=li(), at=NOON),
        lambda: on_site.leave(activity, by=li(), at=NOON),
        lambda: on_site.end_inspection(activity, by=li(), at=NOON),
        lambda: on_site.say(activity, "shot", "place", rules=rules, by=li(), at=NOON),
    ):
        with pytest.raises(LogDown):
            act()
    rows = Activity.objects.order_by("pk").values_list("arrived_at", "left_at")
    assert list(rows) == [(None, None), (NOON, None)]
    assert not Tick.objects.exists()
