"""代理: who decides in another's place for some days, for a person or for a post.

Whoever is away names somebody for themselves; the bureau's head does so for anybody and for a
post that nobody holds. Both may decide meanwhile; but nobody decides in the place of one who may
not decide themselves and chose them (`access.deciders`).
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.vocabulary import Post
from liuhen.kernel.clock import in_china
from liuhen.people import errors, permissions
from liuhen.people.models import Agency, Officer, StandIn
from liuhen.people.permissions import Permission, may
from liuhen.people.queries import those_who_record
from liuhen.people.spelling import seen

MOST_REASON = 200

POSTS = (
    Post.UNIT_HEAD,
    Post.OFFICE_HEAD,
    Post.LEADER,
    Post.BUREAU_HEAD,
    Post.CUSTODIAN,
    Post.LEGAL_OFFICE,
    Post.SUPERVISION,
)
"""Posts that decide on something, hence can be stood in for."""


@transaction.atomic
def appoint(
    officer: Officer,
    *,
    from_date: date,
    until_date: date,
    by: Officer,
    at: datetime,
    for_officer: Officer | None = None,
    for_post: str = "",
    reason: str = "",
) -> StandIn:
    """From the one day to the other, both included; for one of the two.

    Refuses: NotPermitted, NotOfThisAgency, StandInForOne, StandInNotFit, StandInDays,
    StandInThere.
    """
    log.wait_for_turn()
    check_appoints(for_officer, by)
    if (for_officer is None) == (not for_post) or (for_post and for_post not in POSTS):
        raise errors.StandInForOne()
    people = [officer, *([for_officer] if for_officer else [])]
    if any(one.agency_id != by.agency_id for one in people):
        raise errors.NotOfThisAgency()
    if not candidates(by.agency).filter(pk=officer.pk).exists() or officer == (for_officer or by):
        raise errors.StandInNotFit(name=officer.name)
    if not max(from_date, in_china(at).date()) <= until_date:
        raise errors.StandInDays()
    place = {"agency_id": by.agency_id, "for_officer": for_officer, "for_post": for_post}
    said = place | {"officer": officer, "from_date": from_date, "until_date": until_date}
    if StandIn.objects.filter(ended_at=None, **said).exists():
        raise errors.StandInThere(name=officer.name)
    told = seen(reason)[:MOST_REASON]
    made = StandIn.objects.create(reason=told, set_at=at, set_by=by, **said)
    record(Kind.STAND_IN_APPOINTED, made, by=by, at=at)
    return made


@transaction.atomic
def end(stand_in: StandIn, *, by: Officer, at: datetime) -> None:
    """Before its time: the one who is stood in for, or the bureau's head.

    Refuses: NotPermitted, NotOfThisAgency, StandInEnded.
    """
    log.wait_for_turn()
    if stand_in.agency_id != by.agency_id:
        raise errors.NotOfThisAgency()
    check_appoints(stand_in.for_officer, by)
    if not StandIn.objects.filter(pk=stand_in.pk, ended_at=None).update(ended_at=at, ended_by=by):
        raise errors.StandInEnded()
    record(Kind.STAND_IN_ENDED, stand_in, by=by, at=at)


def check_appoints(for_officer: Officer | None, by: Officer) -> None:
    """Refuses: NotPermitted."""
    if for_officer != by or not by.is_active:
        permissions.check(by, Permission.APPOINT_STAND_INS)


def may_end(stand_in: StandIn, by: Officer) -> bool:
    if stand_in.ended_at or stand_in.agency_id != by.agency_id:
        return False
    return stand_in.for_officer_id == by.pk or may(by, Permission.APPOINT_STAND_INS)


def candidates(agency: Agency) -> QuerySet[Officer]:
    """Who can stand in: active accounts that are no administrator's."""
    return those_who_record(agency)


def in_force(agency: Agency, day: date) -> QuerySet[StandIn]:
    """Those of that day (China's), whose account is on."""
    rows = StandIn.objects.filter(agency=agency, ended_at=None, officer__is_active=True)
    return rows.filter(from_date__lte=day, until_date__gte=day).select_related("officer")


def seen_by(officer: Officer) -> QuerySet[StandIn]:
    """All of the bureau's for its head; for others those that are about them. Newest first."""
    rows = StandIn.objects.filter(agency_id=officer.agency_id)
    if not may(officer, Permission.APPOINT_STAND_INS):
        rows = rows.filter(Q(officer=officer) | Q(for_officer=officer) | Q(set_by=officer))
    return rows.select_related("officer", "for_officer", "set_by", "ended_by").order_by(
        "-set_at", "-pk"
    )


def record(kind: Kind, made: StandIn, *, by: Officer, at: datetime) -> None:
    log.record(
        kind,
        subject=f"stand_in:{made.pk}",
        by=by,
        at=at,
        officer=made.officer.login,
        for_officer=made.for_officer and made.for_officer.login,
        for_post=made.for_post or None,
        from_date=made.from_date.isoformat(),
        until_date=made.until_date.isoformat(),
        reason=made.reason,
    )
