"""Take a folder of real files in and print, as Markdown, what each one gave.

    .venv/bin/python tools/samples_table.py DIR > docs/samples.md

Runs the product's own intake and examination in a data directory of its own, which is removed
afterwards. Names in the table are relative to DIR. The files' modification times are left out:
they tell when the samples were copied, not when they were made.
"""

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from liuhen.recordings.models import Finding, IntakeItem, Recording

HEADING = """# What real files gave

Made by `tools/samples_table.py` from files of real phones, cameras, recorders and some broken
ones; the files themselves are not in this repository. Each was taken in and examined as a card's
would be. Times are the wall clock China reads, as `recordings/claims.py` understands each source;
★ marks the one believed for sorting. File-system times are left out (they tell when the samples
were copied), and so are findings that only compare with them. The codes are explained in
[findings](reference/findings.md).
"""
COLUMNS = (
    "file", "state", "kind", "container: codecs", "duration", "times claimed", "findings",
    "plays as it is",
)  # fmt: skip
FILE_TIME = "file/mtime"


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="liuhen-samples-") as data:
        from liuhen.ops import boot

        boot.start(Path(data))
        sys.stdout.write(HEADING + "\n" + row(COLUMNS) + row(["---"] * len(COLUMNS)))
        for item in taken_in(folder):
            sys.stdout.write(row(list(cells(item))))


def taken_in(folder: Path) -> "Iterator[IntakeItem]":
    """Every name below `folder`, examined where it was sealed, by name."""
    from liuhen.kernel.clock import now
    from liuhen.recordings import batches, examination, intake

    batch = batches.ask([os.fsencode(folder.absolute())], by="samples", at=now())
    intake.run(batch, clock=now)
    for item in sorted(batch.items.all(), key=lambda one: bytes(one.name)):
        if item.recording:
            examination.examine(item.recording, at=now())
            item.recording.refresh_from_db()
        yield item


def cells(item: "IntakeItem") -> Iterator[str]:
    from liuhen.recordings.names import shown

    yield f"`{shown(bytes(item.name))}`"
    recording = item.recording
    if recording is None:
        yield item.state + (f" ({item.reason})" if item.reason else "")
        yield from [""] * (len(COLUMNS) - 2)
        return
    yield f"{item.state}, {recording.state}"
    facts: dict[str, Any] = recording.examination or {}
    yield recording.kind
    codecs = "+".join(stream["codec"] or stream["type"] for stream in facts.get("streams", []))
    yield ": ".join(filter(None, [str(facts.get("container") or "?"), codecs]))
    yield f"{recording.duration_seconds} s" if recording.duration_seconds is not None else ""
    yield "<br>".join(times(recording)) or "none"
    yield "<br>".join(findings(recording)) or "none"
    yield "yes" if facts.get("browser_playable") else "no"


def times(recording: "Recording") -> Iterator[str]:
    from liuhen.kernel.clock import in_china

    for claim in recording.time_claims.exclude(origin="file").order_by("pk"):
        read = f"{in_china(claim.instant):%Y-%m-%d %H:%M:%S}" if claim.instant else "not read"
        believed = claim.origin == recording.recorded_at_origin and (
            claim.instant == recording.recorded_at
        )
        yield f"{'★ ' if believed else ''}{claim.field}: {read}"


def findings(recording: "Recording") -> list[str]:
    """Each code once, with how often, without what only the samples' file times brought about."""
    told = Counter(f"`{f.code}`" for f in recording.findings.all() if not is_of_file_time(f))
    return [code if times == 1 else f"{code} ×{times}" for code, times in told.items()]


def is_of_file_time(finding: "Finding") -> bool:
    return FILE_TIME in (finding.evidence.get("first"), finding.evidence.get("second"))


def row(values: "list[str] | tuple[str, ...]") -> str:
    return "| " + " | ".join(value.replace("|", "\\|") for value in values) + " |\n"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: tools/samples_table.py DIR")
    main(Path(sys.argv[1]))
