"""Black, covered, frozen and silent stretches: planted ones are found, and nothing else."""

from itertools import pairwise
from pathlib import Path

import pytest
from planted import Planted, Recipe, make, remux

from liuhen.engines.media.examine import examine
from liuhen.engines.media.facts import Code
from liuhen.engines.media.limits import Limits

SIZE = (640, 360)
CAMERA = {"preset": "superfast", "b": "1500k", "maxrate": "2M", "bufsize": "1500k",
          "g": "30", "bf": "0", "sc_threshold": "0", "threads": "1"}  # fmt: skip
EDGE_SECONDS = 0.2
DEFECTS = (
    Planted("black", 2.3, 5.0),
    Planted("silent", 6.2, 9.0),
    Planted("frozen_clock", 8.7, 11.9),
    Planted("covered", 14.4, 17.1),
    Planted("hum", 18.0, 20.5),
)
SEEN_AS = {"black": Code.BLACK, "covered": Code.COVERED, "frozen": Code.FROZEN,
           "frozen_clock": Code.FROZEN, "silent": Code.SILENT, "hum": Code.SILENT}  # fmt: skip
SCANNED = {*SEEN_AS.values(), Code.NO_SOUND, Code.SCAN_INCOMPLETE}


def recipe(seconds=22, **changes) -> Recipe:
    given = {"size": SIZE, "options": CAMERA, "planted": DEFECTS, "sound": "aac"}
    return Recipe(seconds=seconds, **{**given, **changes})


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    make(recipe(), folder / "camera.mp4")
    for suffix in ("ts", "mkv"):
        remux(folder / "camera.mp4", folder / f"camera.{suffix}")
    return folder


@pytest.fixture
def scanned(folder, tmp_path):
    """Make a file if it is not there, examine it: what was found in its picture and sound."""

    def look(name: str, made: Recipe | None = None, **options):
        if made is not None:
            make(made, folder / name)
        found = examine(folder / name, tmp_path, **options).findings
        return [one for one in found if one.code in SCANNED]

    return look


def assert_found(found, planted) -> None:
    """Every planted stretch, to EDGE_SECONDS, and no other."""
    told = sorted((one.code, one.start_seconds, one.end_seconds) for one in found)
    wanted = sorted((str(SEEN_AS[one.kind]), one.start, one.end) for one in planted)
    assert [one[0] for one in told] == [one[0] for one in wanted], told
    for ours, theirs in zip(told, wanted, strict=True):
        assert ours[1:] == pytest.approx(theirs[1:], abs=EDGE_SECONDS), ours


@pytest.mark.parametrize("name", ["camera.mp4", "camera.ts", "camera.mkv"])
def test_planted_stretches_are_found_with_their_edges(scanned, name):
    assert_found(scanned(name), DEFECTS)


def test_silence_is_found_from_packets_where_no_waveform_is_wanted(scanned):
    for name in ("camera.mp4", "camera.ts", "camera.mkv"):
        assert_found(scanned(name, wants=["poster"]), DEFECTS)


def test_every_finding_says_how_sure_it_is(scanned):
    sure = {one.code: one.evidence["confidence"] for one in scanned("camera.mp4")}
    assert sure[Code.BLACK] == "high"
    assert set(sure.values()) <= {"high", "medium", "low"}


def test_a_clean_recording_has_no_findings(scanned):
    assert scanned("clean.mp4", recipe(8, planted=())) == []


def test_pictures_between_others_and_padding_mislead_nobody(scanned):
    reordered = {**CAMERA, "bf": "2", "preset": "veryfast"}
    assert_found(scanned("reordered.mp4", recipe(options=reordered)), DEFECTS)
    padded = {**CAMERA, "maxrate": "1500k", "x264-params": "nal-hrd=cbr:force-cfr=1"}
    assert_found(scanned("padded.ts", recipe(options=padded)), DEFECTS)


@pytest.mark.parametrize("bits", ["1500k", "500k"])
def test_a_still_scene_is_not_frozen(scanned, bits):
    still = (Planted("still", 2, 10),)
    options = {**CAMERA, "b": bits, "maxrate": bits}
    assert scanned(f"still-{bits}.mp4", recipe(12, options=options, planted=still)) == []


def test_a_tripods_recording_is_not_frozen(scanned):
    assert scanned("tripod.mp4", recipe(12, planted=(), moves=False)) == []


def test_a_frozen_picture_with_its_clock_is_found_in_old_cameras_files(scanned):
    planted = (Planted("frozen", 3.2, 6.0), Planted("silent", 7.1, 9.6))
    options = {"qmin": "6", "qmax": "6"}
    made = recipe(11, codec="mjpeg", options=options, sound="pcm_s16le", planted=planted)
    assert_found(scanned("old.avi", made), planted)


def test_a_black_stretch_between_two_key_frames_is_found(scanned):
    planted = (Planted("black", 3.1, 6.4),)
    options = {**CAMERA, "g": "900", "keyint_min": "900"}
    assert_found(scanned("rare-keys.mp4", recipe(11, options=options, planted=planted)), planted)


def test_a_hole_ends_a_stretch(scanned):
    planted = (Planted("black", 2, 9), Planted("gap", 5, 6))
    sides = (Planted("black", 2, 5), Planted("black", 6, 9))
    assert_found(scanned("hole.mp4", recipe(11, planted=planted)), sides)


def test_a_recording_that_is_all_black_and_silent_is_so_to_its_ends(scanned):
    planted = (Planted("black", 0, 5), Planted("silent", 0, 5))
    assert_found(scanned("nothing.mp4", recipe(5, planted=planted)), planted)


def test_a_blink_and_a_pause_are_no_findings(scanned):
    planted = (Planted("black", 2, 3.5), Planted("frozen", 5, 6.5), Planted("silent", 5, 6.5))
    assert scanned("blink.mp4", recipe(8, planted=planted)) == []


def test_a_video_without_a_sound_track_says_so(scanned):
    (only,) = scanned("mute.mp4", recipe(3, planted=(), sound=None))
    assert (only.code, only.start_seconds) == (Code.NO_SOUND, None)


def test_a_file_cut_off_still_tells_what_is_left(scanned, folder):
    whole = (folder / "camera.ts").read_bytes()
    (folder / "cut.ts").write_bytes(whole[: len(whole) * 2 // 3 | 1])
    found = [one for one in scanned("cut.ts") if one.code in SEEN_AS.values()]
    assert_found(found, DEFECTS[:3])


def test_damage_inside_costs_no_other_stretch(scanned, folder):
    content = bytearray((folder / "camera.mp4").read_bytes())
    middle = len(content) * 45 // 100
    content[middle : middle + 4000] = bytes(4000)
    (folder / "hurt.mp4").write_bytes(content)
    found = {one.code for one in scanned("hurt.mp4")}
    assert {Code.BLACK, Code.COVERED, Code.SILENT} <= found


def test_a_scan_without_time_says_so_and_the_child_lives(scanned):
    found = scanned("camera.mp4", limits=Limits(scan_cpu_seconds=0.0), wants=["poster"])
    assert {one.code for one in found} == {Code.SCAN_INCOMPLETE}
    assert {one.evidence["part"] for one in found} == {"picture", "sound"}


def test_findings_stand_in_order(scanned):
    starts = [one.start_seconds for one in scanned("camera.mp4")]
    assert all(one <= other for one, other in pairwise(starts))
