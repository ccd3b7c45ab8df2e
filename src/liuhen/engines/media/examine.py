"""Examine a recording without trusting it: facts, findings, a poster, a waveform.

The parser runs in a child (`sandbox`). Bad media never raises here: whatever a file does to the
child becomes a finding.
"""

import os
import shutil
import tempfile
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from liuhen.engines.media import routes, sandbox
from liuhen.engines.media.facts import Code, Examination, Finding
from liuhen.engines.media.kinds import HEAD_BYTES, Media, classify
from liuhen.engines.media.limits import Limits

POSTER: Final = "poster.jpg"
WAVEFORM: Final = "waveform.json"
TRACK: Final = "track.json"
LONGEST_SUFFIX: Final = 16
WANTS: Final = frozenset({"poster", "waveform", "track"})
_LIMITS_HIT: Final = ("cpu", "wall", "memory", "written")


def examine(
    original: Path,
    out_dir: Path,
    *,
    name: bytes | None = None,
    limits: Limits | None = None,
    wants: Collection[str] = WANTS,
) -> Examination:
    """Look at `original` once and write what was made of it to `out_dir`.

    Args:
        original: a regular file; opened here, read-only, and never by its name in the child.
        out_dir: an existing folder. `poster.jpg` (at most 480 wide, upright) and `waveform.json`
            ({"peaks", "seconds_per_peak", "duration"}) and `track.json` (`routes.Route`, where the
            file carries places) appear in it whole or not at all.
        name: what the device called it, to compare suffix and content; default `original`'s.
        wants: of "poster", "waveform" and "track".
    Returns:
        Always an Examination; `outputs` names what was written.
    Raises:
        OSError: `original` cannot be opened or is no regular file, or `out_dir` not written.
    """
    limits = limits or Limits()
    with sandbox.opened(original) as file:
        kept = kept_as(os.fsencode(original.name) if name is None else name, file)
        order = {"wants": sorted(wants), "kind": kept[0], "suffix": kept[1]}
        private = Path(tempfile.mkdtemp(prefix=".examining-", dir=out_dir))
        try:
            seen = _asked(file, private, order, limits)
            known = [one for one in seen.outputs if one in (POSTER, WAVEFORM, TRACK)]
            sound = [one for one in known if one != TRACK or _is_route(private / one)]
            taken = [one for one in sound if sandbox.take(private / one, out_dir / one)]
        finally:
            shutil.rmtree(private, ignore_errors=True)
    return replace(seen, outputs=tuple(taken))


def _is_route(written: Path) -> bool:
    """Read before it is kept: a child that was taken over writes what it likes."""
    try:
        return written.is_file() and not written.is_symlink() and bool(routes.read(written))
    except (OSError, ValueError):
        return False


def kept_as(name: bytes, file: int) -> tuple[str | None, str]:
    """(kind, suffix) as the name has it, for what the content does not say."""
    base = name.rsplit(b"/", 1)[-1]
    as_named = classify(base, b"", 1)
    kind = as_named.kind.value if isinstance(as_named, Media) else None
    if kind is None:
        by_content = classify(b"recording", os.pread(file, HEAD_BYTES, 0), 1)
        kind = by_content.kind.value if isinstance(by_content, Media) else None
    # The order is a command line argument: a name from an upload may be longer than those can be.
    suffix = Path(os.fsdecode(base[-LONGEST_SUFFIX - 1 :])).suffix.lower()
    return kind, suffix if suffix.isascii() else ""


def _asked(file: int, private: Path, order: dict[str, Any], limits: Limits) -> Examination:
    try:
        answer = sandbox.run("examine", file, private, order, limits)
        return replace(Examination.from_json(answer.result), sandbox=answer.sandbox)
    except (sandbox.ChildDied, ValueError, TypeError, RecursionError) as wrong:
        found = (finding_of(wrong),)
    return Examination(kind=order["kind"], findings=found, sandbox=sandbox.held_by())


def finding_of(wrong: Exception) -> Finding:
    """The finding for a child that died, or answered in a shape it may not have."""
    died = wrong if isinstance(wrong, sandbox.ChildDied) else None
    died = died or sandbox.ChildDied("garbled", str(wrong))
    if died.how in _LIMITS_HIT:
        return Finding(Code.EXAMINER_LIMIT, evidence={"limit": died.how})
    evidence = {"how": died.how, "detail": died.detail[-400:]}
    return Finding(Code.EXAMINER_CRASHED, evidence=evidence)
