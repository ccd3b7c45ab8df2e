"""Between the password and the code: who has given the first, for five minutes, and no more.

Nobody is signed in meanwhile: the session holds no officer that Django would know.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from liuhen.people.errors import SignInExpired
from liuhen.people.models import Officer

LIFE = timedelta(minutes=5)
KEY = "halfway"


@dataclass(frozen=True)
class Halfway:
    officer: Officer
    next: str


def remember(request: HttpRequest, officer: Officer, *, next: str, at: datetime) -> None:
    """Under a new session key: one that somebody planted here before is worth nothing."""
    request.session.flush()
    # The hash of the password: one that is changed meanwhile ends this, too.
    request.session[KEY] = [
        officer.pk,
        officer.get_session_auth_hash(),
        int(at.timestamp()),
        next,
    ]


def of(request: HttpRequest, *, at: datetime) -> Halfway:
    """Refuses: SignInExpired."""
    pk, known, since, next = request.session.get(KEY) or (None, "", 0, "")
    officer = Officer.objects.filter(pk=pk, is_active=True).first()
    is_late = not timedelta() <= timedelta(seconds=int(at.timestamp()) - since) <= LIFE
    if officer is None or is_late:
        raise SignInExpired()
    if not constant_time_compare(known, officer.get_session_auth_hash()):
        raise SignInExpired()
    return Halfway(officer, next)
