"""The dossier leaves the house: as one ZIP that is streamed, or into a folder that is kept up.

The event comes first and names every recording and paper with its digests; each original is
hashed again on its way, and a changed one stops the whole.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from zipstream import ZipStream

from liuhen.cases import dossier, parties
from liuhen.cases.dossier_files import (
    INDEX,
    MANIFEST,
    SM3_MANIFEST,
    DossierFile,
    files_of,
    folder_of,
    index_of,
    manifest,
)
from liuhen.cases.errors import ReasonBlank
from liuhen.cases.models import Party
from liuhen.cases.paper_errors import PaperChanged
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act, Actor
from liuhen.engines.vault.errors import VaultError
from liuhen.engines.vault.receiving import receive
from liuhen.engines.vault.sha256 import sha256_file
from liuhen.people.models import Officer
from liuhen.people.permissions import NotPermitted, Permission, permissions_of
from liuhen.people.spelling import seen
from liuhen.recordings import own_folders, vaults

EXPORTING = frozenset({Permission.SEE_AGENCY, Permission.HANDLE_CASES})
"""Both: who keeps the recordings, and the legal office. An original leaves by their hand alone."""

CHUNK_BYTES = 1 << 20
NAMED_AT_ONCE = 200
"""Files with both digests in one event: 200 are 40 KB of the 65,535 bytes an entry has."""


@dataclass(frozen=True)
class Export:
    """What may leave: its event is in the log. `name` is the party's folder's."""

    name: str
    files: Sequence[DossierFile]

    @property
    def size_bytes(self) -> int:
        return sum(one.size_bytes for one in self.files)

    def texts(self) -> dict[str, bytes]:
        """Table of contents and manifests, by name; the manifest covers the contents' table."""
        index = index_of(self.files)
        sha256 = [(one.sha256, one.path) for one in self.files]
        sha256.append((hashlib.sha256(index).hexdigest(), INDEX))
        sm3 = manifest((one.sm3, one.path) for one in self.files)
        sha256.append((hashlib.sha256(sm3).hexdigest(), SM3_MANIFEST))
        return {INDEX: index, SM3_MANIFEST: sm3, MANIFEST: manifest(sha256)}


def may_export(officer: Officer) -> bool:
    return permissions_of(officer) >= EXPORTING


def for_officer(party: Party, *, reason: str, by: Officer, at: datetime) -> Export:
    """Refuses: NotPermitted, NoSuchParty, Merged, ReasonBlank."""
    if not may_export(by):
        raise NotPermitted()
    if not (reason := seen(reason)):
        raise ReasonBlank()
    party = parties.standing(party, by)
    return logged(party, dossier.seen_by(by, party), reason=reason, by=by, at=at)


@transaction.atomic
def logged(
    party: Party, of: dossier.Scope, *, reason: str, by: Actor | str, at: datetime
) -> Export:
    """The event, in as many parts as it takes, and one on each recording's own chain."""
    log.wait_for_turn()
    export = Export(folder_of(of), files_of(of))
    parts = [
        export.files[n : n + NAMED_AT_ONCE] for n in range(0, len(export.files), NAMED_AT_ONCE)
    ] or [[]]
    subject = parties.subject_of(party)
    acts = [
        Act(
            Kind.DOSSIER_EXPORTED,
            subject,
            by,
            at,
            {
                "reason": reason,
                "files": [[one.subject, one.sha256, one.sm3] for one in part],
                "part": n,
                "parts": len(parts),
            },
        )
        for n, part in enumerate(parts, 1)
    ]
    acts += [
        Act(Kind.RECORDING_EXPORTED, one.subject, by, at, {"dossier": subject, "reason": reason})
        for one in export.files
        if one.subject.startswith("recording:")
    ]
    log.record_all(acts)
    return export


def zipped(export: Export) -> ZipStream:
    """A ZIP whose length is known before its first byte; nothing is packed twice or kept in
    memory. Iterating it raises PaperChanged where an original is no longer what was sealed."""
    stream = ZipStream(sized=True)
    for one in export.files:
        stream.add(bytes_of(one), f"{export.name}/{one.path}", size=one.size_bytes)
    for name, content in export.texts().items():
        stream.add(content, f"{export.name}/{name}")
    return stream


def bytes_of(one: DossierFile) -> Iterator[bytes]:
    """Raises: PaperChanged, before the last chunk is out."""
    hasher = hashlib.sha256()
    try:
        stored = vaults.current().open(one.key)
    except VaultError:
        raise PaperChanged(title=one.title) from None
    with stored:
        last = b""
        while chunk := stored.read(CHUNK_BYTES):
            hasher.update(chunk)
            if last:
                yield last
            last = chunk
        if hasher.hexdigest() != one.sha256:
            raise PaperChanged(title=one.title)
        yield last


@dataclass
class Written:
    """What a run into a folder did: files copied anew, files that were there, strangers."""

    folder: Path
    copied: int = 0
    there: int = 0
    others: int = 0


def write(
    export: Export, to: Path, tell: Callable[[int, int], None] = lambda done, total: None
) -> Written:
    """Bring the party's folder below `to` up to date; what is there already is only checked.

    Broken off, it goes on where it stopped: a file bears its name only when it is whole, and the
    manifest is written last.
    Refuses: OwnFolder, PaperChanged. Raises: OSError, StoreFull.
    """
    folder = to / export.name
    own_folders.check_outside(os.fsencode(folder.absolute()))
    done = Written(folder)
    total, done_bytes = export.size_bytes, 0
    for one in export.files:
        target = folder / one.path
        if target.is_file() and sha256_file(target) == one.sha256:
            done.there += 1
        else:
            copy(one, target)
            done.copied += 1
        done_bytes += one.size_bytes
        tell(done_bytes, total)
    folder.mkdir(parents=True, exist_ok=True)
    texts = export.texts()
    for name, content in texts.items():
        part = folder / f".{name}.part"
        part.unlink(missing_ok=True)  # a link somebody laid there is not written through
        part.write_bytes(content)
        part.replace(folder / name)
    known = {folder / one.path for one in export.files} | {folder / name for name in texts}
    done.others = sum(path.is_file() and path not in known for path in folder.rglob("*"))
    return done


def copy(one: DossierFile, target: Path) -> None:
    # A folder of an earlier run may have been made a link since.
    own_folders.check_outside(os.fsencode(target.parent.absolute()))
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        received = receive(bytes(vaults.path(one.key)), part)
    except VaultError as failed:
        if not vaults.path(one.key).exists():
            raise PaperChanged(title=one.title) from failed
        raise
    if received.digests.sha256 != one.sha256:
        part.unlink()
        raise PaperChanged(title=one.title)
    part.replace(target)
