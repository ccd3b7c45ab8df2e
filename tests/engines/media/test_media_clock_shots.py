"""A device's clock, read from what it made of our clock page."""

import os
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

import clock_pages
import pytest

from liuhen.engines.media import sandbox
from liuhen.engines.media.clock_shots import ClockShown, Why, clock_shown
from liuhen.engines.media.limits import Limits

NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)
"""12:00 in China, by the server."""
CHINA = timezone(timedelta(hours=8))
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
AHEAD = timedelta(hours=8, minutes=3)
OPENED, ARRIVED = NOON - MINUTE, NOON + 3 * MINUTE
SAMPLES = Path(os.environ.get("LIUHEN_SAMPLES", "no-samples"))


@pytest.fixture
def shown(tmp_path):
    """What is read of a file, under its own name or another; the folder stays empty."""

    def read(path: Path, name: str = "", **more) -> ClockShown:
        folder = tmp_path / "folder"
        folder.mkdir()
        window = {"opened_at": OPENED, "uploaded_at": ARRIVED} | more
        found = clock_shown(path, folder, name=(name or path.name).encode(), **window)
        assert list(folder.iterdir()) == []
        return found

    return read


@pytest.mark.parametrize("suffix", [".jpg", ".heic"])
def test_a_photo_of_the_code(shown, tmp_path, suffix):
    taken = clock_pages.photo(tmp_path / f"a{suffix}", NOON + 0.4 * SECOND, "2026:01:05 20:03:00")
    found = shown(taken)
    assert (found.offset, found.uncertainty, found.why) == (AHEAD, SECOND, None)
    assert (found.server_time, found.device_time) == (NOON, NOON + AHEAD)
    assert (found.origin, found.raw) == ("exif:DateTimeOriginal", "2026:01:05 20:03:00")
    assert found.code_time == NOON


def test_a_tilted_one_reads_as_well(shown, tmp_path):
    taken = clock_pages.photo(tmp_path / "a.jpg", NOON, "2026:01:05 12:00:00", tilt=23)
    assert shown(taken).offset == timedelta(0)


def test_fractions_of_a_second_make_it_surer(shown, tmp_path):
    taken = clock_pages.photo(tmp_path / "a.jpg", NOON, "2026:01:05 12:00:01", part="25")
    found = shown(taken)
    assert found.offset == timedelta(seconds=0.75)  # the code stands for half a second later
    assert found.uncertainty == timedelta(seconds=0.505)


def test_a_zone_that_is_stated_counts(shown, tmp_path):
    taken = clock_pages.photo(tmp_path / "a.jpg", NOON, "2026:01:05 04:01:00", zone="+00:00")
    assert shown(taken).offset == MINUTE


@pytest.mark.parametrize("suffix", [".mp4", ".mov"])
def test_a_clip_of_the_code(shown, tmp_path, suffix):
    filmed = clock_pages.clip(tmp_path / f"a{suffix}", NOON, NOON + AHEAD, dark=1.6)
    found = shown(filmed)
    assert (found.frame_seconds, found.code_time) == (Fraction(8, 5), NOON + SECOND)
    assert (found.offset, found.uncertainty) == (AHEAD + 0.1 * SECOND, 1.5 * SECOND)
    assert found.origin == "header:creation_time"


@pytest.mark.parametrize("suffix", [".avi", ".ts"])
def test_what_states_no_time_has_one_in_its_name(shown, tmp_path, suffix):
    filmed = clock_pages.clip(tmp_path / f"a{suffix}", NOON, None)
    found = shown(filmed, f"DSJ-A1_000123_20260105120200{suffix}")
    assert found.code_time == NOON
    assert abs(found.offset - 2 * MINUTE) <= found.uncertainty == 1.5 * SECOND
    assert found.origin == "name:device-officer-time"


def test_local_time_where_utc_is_asked_for_is_the_wall_clock_and_no_eight_hours(shown, tmp_path):
    wall_clock = (NOON + MINUTE).astimezone(CHINA).replace(tzinfo=UTC)
    found = shown(clock_pages.clip(tmp_path / "a.mp4", NOON, wall_clock))
    assert found.wrote_local
    assert abs(found.offset - MINUTE) <= found.uncertainty
    assert found.device_time == found.server_time + found.offset


