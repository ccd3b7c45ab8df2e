"""Segments on their way: named so that intake reads their time, and never lost."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.engines.media import spool
from liuhen.engines.media.names import claim_from_name

AT = datetime(2026, 1, 5, 1, 30, 15, 123456, UTC)
LOCAL = datetime(2026, 1, 5, 9, 30, 15)


@pytest.mark.parametrize(
    ("device_no", "claimed"),
    [("CK-01", "CK-01"), ("窗口1号", None), ("A_B", None), ("2026", None), ("0000", None)],
)
def test_a_name_says_when_and_whose_if_the_number_can_stand_in_a_name(device_no, claimed):
    stem = spool.stem_of(device_no, AT)
    claim = claim_from_name(f"{stem}.mp4".encode())
    assert (claim.device_no, claim.recorded_at) == (claimed, LOCAL)


@given(
    st.text(min_size=1, max_size=50),
    st.datetimes(datetime(2024, 1, 1), datetime(2098, 1, 1), timezones=st.just(UTC)),
)
def test_whatever_the_number_the_time_is_read_back(device_no, began_at):
    claim = claim_from_name(f"{spool.stem_of(device_no, began_at)}.mp4".encode())
    local = began_at.astimezone(spool.CHINA).replace(tzinfo=None, microsecond=0)
    assert claim.recorded_at == local
    assert claim.device_no in (device_no, None)
    assert claim.officer_no is None


def test_what_a_crash_left_gets_its_name_and_keeps_its_time(tmp_path):
    part = tmp_path / "CK-01_20260105093015_123.mp4.part"
    part.write_bytes(b"pictures")
    os.utime(part, (AT.timestamp(), AT.timestamp()))
    [whole] = spool.finish(tmp_path)
    assert whole.name == "CK-01_20260105093015_123.mp4"
    assert whole.read_bytes() == b"pictures"
    assert whole.stat().st_mtime == AT.timestamp()
    assert spool.finished(tmp_path) == [whole]


def test_nothing_is_ever_written_over(tmp_path):
    (tmp_path / "a.mp4").write_bytes(b"first")
    for content in (b"second", b"third"):
        (tmp_path / "a.mp4.part").write_bytes(content)
        spool.finish(tmp_path)
    assert {path.read_bytes() for path in tmp_path.iterdir()} == {b"first", b"second", b"third"}


def test_a_part_without_a_byte_goes_and_a_link_is_left_alone(tmp_path):
    (tmp_path / "a.mp4.part").touch()
    (tmp_path / "b.mp4.part").symlink_to("/etc/passwd")
    assert spool.finish(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir()] == ["b.mp4.part"]
    assert spool.finished(tmp_path) == []


def test_the_last_write_is_known(tmp_path):
    assert spool.last_written(tmp_path) is None
    for n in range(3):
        (tmp_path / f"{n}.mp4").write_bytes(b"x")
        at = (AT + timedelta(minutes=n)).timestamp()
        os.utime(tmp_path / f"{n}.mp4", (at, at))
    assert spool.last_written(tmp_path) == (AT + timedelta(minutes=2)).timestamp()
    assert spool.last_written(tmp_path / "none") is None
    assert spool.finished(tmp_path / "none") == []
