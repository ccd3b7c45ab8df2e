"""What a request gave: made when its last step is taken, revoked, and over when its time is."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from liuhen.access import asking, letting_in, reading
from liuhen.access import request_errors as errors
from liuhen.access.models import Grant, Request, RequestState
from liuhen.access.moving import move, record
from liuhen.access.states import Move
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import SYSTEM
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may
from liuhen.people.roles import Role
from liuhen.people.spelling import seen

MOST_REASON = 200


def grant(request: Request, *, until: date, by: Officer, at: datetime) -> list[Grant]:
    """One for each recording, to who asked, or for the outsider they asked for; in the caller's
    transaction. `until`: the last day."""
    is_outside = request.kind in asking.FOR_OUTSIDERS
    officer = None if is_outside else request.asked_by
    ends = midnight(until + timedelta(days=1))
    made = Grant.objects.bulk_create(
        Grant(
            request=request,
            recording_id=recording,
            officer=officer,
            may_copy=request.wants_copy,
            from_at=at,
            until=ends,
        )
        for recording in request.items.order_by("pk").values_list("recording_id", flat=True)
    )
    admit(made, at=at)
    record(
        Kind.ACCESS_GRANTED,
        request,
        by=by,
        at=at,
        officer=officer and officer.login,
        until=ends.isoformat(),
        may_copy=request.wants_copy,
    )
    return made


live = letting_in.live_grants


def admit(grants: Sequence[Grant], *, at: datetime) -> None:
    """Let a request's be known to whom they are granted, as long as anything lets them look; who
    comes from outside is nobody here."""
    officer = grants[0].officer if grants else None
    if officer is not None:
        letting_in.refresh(officer, [one.recording_id for one in grants], at=at)


@transaction.atomic
def revoke(grant: Grant, *, reason: str, by: Officer, at: datetime) -> None:
    """At once, also for who is looking. The request ends with its last grant.

    Refuses: NoSuchRequest, NotYoursToRevoke, RevokeReasonBlank, RevokedAlready, GrantOver.
    """
    log.wait_for_turn()
    request = reading.as_it_stands(grant.request, by)
    check_revokes(request, by)
    if not (told := seen(reason)[:MOST_REASON]):
        raise errors.RevokeReasonBlank()
    now = Grant.objects.select_related("officer", "recording").get(pk=grant.pk)
    if now.revoked_at is None and now.until <= at:
        raise errors.GrantOver(until=f"{in_china(now.until):%Y-%m-%d %H:%M}")
    moved = Grant.objects.filter(pk=now.pk, revoked_at=None).update(
        revoked_at=at, revoked_by=by, revoked_reason=told
    )
    if not moved:
        raise errors.RevokedAlready()
    admit([now], at=at)
    number = now.recording.number
    record(Kind.ACCESS_REVOKED, request, by=by, at=at, recording=number, reason=told)
    if not live(at).filter(request=request).exists():
        move(request, Move.END)


def check_revokes(request: Request, by: Officer) -> None:
    """Who decided on it, who keeps the recordings, and the bureau's head. Refuses:
    NotYoursToRevoke."""
    decided = request.steps.filter(decided_by=by).exists()
    keeps = may(by, Permission.SERVE_OUTSIDERS) or Role.BUREAU_HEAD in by.role_names
    if not by.is_active or not (decided or keeps):
        raise errors.NotYoursToRevoke()


def may_revoke(request: Request, by: Officer) -> bool:
    try:
        check_revokes(request, by)
    except errors.NotYoursToRevoke:
        return False
    return request.state == RequestState.GRANTED and request.agency_id == by.agency_id


def end_expired(*, at: datetime) -> int:
    """Requests whose last grant's time is over; answers how many. One transaction each."""
    lasting = Exists(live(at).filter(request=OuterRef("pk")))
    over = Request.objects.filter(~lasting, state=RequestState.GRANTED)
    return sum(end(request, at=at) for request in over.order_by("pk")[:500])


@transaction.atomic
def end(request: Request, *, at: datetime) -> bool:
    log.wait_for_turn()
    try:
        move(request, Move.END)
    except errors.RequestMoved:
        return False
    admit(list(request.grants.select_related("officer")), at=at)
    record(Kind.ACCESS_ENDED, request, by=SYSTEM, at=at)
    return True
