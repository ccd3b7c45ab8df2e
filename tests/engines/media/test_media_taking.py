"""Single pictures and plain sound out of a recording, by the child."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from liuhen.engines.media import footage, frames, sounds


@pytest.mark.parametrize("container", ["mp4", "mov", "mkv", "ts", "avi", "3gp"])
def test_the_picture_shown_at_a_moment(made, tmp_path, container):
    """Fifteen pictures a second: at 1.05 s the one of 1.0 s stands."""
    shot = frames.take(made / f"clip.{container}", tmp_path, at=Decimal("1.05"))
    assert shot is not None
    assert abs(shot.seconds - 1) < 0.08  # a transport stream's sound begins a little earlier
    with Image.open(shot.path) as picture:
        assert picture.size == (shot.width, shot.height)


def test_a_place_told_in_binary_is_the_picture_it_means(made, tmp_path):
    shot = frames.take(made / "clip.mp4", tmp_path, at=Decimal("1.0666666"))
    assert shot is not None
    assert round(float(shot.seconds) * footage.RATE) == 16


def test_past_the_end_the_last_picture_stands(made, tmp_path):
    shot = frames.take(made / "clip.mp4", tmp_path, at=Decimal(900))
    assert shot is not None
    assert round(float(shot.seconds) * footage.RATE) == 2 * footage.RATE - 1


def test_within_a_gap_the_picture_before_it_stands(made, tmp_path):
    shot = frames.take(made / "gap.mp4", tmp_path, at=Decimal(3))
    assert shot is not None
    assert 1.8 < shot.seconds < 2.01


def test_counted_through_from_the_start_it_is_the_same(made, tmp_path):
    taken = []
    for jumps in (False, True):
        out = tmp_path / str(jumps)
        out.mkdir()
        taken.append(frames.take(made / "clip.mp4", out, at=Decimal("1.5"), has_jumps=jumps))
    assert taken[0] is not None
    assert taken[1] is not None
    assert taken[0].seconds == taken[1].seconds
    assert taken[0].path.read_bytes() == taken[1].path.read_bytes()


def test_what_is_no_film_has_no_picture(made, tmp_path):
    (tmp_path / "x.mp4").write_bytes(b"#EXTM3U\nfile:///etc/passwd\n")
    for original in (tmp_path / "x.mp4", made / "voice.wav"):
        out = tmp_path / original.stem
        out.mkdir()
        assert frames.take(original, out, at=Decimal(0)) is None


@pytest.mark.parametrize("name", ["clip.mp4", "clip.avi", "voice.wav", "voice.amr"])
def test_sound_as_samples_lies_at_its_time(made, tmp_path, name):
    sound = sounds.take(made / name, tmp_path)
    assert sound is not None
    samples = np.fromfile(sound.path, "<i2")
    assert len(samples) == sound.samples
    assert abs(sound.seconds - 2) < 0.2
    assert np.abs(samples).max() > 1000


def test_where_no_sound_decodes_there_is_none(tmp_path):
    silent: Path = tmp_path / "x.mp4"
    silent.write_bytes(b"x" * 1000)
    assert sounds.take(silent, tmp_path) is None
