"""Leads are made by following the log: once for each fact, by the rules of its day."""

from datetime import timedelta

import pytest
from breach_cast import MONDAY, NOON, count, events, follow, happens, state_of, who

import factories
from liuhen.cases.models import Activity, Aside
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.devices.models import LossReport
from liuhen.duties import overdue
from liuhen.duties.models import Duty
from liuhen.kernel.clock import midnight
from liuhen.recordings.models import Finding
from liuhen.supervision.breaches import following, sifting, suspecting
from liuhen.supervision.breaches.suspecting import Suspicion, suspect
from liuhen.supervision.models import Breach, BreachCursor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


def late_handover(**more) -> Duty:
    facts = {
        "kind": "handover", "pack_id": "chengde-safety", "article": 19, "owner": who("li"),
        "unit": factories.unit(), "started_at": NOON - timedelta(days=2), "key": "handover:1",
        "due_at": NOON - timedelta(hours=1), "recording": factories.recording(),
    } | more  # fmt: skip
    duty = Duty.objects.create(agency=factories.agency(), **facts)
    overdue.note_due(at=NOON)
    return duty


def judged(verdict: str, number: str = "HD-2026-000001") -> Activity:
    activity = factories.activity(number)
    Activity.objects.filter(pk=activity.pk).update(verdict=verdict)
    happens(Kind.ACTIVITY_JUDGED, f"activity:{number}", verdict=verdict)
    return activity


@pytest.mark.enforces("breaches", article="chengde-safety:27")
def test_a_duty_not_done_in_time_is_a_lead_of_the_item_that_names_it():
    duty = late_handover()
    [breach] = follow()
    assert (breach.source, breach.duty, breach.officer) == ("duty", duty, who("li"))
    assert (breach.article, breach.item_no) == (27, 8)
    assert breach.number == "WG-2026-000001"
    assert "音像资料 2026-000001" in breach.text
    assert events(breach) == ["suspected"]


def test_a_duty_the_regulation_does_not_call_a_breach_is_none():
    late_handover(kind="budget", recording=None)
    assert follow() == []


def test_a_limit_at_midnight_is_the_end_of_the_day_before():
    late_handover(due_at=midnight(MONDAY))
    assert "应于2026-01-04 24:00前办理" in follow()[0].text


@pytest.mark.parametrize(("verdict", "item"), [("unexplained", 8), ("not_recorded", 8)])
@pytest.mark.enforces("breaches", article="chengde-safety:27")
def test_what_was_not_recorded_or_not_explained_is_a_lead(verdict, item):
    activity = judged(verdict)
    [breach] = follow()
    assert (breach.activity, breach.officer, breach.item_no) == (activity, who("li"), item)


def test_once_it_is_explained_the_record_itself_takes_the_lead_back_and_renews_it():
    judged("unexplained")
    [breach] = follow()
    judged("explained")
    follow()
    assert (state_of(breach), events(breach)) == ("dismissed", ["suspected", "settled"])
    judged("unexplained")
    follow()
    assert (state_of(breach), events(breach)[-1]) == ("candidate", "renewed")


def test_what_a_person_dismissed_is_not_renewed_by_the_system():
    judged("unexplained")
    [breach] = follow()
    sifting.dismiss(breach, reason="间断仅数秒。", by=who("du"), at=NOON)
    judged("unexplained")
    follow()
    assert (state_of(breach), events(breach)) == ("dismissed", ["suspected", "dismissed"])


def test_a_voided_activity_leaves_none():
    activity = judged("not_recorded")
    [breach] = follow()
    facts = {"voided_at": NOON, "voided_by": who("li"), "void_reason": "误登"}
    Activity.objects.filter(pk=activity.pk).update(**facts)
    happens(Kind.ACTIVITY_VOIDED, f"activity:{activity.number}")
    follow()
    assert state_of(breach) == "dismissed"


@pytest.mark.parametrize(
    ("code", "source", "item"),
    [("after_activity", "late_recording", 5), ("re_encoded", "tampered", 5)],
)
@pytest.mark.enforces("breaches", article="chengde-safety:27")
def test_late_recording_and_traces_of_an_editor_are_leads(code, source, item):
    recording = factories.recording()
    Finding.objects.create(recording=recording, code=code, evidence={})
    happens(Kind.RECORDING_EXAMINED, f"recording:{recording.number}", findings=[code])
    [breach] = follow()
    assert (breach.source, breach.item_no, breach.recording) == (source, item, recording)


@pytest.mark.enforces("breaches")
def test_use_for_anything_but_enforcement_is_a_lead_until_it_is_taken_back():
    recording = factories.recording()
    facts = {"why": "not_enforcement", "reason": "个人聚会", "set_at": NOON, "set_by": who("zhou")}
    Aside.objects.create(recording=recording, **facts)
    happens(Kind.RECORDING_SET_ASIDE, f"recording:{recording.number}")
    [breach] = follow()
    assert (breach.source, breach.item_no) == ("misuse", 6)
    Aside.objects.all().delete()
    happens(Kind.RECORDING_TAKEN_BACK, f"recording:{recording.number}")
    follow()
    assert state_of(breach) == "dismissed"


