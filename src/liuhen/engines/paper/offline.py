"""The page within an evidence package: plays and verifies it from a disk, nothing installed.

One HTML file with its script, its style and the proofs in it. It speaks Chinese whatever language
the bureau's pages have: it goes to a court.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

PARTS = Path(__file__).with_name("static") / "offline"
SCRIPTS = ("sha2.js", "ed25519.js", "tlog.js", "verify.js", "app.js")
"""In this order; each stands on those before it."""

Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Event:
    """An event of the log: its hashed bytes as text, and its C2SP tlog-proof."""

    title: str
    entry: str
    proof: str


@dataclass(frozen=True)
class Moment:
    """A mark: `seconds` from the start of what is played, `clock` the same as read."""

    seconds: float
    clock: str
    words: str


@dataclass(frozen=True)
class Piece:
    """One recording in the package.

    Attributes:
        path: the file that is verified, below the package's folder.
        tag: what it is, e.g. an excerpt; "" for an original.
        kind: video, audio or photo.
        view: what the page plays; "" where a browser plays nothing of it.
        view_note: said where `view` is not the file that is verified.
        events: the first one states the file's SHA-256; of an excerpt the second one is the
            original's.
        history: time, what, who.
    """

    no: int
    number: str
    title: str
    tag: str
    path: str
    kind: str
    view: str
    view_note: str
    facts: Pairs
    marks: Sequence[Moment]
    events: Sequence[Event]
    history: Sequence[tuple[str, str, str]]


@dataclass(frozen=True)
class Paper:
    path: str
    words: str


@dataclass(frozen=True)
class Command:
    title: str
    text: str


@dataclass(frozen=True)
class Contents:
    """`others`: who else vouches: witnesses, a timestamp authority."""

    number: str
    agency: str
    facts: Pairs
    vkey: str
    others: str
    extraction: Event
    pieces: Sequence[Piece]
    papers: Sequence[Paper]
    commands: Sequence[Command]


def page(contents: Contents) -> bytes:
    """The whole page, UTF-8."""
    told = json.dumps(asdict(contents), ensure_ascii=False).replace("<", "\\u003c")
    return frame().replace("/*DATA*/", told).encode()


@cache
def frame() -> str:
    """The page without what it is about."""
    script = "\n".join(part(name) for name in SCRIPTS)
    return part("page.html").replace("/*STYLE*/", part("page.css")).replace("/*SCRIPT*/", script)


def part(name: str) -> str:
    return (PARTS / name).read_text(encoding="utf-8")
