"""Who places holds and takes complaints: the posts a regulation names for it (`preserve`), else
whoever handles complaints."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from liuhen.engines.policy.values import Preserve
from liuhen.engines.policy.vocabulary import Post
from liuhen.kernel.clock import in_china
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import NotPermitted, Permission, may
from liuhen.regulations import current
from liuhen.regulations.posts import holders, posts_of
from liuhen.regulations.wording import label
from liuhen.regulations.words import together
from liuhen.retention import hold_errors as errors
from liuhen.retention.covering import recordings_of
from liuhen.retention.models import Hold, HoldGround, HoldScope
from liuhen.retention.taking_part import took_part


@dataclass(frozen=True)
class Named:
    """The regulation's word on who preserves recordings, and on what grounds."""

    posts: tuple[Post, ...]
    article: int
    grounds: frozenset[str]


def named_for(agency: Agency, ground: str, at: datetime) -> Named | None:
    """None: the regulation names nobody for this ground, or those it names are nobody here."""
    named = named_by(agency, at)
    return named if named is not None and ground in named.grounds else None


def named_by(agency: Agency, at: datetime) -> Named | None:
    """What the regulation of the day says of it, if it names anybody who is there."""
    rules = current.rules_if_any(agency, in_china(at).date())
    preserve = rules.get(Preserve) if rules else None
    # A post nobody holds holds nothing back: recordings are preserved at once, by whoever may.
    if preserve is None or not any(holders(agency, post).exists() for post in preserve.by):
        return None
    return Named(preserve.by, preserve.article, frozenset(map(str, preserve.on)))


def check_places(ground: str, by: Officer, at: datetime) -> Named | None:
    """Answers whose word it rests on. Refuses: NotPermitted, NotYoursToPlace."""
    named = named_for(by.agency, ground, at)
    if named is None:
        if not may(by, Permission.PLACE_HOLDS):
            raise NotPermitted()
        return None
    if not is_among(by, named):
        posts = together(str(label(post)) for post in named.posts)
        raise errors.NotYoursToPlace(named.article, posts=posts)
    return named


def is_among(officer: Officer, named: Named) -> bool:
    return bool({one.post for one in posts_of(officer)} & set(named.posts))


def grounds_for(officer: Officer, at: datetime) -> list[HoldGround]:
    """What this officer may place holds for; none: the page is not theirs."""
    named = named_by(officer.agency, at)
    by_post = named is not None and is_among(officer, named)
    by_permission = may(officer, Permission.PLACE_HOLDS)
    return [
        ground
        for ground in HoldGround
        if (by_post if named is not None and ground in named.grounds else by_permission)
    ]


def sees_holds(officer: Officer, at: datetime) -> bool:
    """Those who see the bureau's recordings, and whoever may place any."""
    return may(officer, Permission.SEE_AGENCY) or bool(grounds_for(officer, at))


def is_about(hold: Hold, officer: Officer) -> bool:
    """Whether what is held shows what this officer did: they are named, made or took part in any
    of it."""
    if hold.scope == HoldScope.OFFICER and hold.officer_id == officer.pk:
        return True
    entries: QuerySet[Any] | None = None
    if hold.activity is not None:
        entries = hold.activity.activity_officers.all()
    elif hold.case is not None:
        entries = hold.case.case_officers.all()
    if entries is not None and entries.filter(officer=officer).exists():
        return True
    return recordings_of(hold).filter(took_part(officer)).exists()
