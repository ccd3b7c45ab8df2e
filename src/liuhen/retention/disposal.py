"""The disposal register (销毁清册): drawn, reviewed by the legal office, approved by the head.

Each step is by somebody else, a compare-and-set by `disposal_states.DISPOSAL`, with its event in
the same transaction. What happens after the waiting period is in `execution`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log, numbering
from liuhen.custody.kinds import Kind
from liuhen.engines.policy.terms import Keeping
from liuhen.kernel.clock import in_china
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.recordings.models import Recording
from liuhen.retention import disposal_errors as errors
from liuhen.retention import guards, log_time
from liuhen.retention.appraisal import check_expired, check_listed_nowhere, cut, need
from liuhen.retention.disposal_lines import line_of
from liuhen.retention.disposal_states import DISPOSAL, WRITTEN, Step, allows
from liuhen.retention.models import (
    Appraisal,
    DisposalItem,
    DisposalList,
    DisposalState,
    ItemState,
    Worth,
)
from liuhen.retention.taking_part import took_part

MOST_LINES = 500
"""So many can be looked through by those who sign for them."""

LEAST_DAYS = 1
REVOKING = (
    Permission.APPRAISE_RECORDINGS,
    Permission.REVIEW_DISPOSAL,
    Permission.APPROVE_DISPOSAL,
)


@transaction.atomic
def draw(
    recordings: Sequence[Recording], *, reason: str, fonds_no: str = "", by: Officer, at: datetime
) -> DisposalList:
    """Put these on a new register, oldest first.

    Refuses: NotPermitted, NothingChosen, TooManyLines, WordsBlank, NotAppraised, OnAnotherList,
    ClockAhead, NotYetDue.
    """
    permissions.check(by, Permission.APPRAISE_RECORDINGS)
    need(reason, field=_("销毁理由"))
    log.wait_for_turn()
    rows = lines_among(recordings, by)
    made = DisposalList.objects.create(
        agency_id=by.agency_id,
        number=next_number(at),
        state=DisposalState.DRAFT,
        fonds_no=fonds_no.strip()[:50],
        reason=cut(reason),
        drawn_at=at,
        drawn_by=by,
    )
    keepings = check_may_be_listed(rows, by, at=at)
    items = [
        line_of(made, position, one, keepings[one.pk], at=at)
        for position, one in enumerate(rows, 1)
    ]
    DisposalItem.objects.bulk_create(items)
    record(Kind.DISPOSAL_DRAWN, made, by=by, at=at, reason=made.reason, recordings=numbers(made))
    return made


def lines_among(recordings: Sequence[Recording], by: Officer) -> list[Recording]:
    """Refuses: NothingChosen, TooManyLines."""
    chosen = {one.pk for one in recordings}
    if len(chosen) > MOST_LINES:
        raise errors.TooManyLines(most=MOST_LINES)
    its = "activity_recording__activity"
    rows = Recording.objects.filter(pk__in=chosen, agency_id=by.agency_id)
    beside = rows.select_related("officer", f"{its}__case", f"{its}__party")
    found = list(beside.order_by("recorded_at", "pk"))
    if not found:
        raise errors.NothingChosen()
    return found


def check_may_be_listed(
    recordings: Sequence[Recording], by: Officer, *, at: datetime
) -> dict[int, Keeping]:
    """How long each was to be kept. Refuses: NotAppraised, OnAnotherList, ClockAhead, NotYetDue."""
    words = guards.standing(recordings)
    for one in recordings:
        word = words.get(one.pk)
        if word is None or word.worth != Worth.NONE:
            raise errors.NotAppraised(number=one.number)
    check_listed_nowhere(recordings)
    return check_expired(recordings, by.agency, log_time.clocks(at=at))


@transaction.atomic
def take_out(
    disposal: DisposalList, positions: Sequence[int], *, reason: str, by: Officer, at: datetime
) -> None:
    """Some lines, while the register is still being written. Their appraisal is over with it.

    Refuses: NoSuchList, NotPermitted, NothingChosen, WordsBlank, WrongStep, NotOnList.
    """
    permissions.check(by, Permission.APPRAISE_RECORDINGS)
    need(reason, field=_("移出理由"))
    log.wait_for_turn()
    now = fresh(disposal, by)
    if now.state not in WRITTEN:
        raise errors.WrongStep(state=now.get_state_display())
    wanted = sorted(set(positions))
    if not wanted:
        raise errors.NothingChosen()
    rows = now.items.filter(position__in=wanted, state=ItemState.LISTED)
    keys = list(rows.values_list("recording", flat=True))
    told = list(rows.order_by("position").values_list("archive_no", flat=True))
    if len(told) < len(wanted):
        raise errors.NotOnList()
    rows.update(state=ItemState.TAKEN_OUT, is_live=False, remarks=cut(reason), settled_at=at)
    Appraisal.objects.filter(recording__in=keys, ended_at=None).update(ended_at=at)
    record(Kind.DISPOSAL_CHANGED, now, by=by, at=at, taken_out=told, reason=cut(reason))


@transaction.atomic
def submit(disposal: DisposalList, *, by: Officer, at: datetime) -> None:
    """Hand it to the legal office. Refuses: NoSuchList, NotPermitted, ListEmpty, WrongStep."""
    permissions.check(by, Permission.APPRAISE_RECORDINGS)
    log.wait_for_turn()
    now = fresh(disposal, by)
    if not now.items.filter(state=ItemState.LISTED).exists():
        raise errors.ListEmpty()
    cleared: dict[str, Any] = {"reviewed_at": None, "reviewed_by": None, "review": ""}
    move(disposal, Step.SUBMIT, submitted_at=at, **cleared)
    record(Kind.DISPOSAL_SUBMITTED, disposal, by=by, at=at, recordings=numbers(disposal))


@transaction.atomic
def review(disposal: DisposalList, *, opinion: str, by: Officer, at: datetime) -> None:
    """The legal office agrees.

    Refuses: NoSuchList, NotPermitted, OwnList, OwnRecordings, WordsBlank, WrongStep.
    """
    permissions.check(by, Permission.REVIEW_DISPOSAL)
    need(opinion, field=_("审核意见"))
    log.wait_for_turn()
    check_decides(fresh(disposal, by), by)
    move(disposal, Step.REVIEW, reviewed_at=at, reviewed_by=by, review=cut(opinion))
    record(Kind.DISPOSAL_REVIEWED, disposal, by=by, at=at, opinion=cut(opinion))


@transaction.atomic
def approve(disposal: DisposalList, *, opinion: str, by: Officer, at: datetime) -> None:
    """The bureau's head agrees: the waiting period runs.

    Refuses: NoSuchList, NotPermitted, OwnList, OwnRecordings, WordsBlank, ClockAhead, WrongStep.
    """
    permissions.check(by, Permission.APPROVE_DISPOSAL)
    need(opinion, field=_("批准意见"))
    log.wait_for_turn()
    check_decides(fresh(disposal, by), by)
    clocks = log_time.clocks(at=at)
    days = max(LEAST_DAYS, settings.LIUHEN_DISPOSAL_DAYS)
    said = {"approved_at": at, "approved_by": by, "approval": cut(opinion), "wait_days": days}
    move(disposal, Step.APPROVE, approved_log_at=clocks.lived, **said)
    lived = clocks.lived and clocks.lived.isoformat()
    record(
        Kind.DISPOSAL_APPROVED, disposal, by=by, at=at, opinion=cut(opinion), wait_days=days,
        log_time=lived,
    )  # fmt: skip


@transaction.atomic
def send_back(disposal: DisposalList, *, opinion: str, by: Officer, at: datetime) -> None:
    """By the legal office before its review, by the head after it.

    Refuses: NoSuchList, NotPermitted, OwnList, WordsBlank, WrongStep.
    """
    need(opinion, field=_("退回意见"))
    log.wait_for_turn()
    now = fresh(disposal, by)
    is_heads = now.state == DisposalState.REVIEWED
    needed = Permission.APPROVE_DISPOSAL if is_heads else Permission.REVIEW_DISPOSAL
    permissions.check(by, needed)
    check_other(now, by)
    move(disposal, Step.RETURN, returned_at=at, returned_by=by, returned_for=cut(opinion))
    record(Kind.DISPOSAL_RETURNED, disposal, by=by, at=at, opinion=cut(opinion))


@transaction.atomic
def revoke(disposal: DisposalList, *, reason: str, by: Officer, at: datetime) -> None:
    """Give it up, until two have confirmed. Its recordings are appraised anew.

    Refuses: NoSuchList, NotYoursToRevoke, WordsBlank, WrongStep.
    """
    if not any(permissions.may(by, one) for one in REVOKING):
        raise errors.NotYoursToRevoke()
    need(reason, field=_("撤销理由"))
    log.wait_for_turn()
    now = fresh(disposal, by)
    move(disposal, Step.REVOKE, revoked_at=at, revoked_by=by, revoked_for=cut(reason))
    listed = now.items.filter(is_live=True)
    words = Appraisal.objects.filter(recording__in=listed.values("recording"), ended_at=None)
    words.update(ended_at=at)
    listed.update(is_live=False)
    record(Kind.DISPOSAL_REVOKED, disposal, by=by, at=at, reason=cut(reason))


def check_other(disposal: DisposalList, by: Officer) -> None:
    """Whoever drew or reviewed it takes no further step; nor who appraised what is on it.

    Refuses: OwnList.
    """
    drew_or_reviewed = by.pk in (disposal.drawn_by_id, disposal.reviewed_by_id)
    if drew_or_reviewed or words_of(disposal).filter(appraised_by=by).exists():
        raise errors.OwnList()


def check_no_part(disposal: DisposalList, by: Officer) -> None:
    """Who made or took part in what is on it says nothing of its end. Refuses: OwnRecordings."""
    if disposal.items.filter(took_part(by, "recording"), is_live=True).exists():
        raise errors.OwnRecordings()


def check_decides(disposal: DisposalList, by: Officer) -> None:
    """Refuses: OwnList, OwnRecordings."""
    check_other(disposal, by)
    check_no_part(disposal, by)


def may(step: Step, disposal: DisposalList, by: Officer) -> bool:
    """For the page: whether this step is the officer's now."""
    if not allows(step, disposal.state) or by.agency_id != disposal.agency_id:
        return False
    granted = permissions.permissions_of(by)
    if step == Step.SUBMIT:
        return Permission.APPRAISE_RECORDINGS in granted
    if step == Step.REVOKE:
        return bool(granted & set(REVOKING))
    is_heads = step == Step.APPROVE or disposal.state == DisposalState.REVIEWED
    needed = Permission.APPROVE_DISPOSAL if is_heads else Permission.REVIEW_DISPOSAL
    try:
        (check_other if step == Step.RETURN else check_decides)(disposal, by)
    except (errors.OwnList, errors.OwnRecordings):
        return False
    return needed in granted


