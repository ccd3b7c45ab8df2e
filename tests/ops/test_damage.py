"""What is broken on the disk is said in words, with status 1 and one JSON object."""

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from faults.faulty import Bureau, make_card, with_schema

Answer = tuple[int, str | None, str]


@pytest.fixture(scope="module")
def whole(tmp_path_factory) -> Bureau:
    folder = tmp_path_factory.mktemp("whole")
    made = with_schema(folder / "data", make_card(folder / "card"))
    assert made.answer("intake", str(made.card))["ok"]
    return made


@pytest.fixture
def broken(whole, tmp_path) -> Bureau:
    shutil.copytree(whole.data, tmp_path / "data")
    return Bureau(tmp_path / "data", whole.card)


@pytest.fixture
def say(broken) -> Callable[..., Answer]:
    """Status, refusal and standard error of a command."""

    def run(*arguments: str) -> Answer:
        done = broken.run(*arguments, "--json")
        return done.returncode, json.loads(done.stdout)["refused"], done.stderr

    return run


def keys(broken: Bureau) -> Path:
    return broken.data / "keys"


def test_a_log_that_lost_its_key_is_not_begun_again(broken, say):
    (keys(broken) / "log.key").unlink()
    assert say("intake", str(broken.card)) == (1, "custody.key_missing", "")
    assert not (keys(broken) / "log.key").exists()


@pytest.mark.parametrize("damage", [b"", b"garbage", b"\xff\xfe"])
def test_a_damaged_key_is_named(broken, say, damage):
    (keys(broken) / "log.key").chmod(0o600)
    (keys(broken) / "log.key").write_bytes(damage)
    assert say("audit") == (1, "custody.key_unreadable", "")


def test_a_damaged_database_is_named(broken, say):
    for name in ("liuhen.sqlite3-wal", "liuhen.sqlite3-shm"):
        (broken.data / name).unlink(missing_ok=True)
    (broken.data / "liuhen.sqlite3").write_bytes(os.urandom(8192))
    assert say("audit") == (1, "database_damaged", "")


@pytest.mark.parametrize("setting", ["LIUHEN_DATABASE_URL=mysql://x", "LIUHEN_PROCESSES=many"])
def test_a_setting_nobody_can_read_is_named(broken, setting):
    done = broken.run("doctor", "--json", under=("env", setting))
    assert (done.returncode, json.loads(done.stdout)["refused"]) == (1, "settings")


def test_arguments_in_no_encoding_are_no_fault(broken, say):
    device = os.fsdecode(b"\xff\xfe")
    assert json.loads(broken.run("intake", str(broken.card), "--device", device, "--json").stdout)
    assert say("verify", device) == (1, "recordings.no_such_recording", "")


@pytest.mark.slow
def test_three_first_starts_at_once_all_come_up(whole, tmp_path):
    fresh = Bureau(tmp_path / "data", whole.card)
    with ThreadPoolExecutor() as people:
        status = [done.returncode for done in people.map(lambda _: fresh.intake(), range(3))]
    assert status == [0, 0, 0]
    assert fresh.answer("audit")["ok"]
