"""Password and code: what opens, what leaves which event, what an outsider can tell apart."""

from datetime import timedelta

import pytest
from django.contrib.auth import hashers

import factories
from factories import NOON
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people import errors, sign_in, tries
from liuhen.people.models import SignInTries
from people.told import LogDown, kinds

GOOD = "Rain-on-Slate-7"
DESK = "10.0.0.7"


@pytest.fixture
def li(bureau):
    return factories.officer("li", password=GOOD)


def give(login: str, password: str = "wrong", at=NOON):
    return sign_in.with_password(login, password, at=at, address=DESK)


def refused(login: str, password: str = "wrong", at=NOON) -> str:
    with pytest.raises(errors.NotAdmitted) as no:
        give(login, password, at)
    return no.value.text


def lock(login: str) -> None:
    for _try in range(tries.MOST):
        refused(login)


def test_the_password_alone_signs_nobody_in(li):
    assert give("li", GOOD) == li
    assert kinds("officer:li") == []


def test_entering_is_told_and_forgets_the_wrong_ones(li):
    refused("li")
    sign_in.enter(li, at=NOON, address=DESK)
    assert kinds("officer:li") == [Kind.SIGN_IN_FAILED, Kind.SIGNED_IN]
    assert SignInTries.objects.get().failures == 0


def test_five_wrong_ones_leave_five_events_and_one_lock(li):
    lock("li")
    for _try in range(7):
        refused("li")
    assert kinds("officer:li") == [Kind.SIGN_IN_FAILED] * 5 + [Kind.SIGN_IN_LOCKED]


def test_a_login_nobody_has_is_locked_the_same_way(li):
    lock("nobody")
    refused("nobody")
    assert kinds("officer:nobody") == [Kind.SIGN_IN_FAILED] * 5 + [Kind.SIGN_IN_LOCKED]


def test_the_right_password_does_not_open_a_locked_login(li):
    lock("li")
    refused("li", GOOD)
    assert give("li", GOOD, at=NOON + tries.LOCKED_FOR) == li


def test_all_ways_to_fail_are_said_alike(li):
    factories.officer("off", password=GOOD, is_active=False)
    factories.officer("none")  # has no password at all
    lock("wang")
    lock("li")
    said = [refused("li", GOOD), refused("wang"), refused("off", GOOD), refused("none")]
    assert len(set(said)) == 1


def test_all_ways_to_fail_hash_once(li, monkeypatch):
    factories.officer("off", password=GOOD, is_active=False)
    lock("locked")
    worked = []
    argon = hashers.Argon2PasswordHasher
    for name in ("encode", "verify"):
        real = getattr(argon, name)
        monkeypatch.setattr(argon, name, lambda *a, real=real: worked.append(1) or real(*a))
    counted = []
    for login in ("li", "nobody", "off", "locked"):
        worked.clear()
        refused(login)
        counted.append(len(worked))
    assert counted == [1, 1, 1, 1]


def test_an_account_that_is_off_is_not_let_in(bureau):
    factories.officer("off", password=GOOD, is_active=False)
    refused("off", GOOD)
    assert kinds("officer:off") == [Kind.SIGN_IN_FAILED]


def test_full_width_letters_are_the_same_login(li):
    assert give("ｌｉ", GOOD) == li


def test_what_nobody_sees_buys_no_tries(li):
    for unseen in ("", "\u200b", "\u200d", "\ufeff", "\u202e"):
        refused(f"l{unseen}i")
    assert tries.is_locked("li", at=NOON)


def test_made_up_logins_do_not_fill_the_log(li, monkeypatch):
    monkeypatch.setattr(tries, "CROWD", 3)
    for n in range(9):
        refused(f"made-up-{n}")
    refused("li")
    assert CustodyEvent.objects.filter(subject__startswith="officer:made-up").count() == 3
    assert kinds("officer:li") == [Kind.SIGN_IN_FAILED]


def test_the_security_administrator_unlocks(li):
    lock("li")
    sign_in.unlock(li, by=factories.officer("an"), at=NOON)
    assert kinds("officer:li")[-1] == Kind.SIGN_IN_UNLOCKED
    assert give("li", GOOD) == li


def test_what_is_not_locked_is_not_unlocked(li):
    refused("li")
    for at in (NOON, NOON + timedelta(hours=1)):
        with pytest.raises(errors.NotLocked):
            sign_in.unlock(li, by=factories.officer("an"), at=at)
    assert kinds("officer:li") == [Kind.SIGN_IN_FAILED]


def test_no_event_no_unlocking(li, log_down):
    lock("li")
    log_down()
    with pytest.raises(LogDown):
        sign_in.unlock(li, by=factories.officer("an"), at=NOON)
    assert tries.is_locked("li", at=NOON)


def test_no_event_no_entering(li, log_down):
    refused("li")
    log_down()
    with pytest.raises(LogDown):
        sign_in.enter(li, at=NOON, address=DESK)
    assert SignInTries.objects.get().failures == 1


def test_a_wrong_one_counts_even_if_it_cannot_be_told(li, log_down):
    log_down()
    for _try in range(tries.MOST):
        with pytest.raises(LogDown):
            give("li")
    refused("li", GOOD)


def change(officer, old: str, new: str, at=NOON):
    sign_in.change_password(officer, old=old, new=new, at=at, address=DESK, keep=None)


def test_guessing_ones_own_password_at_an_open_screen_locks_too(li):
    for _try in range(tries.MOST):
        with pytest.raises(errors.WrongPassword):
            change(li, "wrong", "Snow-on-Cedar-8")
    with pytest.raises(errors.WrongPassword):
        change(li, GOOD, "Snow-on-Cedar-8")
    assert li.check_password(GOOD)


def test_the_old_password_is_no_new_one(li):
    with pytest.raises(errors.SamePassword):
        change(li, GOOD, GOOD)
    assert kinds("officer:li") == []


def test_a_changed_password_is_dated_and_owed_no_more(li):
    li.must_change_password = True
    li.save()
    change(li, GOOD, "Snow-on-Cedar-8")
    li.refresh_from_db()
    assert (li.password_set_at, li.must_change_password) == (NOON, False)
