"""Files made to do harm: nothing else is read, it ends, and it is a finding."""

import io
import struct
import sys
import time
import zipfile
import zlib
from dataclasses import replace

import pytest

from liuhen.engines.media import sandbox
from liuhen.engines.media.examine import examine
from liuhen.engines.media.facts import MOST_TEXT, Code
from liuhen.engines.media.limits import Limits

QUICK = replace(Limits(), cpu_seconds=20, wall_seconds=60)


@pytest.fixture
def neighbour(made, tmp_path):
    """A real clip beside the hostile file, under the names such a file would use."""
    for name in ("secret.mp4", "secret.ts", "001.jpg"):
        (tmp_path / name).write_bytes((made / "clip.ts").read_bytes())
    return tmp_path / "secret.ts"


def hls(path):
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{path}\n#EXT-X-ENDLIST\n".encode()


def hls_by_name(_path):
    return hls("secret.ts")


def concat_list(path):
    return f"ffconcat version 1.0\nfile '{path}'\n".encode()


def concat_by_address(path):
    return f"ffconcat version 1.0\nfile 'file:{path}'\n".encode()


def dash(path):
    return f"<?xml version='1.0'?><MPD><BaseURL>file://{path}</BaseURL></MPD>".encode()


def sdp(_path):
    return b"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n"


@pytest.mark.parametrize("make", [hls, hls_by_name, concat_list, concat_by_address, dash, sdp])
def test_a_list_of_other_files_is_not_followed(look, neighbour, make):
    found = look(make(neighbour), "list.mp4", limits=QUICK)
    assert found.codes() == {Code.UNREADABLE}
    assert (found.streams, found.outputs, found.content) == ((), (), None)


@pytest.mark.parametrize("make", [hls_by_name, concat_list, concat_by_address])
def test_the_list_of_formats_holds_alone(look, neighbour, make, monkeypatch, without_bubblewrap):
    code = (
        "import os, sys\n"
        "from liuhen.engines.media import child, landlock\n"
        "landlock.lock_in = lambda readable, writable: False\n"
        f"os.chdir({str(neighbour.parent)!r})\n"
        "sys.exit(child.main())\n"
    )
    monkeypatch.setattr(sandbox, "_python", lambda: [sys.executable, "-I", "-B", "-c", code])
    found = look(make(neighbour), "list.mp4", limits=QUICK)
    assert (found.sandbox, found.codes()) == ("rlimits", {Code.UNREADABLE})
    assert (found.streams, found.content) == ((), None)


def test_a_name_with_a_pattern_opens_only_itself(neighbour, tmp_path):
    path, out = tmp_path / "%03d.jpg", tmp_path / "out"
    path.write_bytes(b"nothing")
    out.mkdir()
    found = examine(path, out, limits=QUICK)
    assert found.codes() == {Code.UNREADABLE}


def chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def png(width: int, height: int, *others: bytes) -> bytes:
    rows = zlib.compress(bytes(1 << 16), 9)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + head + b"".join(others) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def test_a_picture_too_large_is_not_decoded(look):
    found = look(png(100_000, 100_000), "bomb.png", limits=QUICK)
    (only,) = found.findings
    assert only.code == Code.EXAMINER_LIMIT
    assert only.evidence == {"limit": "pixels", "width": 100_000, "height": 100_000}
    assert found.outputs == ()


def test_a_packed_text_in_a_picture_is_not_unpacked_without_end(look):
    text = b"Comment\x00\x00" + zlib.compress(bytes(80 << 20), 9)
    found = look(png(16, 16, chunk(b"zTXt", text)), "text.png", limits=QUICK)
    assert found.kind == "photo"
    assert Code.EXAMINER_CRASHED not in found.codes()


def test_a_zip_called_a_photo_is_unreadable(look):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("a.txt", b"text" * 999)
    found = look(file.getvalue(), "a.jpg")
    assert (found.kind, found.codes()) == ("photo", {Code.UNREADABLE})


@pytest.mark.parametrize("name", ["a.mp4", "a.mp3", "a.jpg"])
def test_noise_is_a_finding(look, noise, name):
    found = look(noise(1, 40_000), name, limits=QUICK)
    assert found.codes()
    assert Code.EXAMINER_CRASHED not in found.codes()


