"""The evidence package: put together when it is fetched, originals straight from the vault.

A BagIt bag with a page that plays and verifies it. The event comes first; each file is hashed
again on its way, and a changed one stops the whole.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO, TypeVar

from django.db import transaction
from django.utils import translation
from zipstream import ZipStream

from liuhen.access import (
    excerpts,
    extraction_rights,
    package_note,
    package_page,
    package_proofs,
    viewing,
)
from liuhen.access import extraction_errors as errors
from liuhen.access.extraction import item_subject, items_of, subject_of
from liuhen.access.models import Extraction, ExtractionItem, ExtractionState
from liuhen.access.package_files import (
    HISTORY,
    MOMENTS,
    NOTE,
    PREVIEWS,
    Stored,
    folder_of,
    history_json,
    history_of,
    history_table,
    item_path,
    moments_table,
)
from liuhen.access.package_proofs import Proofs
from liuhen.custody import keys, log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act, Actor
from liuhen.engines.paper import bagit
from liuhen.engines.paper.offline import Event
from liuhen.engines.vault.errors import VaultError
from liuhen.engines.vault.sha256 import sha256_file
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.people.permissions import NotPermitted, Permission, may, permissions_of
from liuhen.recordings import derived, playing, vaults
from liuhen.recordings.playing import Playback

CHUNK_BYTES = 1 << 20
T = TypeVar("T")
CHINESE = "zh-hans"
PREVIEW_NOTE = (
    "原件的格式浏览器不能直接播放。此处播放的是为观看另行转换的预览件，不作为证据；核验的是原件。"
)


@dataclass(frozen=True)
class Package:
    """What goes out: files from where they lie, and texts by path; `name` is the folder's."""

    name: str
    files: Sequence[Stored]
    texts: Mapping[str, bytes]

    @property
    def size_bytes(self) -> int:
        return sum(one.size_bytes for one in self.files) + sum(map(len, self.texts.values()))


def take(extraction: Extraction, *, by: Officer, at: datetime) -> Package:
    """The package for whoever made it, the custodian and the legal office; said in the log before
    it is put together.

    Refuses: NotPermitted, NotReady, CutFailed, NoSuchRecording, ApprovalOver, OthersApproval,
    Disposed, ExcerptLost.
    """
    return put_together(extraction, leave(extraction, by=by, at=at))


@transaction.atomic
def leave(extraction: Extraction, *, by: Officer, at: datetime) -> list[ExtractionItem]:
    """What leaves by this officer's hand is in the log and in the register. Refuses: as `take`, but
    ExcerptLost."""
    if not may_take(extraction, by):
        raise NotPermitted()
    check_ready(extraction)
    items = items_of(extraction)
    log.wait_for_turn()
    held = extraction_rights.still_held(extraction, items, by, at=at)
    record(extraction, items, by=by, at=at)
    for item in items:
        viewing.enter(item.recording, held[item.pk], by=by, at=at, what=viewing.COPY)
    return items


@transaction.atomic
def handed(extraction: Extraction, hand_out: Callable[[], T], *, by: Officer, at: datetime) -> T:
    """The package in another form, such as a disc's image, which `hand_out` gives, in the same
    transaction. Refuses: as `hand_out`, and as `take`."""
    leave(extraction, by=by, at=at)
    return hand_out()


def kept(extraction: Extraction, keep: Callable[["Package"], T], *, by: Officer, at: datetime) -> T:
    """The package to be put on discs for the case's file, by the custodian or the legal office:
    what `keep` writes stays in the house until it is lent. What was approved to who took it out
    must hold still.

    Refuses: as `keep`; NotPermitted, NotReady, CutFailed, NoSuchRecording, ApprovalOver, Disposed,
    ExcerptLost.
    """
    if not may_take(extraction, by):
        raise NotPermitted()
    check_ready(extraction)
    items = items_of(extraction)
    extraction_rights.still_held(extraction, items, extraction.made_by, at=at)
    return keep(put_together(extraction, items))


def may_take(extraction: Extraction, by: Officer) -> bool:
    if extraction.agency_id != by.agency_id or not may(by, Permission.HANDLE_CASES):
        return False
    if permissions_of(by) >= extraction_rights.KEEPING:
        return True
    return extraction.made_by_id == by.pk and extraction_rights.handles(extraction.case, by)


def logged(extraction: Extraction, *, by: Actor | str, at: datetime) -> Package:
    """For the command, which asks nobody. Refuses: NotReady, CutFailed, ExcerptLost."""
    check_ready(extraction)
    items = items_of(extraction)
    with transaction.atomic():
        record(extraction, items, by=by, at=at)
    return put_together(extraction, items)


def record(
    extraction: Extraction, items: Sequence[ExtractionItem], *, by: Actor | str, at: datetime
) -> None:
    acts = [Act(Kind.EVIDENCE_PACKAGE_TAKEN, subject_of(extraction), by, at)]
    facts = {"extraction": extraction.number}
    acts += [Act(Kind.RECORDING_EXPORTED, item_subject(one), by, at, facts) for one in items]
    log.record_all(acts)


