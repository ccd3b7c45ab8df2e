"""Rows that somebody changed behind the log's back let nothing go: the line says what differs."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction

import factories
from liuhen.cases import case_files, evidence, filling, linking, triggers
from liuhen.cases.models import Activity, ActivityRecording, Case, Exhibit, LongTermMark
from liuhen.custody import log, replay
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of
from liuhen.engines.policy.vocabulary import Trigger
from liuhen.recordings.models import Recording
from liuhen.retention import holds
from liuhen.retention.models import Complaint, DisposalList, Hold, HoldRecording
from retention.disposal_cast import (
    LATER,
    NOON,
    READY,
    expired,
    is_kept,
    lived_through,
    run,
    under,
    who,
    witnessed,
)
from retention.keeping_cast import complain, lift, office_head, place

pytestmark = [pytest.mark.django_db, pytest.mark.enforces("retention", article="chengde-safety:20")]


@pytest.fixture(autouse=True)
def two_years(data):
    factories.agency()
    under("chengde-safety")
    lived_through(LATER)


def went(made: DisposalList) -> bool:
    """Whether the only line went; else what the log says differs."""
    assert run(made)
    return made.items.get().state == "gone"


def spared_for(made: DisposalList) -> list[str]:
    assert run(made)
    assert [(item.state, item.why) for item in made.items.all()] == [("spared", "log_differs")]
    assert is_kept(made.items.get().recording)
    return facts_of(CustodyEvent.objects.filter(kind="recording.spared").get())["differs"]


def opened_case(number: str = "甲〔2026〕7号", **more) -> Case:
    said = case_files.CaseFacts(
        case_no=number, name="某案", opened_date=NOON.date(), officers=(who("li"), who("wang")),
        lead=who("li"), term="P1Y", **more,
    )  # fmt: skip
    return case_files.open(said, by=who("li"), at=READY)


def test_what_the_rows_and_the_log_agree_on_goes():
    one = expired()
    activity = factories.activity()
    linking.link(activity, one, by=who("li"), at=LATER)
    assert went(witnessed(one))


def test_a_hold_lifted_in_the_table_alone_goes_on_holding():
    one = expired()
    made = witnessed(one)
    hold = place(one, at=READY)
    Hold.objects.filter(pk=hold.pk).update(
        state="lifted", lifted_at=READY, lifted_by=who("fa"), lift_asked_by=who("zhou")
    )
    assert spared_for(made) == ["holds"]


def test_so_does_one_whose_rows_were_taken_away():
    one = expired()
    made = witnessed(one)
    place(one, at=READY)
    HoldRecording.objects.all().delete()
    Hold.objects.all().delete()
    assert spared_for(made) == ["holds"]


@pytest.mark.parametrize("of", ["activity", "device", "officer"])
def test_and_one_of_what_the_recording_belongs_to(of):
    one = expired()
    activity = factories.activity()
    linking.link(activity, one, by=who("li"), at=LATER)
    made = witnessed(one)
    place({"activity": activity, "device": one.device, "officer": who("li")}[of], at=READY)
    HoldRecording.objects.all().delete()
    Hold.objects.all().delete()
    assert spared_for(made) == ["holds"]


def test_one_lifted_by_two_holds_no_more():
    one = expired()
    made = witnessed(one)
    lift(place(one, at=READY), at=READY)
    assert went(made)


def test_a_recordings_time_set_back_in_the_row():
    one = expired()
    made = witnessed(one)
    Recording.objects.filter(pk=one.pk).update(recorded_at=one.recorded_at - timedelta(days=9))
    assert spared_for(made) == ["recorded_at"]


def test_and_its_length():
    made = witnessed(expired())
    Recording.objects.update(duration_seconds=1)
    assert spared_for(made) == ["duration"]


def test_a_clock_said_to_have_been_compared():
    made = witnessed(expired(sealed_at=NOON, clock_offset_seconds=None))
    Recording.objects.update(clock_offset_seconds=0)
    assert spared_for(made) == ["clock", "sealed_at"]


def test_a_link_cut_in_the_table_alone():
    one, activity = expired(), factories.activity()
    linking.link(activity, one, by=who("li"), at=LATER)
    made = witnessed(one)
    ActivityRecording.objects.all().delete()
    assert spared_for(made) == ["activity"]


def test_an_activitys_case_taken_out_of_its_row():
    one, activity = expired(), factories.activity()
    linking.link(activity, one, by=who("li"), at=LATER)
    made = witnessed(one)
    filling.fill([one], case=opened_case(), by=who("li"), at=READY)
    Activity.objects.update(case=None)
    assert spared_for(made) == ["activity_case"]


def test_evidence_struck_out_in_the_table():
    one, case = expired(), opened_case()
    made = witnessed(one)
    evidence.use_as_evidence(one, case, by=who("li"), at=READY)
    Exhibit.objects.all().delete()
    assert spared_for(made) == ["exhibits"]


def test_a_case_closed_in_the_table():
    one, case = expired(), opened_case()
    made = witnessed(one)
    evidence.use_as_evidence(one, case, by=who("li"), at=READY)
    Exhibit.objects.update(used_at=NOON)
    Case.objects.filter(pk=case.pk).update(closed_date=date(2026, 1, 5))
    assert spared_for(made) == ["case", "exhibits"]


def test_a_mark_for_long_keeping_lifted_in_the_table():
    one = expired()
    made = witnessed(one)
    triggers.mark(one, offered(one), reason="重大", by=who("li"), at=READY)
    LongTermMark.objects.all().delete()
    assert spared_for(made) == ["marks"]


def offered(one: Recording) -> Trigger:
    return triggers.offered(one, READY)[0]


def test_a_complaint_struck_out_with_its_hold():
    one = expired()
    made = witnessed(one)
    complain(one, by=office_head().login, at=READY)
    Complaint.objects.all().delete()
    HoldRecording.objects.all().delete()
    Hold.objects.all().delete()
    assert spared_for(made) == ["complaints", "holds"]


def test_a_word_that_nobody_said():
    one = expired()
    made = witnessed(one)
    with transaction.atomic():
        log.record(
            Kind.RECORDING_APPRAISED, subject=f"recording:{one.number}", by="zhou", at=READY,
            worth="keep", until=None, reason="有价值",
        )  # fmt: skip
    assert spared_for(made) == ["appraisal"]


def test_an_event_taken_out_of_the_log_stops_the_whole_register(monkeypatch):
    made = witnessed(expired(), expired("2026-000002"))
    all_events = replay.CustodyEvent.objects
    without = all_events.exclude(kind="recording.appraised")
    monkeypatch.setattr(replay, "CustodyEvent", SimpleNamespace(objects=without))
    assert not run(made)
    assert "存证日志" in made.problem
    assert {item.state for item in made.items.all()} == {"listed"}


def test_a_hold_that_outlives_the_row_by_one_persons_unlinking():
    one, activity = expired(), factories.activity()
    linking.link(activity, one, by=who("li"), at=LATER)
    made = witnessed(one)
    place(activity, at=READY)
    linking.unlink(activity, one, reason="误归", by=who("li"), at=READY)
    HoldRecording.objects.all().delete()
    assert not holds.on(one)
    assert spared_for(made) == ["holds"]