@pytest.mark.parametrize("form", ["mp4", "avi", "mkv", "ts"])
def test_noise_after_a_true_start_is_a_finding(look, made, noise, form):
    start = (made / f"clip.{form}").read_bytes()[:600]
    found = look(start + noise(7, 60_000), f"a.{form}", limits=QUICK)
    assert found.codes()
    assert Code.EXAMINER_CRASHED not in found.codes()


def box(name: bytes, *content: bytes, size: int | None = None) -> bytes:
    body = b"".join(content)
    return struct.pack(">I", len(body) + 8 if size is None else size) + name + body


FTYP = box(b"ftyp", b"isom\x00\x00\x02\x00isom")


def test_boxes_within_boxes_end_somewhere(look):
    nested = b""
    for _ in range(20_000):
        nested = box(b"moov", nested)
    found = look(FTYP + nested, limits=QUICK)
    assert found.codes()


def test_a_hundred_thousand_empty_boxes_end_somewhere(look):
    found = look(FTYP + box(b"free") * 120_000, limits=QUICK)
    assert Code.INDEX_MISSING in found.codes()


def test_a_riff_of_empty_chunks_ends_somewhere(look):
    started = time.monotonic()
    chunks = b"JUNK\x00\x00\x00\x00" * 300_000
    look(b"RIFF\xff\xff\xff\x7fAVI " + chunks, "a.avi", limits=QUICK)
    assert time.monotonic() - started < QUICK.wall_seconds


@pytest.mark.parametrize("size", [0x7FFFFFFF, 7])
def test_a_box_of_an_impossible_size_is_a_finding(look, size):
    table = box(b"stsz", bytes(8), b"\xff\xff\xff\xff", size=size)
    found = look(FTYP + box(b"moov", box(b"trak", table)), limits=QUICK)
    assert found.codes()
    assert Code.EXAMINER_CRASHED not in found.codes()


def test_tables_that_state_billions_of_samples_are_not_reserved(look, made):
    content = bytearray((made / "clip.mp4").read_bytes())
    for table in (b"stts", b"stsz", b"stco", b"ctts"):
        if (at := content.find(table)) > 0:
            content[at + 8 : at + 12] = b"\x7f\xff\xff\xff"
    found = look(bytes(content), limits=QUICK)
    assert found.codes()
    assert Code.EXAMINER_CRASHED not in found.codes()


@pytest.mark.parametrize("size", [0x10, 0xFFFFFFFF])
def test_sound_that_states_an_absurd_rate_is_no_crash(look, made, size):
    content = bytearray((made / "voice.wav").read_bytes()[:9000])
    content[24:28] = size.to_bytes(4, "little")
    found = look(bytes(content), "a.wav", limits=QUICK)
    assert Code.EXAMINER_CRASHED not in found.codes()


NASTY = "a\x1b[31m\u202eb\u2066\r\nc\x07\x9b" + "長" * 5000


def test_texts_are_cut_and_cleaned(look, remuxed):
    path = remuxed("clip.mp4", "nasty.mkv", texts={"title": NASTY, "comment": NASTY})
    claims = look(path, "nasty.mkv").header.claims
    assert claims["title"].startswith("a [31m b c")
    for text in claims.values():
        assert text.isprintable()
        assert len(text) <= MOST_TEXT


def test_texts_of_a_photo_are_cut_and_cleaned(look, made):
    content = (made / "photo.jpg").read_bytes().replace(b"Liuhen Demo", b"Li\x00\x1b]0;\xff\x07ab")
    make = look(content, "photo.jpg").header.make
    assert make is None or make.isprintable()


def test_a_suffix_longer_than_a_command_line_is_no_trouble(look, made):
    found = look(made / "clip.mp4", "a." + "x" * 300_000)
    assert found.kind == "video"
    assert found.outputs


def test_leaps_of_time_beyond_all_bounds_are_told(look, remuxed):
    found = look(remuxed("clip.ts", "far.mkv", leap=10**11), "far.mkv", limits=QUICK)
    assert Code.TIMESTAMP_JUMP in found.codes()
