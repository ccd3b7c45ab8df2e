"""The execution of a disposal: two witnesses confirm, then each recording goes, one at a time.

Killed anywhere, the same code goes on at the next start: for each line, first the event that it is
about to go with its row's mark, then the bytes, then the event that they are gone. What stands
against a removal is asked again before each of them; then that recording is spared and says why.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.merkle.errors import EvidenceInvalid
from liuhen.engines.vault.contract import Removal
from liuhen.engines.vault.errors import ContentDiffers, StillLocked, VaultError
from liuhen.kernel.clock import in_china
from liuhen.kernel.refusal import Refusal
from liuhen.people import permissions, sign_in
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.recordings import copying, disposing
from liuhen.recordings.models import Recording
from liuhen.regulations import current
from liuhen.retention import borne_out, disposal, disposal_proofs, guards, log_time, removing, tasks
from liuhen.retention import disposal_errors as errors
from liuhen.retention.appraisal import clock_ahead
from liuhen.retention.as_told import Told
from liuhen.retention.disposal_states import Step
from liuhen.retention.models import (
    Appraisal,
    DisposalItem,
    DisposalList,
    DisposalState,
    DisposalWitness,
    ItemState,
    Worth,
)

UNDER_WAY = (ItemState.LISTED, ItemState.LEAVING)
logger = logging.getLogger("liuhen.retention")


def confirm(
    found: DisposalList, password: str, *, by: Officer, at: datetime, address: str | None
) -> None:
    """As `witness`, by whoever really sits at the screen: a wrong password counts as a try.

    Refuses: WrongPassword, and as `witness`.
    """
    sign_in.confirm(by, password, at=at, address=address)
    witness(found, by=by, at=at)


@transaction.atomic
def witness(found: DisposalList, *, by: Officer, at: datetime) -> None:
    """Confirm that it goes. With the second one's word it is executed and cannot be revoked.

    Refuses: NoSuchList, NotPermitted, OwnList, OwnRecordings, WitnessedAlready, StillWaiting,
    ClockAhead, WrongStep.
    """
    log.wait_for_turn()
    now = disposal.fresh(found, by)
    check_witness(now, by)
    log_time.recount()
    check_waited(now, at=at)
    place = now.witnesses.count() + 1
    DisposalWitness.objects.create(disposal=now, place=place, officer=by, confirmed_at=at)
    lines = now.items.filter(state=ItemState.LISTED).count()
    disposal.record(Kind.DISPOSAL_WITNESSED, now, by=by, at=at, place=place, lines=lines)
    if place == disposal_proofs.WITNESSES:
        disposal.move(now, Step.EXECUTE, begun_at=at)
        tasks.execute.enqueue(now.pk)
    found.refresh_from_db()


def check_witness(now: DisposalList, by: Officer) -> None:
    """Who: neither of those who brought it here, nor who made any of it.

    Refuses: NotPermitted, OwnList, OwnRecordings, WitnessedAlready.
    """
    permissions.check(by, Permission.WITNESS_DISPOSAL)
    disposal.check_other(now, by)
    if by.pk == now.approved_by_id:
        raise errors.OwnList()
    disposal.check_no_part(now, by)
    if now.witnesses.filter(officer=by).exists():
        raise errors.WitnessedAlready()


def may_witness(now: DisposalList, by: Officer) -> bool:
    """Whether it is this officer's to confirm, be it now or when the waiting is over."""
    try:
        check_witness(now, by)
    except Refusal:
        return False
    return now.state == DisposalState.WAITING


def check_waited(now: DisposalList, *, at: datetime) -> None:
    """When: the waiting period is over by both clocks. Refuses: WrongStep, StillWaiting,
    ClockAhead."""
    until, by_log = now.waits_until(now.approved_at), now.waits_until(now.approved_log_at)
    if until is None:
        raise errors.WrongStep(state=now.get_state_display())
    if at < until:
        said = f"{in_china(until):%Y-%m-%d %H:%M}"
        raise errors.StillWaiting(days=now.wait_days, until=said)
    clocks = log_time.clocks(at=at)
    if clocks.lived is None or by_log is None or clocks.lived < by_log:
        raise clock_ahead(clocks)


