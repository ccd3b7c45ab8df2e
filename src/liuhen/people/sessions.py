"""Sign-ins that last: in the database, each with its officer, so they can be listed and ended.

等保 2.0 (GB/T 22239-2019, 8.1.4.1) asks that an idle sign-in ends by itself.
"""

import hashlib
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db import transaction
from django.db.models import Q, QuerySet

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.kernel.clock import now
from liuhen.people.errors import SessionGone
from liuhen.people.models import Officer, OfficerSession

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
REST = timedelta(minutes=1)
"""How often a session in use is written at most. It never outlasts IDLE; it may end this much
before."""

KEPT_FOR = timedelta(days=1)
"""How long an ended one can still tell its officer why."""

BEGUN = "begun"
"""Session key: `[instant, address, agent]` of the sign-in."""

PASSED = "second_factor"
"""Session key: true once a second factor was given in this session."""


class Ending(StrEnum):
    REVOKED = "revoked"
    PASSWORD = "password"  # noqa: S105 -- a reason, not a password
    DISABLED = "disabled"
    FACTOR = "factor"
    TIME = "time"


class SessionStore(DatabaseSessions):
    row: OfficerSession | None = None
    """As it was read in this request."""

    @classmethod
    def get_model_class(cls) -> type[OfficerSession]:
        return OfficerSession

    def _get_session_from_db(self) -> OfficerSession | None:
        self.row = super()._get_session_from_db()  # type: ignore[misc]  # Django's own, which its stubs leave out
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> OfficerSession:
        made = super().create_model_instance(data)
        assert isinstance(made, OfficerSession)
        if officer := data.get(SESSION_KEY):
            told_at, made.address, made.agent = data.get(BEGUN) or [now().isoformat(), None, ""]
            made.officer_id = int(officer)
            made.signed_in_at = datetime.fromisoformat(told_at)
            made.seen_at = now()
            made.expire_date = ends_at(made.signed_in_at, made.seen_at)
        return made

    def save(self, must_create: bool = False) -> None:
        """What is in it. How long it lasts is for `touch`, and an ended one stays ended: it may
        have been ended since this request read it. Raises UpdateError."""
        row = self.row
        if must_create or row is None or row.officer_id is None or row.pk != self.session_key:
            super().save(must_create)
            return
        still = OfficerSession.objects.filter(pk=row.pk, expire_date__gt=now())
        if not still.update(session_data=self.encode(dict(self.items()))):
            raise UpdateError


def ends_at(signed_in_at: datetime, seen_at: datetime) -> datetime:
    """When it ends if nothing more is heard of it."""
    return min(seen_at + IDLE, signed_in_at + LONGEST)


def beginning(*, at: datetime, address: str | None, agent: str) -> list[str | None]:
    """What is kept under BEGUN."""
    return [at.isoformat(), address, agent[:200]]


def touch(store: SessionStore, *, at: datetime) -> None:
    """The officer has done something. At most one write a minute."""
    row = store.row
    if row is None or row.signed_in_at is None or row.seen_at is None or at - row.seen_at < REST:
        return
    row.seen_at, row.expire_date = at, ends_at(row.signed_in_at, at)
    still = OfficerSession.objects.filter(pk=row.pk, ending="", expire_date__gt=at)
    still.update(seen_at=row.seen_at, expire_date=row.expire_date)


def open_of(officer: Officer, *, at: datetime) -> QuerySet[OfficerSession]:
    """Where the officer is signed in now, the last used one first."""
    rows = OfficerSession.objects.filter(officer=officer, expire_date__gt=at)
    return rows.order_by("-seen_at", "pk")


def handle(row: OfficerSession) -> str:
    """Names a session on a page. Its key would let the reader in."""
    return hashlib.sha256(row.session_key.encode()).hexdigest()[:16]


def end(
    officer: Officer, *, by: Officer | str, at: datetime, why: Ending, but: str | None = None
) -> int:
    """All of the officer's, `but` one; how many there were. An event, if there were any."""
    return close(open_of(officer, at=at).exclude(pk=but or ""), officer, by=by, at=at, why=why)


def end_one(officer: Officer, which: str, *, by: Officer, at: datetime) -> None:
    """The one with this handle. Refuses: SessionGone."""
    mine = [row.pk for row in open_of(officer, at=at) if handle(row) == which]
    rows = OfficerSession.objects.filter(pk__in=mine, expire_date__gt=at)
    if not close(rows, officer, by=by, at=at, why=Ending.REVOKED):
        raise SessionGone()


@transaction.atomic
def close(
    rows: QuerySet[OfficerSession],
    officer: Officer,
    *,
    by: Officer | str,
    at: datetime,
    why: Ending,
) -> int:
    ended = rows.order_by().update(expire_date=at, ending=why, session_data="")
    if ended:
        subject = f"officer:{officer.login}"
        log.record(
            Kind.SESSION_REVOKED, subject=subject, by=by, at=at, sessions=ended, why=str(why)
        )
    return ended


def ending_of(session_key: str, *, at: datetime) -> Ending | None:
    """Why this sign-in is over; None if it is not, or nobody knows."""
    row = OfficerSession.objects.filter(pk=session_key, officer__isnull=False).first()
    if row is None or row.expire_date > at:
        return None
    return Ending(row.ending or Ending.TIME)


def sweep(*, at: datetime) -> int:
    """Delete what has ended, visitors' at once; how many."""
    long_ago = Q(expire_date__lte=at - KEPT_FOR) | Q(expire_date__lte=at, officer=None)
    return OfficerSession.objects.filter(long_ago).delete()[0]
