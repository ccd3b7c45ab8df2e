"""From a verified copy to a sealed recording: the one way a recording comes to be.

Intent row → link into the vault → recording, event and examination task in one transaction →
the copy's first name goes. Stopped between any two steps, `recovery` walks the same steps on.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from liuhen.custody import log, numbering
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Actor
from liuhen.devices.models import Device, DeviceKind
from liuhen.engines.vault.errors import KeyTaken
from liuhen.engines.vault.keys import vault_key
from liuhen.engines.vault.receiving import Received
from liuhen.kernel.clock import in_china
from liuhen.people import agencies
from liuhen.recordings import device_time, patterns, tasks, vaults
from liuhen.recordings.locks import temp_of
from liuhen.recordings.models import (
    IntakeBatch,
    IntakeItem,
    ItemState,
    Recording,
    RecordingState,
)
from liuhen.recordings.names import shown
from liuhen.recordings.scanning import within_column
from liuhen.recordings.search import keeping

UNASSIGNED = "未登记"
WHOLE_DIGEST = 64
CARRIED_OVER = (
    "kind",
    "suffix",
    "size_bytes",
    "sha256",
    "sm3",
    "vault_key",
    "recorded_at",
    "recorded_at_origin",
)
"""What a staged item says goes on the recording as it is."""


def seal(item: IntakeItem, received: Received, *, by: Actor | str, at: datetime) -> IntakeItem:
    """Seal the item's verified copy; a file that is in the vault already is only recognised."""
    temp = temp_of(item)
    known = known_recording(item.batch, received.digests.sha256)
    if known:
        recognise(item, known, received, by=by, at=at)
    else:
        stage(item, received, at=at)
        complete(item, temp, by=by, at=at)
    vaults.current().forget_temp(temp)
    return item


def known_recording(batch: IntakeBatch, sha256: str) -> Recording | None:
    """With its number; asked for each file that comes, known by few."""
    rows = Recording.objects.filter(agency_id=batch.agency_id, sha256=sha256)
    return rows.only("number").first()


def stage(item: IntakeItem, received: Received, *, at: datetime) -> None:
    """The intent: what is about to stand in the vault, and where."""
    item.size_bytes = received.digests.size_bytes
    item.mtime_ns = within_column(received.source_mtime_ns)
    item.sha256 = received.digests.sha256
    item.sm3 = received.digests.sm3
    item.recorded_at, item.recorded_at_origin = device_time.best_at_intake(
        bytes(item.name), item.mtime_ns, device_id=item.batch.device_id, at=at
    )
    item.vault_key = key_of(item)
    item.state = ItemState.STAGED
    item.save()


def key_of(item: IntakeItem, digits: int | None = None) -> str:
    more: dict[str, Any] = {"digits": digits} if digits else {}
    assert item.recorded_at is not None
    return vault_key(
        at=in_china(item.recorded_at),
        label=label_of(item.batch),
        sha256=item.sha256 or "",
        suffix=item.suffix,
        **more,
    )


def label_of(batch: IntakeBatch) -> str:
    """Two bureaus may have the same file under the same device number: each has its own copy,
    so that the end of one's term takes nothing from the other."""
    label = batch.device_no or UNASSIGNED
    return label if batch.agency_id == agencies.first().pk else f"单位{batch.agency_id}-{label}"


@transaction.atomic
def complete(item: IntakeItem, temp: Path, *, by: Actor | str, at: datetime) -> None:
    """Link the staged copy into the vault, then write row, event and task together.

    All of it in the log's turn: of two intakes of the same file at once only one links it, and
    the vault holds no second copy that no recording knows of.
    """
    log.wait_for_turn()
    if not is_known_by_now(item, by=by, at=at):
        link(item, temp)
        write_new(item, by=by, at=at)


def link(item: IntakeItem, temp: Path) -> None:
    assert item.vault_key is not None
    try:
        vaults.current().put(temp, item.vault_key)
    except KeyTaken:
        # Another file shares the digest's first digits and the second: name it by all of it.
        item.vault_key = key_of(item, WHOLE_DIGEST)
        item.save(update_fields=["vault_key"])
        vaults.current().put(temp, item.vault_key)