def run(found: DisposalList, *, clock: Callable[[], datetime]) -> bool:
    """Work the register off. False: it stands still, `problem` says why; asked again, it goes
    on."""
    if why := disposal_proofs.why_not(found, at=clock()):
        logger.error("%s says it is to be executed, the log does not", found.number)
        DisposalList.objects.filter(pk=found.pk).update(problem=why)
        return False
    DisposalList.objects.filter(pk=found.pk).update(problem="")
    rows = found.items.filter(state__in=UNDER_WAY).select_related("recording")
    lines = list(rows.order_by("position"))
    at_line = ""
    waits: tuple[str, StillLocked] | None = None
    try:
        # All of them before the first: one that is not what was signed for stops the rest.
        disposal_proofs.check_alone(lines)
        told = as_told(lines)
        for item in lines:
            at_line = item.archive_no
            disposal_proofs.check_line(found, item)
        for item in lines:
            at_line = item.archive_no
            try:
                dispose(found, item, told, clock=clock)
            except StillLocked as still:
                # The others begin as well: what is leaving has its lock prolonged no more.
                waits = waits or (at_line, still)
        if waits:
            at_line, first = waits
            raise first
    except (VaultError, OSError, disposal_proofs.Unfit) as failed:
        logger.exception("%s stands still at %s", found.number, at_line)
        said = "：".join(filter(None, (at_line, disposal_proofs.told(failed))))[:200]
        DisposalList.objects.filter(pk=found.pk).update(problem=said)
        return False
    finish(found, at=clock())
    return True


def as_told(lines: Sequence[DisposalItem]) -> Told:
    """What the log says of these. Raises: Unfit."""
    told = Told(item.recording.number for item in lines)
    read_on(told)
    return told


def read_on(told: Told) -> None:
    """Raises: Unfit."""
    try:
        told.read_on()
    except EvidenceInvalid as invalid:
        logger.error("the log does not bear itself out: %s", invalid)
        raise disposal_proofs.Unfit(disposal_proofs.LOG_BROKEN) from invalid


def dispose(
    found: DisposalList, item: DisposalItem, told: Told, *, clock: Callable[[], datetime]
) -> None:
    """One line, from the intent to the end. Raises: Unfit, StoreFailed, OSError."""
    if not begin(found, item, told, at=clock()):
        return
    try:
        removed = removing.remove(item.recording, partial(last_word, item.recording, told, clock))
    except ContentDiffers:
        # Somebody changed it: it is evidence of that now.
        spare_after_all(found, item, "changed", told, at=clock())
        return
    except Stands as stands:
        spare_after_all(found, item, stands.why, told, at=clock())
        return
    settle(found, item, removed, at=clock())


@transaction.atomic
def begin(found: DisposalList, item: DisposalItem, told: Told, *, at: datetime) -> bool:
    """The guard's last word, then the intent. False: spared. Raises: Unfit, Unproven."""
    log.wait_for_turn()
    item.recording.refresh_from_db()
    disposal_proofs.check_line(found, item)
    is_new = DisposalItem.objects.filter(pk=item.pk, state=ItemState.LISTED).exists()
    is_there = removing.is_there(item.recording)
    # Not there and about to go: its bytes went before a crash, or by another hand. What stands
    # against it is asked all the same, and the end says that nothing was found.
    why = why_not_now(item.recording, told, at=at)
    if why := why or ("missing" if is_new and not is_there else ""):
        spare(found, item, why, told, at=at)
        return False
    if is_new:
        one = item.recording
        facts = {"sha256": one.sha256, "sm3": one.sm3, "size": one.size_bytes}
        facts |= {"vault_key": one.vault_key, "due_at": item.due_at.isoformat()}
        of = {"disposal": found.number, "position": item.position}
        record(Kind.RECORDING_LEAVING, item, at=at, **facts, **of)
        disposing.mark(one, at=at)
        DisposalItem.objects.filter(pk=item.pk).update(state=ItemState.LEAVING)
    return True


def why_not_now(recording: Recording, told: Told, *, at: datetime) -> str:
    """A code of `guards.WHY`; the mark that it is going is no ground against it. What the rows do
    not hold against it the log may: then somebody changed them. Raises: Unfit."""
    word = guards.standing([recording]).get(recording.pk)
    if word is None or word.worth != Worth.NONE:
        return "kept"
    book, clocks = current.rulebook_if_any(recording.agency), log_time.clocks(at=at)
    why = guards.ask([recording], book, clocks, apart_from=("disposed",))[recording.pk].why
    read_on(told)
    return why or ("log_differs" if borne_out.differences(recording, told) else "")


