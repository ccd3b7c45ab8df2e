"""保密标记: state and trade secrets, privacy, personal information on a recording.

A marked recording is known to its makers, the custodian, the legal office, the leaders and those a
grant admits (`queries.visible_to`); a mark is lifted by another person than set it.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.values import Secrecy
from liuhen.engines.policy.vocabulary import Secret
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may
from liuhen.people.spelling import seen
from liuhen.recordings import queries, sharing
from liuhen.recordings import secrecy_errors as errors
from liuhen.recordings.models import Recording, SecrecyMark, SecretKind, Share
from liuhen.regulations import current

MOST_REASON = 200


@transaction.atomic
def mark(
    recording: Recording, kind: Secret, *, reason: str, by: Officer, at: datetime
) -> SecrecyMark:
    """Refuses: NoSuchRecording, NotYoursToMarkSecret, SecrecyReasonBlank, MarkedSecretAlready."""
    log.wait_for_turn()
    now = queries.get_visible(recording.number, by, at=at)
    if not may_mark(now, by):
        raise errors.NotYoursToMarkSecret(number=now.number)
    told = checked(reason)
    try:
        with transaction.atomic():
            made = SecrecyMark.objects.create(
                recording=now, kind=Secret(kind), reason=told, marked_at=at, marked_by=by
            )
    except IntegrityError:
        label = SecretKind(kind).label
        raise errors.MarkedSecretAlready(number=now.number, kind=label) from None
    record(Kind.SECRECY_MARKED, made, by=by, at=at)
    return made


@transaction.atomic
def lift(secret: SecrecyMark, *, reason: str, by: Officer, at: datetime) -> None:
    """Refuses: NoSuchRecording, NotYoursToLift, OwnSecrecyMark, SecrecyReasonBlank,
    SecrecyLifted."""
    log.wait_for_turn()
    now = queries.get_visible(secret.recording.number, by, at=at)
    if not may(by, Permission.SEE_SECRET):
        raise errors.NotYoursToLift()
    if secret.marked_by_id == by.pk:
        raise errors.OwnSecrecyMark(number=now.number)
    told = checked(reason)
    moved = SecrecyMark.objects.filter(pk=secret.pk, lifted_at=None).update(
        lifted_at=at, lifted_by=by, lifted_reason=told
    )
    if not moved:
        raise errors.SecrecyLifted()
    record(Kind.SECRECY_LIFTED, secret, by=by, at=at)


def checked(reason: str) -> str:
    """Refuses: SecrecyReasonBlank."""
    if not (told := seen(reason)[:MOST_REASON]):
        raise errors.SecrecyReasonBlank()
    return told


def record(kind: Kind, secret: SecrecyMark, *, by: Officer, at: datetime) -> None:
    """Without the reason: the log has more readers than the recording, and may not tell the
    secret."""
    log.record(
        kind,
        subject=f"recording:{secret.recording.number}",
        by=by,
        at=at,
        secrecy=str(secret.kind),
    )


def may_mark(recording: Recording, officer: Officer) -> bool:
    """Those who made it, the head of its unit, the custodian, the legal office and the leaders."""
    if recording.agency_id != officer.agency_id:
        return False
    if may(officer, Permission.SEE_SECRET) or sharing.may_share(recording, officer):
        return True
    took_part = Share.objects.filter(recording=recording, officer=officer)
    return may(officer, Permission.HANDLE_CASES) and took_part.exists()


def may_lift(secret: SecrecyMark, officer: Officer) -> bool:
    return (
        secret.lifted_at is None
        and secret.marked_by_id != officer.pk
        and secret.recording.agency_id == officer.agency_id
        and may(officer, Permission.SEE_SECRET)
    )


def marks_of(recording: Recording) -> QuerySet[SecrecyMark]:
    """Those in force, oldest first."""
    rows = SecrecyMark.objects.filter(recording=recording, lifted_at=None)
    return rows.select_related("recording", "marked_by").order_by("marked_at", "pk")


def is_secret(recordings: Iterable[Recording]) -> bool:
    """Whether any of them bears a mark in force."""
    keys = [one.pk for one in recordings]
    return SecrecyMark.objects.filter(recording_id__in=keys, lifted_at=None).exists()


def article_of(secret: SecrecyMark) -> int | None:
    """The bureau's article on secrets of this kind; None: it names no such."""
    day = in_china(secret.marked_at).date()
    rules = current.rules_if_any(secret.recording.agency, day)
    rule = rules.get(Secrecy) if rules else None
    return rule.article if rule and Secret(secret.kind) in rule.kinds else None
