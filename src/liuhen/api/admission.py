"""Let in again who was let in a moment ago, as long as nothing in the database has changed.

A player asks for many ranges a second. Session, account, roles, ticket and recording are checked
in full for the first of them, and again as soon as anything was committed by anybody; SQLite
tells that in microseconds, while the checks cost more than sending the range.
"""

import threading
import time
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.db import connection

from liuhen.api.sending import Film, is_saved

LIFE_SECONDS = 1.0
"""What time alone takes away, a ticket or an idle session, is noticed this late at most."""

MOST_REMEMBERED = 64

Asked = Mapping[str, str]


class Remembered(threading.local):
    """One thread's, because what SQLite says of changes holds for one connection."""

    def __init__(self) -> None:
        self.state: Hashable = None
        self.admitted: dict[tuple[str, ...], tuple[float, Film]] = {}


_remembered = Remembered()


def admit(asked: Asked, check: Callable[[], Film]) -> Film:
    """What `check` answers for the request with this WSGI environ, now or a moment ago.

    Refuses: what `check` does; a refusal is never remembered.
    """
    state = database_state()  # before the check: a change during it shows next time
    film = known(asked, state)
    if film is None:
        film = check()
        if state is not None:
            _remembered.admitted[credentials(asked)] = (time.monotonic() + LIFE_SECONDS, film)
    return film


def recall(asked: Asked) -> Film | None:
    """What the very same request was admitted to a moment ago, with nothing changed since."""
    return known(asked, database_state()) if _remembered.admitted else None


def known(asked: Asked, state: Hashable) -> Film | None:
    mine = _remembered
    if mine.state != state or len(mine.admitted) >= MOST_REMEMBERED:
        mine.state, mine.admitted = state, {}
    until, film = mine.admitted.get(credentials(asked), (0.0, None))
    return film if time.monotonic() < until else None


def credentials(asked: Asked) -> tuple[str, ...]:
    """All of a request that decides whether its film may be seen: session, ticket, host, and
    whether it is to be shown or saved."""
    whose = asked.get("HTTP_COOKIE", ""), asked["PATH_INFO"], asked.get("HTTP_HOST", "")
    return *whose, "saved" if is_saved(asked) else "shown"


def database_state() -> Hashable:
    """Equal to an earlier answer only if nothing was committed in between; None if unknown.

    `data_version` counts other connections' commits, in this process or any other,
    `total_changes` this one's rows; both start anew with the connection, so it is part of
    the answer. Source: https://www.sqlite.org/pragma.html#pragma_data_version
    """
    raw: Any = connection.connection
    if connection.vendor != "sqlite" or raw is None:
        return None
    [version] = raw.execute("PRAGMA data_version").fetchone()
    return raw, version, raw.total_changes
