"""Signing in: the password, then the second factor of whoever has one. Each leaves its event.

To an outsider a wrong password, a login nobody has, an account that is off and one that is locked
are one and the same: the same words, the same status, the same hashing.
"""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.people import errors, second_factor, staff, tries
from liuhen.people.models import Officer
from liuhen.people.second_factor import Used
from liuhen.people.spelling import half_width

VISITOR = "visitor"
"""The actor of a failed sign-in: nobody knows who it was."""


def with_password(login: str, password: str, *, at: datetime, address: str | None) -> Officer:
    """Whose they are. Nobody is signed in yet: `enter` or `with_code` come next.

    Refuses: NotAdmitted.
    """
    officer = known(login)
    if not is_password(login, officer, password, at=at, address=address):
        raise errors.NotAdmitted()
    assert officer is not None
    return officer


def known(login: str) -> Officer | None:
    spellings = {login, half_width(login)}
    found = Officer.objects.filter(login__in=spellings)
    # As it was typed comes first: what looks alike is somebody else.
    return min(found, key=lambda officer: (officer.login != login, officer.pk), default=None)


def is_password(
    login: str, officer: Officer | None, password: str, *, at: datetime, address: str | None
) -> bool:
    """One of the login's tries. A right one is given back, a wrong one leaves its event."""
    attempt = tries.claim(login, at=at)
    if officer is None:
        make_password(password)  # takes as long as checking one
        is_right = False
    else:
        is_right = officer.check_password(password)
    if is_right and attempt.is_open and officer and officer.is_active:
        tries.give_back(login)
        return True
    # Made-up names would fill the log; those of real accounts are always kept.
    if attempt.is_open and (officer or not tries.is_crowded(at=at)):
        told = officer.login if officer else login[:50]
        note_failure(Kind.SIGN_IN_FAILED, told, attempt, at=at, address=address)
    return False


@transaction.atomic
def note_failure(
    kind: Kind, login: str, attempt: tries.Try, *, at: datetime, address: str | None
) -> None:
    """A try at a locked login leaves none: the log can't be filled that way."""
    subject, facts = f"officer:{login}", {"address": address}
    acts = [Act(kind, subject, VISITOR, at, facts)]
    if attempt.is_last:
        acts.append(Act(Kind.SIGN_IN_LOCKED, subject, log.SYSTEM, at, facts))
    log.record_all(acts)


def with_code(officer: Officer, code: str, *, at: datetime, address: str | None) -> None:
    """The second step: signs in. Counts towards the same lock. Refuses: WrongCode."""
    attempt = tries.claim(officer.login, at=at)
    with transaction.atomic():
        used = second_factor.use(officer, code, at=at) if attempt.is_open else None
        if used:
            note_use(officer, used, at=at, address=address)
            enter(officer, at=at, address=address, second_factor=str(used))
            return
    if attempt.is_open:
        note_failure(Kind.SECOND_FACTOR_FAILED, officer.login, attempt, at=at, address=address)
    raise errors.WrongCode()


def note_use(officer: Officer, used: Used, *, at: datetime, address: str | None) -> None:
    if used is Used.RECOVERY:
        subject = f"officer:{officer.login}"
        log.record(Kind.RECOVERY_CODE_USED, subject=subject, by=officer, at=at, address=address)


@transaction.atomic
def enter(
    officer: Officer, *, at: datetime, address: str | None, second_factor: str | None = None
) -> None:
    """All steps are done: the event of the sign-in, and the wrong tries before it are forgotten."""
    tries.clear(officer.login)
    facts = {"second_factor": second_factor} if second_factor else {}
    subject = f"officer:{officer.login}"
    log.record(Kind.SIGNED_IN, subject=subject, by=officer, at=at, address=address, **facts)


@transaction.atomic
def leave(officer: Officer, *, at: datetime, address: str | None) -> None:
    subject = f"officer:{officer.login}"
    log.record(Kind.SIGNED_OUT, subject=subject, by=officer, at=at, address=address)


def confirm(officer: Officer, password: str, *, at: datetime, address: str | None) -> None:
    """That it is still the officer who sits at the screen. Refuses: WrongPassword."""
    if not is_password(officer.login, officer, password, at=at, address=address):
        raise errors.WrongPassword()


def confirm_code(officer: Officer, code: str, *, at: datetime, address: str | None) -> None:
    """The same by the second factor; in no transaction, a wrong try must stay counted.

    Refuses: WrongCode.
    """
    attempt = tries.claim(officer.login, at=at)
    with transaction.atomic():
        used = second_factor.use(officer, code, at=at) if attempt.is_open else None
        if used:
            note_use(officer, used, at=at, address=address)
            tries.give_back(officer.login)
            return
    if attempt.is_open:
        note_failure(Kind.SECOND_FACTOR_FAILED, officer.login, attempt, at=at, address=address)
    raise errors.WrongCode()


def change_password(
    officer: Officer, *, old: str, new: str, at: datetime, address: str | None, keep: str | None
) -> None:
    """One's own; `keep` is the session it was done in, the others end.

    Refuses: WrongPassword, SamePassword.
    """
    confirm(officer, old, at=at, address=address)
    if old == new:
        raise errors.SamePassword()
    staff.set_password(officer, new, by=officer, at=at, keep=keep)


def remove_factor(
    officer: Officer, *, password: str, code: str, at: datetime, address: str | None
) -> None:
    """One's own, no longer wanted. Refuses: FactorRequired, WrongPassword, WrongCode, NoFactor."""
    if second_factor.is_required_of(officer):
        raise errors.FactorRequired()
    confirm(officer, password, at=at, address=address)
    confirm_code(officer, code, at=at, address=address)
    second_factor.take_away(officer, by=officer, at=at)


def add_factor(
    officer: Officer,
    *,
    password: str,
    secret: bytes,
    code: str,
    at: datetime,
    address: str | None,
    keep: str,
) -> list[str]:
    """One's first phone; its recovery codes. Refuses: WrongPassword, WrongCode, FactorThere."""
    confirm(officer, password, at=at, address=address)
    return second_factor.add(officer, secret, code, at=at, keep=keep)


def replace_factor(
    officer: Officer,
    *,
    password: str,
    old_code: str,
    secret: bytes,
    code: str,
    at: datetime,
    address: str | None,
    keep: str,
) -> list[str]:
    """A new phone in the place of the old one, never without either; its recovery codes.

    Refuses: WrongPassword, WrongCode.
    """
    confirm(officer, password, at=at, address=address)
    if second_factor.step_of(code, secret, at=at) is None:
        raise errors.WrongCode()  # before a recovery code is used up
    confirm_code(officer, old_code, at=at, address=address)
    with transaction.atomic():
        second_factor.take_away(officer, by=officer, at=at)
        return second_factor.add(officer, secret, code, at=at, keep=keep)


def renew_recovery_codes(
    officer: Officer, *, code: str, at: datetime, address: str | None
) -> list[str]:
    """New ones in place of the old, told once. Refuses: WrongCode."""
    confirm_code(officer, code, at=at, address=address)
    return second_factor.renew(officer, at=at)


@transaction.atomic
def unlock(officer: Officer, *, by: Officer | str, at: datetime) -> None:
    """Before its half hour is over. Refuses: NotOfThisAgency, NotLocked."""
    if isinstance(by, Officer) and by.agency_id != officer.agency_id:
        raise errors.NotOfThisAgency()
    if not (tries.is_locked(officer.login, at=at) and tries.clear(officer.login)):
        raise errors.NotLocked()
    log.record(Kind.SIGN_IN_UNLOCKED, subject=f"officer:{officer.login}", by=by, at=at)
