"""Marks: made and struck out by those who handle the case, each with its event."""

from decimal import Decimal

import pytest

import factories
from liuhen.custody import log
from liuhen.custody.errors import EventTooLong
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.recordings import errors, marks
from liuhen.recordings.errors import NoSuchRecording
from liuhen.recordings.marks import Spot
from liuhen.recordings.models import Mark, MarkKind, Recording

pytestmark = pytest.mark.django_db
NOON = factories.NOON
SECOND = Decimal(1)


@pytest.fixture
def film(data) -> Recording:
    return factories.recording(duration_seconds=Decimal(60))


def spot(kind: str = MarkKind.NOTICE, start: str = "12.5", **more) -> Spot:
    return Spot(MarkKind(kind), Decimal(start), **more)


def add(film: Recording, by: str = "li", **more) -> Mark:
    return marks.add(film, spot(**more), by=factories.officer(by), at=NOON)


def told() -> list[str]:
    events = CustodyEvent.objects.filter(subject="recording:2026-000001").order_by("index")
    return list(events.values_list("kind", flat=True))[1:]


def test_a_mark_stands_and_the_log_says_so(film):
    made = add(film, note="已告知")
    assert list(marks.marks_of(film)) == [made]
    assert told() == [Kind.RECORDING_MARKED]


def test_struck_out_it_is_gone_from_the_list_and_kept(film):
    made = add(film)
    marks.remove(made, by=factories.officer("li"), at=NOON)
    assert list(marks.marks_of(film)) == []
    assert Mark.objects.get().removed_by == factories.officer("li")
    assert told() == [Kind.RECORDING_MARKED, Kind.RECORDING_UNMARKED]


def test_struck_out_twice_happens_once(film):
    made = add(film)
    marks.remove(made, by=factories.officer("li"), at=NOON)
    with pytest.raises(errors.NoSuchMark):
        marks.remove(made, by=factories.officer("li"), at=NOON)
    assert told() == [Kind.RECORDING_MARKED, Kind.RECORDING_UNMARKED]


@pytest.mark.parametrize("login", ["li", "wang", "zhou", "fa"])
def test_maker_head_custodian_and_legal_office_mark(film, login):
    assert add(film, by=login).made_by.login == login


@pytest.mark.parametrize("login", ["zhao", "qian", "du"])
def test_leaders_and_supervision_only_look(film, login):
    with pytest.raises(errors.NotYoursToMark):
        add(film, by=login)
    assert told() == []


@pytest.mark.parametrize("login", ["kong", "cai", "sun", "an", "shen", "colleague"])
def test_who_does_not_see_it_marks_nothing(film, login):
    with pytest.raises(NoSuchRecording):
        add(film, by=login)
    assert told() == []


def test_another_bureau_knows_of_nothing(film):
    stranger = factories.stranger()
    with pytest.raises(NoSuchRecording):
        marks.add(film, spot(), by=stranger, at=NOON)


def test_the_legal_office_strikes_out_only_its_own(film):
    by_li, own = add(film), add(film, by="fa", start="13")
    marks.remove(own, by=factories.officer("fa"), at=NOON)
    with pytest.raises(errors.NotYoursToUnmark):
        marks.remove(by_li, by=factories.officer("fa"), at=NOON)
    assert list(marks.marks_of(film)) == [by_li]


@pytest.mark.parametrize("more", [{"start": "61.5"}, {"start": "5", "end": Decimal(4)}])
def test_outside_the_recording_nothing_is_marked(film, more):
    with pytest.raises(errors.MarkOutside):
        add(film, **more)
    assert told() == []


def test_the_players_last_picture_may_be_marked(film):
    assert add(film, start="60.4").start_seconds == Decimal("60.4")


def test_the_same_moment_is_marked_once(film):
    add(film)
    with pytest.raises(errors.MarkedAlready):
        add(film, by="wang")
    assert told() == [Kind.RECORDING_MARKED]


@pytest.mark.enforces("shot_list", article="neiqiu-health:6")
def test_a_point_of_the_shot_list_is_marked_by_its_code(film):
    assert add(film, kind=MarkKind.SHOT_POINT, code="traces").code == "traces"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (MarkKind.SHOT_POINT, "weather"),
        (MarkKind.SHOT_POINT, ""),
        (MarkKind.NOTICE, "traces"),
        (MarkKind.OPENING_POINT, "purpose"),
    ],
)
def test_what_the_regulation_does_not_list_is_no_point(film, kind, code):
    """neiqiu-health has a shot list and no opening statement."""
    with pytest.raises(errors.NoSuchPoint):
        add(film, kind=kind, code=code)


def test_no_event_no_mark(film, monkeypatch):
    monkeypatch.setattr(log, "MAX_ENTRY_BYTES", 10)
    with pytest.raises(EventTooLong):
        add(film)
    assert not Mark.objects.exists()


def test_no_event_no_striking_out(film, monkeypatch):
    made = add(film)
    monkeypatch.setattr(log, "MAX_ENTRY_BYTES", 10)
    with pytest.raises(EventTooLong):
        marks.remove(made, by=factories.officer("li"), at=NOON)
    assert list(marks.marks_of(film)) == [made]
