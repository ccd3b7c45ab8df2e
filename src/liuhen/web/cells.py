"""What stands in a cell of a list's Excel file."""

from datetime import date
from typing import Any

from liuhen.people.models import Officer

MEBIBYTE = 1024**2


def name(officer: Officer | None) -> str:
    return officer.name if officer else ""


def called(thing: Any) -> str:
    """A unit, a device, whatever is called by its own words; nothing for nothing."""
    return str(thing) if thing is not None else ""


def day(said: date | None) -> str:
    return said.isoformat() if said else ""


def megabytes(size: int | None) -> float | None:
    """A number, so that a column of them can be summed."""
    return None if size is None else round(size / MEBIBYTE, 1)
