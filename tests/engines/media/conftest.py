"""Small made recordings, and ways to damage them. Made once, looked at once."""

import functools
import random
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path

import av
import pytest

from liuhen.engines.media import footage, sandbox
from liuhen.engines.media.examine import examine
from liuhen.engines.media.facts import Examination

SHANGHAI = timezone(timedelta(hours=8))
AT = datetime(2024, 1, 5, 9, 30, 15, tzinfo=SHANGHAI)
PLACE = (40.9529, 117.9633)
SMALL = (320, 180)


@pytest.fixture(scope="session")
def made(tmp_path_factory) -> Path:
    """A folder with one recording of each kind, two seconds long."""
    folder = tmp_path_factory.mktemp("made")
    for container in footage.CONTAINERS:
        path = folder / f"clip.{container}"
        footage.make_clip(path, started_at=AT, seconds=2, container=container, size=SMALL)
    gap = folder / "gap.mp4"
    footage.make_clip(gap, started_at=AT, seconds=6, size=SMALL, gap=(2.0, 4.0))
    for suffix in ("wav", "m4a", "amr"):
        footage.make_voice(folder / f"voice.{suffix}", recorded_at=AT, seconds=2)
    footage.make_photo(folder / "photo.jpg", taken_at=AT, place=PLACE, size=(640, 480))
    footage.make_photo(folder / "turned.jpg", taken_at=AT, size=(640, 480), orientation=6)
    return folder


@pytest.fixture(scope="session")
def seen(made, tmp_path_factory) -> Callable[[str], tuple[Examination, Path]]:
    """Examine one of the made files, once for all tests: (what was seen, the folder written)."""

    @functools.cache
    def look(name: str) -> tuple[Examination, Path]:
        out = tmp_path_factory.mktemp("out")
        return examine(made / name, out), out

    return look


@pytest.fixture
def look(tmp_path) -> Callable[..., Examination]:
    """Examine bytes or a file under a name; nothing but the answer's files may stay behind."""

    def examined(content: bytes | Path, name: str = "file.mp4", **options) -> Examination:
        path, out = tmp_path / "original", tmp_path / "out"
        if isinstance(content, Path):
            shutil.copyfile(content, path)
        else:
            path.write_bytes(content)
        out.mkdir(exist_ok=True)
        found = examine(path, out, name=name.encode(), **options)
        assert {one.name for one in out.iterdir()} == set(found.outputs)
        return found

    return examined


@pytest.fixture
def fresh_trial():
    """bubblewrap's trial is remembered; a test that takes it away starts and leaves afresh."""
    sandbox.bubblewrap_works.cache_clear()
    yield
    sandbox.bubblewrap_works.cache_clear()


@pytest.fixture
def without_bubblewrap(monkeypatch, fresh_trial) -> None:
    monkeypatch.setenv("LIUHEN_NO_BUBBLEWRAP", "1")


@pytest.fixture
def remuxed(made, tmp_path) -> Callable[..., Path]:
    """A made clip's packets in another container, with other texts, or with a clock set midway."""

    def remux(
        source: str, target: str, *, texts: dict[str, str] | None = None, leap: Fraction | int = 0
    ) -> Path:
        path = tmp_path / target
        with av.open(str(made / source)) as old, av.open(str(path), "w") as new:
            new.metadata.update(texts or {})
            streams = {one.index: new.add_stream_from_template(one) for one in old.streams}
            for packet in old.demux():
                if packet.dts is None:
                    continue
                if packet.dts * packet.time_base > 1:
                    packet.dts += int(leap / packet.time_base)
                    packet.pts += int(leap / packet.time_base)
                packet.stream = streams[packet.stream_index]
                new.mux(packet)
        return path

    return remux


@pytest.fixture(scope="session")
def indexed_first(made) -> Path:
    """An MP4 whose index stands before its pictures, as cameras with a reserved head write it."""
    path = made / "indexed-first.mp4"
    options = {"movflags": "+faststart"}
    with av.open(str(made / "clip.mp4")) as old, av.open(str(path), "w", options=options) as new:
        streams = {one.index: new.add_stream_from_template(one) for one in old.streams}
        for packet in old.demux():
            if packet.dts is not None:
                packet.stream = streams[packet.stream_index]
                new.mux(packet)
    return path


@pytest.fixture(scope="session")
def noise() -> Callable[[int, int], bytes]:
    """Random bytes, the same for the same seed."""
    return lambda seed, count: random.Random(seed).randbytes(count)
