"""Thumbnails and renditions beside the originals."""

import os
import time
from pathlib import Path

from liuhen.engines.media import examine, excerpts, renditions
from liuhen.recordings import derived


def test_what_a_killed_worker_left_half_done_is_swept_and_the_rest_stays(data):
    folder = data.derived / "2026" / "2026-000001"
    for name in (".examining-x", ".rendering-y"):
        (folder / name).mkdir(parents=True)
        (folder / name / "half.mp4").write_bytes(b"half")
    (folder / "poster.jpg").write_bytes(b"whole")
    assert derived.sweep() == 2
    assert [path.name for path in folder.iterdir()] == ["poster.jpg"]


def test_a_snapshot_being_taken_is_left_for_an_hour(data):
    folder = data.derived / "2026" / "2026-000001"
    for name, age in ((".snapshot-new", 0), (".snapshot-old", derived.STALE_SECONDS + 60)):
        (folder / name).mkdir(parents=True)
        then = time.time() - age
        os.utime(folder / name, (then, then))
    assert derived.sweep() == 1
    assert [path.name for path in folder.iterdir()] == [".snapshot-new"]


def test_the_engine_still_names_its_folders_so():
    said = [Path(module.__file__).read_text() for module in (examine, renditions, excerpts)]
    assert all(name in text for name, text in zip(derived.HALF_DONE, said, strict=True))
