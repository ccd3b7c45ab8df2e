"""What a person's state allows."""

from datetime import date

from liuhen.people.models import Officer


def is_suspended(officer: Officer, day: date) -> bool:
    """Is `day` (China's) one without enforcement work? The last day named counts in."""
    return officer.suspended_until is not None and day <= officer.suspended_until
