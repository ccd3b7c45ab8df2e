"""The recordings as a tree of folders on an external disk, brought up to date run by run.

What the last run left is known by its manifest; only what is new is copied, each original hashed
on its way, its event in the log before its first byte. A file of another content that bears the
name, or a link, is left as it is and told of. Broken off, the next run goes on where this one
stopped.
"""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from liuhen.cases.dossier_export import copy
from liuhen.cases.dossier_files import (
    INDEX,
    MANIFEST,
    SM3_MANIFEST,
    DossierFile,
    index_of,
    manifest,
    safe,
)
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act, Actor
from liuhen.engines.vault.sha256 import sha256_file
from liuhen.kernel.clock import midnight
from liuhen.people.models import Agency
from liuhen.recordings import own_folders
from liuhen.recordings.models import Recording
from liuhen.recordings.names import shown
from liuhen.retention import disc_errors as errors
from liuhen.retention import tree_disk, tree_files
from liuhen.retention.tree_disk import is_link_free

AT_ONCE = 200
"""Files whose leaving is one event, and then copied."""

Tell = Callable[[int, int], None]


@dataclass
class Done:
    """What a run did. `conflicts`: paths where something else lies; nothing was done to it."""

    folder: Path
    copied: int = 0
    there: int = 0
    moved: int = 0
    conflicts: list[str] = field(default_factory=list)


def recordings_of(
    agency: Agency, since: date | None = None, until: date | None = None
) -> QuerySet[Recording]:
    """By the day they were recorded, both days included; what is disposed of is no more."""
    rows = Recording.objects.filter(agency=agency, disposed_at=None)
    if since:
        rows = rows.filter(recorded_at__gte=midnight(since))
    if until:
        rows = rows.filter(recorded_at__lt=midnight(until + timedelta(days=1)))
    return rows


def folder_of(agency: Agency) -> str:
    return safe(f"{agency.name}音像资料")


def write(
    rows: QuerySet[Recording],
    folder: Path,
    *,
    reason: str,
    by: Actor | str,
    at: datetime,
    verify: bool = False,
    tell: Tell = lambda done, total: None,
) -> Done:
    """Bring `folder` up to date with these recordings.

    Args:
        verify: read again what the last run left; else its manifest and each file's length do.
        tell: bytes done and in all.
    Refuses: OwnFolder, TreeIsLink, PaperChanged. Raises: OSError, StoreFull.
    """
    own_folders.check_outside(os.fsencode(folder.absolute()))
    check_own(folder)
    wanted = list(tree_files.files_of(rows))
    before = read_manifest(folder)
    done = Done(folder)
    missing = [one for one in wanted if not is_there(one, folder, before, done, verify=verify)]
    missing = moved_into_place(missing, wanted, folder, before, done)
    total = sum(one.size_bytes for one in wanted)
    done_bytes = total - sum(one.size_bytes for one in missing)
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(0, len(missing), AT_ONCE):
        some = missing[n : n + AT_ONCE]
        leave(some, folder, reason=reason, by=by, at=at)
        for one in some:
            check_no_link(folder, one.path)
            copy(one, folder / one.path)
            done.copied += 1
            done_bytes += one.size_bytes
            tell(done_bytes, total)
    keep_texts(folder, wanted, before, done)
    return done


def check_own(folder: Path) -> None:
    """The folder and the lists in it are no links somebody laid there. Refuses: TreeIsLink."""
    for name in (INDEX, MANIFEST, SM3_MANIFEST):
        check_no_link(folder, name)


def read_manifest(folder: Path) -> dict[str, str]:
    """Path → digest, as the last run that ended wrote them; none where there was no run."""
    lines = (tree_disk.read_text(folder / MANIFEST) or "").splitlines()
    said = (line.partition("  ") for line in lines)
    return {name: digest for digest, sep, name in said if sep and is_link_free(folder, name)}


def is_there(
    one: DossierFile, folder: Path, before: dict[str, str], done: Done, *, verify: bool
) -> bool:
    """Nothing more is to be done for it: it lies there, or something else does."""
    target = folder / one.path
    if not is_link_free(folder, one.path):
        done.conflicts.append(one.path)
        return True
    if not target.exists():
        return False
    same_length = target.is_file() and target.stat().st_size == one.size_bytes
    is_known = before.get(one.path) == one.sha256 and not verify
    if same_length and (is_known or sha256_file(target) == one.sha256):
        done.there += 1
    else:
        done.conflicts.append(one.path)
    return True


def moved_into_place(
    missing: Sequence[DossierFile],
    wanted: Sequence[DossierFile],
    folder: Path,
    before: dict[str, str],
    done: Done,
) -> list[DossierFile]:
    """What the last run left elsewhere, because its case was not known then, is moved; answers
    what is still to be copied."""
    places = {one.path for one in wanted}
    stray = {digest: path for path, digest in before.items() if path not in places}
    left = []
    for one in missing:
        old = folder / stray[one.sha256] if one.sha256 in stray else None
        if old is None or not old.is_file() or sha256_file(old) != one.sha256:
            left.append(one)
            continue
        target = folder / one.path
        for path in (stray[one.sha256], one.path):
            check_no_link(folder, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        old.rename(target)
        done.moved += 1
    return left


def check_no_link(folder: Path, path: str) -> None:
    """One may have been laid there since. Refuses: TreeIsLink."""
    if not is_link_free(folder, path):
        raise errors.TreeIsLink(path=shown(os.fsencode(folder / path)))


@transaction.atomic
def leave(
    some: Sequence[DossierFile], folder: Path, *, reason: str, by: Actor | str, at: datetime
) -> None:
    """Which originals are about to be copied, in the log: one event, and one on each's chain."""
    log.wait_for_turn()
    named = [[one.subject, one.sha256] for one in some]
    facts = {"reason": reason, "files": named}
    acts = [Act(Kind.TREE_EXPORTED, "tree", by, at, facts)]
    told = {"reason": reason, "place": shown(os.fsencode(folder))}
    acts += [Act(Kind.RECORDING_EXPORTED, one.subject, by, at, told) for one in some]
    log.record_all(acts)


def keep_texts(
    folder: Path, wanted: Sequence[DossierFile], before: dict[str, str], done: Done
) -> None:
    """The table of contents and the manifests, last: an unfinished run's are the former ones.

    Of other runs, with other days, what still lies there stays in the manifest.
    """
    ours = [one for one in wanted if one.path not in set(done.conflicts)]
    names = {one.path for one in ours} | {INDEX, SM3_MANIFEST}
    kept = [
        (digest, path)
        for path, digest in before.items()
        if path not in names and is_link_free(folder, path) and (folder / path).is_file()
    ]
    index = index_of(ours)
    sm3 = manifest((one.sm3, one.path) for one in ours)
    lines = [*kept, *((one.sha256, one.path) for one in ours)]
    lines.sort(key=lambda line: line[1])
    lines += [
        (hashlib.sha256(index).hexdigest(), INDEX),
        (hashlib.sha256(sm3).hexdigest(), SM3_MANIFEST),
    ]
    texts = {INDEX: index, SM3_MANIFEST: sm3, MANIFEST: manifest(lines)}
    check_own(folder)
    for name, content in texts.items():
        tree_disk.write_text(folder / name, content)
