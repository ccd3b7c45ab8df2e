"""A stretch copied packet by packet: the same pictures and sound, nothing encoded anew."""

from decimal import Decimal
from fractions import Fraction

import av
import pytest

from liuhen.engines.media.excerpts import cut


def pictures(path) -> list[bytes]:
    with av.open(str(path)) as film:
        return [frame.to_ndarray().tobytes() for frame in film.decode(video=0)]


def packets(path, kind: str) -> list[bytes]:
    with av.open(str(path)) as film:
        stream = film.streams.get(**{kind: 0})
        return [bytes(one) for one in film.demux(stream) if one.dts is not None]


def taken(made, name, tmp_path, since="0.7", until="1.4"):
    return cut(made / name, tmp_path / "part", since=Decimal(since), until=Decimal(until))


@pytest.mark.parametrize(("name", "suffix"), [("clip.mp4", ".mp4"), ("clip.avi", ".mkv")])
def test_every_packet_of_it_is_one_of_the_originals(made, tmp_path, name, suffix):
    part = taken(made, name, tmp_path)
    assert part.path.name == f"part{suffix}"
    for kind in ("video", "audio"):
        whole, own = packets(made / name, kind), packets(part.path, kind)
        at = whole.index(own[0])
        assert own == whole[at : at + len(own)]
        assert 0 < len(own) < len(whole)


def test_its_pictures_are_the_originals_own(made, tmp_path):
    part, whole = taken(made, "clip.avi", tmp_path), pictures(made / "clip.avi")
    own = pictures(part.path)
    at = whole.index(own[0])
    assert own == whole[at : at + len(own)]


def test_it_begins_with_the_key_frame_before_and_says_so(made, tmp_path):
    part = taken(made, "clip.mp4", tmp_path)
    assert part.since <= Fraction(7, 10)
    assert Fraction(14, 10) <= part.until < Fraction(16, 10)


def test_sound_alone_is_cut_too(made, tmp_path):
    part = taken(made, "voice.wav", tmp_path)
    assert part.path.suffix == ".mka"
    assert Fraction(6, 10) <= part.since <= Fraction(7, 10)


def test_nothing_is_cut_of_what_is_no_recording_or_where_nothing_is(made, tmp_path):
    (tmp_path / "x.mp4").write_bytes(b"no film" * 100)
    assert taken(tmp_path, "x.mp4", tmp_path) is None
    assert taken(made, "clip.avi", tmp_path, "90", "99") is None
    assert [one.name for one in tmp_path.iterdir()] == ["x.mp4"]


def test_one_that_is_there_is_replaced_whole(made, tmp_path):
    first = taken(made, "clip.mp4", tmp_path).path.read_bytes()
    assert taken(made, "clip.mp4", tmp_path).path.read_bytes() == first
