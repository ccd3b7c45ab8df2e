"""Signs that a file is not as its device wrote it, and none where it is."""

from fractions import Fraction

import av
import numpy as np
import pytest
from box_maker import CREATED, Made, box, full, made_movie
from PIL import Image

from liuhen.engines.media.facts import Code
from liuhen.engines.media.programs import Nature, named_in

MINUTES_10 = 6000
"""Samples of ten minutes at ten a second."""


def long(**more):
    return Made(samples=[b"x"] * MINUTES_10, **more)


def only(found, code):
    (one,) = [finding for finding in found.findings if finding.code == code]
    return one


@pytest.mark.parametrize(
    ("text", "name", "nature"),
    [
        ("Lavf58.29.100", "FFmpeg", Nature.MUXER),
        ("Lavc59.37.100 libx264", "x264", Nature.ENCODER),
        ("HandBrake 1.6.1 2023012300", "HandBrake", Nature.EDITOR),
        ("剪映专业版 5.9", "剪映 CapCut", Nature.EDITOR),
        ("Adobe Premiere Pro 2024.0 (Windows)", "Adobe Premiere", Nature.EDITOR),
        ("\x1fMainconcept Video Media Handler", "MainConcept", Nature.ENCODER),
    ],
)
def test_programs_are_known_by_the_names_they_write(text, name, nature):
    program, field, said = named_in([("track 0: encoder", text)])[0]
    assert (program.name, program.nature, field, said) == (name, nature, "track 0: encoder", text)


@pytest.mark.parametrize(
    "field",
    [
        ("encoder", "GoPro AVC encoder"),
        ("handler_name", "Core Media Video"),
        ("software", "CanonMVI06"),
        ("encoder", "com.apple.VoiceMemos (iPhone)"),
        ("com.android.version", "6.0.1"),
        ("title", "Checked the shop selling Adobe Premiere"),
        ("encoder", "DSJ-Vegas Street unit"),
    ],
)
def test_devices_and_titles_are_no_programs(field):
    assert named_in([field]) == []


def test_a_field_that_only_one_program_writes_names_it():
    ((program, _, _),) = named_in([("WXVer", "369232945")])
    assert program.name == "WeChat"


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mov", "clip.ts", "clip.avi", "clip.3gp"])
def test_a_file_as_its_device_wrote_it_shows_no_sign(seen, name):
    assert seen(name)[0].findings == ()


def test_a_copy_into_another_container_is_only_told(look, remuxed):
    found = look(remuxed("clip.mp4", "copy.mp4"), "copy.mp4")
    told = only(found, Code.REWRAPPED)
    assert (told.evidence["program"], told.evidence["confidence"]) == ("FFmpeg", "low")


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts"])
def test_an_encoder_names_itself_in_the_pictures_too(look, tmp_path, suffix):
    path = tmp_path / f"encoded.{suffix}"
    with av.open(str(path), "w", options={"fflags": "+bitexact"}) as target:
        video = target.add_stream("libx264", rate=10)
        video.width, video.height = 64, 64
        for number in range(8):
            frame = av.VideoFrame.from_ndarray(np.full((96, 64), number, np.uint8), "yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            target.mux(video.encode(frame))
        target.mux(video.encode(None))
    told = only(look(path, path.name), Code.RE_ENCODED).evidence
    assert told["program"].split(", ")[0] == "x264"
    assert told["field"] == "video stream"


def test_adobes_note_behind_the_movie_is_read(look):
    note = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
    note += b"<xmp:CreatorTool>Adobe Premiere Pro CC 2017</xmp:CreatorTool>"
    told = only(look(made_movie(Made(), after=box(b"uuid", note))), Code.RE_ENCODED).evidence
    assert (told["nature"], told["confidence"]) == ("editor", "high")
    assert told["text"] == "Adobe Premiere Pro CC 2017"


def test_an_edited_photo_names_its_editor(look, tmp_path):
    exif = Image.Exif()
    exif[0x131] = "Adobe Photoshop 25.0 (Windows)"
    Image.new("RGB", (32, 32)).save(tmp_path / "a.jpg", exif=exif)
    told = only(look(tmp_path / "a.jpg", "a.jpg"), Code.RE_ENCODED)
    assert told.evidence["program"] == "Adobe Photoshop"


def edits(*entries):
    """(from, seconds) in ticks of the movie (1000 a second) and of the track (10 a second)."""
    return made_movie(
        long(edits=[(seconds * 1000, at * 10, 0x10000) for at, seconds in entries]), seconds=600
    )


def hidden(found):
    return [
        (one.start_seconds, one.end_seconds) for one in found.findings if one.code == Code.EDIT_LIST
    ]


def test_a_list_that_shows_all_is_no_sign(look):
    assert hidden(look(edits((0, 600)))) == []


def test_a_list_that_skips_a_part_tells_which(look):
    assert hidden(look(edits((0, 100), (250, 350)))) == [(100.0, 250.0)]


def test_a_list_that_cuts_both_ends_tells_which(look):
    assert hidden(look(edits((30, 500)))) == [(0.0, 30.0), (530.0, 600.0)]


def test_a_list_in_another_order_is_told_as_a_whole(look):
    told = only(look(edits((300, 100), (0, 100))), Code.EDIT_LIST)
    assert (told.start_seconds, told.evidence["does"]) == (None, "order")


def test_a_delayed_start_and_an_encoders_lead_are_no_sign(look):
    content = made_movie(long(edits=[(200, -1, 0x10000), (599_700, 3, 0x10000)]), seconds=600)
    assert hidden(look(content)) == []


def test_a_list_of_thousands_is_told_in_part(look):
    found = look(edits(*((at, 1) for at in range(0, 600, 2))))
    assert len(hidden(found)) == 50
    told = next(one for one in found.findings if one.code == Code.EDIT_LIST)
    assert told.evidence["more"] == 250


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (0, set()),
        (600, set()),
        (650, set()),
        (3600, {Code.SAVED_AGAIN}),
        (90_000, {Code.SAVED_AGAIN}),
        (300, {Code.CLOCK_JUMP}),
        (-300, {Code.CLOCK_JUMP}),
        (30, set()),
    ],
)
def test_what_the_files_own_times_leave_between_them(look, changed, expected):
    times = (CREATED, CREATED + changed)
    found = look(made_movie(long(times=times), times=times, seconds=600))
    assert found.codes() & {Code.SAVED_AGAIN, Code.CLOCK_JUMP} == expected


def test_a_clock_without_battery_is_no_sign(look):
    found = look(made_movie(long(times=(0, CREATED)), times=(86_400, 86_400), seconds=600))
    assert not found.codes() & {Code.SAVED_AGAIN, Code.CLOCK_JUMP}


def test_times_and_lengths_beyond_all_bounds_are_no_crash(look):
    wide = full(b"mvhd", b"\xff" * 16, (1).to_bytes(4, "big"), b"\xff" * 7 + b"\xfe", bytes(80),
                version=1)  # fmt: skip
    content = made_movie(long(edits=[(0xFFFFFFFF, 0x7FFFFFFF, 0x10000)]))
    start = content.index(b"mvhd") - 4
    found = look(content[:start] + wide + content[start + 108 :])
    assert Code.EXAMINER_CRASHED not in found.codes()
