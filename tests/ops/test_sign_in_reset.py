"""The way back in when no security administrator can help: from the server itself."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django_otp.oath import TOTP

import factories
from liuhen.custody import store
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.clock import now
from liuhen.ops import boot
from liuhen.ops.sign_in_reset import command
from liuhen.people import second_factor, tries

SECRET = b"12345678901234567890"


@pytest.fixture
def an(data, db, monkeypatch):
    store._remembered = None
    monkeypatch.setattr(boot, "start", lambda folder: data)
    return factories.officer("an")


def run(*said: str) -> tuple[int, dict]:
    done = CliRunner().invoke(command, [*said, "--json"])
    return done.exit_code, json.loads(done.output)


def told(login: str) -> list[tuple[str, str]]:
    rows = CustodyEvent.objects.filter(subject=f"officer:{login}").order_by("index")
    return list(rows.values_list("kind", "actor"))


def test_a_lock_is_lifted_and_told(an):
    for _try in range(5):
        tries.claim("an", at=now())
    assert run("an") == (0, {"ok": True, "login": "an"})
    assert not tries.is_locked("an", at=now())
    assert told("an") == [(Kind.SIGN_IN_UNLOCKED, "command")]


def test_a_lost_second_factor_is_dropped_and_told(an):
    then = now() - timedelta(hours=1)
    app = TOTP(SECRET)
    app.time = then.timestamp()
    second_factor.add(an, SECRET, f"{app.token():06d}", at=then, keep="")
    assert run("an", "--second-factor")[0] == 0
    assert not second_factor.has_one(an)
    assert told("an")[-1] == (Kind.SECOND_FACTOR_REMOVED, "command")


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (["nobody"], "people.no_such_login"),
        (["an"], "people.not_locked"),
        (["an", "--second-factor"], "people.no_factor"),
    ],
)
def test_what_there_is_nothing_to_do_about_is_refused(an, said, code):
    status, answer = run(*said)
    assert (status, answer["refused"]) == (1, code)
    assert told("an") == []
