"""Tries at a login: how many, for whom, until when, and many at once."""

import subprocess
import sys
from datetime import timedelta

import pytest

import ready_schema
from factories import NOON
from liuhen.people import tries

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def take(login: str, times: int, at=NOON) -> list[bool]:
    return [tries.claim(login, at=at).is_open for _ in range(times)]


def test_five_tries_are_open_and_the_sixth_is_not():
    assert take("li", 6) == [True] * 5 + [False]


def test_the_fifth_knows_that_it_is_the_last():
    assert [tries.claim("li", at=NOON).is_last for _ in range(5)] == [False] * 4 + [True]


@pytest.mark.parametrize("same", ["LI", " li", "ｌｉ", "Li "])
def test_another_spelling_buys_no_try(same):
    take("li", 5)
    assert take(same, 1) == [False]


def test_another_login_has_its_own():
    take("li", 5)
    assert take("wang", 1) == [True]


def test_after_half_an_hour_it_opens_by_itself():
    take("li", 5)
    assert take("li", 1, NOON + 30 * MINUTE - timedelta(seconds=1)) == [False]
    assert take("li", 6, NOON + 30 * MINUTE) == [True] * 5 + [False]


def test_trying_a_locked_login_makes_the_lock_no_longer():
    take("li", 5)
    take("li", 9, NOON + 29 * MINUTE)
    assert not tries.is_locked("li", at=NOON + 30 * MINUTE)


def test_wrong_ones_long_ago_do_not_count():
    take("li", 4)
    assert take("li", 5, NOON + 31 * MINUTE) == [True] * 5


def test_a_right_one_is_given_back_and_the_wrong_ones_stay():
    take("li", 4)
    tries.claim("li", at=NOON)
    tries.give_back("li")
    assert take("li", 2) == [True, False]


def test_clearing_forgets_them():
    take("li", 5)
    assert tries.clear("li")
    assert not tries.clear("li")
    assert take("li", 1) == [True]


def test_rows_that_no_longer_count_are_swept():
    take("li", 5)
    take("wang", 1, NOON + 20 * MINUTE)
    assert tries.sweep(at=NOON + 30 * MINUTE) == 1
    assert tries.is_locked("li", at=NOON + 29 * MINUTE) is False


AT_ONCE = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier, Thread

from liuhen.ops import boot

boot.start(Path(sys.argv[1]))
from django.db import connection
from liuhen.people import tries

ready, opened = Barrier(16), []

def one():
    ready.wait()
    opened.append(tries.claim("li", at=datetime(2026, 1, 5, tzinfo=UTC)))
    connection.close()

threads = [Thread(target=one) for _ in range(16)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(one.is_open for one in opened), sum(one.is_open and one.is_last for one in opened))
"""


def test_sixteen_at_once_are_five(tmp_path, monkeypatch):
    monkeypatch.delenv("LIUHEN_DATABASE_URL", raising=False)
    ready_schema.copy_to(tmp_path / "data" / "liuhen.sqlite3")
    run = [sys.executable, "-c", AT_ONCE, str(tmp_path / "data")]
    said = subprocess.run(run, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["5", "1"]
