"""The index of an MP4, read without a demuxer: the same times, holes and losses as FFmpeg sees."""

import random

import av
import numpy as np
import pytest
from box_maker import Made, box, full, made_movie, numbers, table

from liuhen.engines.media import sandbox, structure
from liuhen.engines.media.facts import Code
from liuhen.engines.media.inside import index_timeline, movie, timeline
from liuhen.engines.media.inside.samples import laid_out

HOUR = 3600


@pytest.fixture
def read(tmp_path):
    """The index and the timeline its tables give."""

    def look(content: bytes):
        path = tmp_path / "index.mp4"
        path.write_bytes(content)
        with sandbox.opened(path) as file:
            shape = structure.structure_of("mp4", file, len(content))
            index = movie.read(file, shape.movie)
        return index, index and index_timeline.measured(index, len(content))

    return look


def findings(walked):
    return [(one.code, one.start_seconds, one.end_seconds) for one in walked.all_findings()]


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mov", "clip.3gp", "gap.mp4", "voice.m4a"])
def test_the_tables_say_what_ffmpeg_says(made, read, name):
    content = (made / name).read_bytes()
    _, walked = read(content)
    with av.open(str(made / name), options={"ignore_editlist": "1"}) as container:
        peer = timeline.measured(container, len(content), by_index=True, seconds=60)
    assert walked.content().duration == peer.content().duration
    assert walked.content().packets == peer.content().packets
    assert walked.all_findings() == peer.all_findings()


def test_each_sample_lies_where_ffmpeg_finds_it(made, read):
    index, _ = read((made / "clip.mp4").read_bytes())
    with av.open(str(made / "clip.mp4"), options={"ignore_editlist": "1"}) as container:
        for track, stream in zip(index.tracks, container.streams, strict=True):
            samples, peer = laid_out(track), list(stream.index_entries)
            assert list(zip(samples.at, samples.sizes, samples.keys, strict=True)) == [
                (entry.pos, entry.size, entry.is_keyframe) for entry in peer
            ]
            assert np.all(np.diff(samples.times) == np.diff([one.timestamp for one in peer]))


def test_a_hole_in_the_steps_is_a_gap(read):
    _, walked = read(made_movie(Made(steps=[(9, 1), (1, 50), (20, 1)])))
    assert findings(walked) == [(Code.TIMESTAMP_GAP, 1.0, 5.9)]


def test_a_leap_of_an_hour_is_a_jump(read):
    _, walked = read(made_movie(Made(steps=[(9, 1), (1, 10 * HOUR + 1), (20, 1)])))
    assert findings(walked) == [(Code.TIMESTAMP_JUMP, 0.9, 3601.0)]


def test_a_step_back_is_a_jump(read):
    _, walked = read(made_movie(Made(steps=[(9, 1), (1, -8), (20, 1)])))
    ((code, _, end),) = findings(walked)
    assert (code, end) == (Code.TIMESTAMP_JUMP, None)


def test_time_lapse_is_not_all_holes(read):
    _, walked = read(made_movie(Made(steps=[(30, 100)])))
    assert findings(walked) == []


@pytest.mark.parametrize("shift", [600, -600])
def test_pictures_shown_far_from_where_they_are_coded_are_a_jump(read, shift):
    _, walked = read(made_movie(Made(scale=100, steps=[(30, 10)], offsets=[(15, 0), (15, shift)])))
    assert {code for code, _, _ in findings(walked)} & {Code.TIMESTAMP_JUMP, Code.TIMESTAMP_GAP}


def test_pictures_held_for_reordering_are_no_jump(read):
    offsets = [(1, 2), (1, 5), (1, 0), (1, 1)] * 7 + [(2, 2)]
    _, walked = read(made_movie(Made(offsets=offsets)))
    assert findings(walked) == []


def test_samples_beyond_the_end_are_lost(read):
    content = made_movie(Made())
    place = content.index(b"stco") + 12
    _, walked = read(content[:place] + numbers(len(content) - 200) + content[place + 4 :])
    (lost,) = walked.all_findings()
    assert (lost.code, lost.start_seconds) == (Code.TRUNCATED, 2.0)
    assert lost.evidence == {"track": "video", "lost_packets": 10, "kept_packets": 20}


def test_counts_of_billions_reserve_nothing(read):
    runs = table(b"stts", (0xFFFFFFFF, 1), stated=0xFFFFFFFF)
    content = made_movie(Made())
    old = table(b"stts", (30, 1))
    _, walked = read(content.replace(old, runs))
    assert walked.content().packets == 30


def test_constant_sizes_of_billions_are_not_laid_out(read):
    many = full(b"stsz", numbers(2, 0xFFFFFFFF))
    old = full(b"stsz", numbers(0, 30, *[10] * 30))
    index, _ = read(made_movie(Made(steps=[(0xFFFFFFFF, 1)])).replace(old, many + bytes(120)))
    assert laid_out(index.tracks[0]) is None


def test_a_track_longer_than_time_is_not_used(read):
    _, walked = read(made_movie(Made(steps=[(0xFFFFFFF, 0x7FFFFFFF)] * 9)))
    assert walked is None


@pytest.mark.parametrize("cut", [9, 40, 120, 300, 500])
def test_a_cut_index_is_read_as_far_as_it_goes_or_not_at_all(cut):
    content = made_movie(Made())
    body = content[content.index(b"moov") + 4 :]
    found = movie.parsed(body[:cut])
    assert found is None or found.scale == 1000


def test_boxes_within_boxes_are_not_followed_without_end():
    nested = b""
    for _ in range(3000):
        nested = box(b"trak", nested)
    assert movie.parsed(full(b"mvhd", numbers(0, 0, 1, 1), bytes(80)) + nested).tracks


def test_random_damage_to_an_index_never_raises(made, read):
    whole, chance = (made / "clip.mp4").read_bytes(), random.Random(5)
    start = whole.index(b"moov")
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 12)):
            damaged[chance.randrange(start, len(whole))] = chance.randrange(256)
        index, _ = read(bytes(damaged))
        for track in index.tracks if index else ():
            laid_out(track)