def words_of(disposal: DisposalList) -> QuerySet[Appraisal]:
    """By whose word the listed recordings are to go; they take no further step."""
    listed = disposal.items.filter(is_live=True).values("recording")
    return Appraisal.objects.filter(recording__in=listed, ended_at=None)


def fresh(disposal: DisposalList, by: Officer) -> DisposalList:
    """As it stands now. Refuses: NoSuchList."""
    found = DisposalList.objects.filter(pk=disposal.pk, agency_id=by.agency_id).first()
    if found is None:
        raise errors.NoSuchList(number=disposal.number)
    return found


def move(disposal: DisposalList, step: Step, **said: Any) -> None:
    """Compare-and-set by the table: of two at once one is told how it stands. Refuses: WrongStep"""
    sources, target = DISPOSAL[step]
    rows = DisposalList.objects.filter(pk=disposal.pk, state__in=sources)
    moved = rows.update(state=target, **said)
    disposal.refresh_from_db()
    if not moved:
        raise errors.WrongStep(state=disposal.get_state_display())


def next_number(at: datetime) -> str:
    """`XH-2026-000001`: the year and a count without holes; the log's turn is held."""
    return numbering.next_number(f"XH-{in_china(at).year}-", DisposalList)


def numbers(disposal: DisposalList) -> list[str]:
    rows = disposal.items.filter(is_live=True).order_by("position")
    return list(rows.values_list("recording__number", flat=True))


def subject_of(disposal: DisposalList) -> str:
    return f"disposal:{disposal.number}"


def record(kind: Kind, disposal: DisposalList, *, by: Any, at: datetime, **facts: Any) -> None:
    log.record(kind, subject=subject_of(disposal), by=by, at=at, **facts)
