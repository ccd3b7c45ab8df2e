"""A witness's folder, e.g. on a USB stick: keys, and every checkpoint it cosigned.

`witness.key` is secret. `witness.vkey`, `log.vkey` and `checkpoints.txt` may be copied to whoever
audits. `checkpoints.txt` is only appended to: cosigned notes, each followed by an empty line.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from liuhen.engines.merkle.checkpoints import Checkpoint, open_checkpoint
from liuhen.engines.merkle.cosignatures import (
    CosignatureVerifier,
    Cosigner,
    verify_cosignatures,
)
from liuhen.engines.merkle.errors import NoteInvalid, StateInvalid
from liuhen.engines.merkle.notes import Verifier

CHECKPOINTS = "checkpoints.txt"
CONTRADICTIONS = "contradictions.txt"
_PRIVATE = 0o600


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint this witness cosigned, verified when read."""

    head: Checkpoint
    note: str


class WitnessState:
    """The folder; made by `create`, read as it is otherwise."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def contradictions(self) -> Path:
        """What the log signed against its own past; there only once it did."""
        return self.folder / CONTRADICTIONS

    def create(self, name: str) -> bool:
        """Make folder and key where they are missing; whether they were.

        Raises:
            NoteInvalid: a bad name. StateInvalid: checkpoints are there and the key is not.
        """
        if (self.folder / "witness.vkey").exists():
            return False
        if (self.folder / CHECKPOINTS).exists():
            raise StateInvalid("witness.vkey is gone")
        key = self.folder / "witness.key"
        if not key.exists():
            made = Cosigner.generate(name)
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_whole(key, made.skey + "\n")
        _write_whole(self.folder / "witness.vkey", self.cosigner().verifier.vkey + "\n")
        return True

    def cosigner(self) -> Cosigner:
        """Raises StateInvalid."""
        try:
            return Cosigner.from_skey(self._line("witness.key"))
        except NoteInvalid as problem:
            raise StateInvalid(f"witness.key: {problem}") from problem

    def witness(self) -> CosignatureVerifier:
        """Raises StateInvalid."""
        try:
            return CosignatureVerifier.from_vkey(self._line("witness.vkey"))
        except NoteInvalid as problem:
            raise StateInvalid(f"witness.vkey: {problem}") from problem

    def log(self) -> Verifier | None:
        """The log pinned at first use; None before. Raises StateInvalid."""
        if not (self.folder / "log.vkey").exists():
            if (self.folder / CHECKPOINTS).exists():
                raise StateInvalid("log.vkey is gone")
            return None
        try:
            return Verifier.from_vkey(self._line("log.vkey"))
        except NoteInvalid as problem:
            raise StateInvalid(f"log.vkey: {problem}") from problem

    def pin(self, log: Verifier) -> None:
        """Remember the log at first use. Raises StateInvalid when another one is pinned."""
        pinned = self.log()
        if pinned is None:
            _write_whole(self.folder / "log.vkey", log.vkey + "\n")
        elif pinned != log:
            raise StateInvalid(f"pinned is {pinned.vkey}, not {log.vkey}")

    def newest(self) -> Seen | None:
        """Raises StateInvalid."""
        newest = None
        for newest in self.seen():  # noqa: B007 (the last one, and all are checked)
            pass
        return newest

    def seen(self) -> Iterator[Seen]:
        """Every checkpoint cosigned, oldest first. Raises StateInvalid at the first bad one."""
        log, witness = self.log(), self.witness()
        size = -1
        for note in _notes(self._records()):
            if log is None:
                raise StateInvalid("checkpoints of no log")
            try:
                head = open_checkpoint(note, log)
                verify_cosignatures(note, witness)
            except NoteInvalid as problem:
                raise StateInvalid(f"{CHECKPOINTS}: {problem}") from problem
            if head.size <= size:
                raise StateInvalid(f"{CHECKPOINTS}: {head.size} after {size}")
            size = head.size
            yield Seen(head, note.decode())

    def keep(self, note: str) -> None:
        """Append durably. A torn end left by a power cut was never handed out and is cut off."""
        path = self.folder / CHECKPOINTS
        records = self._records()
        whole = sum([len(kept) + 1 for kept in _notes(records)])
        if len(records) > whole:
            os.truncate(path, whole)
        _append(path, note + "\n")

    def keep_contradiction(self, note: str) -> None:
        """Keep, once, what the log signed against what it had signed before: it is evidence."""
        path = self.contradictions
        if not path.exists() or note not in path.read_text("utf-8"):
            _append(path, note + "\n")

    def _records(self) -> bytes:
        path = self.folder / CHECKPOINTS
        return path.read_bytes() if path.exists() else b""

    def _line(self, name: str) -> str:
        try:
            return (self.folder / name).read_text("utf-8").strip()
        except (FileNotFoundError, UnicodeDecodeError) as problem:
            raise StateInvalid(f"{name} is missing or unreadable") from problem


def _notes(records: bytes) -> Iterator[bytes]:
    """Text and signature lines alternate, each ended by an empty line; a torn end is left out."""
    parts = records.split(b"\n\n")[:-1]
    for text, lines in zip(parts[::2], parts[1::2], strict=False):
        yield text + b"\n\n" + lines + b"\n"


def _write_whole(path: Path, text: str) -> None:
    """The new file whole or not at all. By rename: a USB stick's file system knows no links."""
    temp = path.with_name(f".{path.name}.{os.getpid()}")
    _write(temp, text, os.O_TRUNC)
    temp.rename(path)
    _sync_folder(path.parent)


def _append(path: Path, text: str) -> None:
    _write(path, text, os.O_APPEND)
    _sync_folder(path.parent)


def _write(path: Path, text: str, how: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | how, _PRIVATE)
    with open(descriptor, "wb") as file:  # noqa: PTH123 (a descriptor has no path)
        file.write(text.encode())
        file.flush()
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Some file systems of USB sticks cannot sync a folder; the file itself is synced.
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
