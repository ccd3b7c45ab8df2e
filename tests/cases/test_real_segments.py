"""Files of real devices, cut into segments with gaps, taken in, examined, linked and judged."""

import os
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import factories
from cases.activity_cast import facts, li
from cases.cut import cut
from liuhen.cases import activities, following, interruptions, linking
from liuhen.cases.interruptions import Stretch
from liuhen.cases.linking import Pair
from liuhen.cases.models import Activity
from liuhen.devices.models import ClockReading, Device, Method, Moment
from liuhen.engines.policy.vocabulary import Cause
from liuhen.recordings import batches, examination, intake
from liuhen.recordings.models import Recording

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = Path(os.environ.get("LIUHEN_SAMPLES") or REPOSITORY.parent / "shared" / "samples")
LOBBY = SAMPLES / "fixed-camera" / "one-by-one-person-detection.mp4"
"""139 s, a key frame each second."""
STREET = SAMPLES / "dashcam" / "solidWhiteRight.mp4"
"""9 s, a key frame each 1.2 s."""

NOON = factories.NOON
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("bureau"),
    pytest.mark.skipif(not LOBBY.is_file(), reason="no samples of real devices"),
]


@pytest.fixture
def card(tmp_path) -> Path:
    folder = tmp_path / "card"
    folder.mkdir()
    return folder


def visit(seconds: float) -> Activity:
    return activities.register(
        facts(arrived_at=NOON, left_at=NOON + seconds * SECOND), by=li(), at=NOON + MINUTE * 10
    )


def compared(device_no: str) -> Device:
    """Its clock was right at noon, to half a second."""
    device = factories.device(device_no)
    ClockReading.objects.create(
        device=device,
        moment=Moment.SYNC,
        method=Method.CODE,
        read_at=NOON,
        device_time=NOON,
        offset_seconds=Decimal(0),
        uncertainty_seconds=Decimal("0.5"),
        read_by=factories.officer("kong"),
    )
    return device


def segment(
    card: Path, first: float, last: float, *, of: Path = LOBBY, at: float | None = None, **more
) -> None:
    """On the card, begun as many seconds after noon as it shows of the source, or `at`."""
    began = NOON + (first if at is None else at) * SECOND
    path = card / f"{of.stem}-{first}.mp4"
    length = cut(of, path, first, last, began_at=began, **more)
    ended = (began + length * SECOND).timestamp()
    os.utime(path, (ended, ended))


def taken_in(card: Path, device_no: str = "ZF-001") -> list[Recording]:
    """Sealed, and looked at in the sandbox as the worker does."""
    at = NOON + 20 * MINUTE
    before = set(Recording.objects.values_list("pk", flat=True))
    asked = batches.ask(
        [os.fsencode(card)], by=factories.officer("zhou"), at=at, device_no=device_no, officer=li()
    )
    intake.run(asked, clock=lambda: at)
    for recording in Recording.objects.exclude(pk__in=before):
        examination.examine(recording, at=at)
    return list(Recording.objects.exclude(pk__in=before).order_by("recorded_at"))


def linked(to: Activity, recordings: list[Recording]) -> Activity:
    pairs = [Pair(to, recording) for recording in recordings]
    linking.link_all(pairs, by=li(), at=NOON + 21 * MINUTE)
    to.refresh_from_db()
    return to


def gaps(of: Activity) -> list[tuple[str, float, float]]:
    """Each with its seconds after noon."""

    def after(said: str) -> float:
        return round((datetime.fromisoformat(said) - NOON).total_seconds(), 1)

    return [(gap["where"], after(gap["start"]), after(gap["end"])) for gap in of.coverage["gaps"]]


@pytest.mark.enforces("span", article="neiqiu-health:6")
def test_segments_of_one_run_leave_no_gap(card):
    compared("ZF-001")
    for first, last in ((0, 40), (40, 75), (75, 140)):
        segment(card, first, last)
    made = linked(visit(139), taken_in(card))
    assert (made.verdict, gaps(made)) == ("complete", [])


@pytest.mark.enforces("span", article="neiqiu-health:6")
def test_what_lies_between_two_segments_is_a_gap_until_it_is_explained(card):
    compared("ZF-001")
    segment(card, 0, 40)
    segment(card, 60, 140)
    made = linked(visit(139), taken_in(card))
    assert (made.verdict, gaps(made)) == ("unexplained", [("middle", 40.0, 60.0)])
    told = Stretch(NOON + 40 * SECOND, NOON + 60 * SECOND, Cause.BATTERY, "更换电池")
    interruptions.enter(made, told, by=li(), at=NOON + 25 * MINUTE)
    assert Activity.objects.get().verdict == "explained"


def test_a_hole_within_one_file_is_found_by_its_timestamps(card):
    compared("ZF-001")
    segment(card, 0, 140, hole=(50, 58))
    made = linked(visit(139), taken_in(card))
    [(where, start, end)] = gaps(made)
    assert (where, round(end - start)) == ("middle", 8)
    assert abs(start - 50) < 0.1


def test_another_device_fills_part_of_the_gap(card, tmp_path):
    compared("ZF-001")
    compared("ZF-002")
    segment(card, 0, 40)
    segment(card, 60, 140)
    other = tmp_path / "other"
    other.mkdir()
    segment(other, 0, 8.8, of=STREET, at=45)
    mine, theirs = taken_in(card), taken_in(other, "ZF-002")
    made = linked(visit(139), [*mine, *theirs])
    [(_, first, _), (_, second, last)] = gaps(made)
    assert (first, last) == (40.0, 60.0)
    assert 53 < second < 54.5
    assert [lane["device"] for lane in made.coverage["lanes"]] == ["ZF-001", "ZF-002"]


def test_who_stopped_early_and_filmed_again_afterwards_has_not_recorded_it(card):
    compared("ZF-001")
    segment(card, 0, 40)
    segment(card, 60, 100, at=900)
    made = linked(visit(600), taken_in(card))
    assert gaps(made) == [("early_stop", 40.0, 600.0)]
    assert len(made.coverage["late"]) == 1


def test_linked_before_it_was_examined_it_is_judged_when_it_was(card):
    compared("ZF-001")
    segment(card, 0, 140)
    asked = batches.ask(
        [os.fsencode(card)], by=factories.officer("zhou"), at=NOON, device_no="ZF-001", officer=li()
    )
    intake.run(asked, clock=lambda: NOON + 20 * MINUTE)
    made = linked(visit(139), list(Recording.objects.all()))
    assert made.verdict == "pending"
    examination.examine(Recording.objects.get(), at=NOON + 22 * MINUTE)
    following.catch_up(at=NOON + 23 * MINUTE)
    assert Activity.objects.get().verdict == "complete"
