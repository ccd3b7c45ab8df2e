"""大屏: an address that shows a bureau's figures without a sign-in, to a screen on a wall.

A signed-in browser nobody sits at would be a way in; so the screen gets an address of its own that
shows sums and nothing else. Who opened it stands in the log, and the log is what it holds by: the
newest opening counts, until somebody closes it, its time ends, or who opened it may no more.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people import permissions
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission
from liuhen.statistics.errors import WallClosed
from liuhen.statistics.figures import BREACHES, SPOTS
from liuhen.statistics.scopes import Scope

SALT = "liuhen.wall"
LASTS = timedelta(days=90)


@transaction.atomic
def open_wall(*, by: Officer, at: datetime) -> str:
    """Answers the key of a new address; a former one shows nothing any more. Refuses:
    NotPermitted."""
    permissions.check(by, Permission.SEE_AGENCY)
    event = log.record(
        Kind.WALL_OPENED,
        subject=subject_of(by.agency),
        by=by,
        at=at,
        until=(at + LASTS).isoformat(),
    )
    return key_of(event, by)


@transaction.atomic
def close_wall(*, by: Officer, at: datetime) -> None:
    """None is open: nothing happens. Refuses: NotPermitted."""
    permissions.check(by, Permission.SEE_AGENCY)
    if is_open(by.agency, at=at):
        log.record(Kind.WALL_CLOSED, subject=subject_of(by.agency), by=by, at=at)


def is_open(agency: Agency, *, at: datetime) -> bool:
    newest = newest_of(agency)
    return newest is not None and newest.kind == Kind.WALL_OPENED and newest.at + LASTS > at


def scope_of(key: str, *, at: datetime) -> Scope:
    """What the address shows: the bureau's figures without what is kept secret, and without what
    is not for everybody who passes by. Refuses: WallClosed, alike for whatever reason."""
    try:
        index, officer = signing.loads(key, salt=SALT)
    except signing.BadSignature:
        raise WallClosed() from None
    by = Officer.objects.select_related("agency").filter(pk=officer).first()
    if by is None or not permissions.may(by, Permission.SEE_AGENCY):
        raise WallClosed()
    newest = newest_of(by.agency)
    if newest is None or newest.index != index or not is_open(by.agency, at=at):
        raise WallClosed()
    return Scope(by.agency, hidden=frozenset({BREACHES.name, SPOTS.name}))


def key_of(event: CustodyEvent, by: Officer) -> str:
    return signing.dumps([event.index, by.pk], salt=SALT, compress=False)


def newest_of(agency: Agency) -> CustodyEvent | None:
    rows = CustodyEvent.objects.filter(
        kind__in=[Kind.WALL_OPENED, Kind.WALL_CLOSED], subject=subject_of(agency)
    )
    return rows.order_by("-index").first()


def subject_of(agency: Agency) -> str:
    return f"agency:{agency.pk}"
