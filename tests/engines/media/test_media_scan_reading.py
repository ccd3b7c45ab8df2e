"""What a scan reads to save decoding: sizes, kept sound, and its way back to a place."""

from dataclasses import replace
from functools import partial
from pathlib import Path

import av
import numpy as np
import pytest
from planted import Planted, Recipe, make

from liuhen.engines.media.inside import packets, scan_sizes, scan_sound, timeline
from liuhen.engines.media.inside.scan_reading import Copies

SILENT = Planted("silent", 2.2, 5.4)
HUM = Planted("hum", 7.1, 9.9)


@pytest.fixture(scope="module")
def camera(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("camera") / "camera.ts"
    options = {"preset": "ultrafast", "g": "30"}
    make(Recipe(12, (160, 96), options=options, planted=(SILENT, HUM)), path)
    return path


@pytest.fixture
def walked(camera):
    with av.open(str(camera)) as container:
        return timeline.measured(container, camera.stat().st_size, by_index=False, seconds=60)


def sound_of(walked):
    return next(walked.packets_of(one) for one in walked.tracks if one.type == "audio")


def silences(camera, walked, sound):
    origin = walked.content().first
    with Copies(partial(av.open, str(camera))) as copies:
        found = scan_sound.scan(copies, 1, sound, origin, lambda: True)
    return [(one.start_seconds, one.end_seconds) for one in found]


def assert_both(found):
    wanted = [edge for one in (SILENT, HUM) for edge in (one.start, one.end)]
    assert [edge for one in found for edge in one] == pytest.approx(wanted, abs=0.2)


def test_two_packets_of_every_second_of_sound_are_kept(walked):
    kept = sound_of(walked).kept
    assert len(kept) == 2 * 12
    firsts = list(kept)[::2]
    assert list(kept)[1::2] == [number + 1 for number in firsts]
    seconds = sound_of(walked).seconds(walked.content().first)[firsts]
    assert np.diff(seconds) == pytest.approx(np.ones(11), abs=0.1)


def test_only_so_much_sound_is_kept(monkeypatch):
    monkeypatch.setattr(packets, "MOST_KEPT_BYTES", 100)
    log = packets.PacketLog()
    for stamp in range(5):
        log.add(stamp, 40, True, None)
        log.keep(bytes(40))
    assert list(log.kept) == [0, 1]


def test_silence_is_found_by_going_back_to_it(camera, walked):
    assert_both(silences(camera, walked, sound_of(walked)))


def test_a_recording_that_leads_nowhere_back_is_decoded_whole(camera, walked):
    sound = sound_of(walked)
    astray = replace(sound, stamps=sound.stamps + 7)
    assert_both(silences(camera, walked, astray))


def test_key_frames_on_both_sides_of_a_short_place_that_spreads_are_seen():
    seconds = np.arange(600) / 30
    keys, sizes = np.arange(600) % 30 == 0, np.full(600, 5000)
    sizes[480:510:2] = 500  # a picture is refined when it begins to stand, and again when it ends
    sizes[keys] = 40_000
    assert {15, 16, 17, 18} <= set(scan_sizes.plan(seconds, sizes, keys).seeds)
