"""What an officer who is signed in still has to do before any other page opens."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings

from liuhen.people import second_factor
from liuhen.people.models import Officer


class Owed(StrEnum):
    PASSWORD = "password"  # noqa: S105 -- a step, not a password
    SECOND_FACTOR = "second_factor"


def owed(officer: Officer, *, has_passed: bool, at: datetime) -> Owed | None:
    """`has_passed`: a second factor was given in this session."""
    if officer.must_change_password or is_password_old(officer, at=at):
        return Owed.PASSWORD
    if second_factor.is_required_of(officer) and not has_passed:
        return Owed.SECOND_FACTOR
    return None


def is_password_old(officer: Officer, *, at: datetime) -> bool:
    """LIUHEN_PASSWORD_DAYS after it was set; no if nobody knows when that was."""
    days = settings.LIUHEN_PASSWORD_DAYS
    if not days or officer.password_set_at is None:
        return False
    return at - officer.password_set_at > timedelta(days=days)
