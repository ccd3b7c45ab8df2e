"""The second factor: six digits from an app on the officer's phone (RFC 6238), no network needed.

A code is taken once: `last_step` only ever grows, by compare-and-set.
"""

import base64
import hmac
import secrets
import unicodedata
from datetime import datetime
from enum import StrEnum
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django_otp.oath import hotp

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people import errors, given, sealing, sessions
from liuhen.people.models import Officer, RecoveryCode, SecondFactor
from liuhen.people.roles import ADMINISTRATORS

STEP_SECONDS = 30
DIGITS = 6
TOLERANCE_STEPS = 1
"""A phone may be half a minute off (RFC 6238 section 5.2 recommends one step)."""

SECRET_BYTES = 20
RECOVERY_CODES = 10
RECOVERY_BYTES = 5  # eight letters of base32: with five tries in 30 minutes nobody guesses one


class Used(StrEnum):
    CODE = "code"
    RECOVERY = "recovery"


def is_required_of(officer: Officer) -> bool:
    """Of the three administrators; a demonstration shows its passwords to everybody anyway."""
    return bool(officer.role_names & set(ADMINISTRATORS)) and not settings.LIUHEN_DEMO


def has_one(officer: Officer) -> bool:
    return SecondFactor.objects.filter(officer=officer).exists()


def new_secret() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def as_text(secret: bytes) -> str:
    """As people type it into an app: base32."""
    return base64.b32encode(secret).decode()


def as_uri(secret: bytes, *, login: str) -> str:
    """What the QR code says: https://github.com/google/google-authenticator/wiki/Key-Uri-Format"""
    issuer, label = quote("留痕"), quote(f"留痕:{login}", safe="")
    return f"otpauth://totp/{label}?secret={as_text(secret)}&issuer={issuer}"


def owner(officer: Officer) -> str:
    return f"officer:{officer.pk}"


def plain(code: str) -> str:
    """As it is compared: full-width digits, spaces and hyphens are people's ways of writing."""
    text = unicodedata.normalize("NFKC", code).upper()
    return "".join(c for c in text if c.isalnum() and c.isascii())


def step_of(code: str, secret: bytes, *, at: datetime) -> int | None:
    """Which 30 s step this is the code of, near `at`; the newest one that fits."""
    now = int(at.timestamp()) // STEP_SECONDS
    fits = None
    for step in range(now - TOLERANCE_STEPS, now + TOLERANCE_STEPS + 1):
        right = f"{hotp(secret, step, DIGITS):0{DIGITS}d}"
        if hmac.compare_digest(right, plain(code)):
            fits = step
    return fits


def use(officer: Officer, code: str, *, at: datetime) -> Used | None:
    """Take a code or a recovery code, each once; None if it is neither.

    In the caller's transaction, with its event. Refuses: SecretUnreadable.
    """
    factor = SecondFactor.objects.filter(officer=officer).first()
    if factor is None:
        return None
    secret = sealing.unseal(factor.sealed_secret, of=owner(officer))
    step = step_of(code, secret, at=at)
    if step is not None:
        # Compare-and-set: of two requests with one code, one is let in.
        newer = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
        return Used.CODE if newer.update(last_step=step) else None
    digest = sealing.digest(plain(code), of=owner(officer))
    unused = RecoveryCode.objects.filter(factor=factor, digest=digest, used_at=None)
    return Used.RECOVERY if unused.update(used_at=at) else None


@transaction.atomic
def add(officer: Officer, secret: bytes, code: str, *, at: datetime, keep: str) -> list[str]:
    """Share `secret` with the officer's phone from now on; the recovery codes, told once.

    `keep` is the session it was done in; the others were begun without a second factor and end.
    Refuses: WrongCode, FactorThere.
    """
    step = step_of(code, secret, at=at)
    if step is None:
        raise errors.WrongCode()
    factor, is_new = SecondFactor.objects.get_or_create(
        officer=officer,
        defaults={
            "sealed_secret": sealing.seal(secret, of=owner(officer)),
            "added_at": at,
            "last_step": step,
        },
    )
    if not is_new:
        raise errors.FactorThere()
    log.record(Kind.SECOND_FACTOR_ADDED, subject=f"officer:{officer.login}", by=officer, at=at)
    sessions.end(officer, by=officer, at=at, why=sessions.Ending.FACTOR, but=keep)
    return new_recovery_codes(factor)


def new_recovery_codes(factor: SecondFactor) -> list[str]:
    """In place of those there were; in the caller's transaction."""
    told = [spaced(secrets.token_bytes(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES)]
    factor.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(
            factor=factor, digest=sealing.digest(plain(code), of=f"officer:{factor.officer_id}")
        )
        for code in told
    )
    return told


@transaction.atomic
def renew(officer: Officer, *, at: datetime) -> list[str]:
    """New recovery codes in place of the old ones, told once. Refuses: NoFactor."""
    factor = SecondFactor.objects.filter(officer=officer).first()
    if factor is None:
        raise errors.NoFactor()
    subject = f"officer:{officer.login}"
    log.record(Kind.RECOVERY_CODES_RENEWED, subject=subject, by=officer, at=at)
    return new_recovery_codes(factor)


def spaced(raw: bytes) -> str:
    text = base64.b32encode(raw).decode()
    return f"{text[:4]}-{text[4:]}"


def unused_recovery_codes(officer: Officer) -> int:
    return RecoveryCode.objects.filter(factor__officer=officer, used_at=None).count()


@transaction.atomic
def take_away(officer: Officer, *, by: Officer | str, at: datetime) -> None:
    """It is lost, or no longer wanted. Whoever must have one adds a new one at the next sign-in.

    Refuses: NoFactor.
    """
    RecoveryCode.objects.filter(factor__officer=officer).delete()
    gone, _rows = SecondFactor.objects.filter(officer=officer).delete()
    if not gone:
        raise errors.NoFactor()
    log.record(Kind.SECOND_FACTOR_REMOVED, subject=f"officer:{officer.login}", by=by, at=at)


@transaction.atomic
def reset(officer: Officer, *, by: Officer | str, at: datetime) -> None:
    """Another person's, whose phone is lost; their sessions end.

    Refuses: OwnFactor, NotOfThisAgency, NoFactor.
    """
    if officer == by:
        raise errors.OwnFactor()
    if isinstance(by, Officer) and by.agency_id != officer.agency_id:
        raise errors.NotOfThisAgency()
    take_away(officer, by=by, at=at)
    if isinstance(by, Officer):
        given.note(officer, at=at)
    sessions.end(officer, by=by, at=at, why=sessions.Ending.FACTOR)