def is_known_by_now(item: IntakeItem, *, by: Actor | str, at: datetime) -> bool:
    """Has another intake sealed the same file since this one looked? Then it is recognised."""
    known = known_recording(item.batch, item.sha256 or "")
    if known:
        settle(item, ItemState.DUPLICATE, known)
        note_offer(item, known, by=by, at=at)
    return known is not None


@transaction.atomic
def write_row(item: IntakeItem, *, by: Actor | str, at: datetime) -> None:
    """For an item whose bytes stand in the vault."""
    log.wait_for_turn()
    if not is_known_by_now(item, by=by, at=at):
        write_new(item, by=by, at=at)


def write_new(item: IntakeItem, *, by: Actor | str, at: datetime) -> None:
    """In the log's turn, of what no recording is yet."""
    recording = new_recording(item, at=at)
    keeping.enter(recording)
    log.record(
        Kind.RECORDING_SEALED,
        subject=f"recording:{recording.number}",
        by=by,
        at=at,
        batch=item.batch.uid,
        original_name=shown(bytes(item.name)),
        original_name_hex=bytes(item.name).hex(),
        size=recording.size_bytes,
        sha256=recording.sha256,
        sm3=recording.sm3,
        vault_key=recording.vault_key,
        file_mtime_ns=str(recording.file_mtime_ns),
        device_no=recording.device_no,
        officer=maker_of(recording),
    )
    tasks.examine.enqueue(recording.pk)
    settle(item, ItemState.SEALED, recording)


def maker_of(recording: Recording) -> str | None:
    """By certificate, else by login; None: nobody knows yet."""
    officer = recording.officer
    return (officer.officer_cert_no or officer.login) if officer else None


def new_recording(item: IntakeItem, *, at: datetime) -> Recording:
    batch = item.batch
    officer = batch.officer
    named = patterns.claim(bytes(item.name))
    assert item.mtime_ns is not None  # staged
    return Recording.objects.create(
        agency_id=batch.agency_id,
        number=next_number(at),
        unit_id=officer.unit_id if officer else (batch.device.unit_id if batch.device else None),
        officer=officer,
        device=batch.device,
        device_no=batch.device_no,
        original_name=item.name,
        file_mtime_ns=item.mtime_ns,
        name_device_no=named.device_no if named else None,
        name_officer_no=named.officer_no if named else None,
        state=RecordingState.SEALED,
        sealed_at=at,
        settled_at=at if shows_a_window(batch.device) else None,
        search_text=searchable(item),
        **{column: getattr(item, column) for column in CARRIED_OVER},
    )


def shows_a_window(device: Device | None) -> bool:
    """What a fixed camera records day and night is no activity's until somebody says so."""
    return device is not None and device.kind == DeviceKind.FIXED_CAMERA


def searchable(item: IntakeItem) -> str:
    batch = item.batch
    words = [shown(bytes(item.name)), batch.device_no or ""]
    if batch.officer:
        words += [batch.officer.name, batch.officer.officer_cert_no or ""]
    return " ".join(filter(None, words))


def next_number(at: datetime) -> str:
    """`2026-000012`: the year of sealing and a count without holes; the log's turn is held."""
    return numbering.next_number(f"{in_china(at).year}-", Recording)


def settle(item: IntakeItem, state: ItemState, recording: Recording) -> None:
    item.state, item.recording = state, recording
    item.save(update_fields=["state", "recording"])


@transaction.atomic
def recognise(
    item: IntakeItem, known: Recording, received: Received, *, by: Actor | str, at: datetime
) -> None:
    """The same bytes again: say where they are, keep what this card called them."""
    item.sha256, item.sm3 = received.digests.sha256, received.digests.sm3
    item.save(update_fields=["sha256", "sm3"])
    settle(item, ItemState.DUPLICATE, known)
    note_offer(item, known, by=by, at=at)


def note_offer(item: IntakeItem, known: Recording, *, by: Actor | str, at: datetime) -> None:
    log.record(
        Kind.RECORDING_OFFERED_AGAIN,
        subject=f"recording:{known.number}",
        by=by,
        at=at,
        batch=item.batch.uid,
        original_name=shown(bytes(item.name)),
        original_name_hex=bytes(item.name).hex(),
    )


def give_up(item: IntakeItem, reason: str) -> None:
    """This file could not be read or copied; it is reported by name and the rest goes on."""
    item.state, item.reason = ItemState.UNREADABLE, reason
    item.save(update_fields=["state", "reason"])