def test_a_training_film_is_no_lead():
    recording = factories.recording()
    facts = {"why": "training", "reason": "演练", "set_at": NOON, "set_by": who("zhou")}
    Aside.objects.create(recording=recording, **facts)
    happens(Kind.RECORDING_SET_ASIDE, f"recording:{recording.number}")
    assert follow() == []


@pytest.mark.parametrize("kind", [Kind.RECORDING_VERIFIED, Kind.SCRUB_FINISHED])
@pytest.mark.enforces("breaches")
def test_a_recording_that_is_not_what_was_sealed_names_nobody(kind):
    recording = factories.recording()
    if kind == Kind.RECORDING_VERIFIED:
        happens(kind, f"recording:{recording.number}", intact=False, problem="changed")
    else:
        happens(kind, "vault", problems=[{"recording": recording.number, "problem": "changed"}])
    [breach] = follow()
    assert (breach.source, breach.officer, breach.recording) == ("tampered", None, recording)


def test_five_refusals_in_a_day_are_a_lead_and_four_are_not():
    for n in range(4):
        happens(Kind.ACCESS_DENIED, f"recording:{n}", by=who("li"), at=NOON + timedelta(hours=n))
    assert follow() == []
    happens(Kind.ACCESS_DENIED, "recording:5", by=who("li"), at=NOON + timedelta(hours=5))
    [breach] = follow()
    assert (breach.source, breach.officer) == ("denied", who("li"))


@pytest.mark.enforces("breaches", article="chengde-safety:27")
def test_a_lost_device_is_a_lead():
    facts = {"missed_at": NOON, "story": "遗落在出租车上", "reported_at": NOON}
    loss = LossReport.objects.create(
        device=factories.device(), officer=who("li"), reported_by=who("li"), **facts
    )
    happens(Kind.DEVICE_LOST, "device:ZF-001", loss=loss.pk)
    [breach] = follow()
    assert (breach.source, breach.item_no, breach.device) == ("lost", 7, factories.device())


@pytest.mark.parametrize(
    "pack", ["jiaxian-health", "weidong-market", "chengde-safety", "neiqiu-health",
             "luohe-livestock"]
)  # fmt: skip
def test_each_regulation_has_an_item_for_every_sign(pack):
    factories.follow(pack)
    for n, sign in enumerate(suspecting.SIGNS):
        one = Suspicion(factories.agency(), sign, f"k{n}", "…", NOON)
        assert suspect([one], by=None, at=NOON)[0].item_text


def test_what_happened_before_the_bureau_followed_a_regulation_is_no_lead():
    early = NOON - timedelta(days=1000)
    one = Suspicion(factories.agency(), suspecting.BreachSource.GAP, "k", "…", early)
    assert suspect([one], by=None, at=NOON) == []


def test_read_again_the_log_makes_none_twice_and_says_nothing_more():
    judged("unexplained")
    late_handover()
    follow()
    judged("explained")
    follow()
    before = count()
    BreachCursor.objects.update(next_index=0)
    follow()
    assert count() == before


def test_a_log_that_was_brought_back_is_read_from_its_start():
    judged("unexplained")
    BreachCursor.objects.create(pk=1, next_index=10_000)
    assert len(follow()) == 1


def test_of_two_rounds_at_the_same_place_one_does_it():
    judged("unexplained")
    BreachCursor.objects.create(pk=1, next_index=0)
    assert following.read_on(0, at=NOON) == 1
    assert following.read_on(0, at=NOON) == 0


def test_without_the_event_there_is_no_lead(monkeypatch):
    judged("unexplained")

    def fail(*_args, **_more):
        raise OSError("disk full")

    monkeypatch.setattr(suspecting.log, "record_all", fail)
    with pytest.raises(OSError, match="disk full"):
        follow()
    assert Breach.objects.count() == 0
    assert BreachCursor.objects.get().next_index == 0


def test_the_log_names_nobody_and_says_nothing_of_what_it_is():
    judged("unexplained")
    follow()
    entry = bytes(CustodyEvent.objects.get(kind="breach.suspected").entry).decode()
    assert [word for word in ("李", "HB-li", "HD-2026") if word in entry] == []


def test_what_placing_tells_does_not_take_back_what_the_examination_found():
    film = factories.recording()
    Finding.objects.create(recording=film, code="re_encoded", evidence={})
    happens(Kind.RECORDING_EXAMINED, f"recording:{film.number}", findings=["re_encoded"])
    happens(Kind.RECORDING_PLACED, f"recording:{film.number}", findings=[])
    [lead] = follow()
    assert state_of(lead) == "candidate"
