"""Stored discs are read again every so often: owed by who keeps them, done by reading them.

The time is the installation's (two years, unless set otherwise): no regulation gives one. The
duty rests on the article that asks for the disc, else on the one on where recordings are kept;
where a regulation has neither, the list of discs to be checked is enough.
"""

from datetime import datetime

from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.duties import discharging
from liuhen.duties.books import Books
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.engines.policy.vocabulary import Post
from liuhen.kernel.clock import in_china
from liuhen.people.models import Agency
from liuhen.retention import disc_queries
from liuhen.retention.disc_identity import disc_no
from liuhen.retention.discs import article_of
from liuhen.retention.models import Disc, DiscCheck, DiscState

OF_DISCS = (Kind.DISC_CHECKED, Kind.DISC_REPLACED)
"""What discharges one of these duties."""

OVER = (DiscState.FAULTY, DiscState.REPLACED)
"""Of such a disc nothing more is to be found out."""


@transaction.atomic
def make(*, at: datetime) -> int:
    """Duties for the discs that come due within a month; answers how many are new."""
    log.wait_for_turn()
    books, owed = Books(), []
    for agency in Agency.objects.filter(set_up_at__isnull=False).order_by("pk"):
        rows = disc_queries.due(agency, at).select_related("image__disc_set")
        owed += [duty for disc in rows if (duty := duty_of(agency, disc, books, at)) is not None]
    there = set(
        Duty.objects.filter(key__in=[duty.key for duty in owed]).values_list("agency_id", "key")
    )
    new = [duty for duty in owed if (duty.agency_id, duty.key) not in there]
    return len(Duty.objects.bulk_create(new))


def duty_of(agency: Agency, disc: Disc, books: Books, at: datetime) -> Duty | None:
    """By the rules of the day it is found to come due."""
    rules = books.on(agency, at)
    due_at = disc_queries.due_at(disc)
    article = article_of(rules) if rules else None
    if rules is None or article is None or due_at is None or disc.read_at is None:
        return None
    return Duty(
        agency=agency,
        key=f"disc_check:{disc.pk}:{in_china(due_at).date()}",
        kind=DutyKind.DISC_CHECK,
        pack_id=rules.pack.pack_id,
        article=article,
        post=Post.CUSTODIAN,
        started_at=due_at - disc_queries.AHEAD,
        due_at=due_at,
        facts={"disc": disc.pk, "disc_no": disc_no(disc), "read_at": disc.read_at.isoformat()},
    )


def settle(*, at: datetime) -> int:
    """Close what a reading since has done, or what a disc's end has made pointless."""
    open_ones = Duty.objects.filter(kind=DutyKind.DISC_CHECK, state=DutyState.OPEN)
    known = {duty.facts["disc"] for duty in open_ones.only("facts")}
    if not known:
        return 0
    discs = Disc.objects.filter(pk__in=known).in_bulk()
    with transaction.atomic():
        log.wait_for_turn()
        rows = open_ones.select_related("agency", "unit", "owner", "recording").order_by("pk")
        books = Books()
        return sum(settle_one(duty, discs[duty.facts["disc"]], books, at=at) for duty in rows)


def settle_one(duty: Duty, disc: Disc, books: Books, *, at: datetime) -> bool:
    since = datetime.fromisoformat(duty.facts["read_at"])
    check = DiscCheck.objects.filter(disc=disc, at__gt=since).select_related("by").order_by("at")
    if (first := check.first()) is not None:
        done_at = max(first.at, duty.started_at)
        return discharging.discharge(duty, done_at, first.by, books=books, at=at)
    if disc.state in OVER:
        return discharging.discharge(duty, max(at, duty.started_at), None, books=books, at=at)
    return False
