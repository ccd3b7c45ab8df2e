"""Who decides on a paper, or is told of a stop: the posts of the regulation, for one activity.

The leader on site is whoever leads this activity; the unit's head the head of the activity's unit,
else of the unit of whoever wrote it. Nobody decides on what they wrote or handed in themselves.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from liuhen.cases.models import Activity, ActivityOfficer
from liuhen.engines.policy.vocabulary import Post
from liuhen.people.models import Officer, Unit
from liuhen.regulations import posts as held

MARK = "/"
"""Between several posts in one column: any one of them may act."""


NEXT_UP = (Post.LEADER, Post.BUREAU_HEAD)

WRITTEN_BY = ("entered_by", "submitted_by")
"""Of a paper: who wrote it, and who handed it in, with words of their own."""


def joined(posts: Iterable[Post]) -> str:
    return MARK.join(posts)


def posts_in(stored: str) -> tuple[Post, ...]:
    return tuple(Post(word) for word in stored.split(MARK) if word)


def unit_of(activity: Activity, author: Officer) -> Unit | None:
    return activity.unit or author.unit


def lead_of(activity: Activity) -> Officer | None:
    row = ActivityOfficer.objects.filter(activity=activity, is_lead=True)
    found = row.select_related("officer").first()
    return found.officer if found else None


def holders(
    posts: Sequence[Post], activity: Activity, author: Officer, but: int | None = None
) -> list[Officer]:
    """Everybody who may act, in the order of the posts; never the author, nor the row `but`."""
    found: dict[int, Officer] = {}
    for post in posts:
        for officer in holders_of(post, activity, author):
            if officer.pk not in (author.pk, but) and officer.is_active:
                found.setdefault(officer.pk, officer)
    return list(found.values())


def reaching(named: tuple[Post, ...], activity: Activity, author: Officer) -> tuple[Post, ...]:
    """The regulation's posts; with the next ones up where these have nobody else to decide or read
    it: who leads on site may be the unit's head, and nobody decides on their own word."""
    if holders(named, activity, author):
        return named
    return tuple(dict.fromkeys((*named, *NEXT_UP)))


def holders_of(post: Post, activity: Activity, author: Officer) -> Iterable[Officer]:
    if post == Post.ON_SITE_LEADER:
        lead = lead_of(activity)
        return [lead] if lead else []
    unit = unit_of(activity, author)
    if post == Post.UNIT_HEAD and unit is None:
        return []
    return held.holders(activity.agency, post, unit)


def falls_to(officer: Officer, author: str, *others: str) -> Q:
    """Of rows with `activity` and `posts`: those the officer may act on. `author` is the column
    that says who wrote it, `others` are columns that may not name the officer either."""
    if not officer.is_active:
        return Q(pk__in=[])
    led = ActivityOfficer.objects.filter(officer_id=officer.pk, is_lead=True)
    found = names(Post.ON_SITE_LEADER) & Q(activity__in=led.values("activity_id"))
    for post, unit_id in held.posts_of(officer):
        if unit_id is None:
            found |= names(post)
        else:
            its = Q(activity__unit_id=unit_id)
            its |= Q(**{"activity__unit": None, f"{author}__unit_id": unit_id})
            found |= names(post) & its
    for column in (author, *others):
        found &= ~Q(**{f"{column}_id": officer.pk})
    return Q(activity__agency_id=officer.agency_id) & found


def names(post: Post) -> Q:
    """That the column names this post: `leader` is also the end of `on_site_leader`."""
    word = str(post)
    middle = Q(posts__contains=f"{MARK}{word}{MARK}")
    edges = Q(posts__startswith=f"{word}{MARK}") | Q(posts__endswith=f"{MARK}{word}")
    return Q(posts=word) | edges | middle
