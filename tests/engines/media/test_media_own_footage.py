"""Footage this program has drawn: looked at without a child, with the same outcome."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import datetime
from multiprocessing import get_context

import pytest

from liuhen.engines.media import examine, own_footage
from liuhen.kernel.clock import CHINA
from liuhen.ops.year_files import Reel, photo

AT = datetime(2026, 3, 2, 9, 30, 5, tzinfo=CHINA)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Two clips and a picture, as the simulated year writes them."""
    folder = tmp_path_factory.mktemp("drawn")
    reel = Reel(folder)
    names = ("ZF-0001_000101_20260302093005.MP4", "ZF-0002_000102_20260302093005.MP4")
    for name in names:
        reel.clip(folder / name, started_at=AT, variant=0)
    photo(folder / "ZF-0001_20260302093005.JPG", taken_at=AT, device_no="ZF-0001", variant=1)
    return [folder / name for name in (*names, "ZF-0001_20260302093005.JPG")]


@pytest.fixture(scope="module")
def seen(drawn, tmp_path_factory):
    out = tmp_path_factory.mktemp("seen")
    asked = [(path, out, path.name.encode()) for path in drawn]
    # In a process of its own, as it is meant: it uses up standard input.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(own_footage.examine_all, asked).result()


def test_the_outcome_is_that_of_a_held_child(drawn, seen, tmp_path):
    for path, without in zip(drawn, seen, strict=True):
        held = examine.examine(path, tmp_path)
        assert replace(without, sandbox=held.sandbox) == held


def test_it_says_that_nothing_held_it(seen):
    assert {one.sandbox for one in seen} == {own_footage.UNHELD}


def test_a_drawn_clip_says_its_own_time_and_shows_nothing_amiss(seen):
    for one in seen[:2]:
        assert one.codes() == set()
        assert [claim.local for claim in one.header.times] == ["2026-03-02T01:30:05"]


def test_no_two_clips_are_alike(drawn):
    first, second = (path.read_bytes() for path in drawn[:2])
    assert first != second
