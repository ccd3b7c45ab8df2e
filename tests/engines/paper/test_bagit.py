"""BagIt tag files, against the standard's own rules."""

import hashlib

import pytest

from liuhen.engines.paper import bagit
from liuhen.engines.paper.bagit import Payload

EMPTY = hashlib.sha256(b"").hexdigest()


def files(*paths: str, **beside: bytes) -> dict[str, bytes]:
    payload = [Payload(path, 3, EMPTY) for path in paths]
    return bagit.tag_files(payload, [("Source-Organization", "某局\n二行")], beside)


def test_the_declaration_is_word_for_word_the_standards():
    said = files("data/a")["bagit.txt"]
    assert said == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def test_the_info_counts_bytes_and_files_and_has_one_line_each():
    said = files("data/a", "data/b")["bag-info.txt"].decode()
    assert said == "Source-Organization: 某局 二行\nPayload-Oxum: 6.2\n"


def test_a_manifest_encodes_line_ends_and_percent():
    said = files("data/50%\r\n.mp4")["manifest-sha256.txt"].decode()
    assert said == f"{EMPTY}  data/50%25%0D%0A.mp4\n"


def test_the_tag_manifest_covers_every_tag_file_but_itself():
    made = files("data/a", **{"index.html": b"<p>"})
    lines = dict(
        line.split("  ")[::-1] for line in made["tagmanifest-sha256.txt"].decode().splitlines()
    )
    assert lines.keys() == made.keys() - {"tagmanifest-sha256.txt"}
    assert lines["index.html"] == hashlib.sha256(b"<p>").hexdigest()


def test_payload_lies_in_data_and_tags_outside():
    with pytest.raises(ValueError):
        Payload("a.mp4", 3, EMPTY)
    for path in ("data/a", "bagit.txt"):
        with pytest.raises(ValueError):
            files("data/a", **{path: b""})
