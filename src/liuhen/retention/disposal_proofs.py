"""What the log says of a register, before anything of it goes: whatever the rows say."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from liuhen.cases.models import Document
from liuhen.custody import proofs
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.engines.vault import marker
from liuhen.engines.vault.errors import VaultError
from liuhen.recordings import copy_words
from liuhen.recordings.models import Recording
from liuhen.retention import disposal, log_time, proven
from liuhen.retention.models import DisposalItem, DisposalList
from liuhen.retention.proven import Said, Unproven

WITNESSES = 2
UNSAID = "存证日志中没有审核、批准和两人监销的记录"
TOO_EARLY = "按存证日志，批准后的等待期尚未届满"
LOG_BROKEN = "存证日志与其签名不一致，请立即报告审计管理员"
STEPS = (
    Kind.DISPOSAL_SUBMITTED,
    Kind.DISPOSAL_REVIEWED,
    Kind.DISPOSAL_APPROVED,
    Kind.DISPOSAL_RETURNED,
    Kind.DISPOSAL_WITNESSED,
    Kind.DISPOSAL_REVOKED,
)


STORES = {
    marker.NOT_ATTACHED: "存储盘未接入，请接入后继续执行",
    "copy_under_way": "正在复制，稍后自动继续",
    "locked": "第二副本的存储锁定尚未到期，到期后自动继续",
}


def told(failed: Exception) -> str:
    """Why a register stands still, for the page."""
    if not isinstance(failed, VaultError):
        return str(failed)
    said = STORES.get(failed.reason) or str(copy_words.AWAY.get(failed.reason, ""))
    return f"{said}（{failed}）" if said else str(failed)


class Unfit(Exception):
    """A line is not what was signed for, in words: the whole register stands still."""


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


def check_line(found: DisposalList, item: DisposalItem) -> None:
    """It is one of those handed in, and its row names the very bytes that were sealed.

    Raises: Unfit, Unproven.
    """
    one = item.recording
    handed_in = proven.said_of(disposal.subject_of(found), Kind.DISPOSAL_SUBMITTED)
    if not handed_in or one.number not in handed_in[-1].facts["recordings"]:
        raise Unfit(f"{one.number} 不在存证日志所记的提交审核的清册内，请立即报告审计管理员")
    sealed = proven.said_of(f"recording:{one.number}", Kind.RECORDING_SEALED)
    told = [(said.facts["sha256"], said.facts["vault_key"]) for said in sealed]
    if told != [(one.sha256, one.vault_key)]:
        raise Unfit(f"{one.number} 的登记与封存时的存证不一致，请立即报告审计管理员")


def disposed_facts(items: Iterable[DisposalItem]) -> Iterator[dict[str, Any]]:
    """What was told when each of these was gone; one query for all."""
    subjects = [f"recording:{item.recording.number}" for item in items]
    events = CustodyEvent.objects.filter(subject__in=subjects, kind=Kind.RECORDING_DISPOSED)
    for event in events.order_by("index"):
        yield proofs.facts_of(event)


def check_alone(items: Sequence[DisposalItem]) -> None:
    """Nothing else that is kept lies under the key of any of these. Raises: Unfit."""
    keys = [item.recording.vault_key for item in items]
    going = [item.recording_id for item in items]
    kept = Recording.objects.filter(vault_key__in=keys, disposed_at=None).exclude(pk__in=going)
    papers = Document.objects.filter(vault_key__in=keys)
    for rows in (kept, papers):
        if key := rows.order_by("pk").values_list("vault_key", flat=True).first():
            raise Unfit(f"{key} 下还存有其他资料或者文书，请立即报告审计管理员")
    if len(set(keys)) < len(keys):
        raise Unfit("清册中有两项资料指向同一原件，请立即报告审计管理员")