class Stands(Exception):
    """Something came to stand against it since; `why` is a code of `guards.WHY`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@contextmanager
def last_word(recording: Recording, told: Told, clock: Callable[[], datetime]) -> Iterator[None]:
    """Reading a great original takes minutes, in which a hold may be placed: asked again in the
    log's turn, which is kept until the bytes are gone. Raises: Stands."""
    with transaction.atomic():
        log.wait_for_turn()
        if why := why_not_now(recording, told, at=clock()):
            raise Stands(why)
        yield


@transaction.atomic
def spare_after_all(
    found: DisposalList, item: DisposalItem, why: str, told: Told, *, at: datetime
) -> None:
    log.wait_for_turn()
    spare(found, item, why, told, at=at)


def spare(found: DisposalList, item: DisposalItem, why: str, told: Told, *, at: datetime) -> None:
    """It stays, and comes up for appraisal again. In the caller's transaction."""
    facts: dict[str, object] = {"disposal": found.number, "why": why}
    if why == "log_differs":
        facts["differs"] = borne_out.differences(item.recording, told)
    disposing.unmark(item.recording)
    Appraisal.objects.filter(recording=item.recording, ended_at=None).update(ended_at=at)
    DisposalItem.objects.filter(pk=item.pk).update(
        state=ItemState.SPARED, is_live=False, why=why, settled_at=at
    )
    record(Kind.RECORDING_SPARED, item, at=at, **facts)


@transaction.atomic
def settle(
    found: DisposalList, item: DisposalItem, removed: removing.Removed, *, at: datetime
) -> None:
    log.wait_for_turn()
    rows = DisposalItem.objects.filter(pk=item.pk, state=ItemState.LEAVING)
    found_none = all(answer == Removal.NOT_THERE for answer in removed.copies.values())
    why = "not_there" if found_none else ""
    if not rows.update(state=ItemState.GONE, why=why, settled_at=at):
        return
    one = item.recording
    copying.forget(one, at=at)
    record(
        Kind.RECORDING_DISPOSED,
        item,
        at=at,
        disposal=found.number,
        position=item.position,
        sha256=one.sha256,
        sm3=one.sm3,
        copies={str(store): str(answer) for store, answer in removed.copies.items()},
        derived=removed.derived,
        disc_images=removed.images,
    )


@transaction.atomic
def finish(found: DisposalList, *, at: datetime) -> None:
    """Once, when no line is left under way."""
    log.wait_for_turn()
    if found.items.filter(state__in=UNDER_WAY).exists():
        return
    if DisposalList.objects.get(pk=found.pk).state != DisposalState.EXECUTING:
        return
    disposal.move(found, Step.FINISH, done_at=at)
    lines = found.items.order_by("position").values_list("state", "archive_no")
    gone = [number for state, number in lines if state == ItemState.GONE]
    spared = [number for state, number in lines if state == ItemState.SPARED]
    disposal.record(Kind.DISPOSAL_DONE, found, by=log.SYSTEM, at=at, gone=gone, spared=spared)


@transaction.atomic
def go_on(found: DisposalList, *, by: Officer) -> None:
    """Have a register that stands still tried again, e.g. after the disk was mended.

    Refuses: NoSuchList, NotPermitted, WrongStep.
    """
    permissions.check(by, Permission.APPRAISE_RECORDINGS)
    now = disposal.fresh(found, by)
    if now.state != DisposalState.EXECUTING:
        raise errors.WrongStep(state=now.get_state_display())
    if now.pk not in queued():
        tasks.execute.enqueue(now.pk)


def catch_up() -> None:
    """Queue what a crash left under way; what is queued already is not queued again."""
    waiting = queued()
    rows = DisposalList.objects.filter(state=DisposalState.EXECUTING).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        if pk not in waiting:
            tasks.execute.enqueue(pk)


def queued() -> set[int]:
    unfinished = DBTaskResult.objects.filter(
        status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING],
        task_path=tasks.execute.module_path,
    )
    return {said["args"][0] for said in unfinished.values_list("args_kwargs", flat=True)}


def record(kind: Kind, item: DisposalItem, *, at: datetime, **facts: object) -> None:
    """What two persons confirmed, the system does."""
    log.record(kind, subject=f"recording:{item.recording.number}", by=log.SYSTEM, at=at, **facts)
