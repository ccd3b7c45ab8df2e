"""A list that was sent in and refused, kept in the session for the file that says what is wrong."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from liuhen.people.filled import Fault, Row


def keep(request: HttpRequest, key: str, rows: Iterable[Row]) -> None:
    """None at all forgets what was kept."""
    kept = [as_json(row) for row in rows]
    if kept or key in request.session:
        request.session[key] = kept


def kept(request: HttpRequest, key: str) -> list[Row]:
    return [from_json(one) for one in request.session.get(key) or []]


def as_json(row: Row) -> list[Any]:
    return [row.number, row.texts, [[fault.column, fault.said] for fault in row.faults]]


def from_json(said: list[Any]) -> Row:
    number, texts, faults = said
    return Row(number, tuple(texts), tuple(Fault(*fault) for fault in faults))