def check_ready(extraction: Extraction) -> None:
    """Refuses: NotReady, CutFailed."""
    if extraction.state == ExtractionState.CUTTING:
        raise errors.NotReady(number=extraction.number)
    if extraction.state == ExtractionState.FAILED:
        raise errors.CutFailed(number=extraction.number)


def put_together(extraction: Extraction, items: Sequence[ExtractionItem]) -> Package:
    """Refuses: ExcerptLost."""
    with translation.override(CHINESE):
        return in_chinese(extraction, items)


def in_chinese(extraction: Extraction, items: Sequence[ExtractionItem]) -> Package:
    files, views = stored(items)
    texts, proofs = {}, Proofs()
    events: dict[int, Sequence[Event]] = {}
    histories = {item.pk: history_of(item.recording) for item in items}
    for item in items:
        events[item.pk] = [
            proofs.add(event, name) for name, event in package_proofs.events_of(item)
        ]
        number, history = item.recording.number, histories[item.pk]
        texts[f"{MOMENTS}/{number}.csv"] = moments_table(item)
        texts[f"{HISTORY}/{number}.csv"] = history_table(history)
        texts[f"{HISTORY}/{number}.json"] = history_json(history)
    extracted = proofs.add(package_proofs.extraction_event(extraction), extraction.number)
    proofs.add_key()
    texts[NOTE] = package_note.pdf(extraction, items)
    told = package_page.contents(
        extraction,
        items,
        events=events,
        extracted=extracted,
        histories=histories,
        views=views,
        vkey=keys.verifier().vkey,
        others=package_proofs.others_words(proofs),
    )
    beside = {
        package_page.INDEX: package_page.index(told),
        package_page.README: package_page.readme(extraction),
    }
    texts |= proofs.texts
    return Package(folder_of(extraction), files, texts | bag(extraction, files, texts, beside))


def stored(
    items: Sequence[ExtractionItem],
) -> tuple[list[Stored], dict[int, tuple[str, str]]]:
    """The files that lie ready, and what the page plays of each. Refuses: ExcerptLost."""
    files, views = [], {}
    for item in items:
        recording, path = item.recording, item_path(item)
        assert item.size_bytes is not None
        facts = (path, item.size_bytes, item.sha256, recording.number)
        how = playing.at_hand(recording)
        if item.is_excerpt:
            files.append(Stored(*facts, where=excerpts.check_there(item)))
            views[item.pk] = (path if how == Playback.ORIGINAL else "", "")
            continue
        files.append(Stored(*facts, key=recording.vault_key))
        views[item.pk] = (path if how == Playback.ORIGINAL else "", "")
        if how == Playback.RENDITION:
            shown = preview(item)
            files.append(shown)
            views[item.pk] = (shown.path, PREVIEW_NOTE)
    return files, views


def preview(item: ExtractionItem) -> Stored:
    where, number = derived.rendition(item.recording), item.recording.number
    path = f"{PREVIEWS}/{item.position:02d}_{number}_预览件{where.suffix}"
    return Stored(path, where.stat().st_size, sha256_file(where), number, where=where)


def bag(
    extraction: Extraction,
    files: Sequence[Stored],
    texts: Mapping[str, bytes],
    beside: Mapping[str, bytes],
) -> dict[str, bytes]:
    payload = [bagit.Payload(one.path, one.size_bytes, one.sha256) for one in files]
    payload += [
        bagit.Payload(path, len(content), hashlib.sha256(content).hexdigest())
        for path, content in texts.items()
    ]
    info = (
        ("Source-Organization", extraction.agency.name),
        ("External-Identifier", extraction.number),
        ("External-Description", f"{extraction.case.case_no} {extraction.case.name} 音像证据"),
        ("Bagging-Date", f"{in_china(extraction.made_at):%Y-%m-%d}"),
        ("Bag-Software-Agent", "Liuhen 留痕"),
    )
    return bagit.tag_files(payload, info, beside)


def zipped(package: Package) -> ZipStream:
    """A ZIP whose length is known before its first byte; nothing is packed twice or kept in
    memory. Iterating it raises OriginalChanged where a file is no longer what it was."""
    stream = ZipStream(sized=True)
    for path, content in package.texts.items():
        stream.add(content, f"{package.name}/{path}")
    for one in package.files:
        stream.add(bytes_of(one), f"{package.name}/{one.path}", size=one.size_bytes)
    return stream


def opened(one: Stored) -> BinaryIO:
    """Refuses: OriginalChanged where it is gone."""
    try:
        return one.where.open("rb") if one.where else vaults.current().open(one.key)
    except (VaultError, OSError):
        raise errors.OriginalChanged(recording=one.number) from None


def bytes_of(one: Stored) -> Iterator[bytes]:
    """Raises: OriginalChanged, before the last chunk is out."""
    hasher, last = hashlib.sha256(), b""
    with opened(one) as file:
        while chunk := file.read(CHUNK_BYTES):
            hasher.update(chunk)
            if last:
                yield last
            last = chunk
        if hasher.hexdigest() != one.sha256:
            raise errors.OriginalChanged(recording=one.number)
        yield last
