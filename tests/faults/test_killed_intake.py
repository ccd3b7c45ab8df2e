"""An intake killed with SIGKILL at each call by which it makes something durable."""

import shutil
from pathlib import Path

import pytest

from faults.faulty import (
    CALLS,
    STRACE,
    Bureau,
    acknowledged,
    assert_whole_again,
    counted_in,
    make_card,
    needs_strace,
    set_up,
)

FILES = 3
SHARES = 4
"""The calls to kill at are dealt out over this many tests, so that processes share them."""

pytestmark = [pytest.mark.fault, pytest.mark.slow, needs_strace]


@pytest.fixture(scope="module")
def untouched(tmp_path_factory) -> Bureau:
    folder = tmp_path_factory.mktemp("untouched")
    return set_up(folder / "data", make_card(folder / "card"))


@pytest.fixture
def bureau(untouched: Bureau, tmp_path: Path) -> Bureau:
    shutil.copytree(untouched.data, tmp_path / "data")
    return Bureau(tmp_path / "data", untouched.card)


@pytest.fixture(scope="module")
def calls(untouched: Bureau, tmp_path_factory) -> dict[str, int]:
    """How often an undisturbed intake makes each call, in the process that commits."""
    folder = tmp_path_factory.mktemp("counted")
    shutil.copytree(untouched.data, folder / "data")
    counted = Bureau(folder / "data", untouched.card)
    assert counted.intake(*counted.trace(folder / "log")).returncode == 0
    return counted_in(folder / "log")


def test_the_intake_makes_the_calls_this_test_kills_at(calls):
    assert calls["fdatasync"] + calls["fsync"] >= 6
    assert calls["link"] + calls["linkat"] >= FILES


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.parametrize("name", CALLS.split(","))
def test_killed_at_any_call_nothing_acknowledged_is_lost(name, share, calls, untouched, tmp_path):
    for when in range(1 + share, calls[name] + 1, SHARES):
        folder = tmp_path / str(when)
        shutil.copytree(untouched.data, folder / "data")
        bureau = Bureau(folder / "data", untouched.card)
        kill = f"inject={name}:signal=KILL:when={when}"
        killed = bureau.intake(*bureau.trace(folder / "log", "-e", kill))
        # Progress is written by the second, so the last calls of a slow run may not come in a
        # quick one; then nothing was killed and everything must be acknowledged.
        assert killed.returncode != 0 or len(acknowledged(killed)) == FILES
        assert_whole_again(bureau, acknowledged(killed))


@pytest.mark.parametrize("name", ["fsync", "ftruncate", "fallocate", "fchmod"])
def test_a_copying_process_killed_costs_one_file_at_most(name, bureau, tmp_path):
    kill = f"inject={name}:signal=KILL:when=1"
    calls = f"trace={name}"
    done = bureau.intake(str(STRACE), "-f", "-o", str(tmp_path / "log"), "-e", calls, "-e", kill)
    assert_whole_again(bureau, acknowledged(done))


@pytest.mark.parametrize("name", ["fsync", "linkat"])
def test_an_io_error_of_the_store_is_reported_and_loses_nothing(name, bureau, tmp_path):
    fail = f"inject={name}:error=EIO:when=2+"
    failed = bureau.intake(*bureau.trace(tmp_path / "log", "-f", "-e", fail))
    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr
    assert_whole_again(bureau, acknowledged(failed))
