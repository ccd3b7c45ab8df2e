"""What the log says of a register, before anything of it goes: whatever the rows say."""

from datetime import datetime, timedelta

from liuhen.custody.kinds import Kind
from liuhen.retention import disposal, log_time, proven
from liuhen.retention.models import DisposalList
from liuhen.retention.proven import Said, Unproven

WITNESSES = 2
UNSAID = "存证日志中没有审核、批准和两人监销的记录"
TOO_EARLY = "按存证日志，批准后的等待期尚未届满"
STEPS = (
    Kind.DISPOSAL_SUBMITTED,
    Kind.DISPOSAL_REVIEWED,
    Kind.DISPOSAL_APPROVED,
    Kind.DISPOSAL_RETURNED,
    Kind.DISPOSAL_WITNESSED,
    Kind.DISPOSAL_REVOKED,
)


def why_not(found: DisposalList, *, at: datetime) -> str:
    """Why the register may not be executed, in words; "" if the log says that it may."""
    try:
        log_time.recount()
        told = proven.said_of(disposal.subject_of(found), *STEPS)
        approval = approval_among(told)
        if approval is None:
            return UNSAID
        return "" if has_waited(approval, at=at) else TOO_EARLY
    except Unproven:
        return UNSAID


def approval_among(told: list[Said]) -> Said | None:
    """Of the last way through the offices: submitted, reviewed, approved, then confirmed by two,
    all of them different people; and never revoked."""
    kinds = [one.kind for one in told]
    if Kind.DISPOSAL_REVOKED in kinds or Kind.DISPOSAL_SUBMITTED not in kinds:
        return None
    begin = len(kinds) - 1 - kinds[::-1].index(Kind.DISPOSAL_SUBMITTED)
    if kinds[begin + 1 : begin + 3] != [Kind.DISPOSAL_REVIEWED, Kind.DISPOSAL_APPROVED]:
        return None
    review, approval, *rest = told[begin + 1 :]
    if any(one.kind != Kind.DISPOSAL_WITNESSED or not waited(approval, one.at) for one in rest):
        return None
    people = {one.actor for one in rest}
    apart = people | {review.actor, approval.actor}
    return approval if len(people) >= WITNESSES and len(apart) == len(people) + 2 else None


def wait_of(approval: Said) -> timedelta:
    return timedelta(days=max(disposal.LEAST_DAYS, approval.facts["wait_days"]))


def waited(approval: Said, at: datetime) -> bool:
    return at >= approval.at + wait_of(approval)


def has_waited(approval: Said, *, at: datetime) -> bool:
    """By both clocks."""
    lived, since = log_time.clocks(at=at).lived, approval.facts["log_time"]
    if lived is None or since is None:
        return False
    return waited(approval, at) and lived >= datetime.fromisoformat(since) + wait_of(approval)
