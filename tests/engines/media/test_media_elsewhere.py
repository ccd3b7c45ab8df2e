"""Files that name other files, under the name of a recording: refused, and nothing else is read.

The canary lies beside each, readable by the same user, a sound recording that says its name.
"""

import json
import os
import sys
from dataclasses import replace

import pytest
from box_maker import FTYP, Made, box, full, made_movie, numbers

from liuhen.engines.media import sandbox
from liuhen.engines.media.examine import examine
from liuhen.engines.media.facts import Code
from liuhen.engines.media.limits import Limits

QUICK = replace(Limits(), cpu_seconds=20, wall_seconds=60)
MARK = "CANARY-7f3a"


@pytest.fixture
def canary(remuxed):
    path = remuxed("clip.ts", "canary.mkv", texts={"title": MARK})
    assert MARK.encode() in path.read_bytes()
    return path


def hls(target):
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{target}\n#EXT-X-ENDLIST\n".encode()


def key(target):
    line = f'#EXT-X-KEY:METHOD=AES-128,URI="{target}"\n#EXT-X-MAP:URI="{target}"\n'
    return hls(target).replace(b"#EXTINF", line.encode() + b"#EXTINF")


def master(target):
    return f"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9\n{target}\n".encode()


def concat(target):
    return f"ffconcat version 1.0\nfile '{target}'\n".encode()


def dash(target):
    return (
        "<?xml version='1.0'?><MPD type='static' mediaPresentationDuration='PT2S'><Period>"
        "<AdaptationSet mimeType='video/mp4'><Representation id='1' bandwidth='9'>"
        f"<BaseURL>{target}</BaseURL></Representation></AdaptationSet></Period></MPD>"
    ).encode()


def smil(target):
    return f"<smil><body><video src='{target}'/></body></smil>".encode()


def asx(target):
    return f"[Reference]\nRef1={target}\n".encode()


LISTS = (hls, key, master, concat, dash, smil, asx)
WAYS = ("{path}", "{name}", "./{name}", "../{folder}/{name}", "file:{path}", "file://{path}",
        "subfile,,start,0,end,0,,:{path}", "concat:{path}|{path}", "crypto:{path}",
        "cache:{path}", "async:{path}", "data:video/mp4,{path}")  # fmt: skip


def ways_to(path):
    spoken = {"path": path, "name": path.name, "folder": path.parent.name}
    return [way.format(**spoken) for way in WAYS]


def is_refused(found):
    assert found.codes() <= {Code.UNREADABLE, Code.EXTERNAL_DATA, Code.EXTENSION_MISMATCH}
    assert found.codes() & {Code.UNREADABLE, Code.EXTERNAL_DATA}
    assert (found.streams, found.outputs, found.content) == ((), (), None)
    assert MARK not in json.dumps(found.to_json())


@pytest.mark.parametrize("make", LISTS)
def test_a_list_is_refused_however_it_names_the_other(look, canary, make):
    is_refused(look(b"".join(make(way) for way in ways_to(canary)), "list.mp4", limits=QUICK))


@pytest.mark.parametrize("way", WAYS)
def test_each_way_to_name_the_other_is_refused(look, canary, way):
    target = ways_to(canary)[WAYS.index(way)]
    is_refused(look(hls(target), "list.mp4", limits=QUICK))


@pytest.fixture
def bare(monkeypatch, without_bubblewrap, canary):
    """Only the lists of formats and protocols hold: no sandbox, in the canary's own folder."""
    code = (
        "import os, sys\n"
        "from liuhen.engines.media import child, landlock\n"
        "landlock.lock_in = lambda readable, writable: False\n"
        f"os.chdir({str(canary.parent)!r})\n"
        f"assert {MARK.encode()!r} in open({str(canary)!r}, 'rb').read()\n"
        "sys.exit(child.main())\n"
    )
    monkeypatch.setattr(sandbox, "_python", lambda: [sys.executable, "-I", "-B", "-c", code])


@pytest.mark.parametrize("make", [hls, key, concat])
def test_without_any_sandbox_it_is_refused_all_the_same(look, canary, bare, make):
    for way in ways_to(canary)[:7]:
        found = look(make(way), "list.mp4", limits=QUICK)
        assert found.sandbox == "rlimits"
        is_refused(found)


def by_address(path):
    return full(b"url ", f"file://{path}".encode() + b"\0")


def by_alias(path):
    return full(b"alis", bytes(6) + os.fsencode(path))


def by_name(path):
    return full(b"urn ", b"file\0" + os.fsencode(path) + b"\0")


@pytest.mark.parametrize("reference", [by_address, by_alias, by_name])
def test_samples_said_to_lie_in_another_file_are_not_looked_for(look, canary, bare, reference):
    found = look(made_movie(Made(reference=reference(canary))), "list.mp4", limits=QUICK)
    is_refused(found)
    assert Code.EXTERNAL_DATA in found.codes()


def test_a_reference_movie_is_refused(look, canary, bare):
    alias = full(b"rdrf", b"url ", numbers(60), f"file://{canary}".encode())
    movie = box(b"moov", full(b"mvhd", numbers(0, 0, 600, 600), bytes(80)),
                box(b"rmra", box(b"rmda", alias)))  # fmt: skip
    is_refused(look(FTYP + movie, "list.mov", limits=QUICK))


def test_a_reference_to_itself_without_its_flag_is_no_other_file(look, canary):
    found = look(made_movie(Made(reference=full(b"url "))), limits=QUICK)
    assert Code.EXTERNAL_DATA not in found.codes()


def test_a_list_behind_a_true_start_is_no_list(look, canary):
    found = look(FTYP + hls(canary), "a.mp4", limits=QUICK)
    assert Code.UNREADABLE in found.codes()
    assert MARK not in json.dumps(found.to_json())


def test_a_link_to_another_is_not_opened(canary, tmp_path):
    link = tmp_path / "film.mp4"
    link.symlink_to(canary)
    with pytest.raises(OSError):
        examine(link, tmp_path)
