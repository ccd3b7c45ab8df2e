"""A paper's keeping killed with SIGKILL at each call by which it makes something durable."""

import shutil

import pytest

from faults.faulty import CALLS, Bureau, needs_strace, with_schema
from faults.scripts import KEEP_PAPER, answer, calls_of, run

pytestmark = [pytest.mark.fault, pytest.mark.slow, needs_strace]


@pytest.fixture(scope="module")
def untouched(tmp_path_factory) -> Bureau:
    folder = tmp_path_factory.mktemp("untouched")
    bureau = with_schema(folder / "data", folder)
    answer(run(KEEP_PAPER, bureau, "set-up"))
    return bureau


@pytest.fixture(scope="module")
def calls(untouched: Bureau, tmp_path_factory) -> dict[str, int]:
    return calls_of(KEEP_PAPER, "keep", untouched, tmp_path_factory.mktemp("counted"))


def test_keeping_makes_the_calls_this_test_kills_at(calls):
    assert calls["fsync"] + calls["fdatasync"] >= 4
    assert calls["link"] + calls["linkat"] >= 1


@pytest.mark.parametrize("name", CALLS.split(","))
def test_killed_at_any_call_no_acknowledged_paper_is_lost(name, calls, untouched, tmp_path):
    for when in range(1, calls[name] + 1):
        folder = tmp_path / str(when)
        shutil.copytree(untouched.data, folder / "data")
        bureau = Bureau(folder / "data", folder)
        kill = ("-e", f"inject={name}:signal=KILL:when={when}")
        killed = run(KEEP_PAPER, bureau, "keep", under=bureau.trace(folder / "log", *kill))
        promised = answer(killed)["kept"] if killed.returncode == 0 else {}
        again = answer(run(KEEP_PAPER, bureau, "keep"))
        assert (again["found"], again["left"], again["after"]) == ([], [], [])
        assert len(again["kept"]) == 1
        assert promised.items() <= again["kept"].items()
        assert again["kept"] == bureau.stored()
