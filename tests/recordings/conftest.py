import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from liuhen.people import agencies
from liuhen.people.models import Officer, Unit
from liuhen.recordings import batches, intake
from liuhen.recordings.models import IntakeBatch

NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)


class Clock:
    """Each look moves one second on."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def card(tmp_path: Path) -> Path:
    folder = tmp_path / "card"
    folder.mkdir()
    return folder


def put(
    card: Path, name: str | bytes, content: bytes = b"evidence", mtime: datetime = NOON
) -> bytes:
    """A file on the card, under a name given as bytes where it matters."""
    raw = os.fsencode(name)
    path = os.path.join(os.fsencode(card), raw)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)
    os.utime(path, (mtime.timestamp(), mtime.timestamp()))
    return path


@pytest.fixture
def take_in(data, clock, card) -> Callable[..., IntakeBatch]:
    def run(**options) -> IntakeBatch:
        return intake.run(
            batches.ask([os.fsencode(card)], by="test", at=clock(), **options), clock=clock
        )

    return run


@pytest.fixture
def li(data) -> Officer:
    agency = agencies.first()
    unit = Unit.objects.create(agency=agency, name="执法一中队")
    return Officer.objects.create(
        agency=agency, unit=unit, login="li", name="李明", officer_cert_no="13082100123"
    )
