"""Matroska's own checksums."""

import os
import zlib
from pathlib import Path

import pytest

from liuhen.engines.media.ebml import broken_checksums

HEADER, INFO, CLUSTER = b"\x1a\x45\xdf\xa3", b"\x15\x49\xa9\x66", b"\x1f\x43\xb6\x75"


def part(identifier: bytes, content: bytes, *, wrong: bool = False) -> bytes:
    crc = zlib.crc32(content) ^ wrong
    body = b"\xbf\x84" + crc.to_bytes(4, "little") + content
    return identifier + bytes([0x80 | len(body)]) + body


def film(*parts: bytes) -> bytes:
    body = b"".join(parts)
    return part(HEADER, b"webm") + b"\x18\x53\x80\x67\x01" + len(body).to_bytes(7, "big") + body


def broken(tmp_path: Path, content: bytes) -> list[str]:
    path = tmp_path / "film.mkv"
    path.write_bytes(content)
    file = os.open(path, os.O_RDONLY)
    try:
        return list(broken_checksums(file, len(content)))
    finally:
        os.close(file)


def test_right_checksums_are_no_finding(tmp_path):
    assert broken(tmp_path, film(part(INFO, b"info"), CLUSTER + b"\x81x")) == []


def test_a_part_with_a_wrong_checksum_is_named(tmp_path):
    assert broken(tmp_path, film(part(INFO, b"info", wrong=True))) == ["1549A966"]


def test_parts_without_a_checksum_are_passed_over(tmp_path):
    assert broken(tmp_path, film(INFO + b"\x84info")) == []


def test_pictures_are_not_hashed(tmp_path):
    assert broken(tmp_path, film(part(CLUSTER, b"picture", wrong=True))) == []


@pytest.mark.parametrize("kept", range(0, 40, 3))
def test_a_file_cut_anywhere_ends_the_look_quietly(tmp_path, kept):
    assert broken(tmp_path, film(part(INFO, b"info"))[:kept]) == []


def test_garbage_ends_the_look_quietly(tmp_path):
    assert broken(tmp_path, b"\x1a\x45\xdf\xa3" + os.urandom(500)) in ([], ["1A45DFA3"])
