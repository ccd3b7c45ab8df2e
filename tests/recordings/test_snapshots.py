"""A picture out of a video: exact, kept beside it, in the log; the original stays as it is."""

import hashlib
from decimal import Decimal
from io import BytesIO

import pytest
from PIL import Image

import factories
from liuhen.custody import log
from liuhen.custody.errors import EventTooLong
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.engines.media import footage
from liuhen.recordings import derived, errors, snapshots, vaults
from liuhen.recordings.models import MediaKind, Recording

pytestmark = pytest.mark.django_db
NOON = factories.NOON


@pytest.fixture(scope="module")
def clip(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("clip") / "a.mp4"
    footage.make_clip(path, started_at=NOON, seconds=2, size=(320, 180))
    return path.read_bytes()


@pytest.fixture
def film(data, clip) -> Recording:
    return factories.recording(content=clip, duration_seconds=2)


def take(film: Recording, seconds: str = "1", by: str = "li") -> snapshots.Snapshot:
    return snapshots.take(film, Decimal(seconds), by=factories.officer(by), at=NOON)


def events() -> list[CustodyEvent]:
    return list(CustodyEvent.objects.filter(kind=Kind.RECORDING_SNAPSHOT))


def test_the_picture_at_that_moment_is_kept_and_in_the_log(film):
    taken = take(film)
    picture = snapshots.file_of(film, taken.sha256).read_bytes()
    assert Image.open(BytesIO(picture)).size == (320, 180)
    assert hashlib.sha256(picture).hexdigest() == taken.sha256
    assert snapshots.taken_of(film) == [taken]
    assert len(events()) == 1


def test_it_stands_where_its_own_time_stamp_says(film):
    """At 15 pictures a second the one shown at 1.05 s began at 1.0 s."""
    assert take(film, "1.05").seconds == Decimal("1.0")


@pytest.mark.enforces("originals")
def test_the_original_is_untouched(film, clip):
    take(film)
    assert vaults.path(film.vault_key).read_bytes() == clip


def test_leaders_take_no_picture(film):
    with pytest.raises(errors.NotYoursToMark):
        take(film, by="zhao")
    assert events() == []


def test_who_does_not_see_it_takes_no_picture(film):
    with pytest.raises(errors.NoSuchRecording):
        take(film, by="colleague")
    with pytest.raises(errors.NoSuchRecording):
        snapshots.take(film, Decimal(1), by=factories.stranger(), at=NOON)


def test_what_has_no_picture_says_so(data):
    broken = factories.recording(content=b"no film")
    voice = factories.recording("2026-000002", content=b"voice", kind=MediaKind.AUDIO)
    for one in (broken, voice):
        with pytest.raises(errors.NoPictureThere):
            take(one)
    assert events() == []


def test_no_event_no_picture(film, monkeypatch):
    monkeypatch.setattr(log, "MAX_ENTRY_BYTES", 10)
    with pytest.raises(EventTooLong):
        take(film)
    assert list(derived.folder(film).iterdir()) == []


def test_one_that_was_lost_or_changed_is_not_shown(film):
    taken = take(film)
    snapshots.path_of(film, taken.sha256).write_bytes(b"another")
    with pytest.raises(errors.NoSuchSnapshot):
        snapshots.file_of(film, taken.sha256)
    snapshots.path_of(film, taken.sha256).unlink()
    assert [one.is_there for one in snapshots.taken_of(film)] == [False]


def test_a_file_no_event_names_is_not_shown(film):
    stray = snapshots.path_of(film, hashlib.sha256(b"x").hexdigest())
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"x")
    with pytest.raises(errors.NoSuchSnapshot):
        snapshots.file_of(film, hashlib.sha256(b"x").hexdigest())


@pytest.mark.parametrize(("playable", "counted"), [(True, False), (False, True)])
def test_leaps_of_the_clock_are_closed_where_a_rendition_is_shown(film, playable, counted):
    film.examination = {"browser_playable": playable}
    film.findings.create(code="timestamp_jump")
    assert snapshots.is_counted_through(film) is counted
