"""A disposal killed with SIGKILL at each call by which it makes something durable or gone."""

import shutil

import pytest

from faults.faulty import CALLS, Bureau, needs_strace, with_schema
from faults.scripts import DISPOSE, answer, calls_of, run

pytestmark = [pytest.mark.fault, pytest.mark.slow, needs_strace]
WAY = [
    "recording.sealed",
    "recording.examined",
    "recording.placed",
    "recording.appraised",
    "recording.leaving",
    "recording.disposed",
]


@pytest.fixture(scope="module")
def untouched(tmp_path_factory) -> Bureau:
    folder = tmp_path_factory.mktemp("untouched")
    bureau = with_schema(folder / "data", folder)
    answer(run(DISPOSE, bureau, "set-up"))
    return bureau


@pytest.fixture(scope="module")
def calls(untouched: Bureau, tmp_path_factory) -> dict[str, int]:
    return calls_of(DISPOSE, "execute", untouched, tmp_path_factory.mktemp("counted"))


def test_a_disposal_makes_the_calls_this_test_kills_at(calls):
    assert calls["fsync"] + calls["fdatasync"] >= 6
    assert calls["unlink"] + calls["unlinkat"] >= 4


@pytest.mark.parametrize("name", CALLS.split(","))
def test_killed_at_any_call_it_is_finished_at_the_next_start(name, calls, untouched, tmp_path):
    for when in range(1, calls[name] + 1):
        folder = tmp_path / str(when)
        shutil.copytree(untouched.data, folder / "data")
        bureau = Bureau(folder / "data", folder)
        kill = ("-e", f"inject={name}:signal=KILL:when={when}")
        run(DISPOSE, bureau, "execute", under=bureau.trace(folder / "log", *kill))
        again = answer(run(DISPOSE, bureau, "execute"))
        assert set(again["found"]) <= {"vault.stray"}  # about to go, said so, and still there
        assert (again["state"], again["kept"], again["after"]) == ("done", [False, False], [])
        assert again["events"] == [WAY, WAY]
