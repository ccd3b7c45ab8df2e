"""What is found in damaged recordings: never an exception, always a finding."""

from fractions import Fraction

import pytest

from liuhen.engines.media.facts import Code

EIGHTHS = [Fraction(part, 8) for part in range(1, 8)]
CUT = {Code.TRUNCATED, Code.INDEX_MISSING}


def first_part(path, part):
    content = path.read_bytes()
    return content[: int(len(content) * part) | 1]  # odd: never between two packets of 188 bytes


def patched(path, mark: bytes, at: int, new: bytes) -> bytes:
    """The file with `new` put `at` bytes after where `mark` begins."""
    content = bytearray(path.read_bytes())
    start = content.index(mark) + at
    content[start : start + len(new)] = new
    return bytes(content)


@pytest.mark.parametrize("part", EIGHTHS, ids=str)
def test_an_mp4_cut_anywhere_is_kept_and_marked(look, made, part):
    found = look(first_part(made / "clip.mp4", part))
    assert found.kind == "video"
    assert found.codes() & CUT
    assert Code.EXAMINER_CRASHED not in found.codes()
    assert not found.browser_playable


@pytest.mark.parametrize("part", [Fraction(1, 16), Fraction(1, 2), Fraction(7, 8)], ids=str)
def test_an_mp4_that_begins_with_its_index_keeps_what_is_there(look, indexed_first, part):
    found = look(first_part(indexed_first, part))
    assert found.codes() & CUT
    assert Code.EXAMINER_CRASHED not in found.codes()
    if part >= Fraction(1, 2):
        assert found.outputs
        assert found.content.frames > 0


@pytest.mark.parametrize("name", ["clip.mov", "clip.mkv", "clip.ts", "clip.avi", "voice.wav"])
def test_other_containers_cut_are_marked(look, made, name):
    found = look(first_part(made / name, Fraction(2, 3)), name)
    assert found.codes() & CUT
    assert Code.EXAMINER_CRASHED not in found.codes()


def test_a_cut_photo_shows_what_is_there(look, made):
    found = look(first_part(made / "photo.jpg", Fraction(1, 2)), "photo.jpg")
    assert found.codes() == {Code.TRUNCATED}
    assert found.outputs == ("poster.jpg",)
    assert not found.browser_playable


def test_an_index_never_written_is_missing(look, made):
    content = (made / "clip.mp4").read_bytes()
    found = look(content[: content.index(b"moov") - 4])
    assert Code.INDEX_MISSING in found.codes()


def test_an_avi_without_its_index_still_plays_for_us(look, made):
    found = look(patched(made / "clip.avi", b"idx1", 0, b"JUNK"), "a.avi")
    assert found.codes() == {Code.INDEX_MISSING}
    assert found.content.frames == 30


def test_a_hole_is_found_with_its_edges(seen):
    found, _ = seen("gap.mp4")
    gaps = [one for one in found.findings if one.code == Code.TIMESTAMP_GAP]
    assert {one.evidence["track"] for one in gaps} == {"video", "audio"}
    for gap in gaps:
        assert (gap.start_seconds, gap.end_seconds) == pytest.approx((2.0, 4.0), abs=0.2)


def test_a_clock_set_forward_midway_is_a_jump(look, remuxed):
    found = look(remuxed("clip.ts", "set.mkv", leap=2 * 3600), "set.mkv")
    jumps = [one for one in found.findings if one.code == Code.TIMESTAMP_JUMP]
    assert {one.evidence["track"] for one in jumps} == {"video", "audio"}
    for jump in jumps:
        assert jump.start_seconds == pytest.approx(1.0, abs=0.2)


def test_a_clock_that_runs_back_is_a_jump(look, made):
    found = look((made / "clip.ts").read_bytes() * 2, "twice.ts")
    jumps = [one for one in found.findings if one.code == Code.TIMESTAMP_JUMP]
    assert {one.evidence["track"] for one in jumps} == {"video", "audio"}
    for jump in jumps:
        assert jump.start_seconds == pytest.approx(2.0, abs=0.2)
        assert jump.end_seconds is None


def test_a_header_that_states_another_duration_is_found(look, made):
    found = look(patched(made / "clip.mp4", b"mvhd", 20, (60_000).to_bytes(4, "big")))
    (only,) = found.findings
    assert only.code == Code.DURATION_MISMATCH
    assert only.evidence["header_seconds"] == 60
    assert found.duration < 3


def test_a_wrong_extension_is_found_and_does_not_mislead(look, made):
    found = look(made / "clip.mp4", "scan.jpg")
    assert found.kind == "video"
    assert found.codes() == {Code.EXTENSION_MISMATCH}


def test_a_container_without_tracks_is_no_recording(look, made):
    ftyp = b"\x00\x00\x00\x14ftypisom\x00\x00\x02\x00isom"
    movie = b"mvhd" + bytes(12) + (1000).to_bytes(4, "big") + bytes(84)
    inner = (len(movie) + 4).to_bytes(4, "big") + movie
    found = look(ftyp + (len(inner) + 8).to_bytes(4, "big") + b"moov" + inner)
    assert found.kind == "video"
    assert Code.NO_STREAMS in found.codes()


@pytest.mark.parametrize("name", ["a.mp4", "a.jpg", "a.mp3"])
def test_a_file_of_zeros_says_so(look, name):
    found = look(bytes(20_000), name)
    assert Code.ZEROED in found.codes()
    assert Code.EXAMINER_CRASHED not in found.codes()


def test_zeros_at_the_end_were_never_written(look, made):
    found = look((made / "clip.ts").read_bytes() + bytes(188 * 40), "a.ts")
    (zeroed,) = (one for one in found.findings if one.code == Code.ZEROED)
    assert zeroed.evidence["part"] == "end"
    assert zeroed.evidence["bytes"] == pytest.approx(188 * 40, abs=200)


@pytest.mark.parametrize(("name", "kind"), [("a.mp4", "video"), ("a.jpg", "photo")])
def test_an_empty_file_keeps_the_kind_of_its_name(look, name, kind):
    found = look(b"", name)
    assert (found.kind, found.codes()) == (kind, {Code.EMPTY})


def test_a_part_that_does_not_fit_its_checksum_is_named(look, made):
    found = look(patched(made / "clip.mkv", b"Lavf", 0, b"LAVF"), "a.mkv")
    (only,) = (one for one in found.findings if one.code == Code.CHECKSUM_MISMATCH)
    assert only.evidence["part"] == "1549A966"


def test_pictures_that_do_not_decode_are_a_finding(look, made):
    content = (made / "photo.jpg").read_bytes()
    found = look(content[:2] + bytes(2000) + content[-2:], "photo.jpg")
    assert found.codes() == {Code.UNREADABLE}


def test_a_clip_whose_pictures_were_overwritten_is_a_decode_error(look, made):
    content = bytearray((made / "clip.mp4").read_bytes())
    start = content.index(b"mdat") + 4
    end = content.index(b"moov") - 4
    content[start:end] = b"\xa5" * (end - start)
    found = look(bytes(content))
    assert Code.DECODE_ERROR in found.codes()
    assert not found.browser_playable


def test_damaged_exif_does_not_cost_the_picture(look, made):
    found = look(patched(made / "photo.jpg", b"Exif\x00\x00", 10, b"\xff" * 40), "photo.jpg")
    assert found.outputs == ("poster.jpg",)
    assert found.header.times == ()
    assert Code.EXAMINER_CRASHED not in found.codes()
