"""What lies where in an evidence package, and the texts that tell of each recording in it.

Its words are Chinese whatever language the reader's pages have: it goes to a court.
"""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from liuhen.access.models import Extraction, ExtractionItem
from liuhen.cases.dossier_files import safe
from liuhen.custody import queries as custody
from liuhen.custody.queries import Told
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.recordings import marks
from liuhen.recordings.models import Mark, Recording
from liuhen.regulations import current

FOOTAGE, PROOFS = "data/音像资料", "data/存证"
HISTORY, MOMENTS, PREVIEWS = "data/证据流转", "data/重点时刻", "data/预览件"
NOTE = "data/文字说明.pdf"
FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True)
class Stored:
    """A file that goes out from where it lies. `key`: in the vault; else `where` on the disk."""

    path: str
    size_bytes: int
    sha256: str
    number: str
    key: str = ""
    where: Path | None = None


def folder_of(extraction: Extraction) -> str:
    return safe(f"{extraction.number} 证据包")


def recorded_span(recording: Recording) -> str:
    """Begin and end by the corrected clock, China's time."""
    start = in_china(recording.recorded_at)
    if recording.duration_seconds is None:
        return f"{start:%Y-%m-%d %H:%M:%S}"
    return f"{start:%Y-%m-%d %H:%M:%S} 起，时长 {clock(recording.duration_seconds)}"


def clock(seconds: Decimal) -> str:
    """1:02:03 or 02:03, as a player shows it."""
    whole = int(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{left:02d}" if hours else f"{minutes:02d}:{left:02d}"


def item_path(item: ExtractionItem) -> str:
    """`01_2026-000001_原件.mp4`, `02_2026-000002_节选_000130-000245.mp4`."""
    head = f"{item.position:02d}_{item.recording.number}"
    if not item.is_excerpt:
        return f"{FOOTAGE}/{head}_原件.{item.suffix}"
    ends = [item.held_from or Decimal(0), item.held_until or Decimal(0)]
    stretch = "-".join(
        f"{int(s) // 3600:02d}{int(s) // 60 % 60:02d}{int(s) % 60:02d}" for s in ends
    )
    return f"{FOOTAGE}/{head}_节选_{stretch}.{item.suffix}"


def device_words(recording: Recording) -> str:
    if recording.device is None:
        return recording.device_no or "不详"
    device = recording.device
    model = " ".join(part for part in (device.maker, device.model) if part)
    return f"{device.get_kind_display()} {device.device_no} {model}".strip()


def maker_words(recording: Recording, otherwise: str) -> str:
    return named(recording.officer) if recording.officer else otherwise or "不详"


def named(officer: Officer) -> str:
    """With the certificate's number, where there is one."""
    number = officer.officer_cert_no
    return f"{officer.name}（{number}）" if number else officer.name


def moments_of(item: ExtractionItem) -> list[Mark]:
    """The recording's marks; of an excerpt those within it."""
    found = list(marks.marks_of(item.recording))
    if not item.is_excerpt or item.held_from is None or item.held_until is None:
        return found
    return [one for one in found if item.held_from <= one.start_seconds < item.held_until]


def mark_words(mark: Mark, points: dict[str, str]) -> str:
    told = [str(mark.get_kind_display()), points.get(mark.code, mark.code), mark.note]
    return " ".join(part for part in told if part)


def points_of(recording: Recording) -> dict[str, str]:
    """The regulation's own words for the points its marks may name, of the recording's day."""
    rules = current.rules_if_any(recording.agency, in_china(recording.recorded_at).date())
    if rules is None:
        return {}
    lists = [reading(rules) for reading in marks.LISTS.values()]
    return {point.code: point.text for listing in lists if listing for point in listing.items}


def moments_table(item: ExtractionItem) -> bytes:
    """For whoever reads on paper or in Excel; times are the original's."""
    points = points_of(item.recording)
    rows = [
        (
            clock(one.start_seconds),
            clock(one.end_seconds) if one.end_seconds is not None else "",
            mark_words(one, points),
            one.made_by.name,
        )
        for one in moments_of(item)
    ]
    return table(("起", "止", "内容", "标记人"), rows)


def history_table(history: Sequence[Told]) -> bytes:
    rows = [(str(one.event.index), *history_line(one)) for one in history]
    return table(("日志序号", "时间", "事项", "人员"), rows)


def history_line(told: Told) -> tuple[str, str, str]:
    at = in_china(told.event.at)
    return f"{at:%Y-%m-%d %H:%M:%S}", told.event.get_kind_display(), told.who


def history_json(history: Sequence[Told]) -> bytes:
    """Each event's hashed words with its index in the log."""
    told = [{"index": one.event.index, "event": one.entry} for one in history]
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def history_of(recording: Recording) -> list[Told]:
    return custody.history_of(f"recording:{recording.number}")


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """A CSV file Excel opens; what begins like a formula is text."""
    text = io.StringIO()
    lines = csv.writer(text)
    lines.writerow(heads)
    for row in rows:
        lines.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")
