"""Finished uploads laid out like a card, under the names they had at the sender's."""

import os
import shutil
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from liuhen.recordings.models import Upload
from liuhen.recordings.upload_files import path_of, sync_folder

MOST_NAME_BYTES = 255  # NAME_MAX of every Linux file system; Windows allows three times as much
MOST_PATH_BYTES = 1024
NO_CLAIM_NS = 0
"""1970 is what intake takes for a clock that was never set, so the time of arrival is not
mistaken for the sender's word."""


def lay_out(uploads: Iterable[Upload], card: Path) -> list[Path]:
    """Link each upload below `card` under its own name and give it the sender's file time.

    Answers the roots to scan, durable: more than one only where names are the same, so that
    both files are kept and both keep their name. What a first try left half done is redone.
    """
    for left in card.iterdir():
        shutil.rmtree(left)
    roots: dict[Path, None] = {}
    folders: dict[Path, None] = {card.parent: None, card: None}
    for upload in uploads:
        source = path_of(upload)
        mtime_ns = NO_CLAIM_NS if upload.mtime_ns is None else upload.mtime_ns
        os.utime(source, ns=(mtime_ns, mtime_ns))
        # fsdecode and back keeps every byte, whatever encoding it is in (PEP 383).
        root, target = place(source, card, os.fsdecode(name_on_disk(upload)))
        roots[root] = None
        inside = [folder for folder in target.parents if folder.is_relative_to(root)]
        folders.update(dict.fromkeys(inside))
    for folder in folders:
        sync_folder(folder)
    return list(roots)


def place(source: Path, card: Path, name: str) -> tuple[Path, Path]:
    """Link `source` as `card/1/name`, or `card/2/name` where another file has that name, ..."""
    for number in count(1):
        root = card / str(number)
        target = root / name
        try:
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.hardlink_to(source)
        except (FileExistsError, NotADirectoryError):
            continue
        return root, target
    raise AssertionError("count() has no end")


def name_on_disk(upload: Upload) -> bytes:
    """The sender's name byte for byte where a file may bear it; else the nearest that may,
    and the row keeps the original."""
    name = bytes(upload.name)
    parts = name.split(b"/")
    if len(name) <= MOST_PATH_BYTES and all(map(is_bearable, parts)):
        return name
    base = parts[-1].replace(b"\0", b"")
    if is_bearable(base):
        return base
    stem, dot, suffix = base.rpartition(b".")
    if not dot or len(suffix) > 8:
        stem, suffix = base, b""
    kept = stem[: MOST_NAME_BYTES - len(upload.uid) - len(dot + suffix) - 1]
    # The uid keeps two names apart that differ only in what had to be cut off.
    whole = kept.decode("utf-8", "ignore").encode() if is_utf8(stem) else kept
    return b"-".join(filter(None, [whole, upload.uid.encode()])) + (dot + suffix if suffix else b"")


def is_bearable(part: bytes) -> bool:
    return part not in (b"", b".", b"..") and len(part) <= MOST_NAME_BYTES and b"\0" not in part


def is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True