def test_without_a_code_the_upload_stands_in_and_is_as_unsure(shown, tmp_path):
    dark = clock_pages.clip(tmp_path / "a.mp4", NOON, NOON + 30 * MINUTE, dark=9)
    found = shown(dark)
    assert found.code_time is None
    assert (found.server_time, found.uncertainty) == (NOON + MINUTE, 2 * MINUTE + SECOND)
    assert found.offset == 29 * MINUTE


def test_an_old_picture_of_a_code_is_none_of_this_pages(shown, tmp_path):
    old = clock_pages.photo(tmp_path / "a.jpg", NOON - 60 * MINUTE, "2026:01:05 11:00:00")
    found = shown(old)
    assert (found.why, found.offset) == (Why.CODE_NOT_CURRENT, None)


def test_a_photo_that_states_no_time(shown, tmp_path):
    clock_pages.page(NOON).save(tmp_path / "a.png")
    assert shown(tmp_path / "a.png").why == Why.NO_TIME


@pytest.mark.parametrize("content", [b"", b"no picture", b"\xff\xd8\xff\xe0" + bytes(99)])
def test_what_is_no_picture_is_said_to_be_none(shown, tmp_path, content):
    (tmp_path / "a.jpg").write_bytes(content)
    assert shown(tmp_path / "a.jpg").why == Why.UNREADABLE


def test_a_child_that_dies_reads_nothing(shown, tmp_path):
    filmed = clock_pages.clip(tmp_path / "a.mp4", NOON, NOON)
    found = shown(filmed, limits=Limits(cpu_seconds=120, wall_seconds=0.01))
    assert found.why == Why.UNREADABLE


def test_the_child_is_held(shown, tmp_path):
    taken = clock_pages.photo(tmp_path / "a.jpg", NOON, "2026:01:05 12:00:00")
    assert shown(taken).sandbox in ("bubblewrap", "landlock", "rlimits")


def test_what_was_found_is_kept_as_evidence(shown, tmp_path):
    told = shown(clock_pages.clip(tmp_path / "a.mp4", NOON, NOON, dark=0.6)).evidence()
    assert (told["field"], told["frame_seconds"]) == ("header:creation_time", "3/5")
    assert told["code_time"] == NOON.isoformat()


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("phone/IMG_1034.heic", "exif:DateTimeOriginal"),
        ("phone/iphone6-with-gps.mov", "header:com.apple.quicktime.creationdate"),
        ("photos-activity/DSCN0010.jpg", "exif:DateTimeOriginal"),
    ],
)
def test_real_devices_state_their_time(shown, name, origin):
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the samples are not here")
    found = shown(path)
    assert (found.origin, found.code_time, found.why) == (origin, None, None)


def test_held_by_landlock_it_reads_as_well(without_bubblewrap, shown, tmp_path):
    taken = clock_pages.photo(tmp_path / "a.jpg", NOON, "2026:01:05 12:00:00")
    assert shown(taken).code_time == NOON


SAID = {"origin": "x", "text": "x", "offset_minutes": None, "zone": "unknown"}
TODAY = SAID | {"local": "2026-01-05T12:00:00"}
ENDS = [SAID | {"local": day} for day in ("9999-12-31T23:59:59", "0001-01-01T00:00:00")]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ({"times": ENDS}, Why.NO_TIME),
        ({"times": [TODAY], "code": "LHCLOCK1:99999999999999"}, Why.CODE_NOT_CURRENT),
        ({"times": [], "frame_seconds": "99999999999999999999"}, Why.UNREADABLE),
        ({"times": [], "frame_seconds": "-1"}, Why.UNREADABLE),
        ({"times": "many"}, Why.UNREADABLE),
        ({"more": 1}, Why.UNREADABLE),
    ],
)
def test_a_child_taken_over_can_say_nothing_worse(shown, tmp_path, monkeypatch, answer, why):
    monkeypatch.setattr(sandbox, "run", lambda *_: sandbox.Answer(answer, "rlimits"))
    (tmp_path / "a.jpg").write_bytes(b"x")
    assert shown(tmp_path / "a.jpg").why == why


def test_a_code_of_other_words_is_no_code(shown, tmp_path, monkeypatch):
    answer = {"times": [TODAY], "code": "LHCLOCK1:17e5", "kind": "photo"}
    monkeypatch.setattr(sandbox, "run", lambda *_: sandbox.Answer(answer, "rlimits"))
    (tmp_path / "a.jpg").write_bytes(b"x")
    assert shown(tmp_path / "a.jpg").code_time is None
