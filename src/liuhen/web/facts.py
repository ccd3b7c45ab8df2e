"""What a detail page says of a recording: the examination's JSON and the row, ready to read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from liuhen.engines.media import clocks
from liuhen.recordings import derived
from liuhen.recordings.claims import is_plausible
from liuhen.recordings.models import Recording, TimeClaim

DEFAULT_FRAME_RATE = 25.0
"""Of PAL body cameras; only the step of the frame buttons hangs on it."""


def rate_of(text: str | None) -> float | None:
    """Frames a second from a Fraction's text, "30000/1001"; None where there is none."""
    try:
        return float(Fraction(text)) if text else None
    except (ValueError, ZeroDivisionError):
        return None


@dataclass(frozen=True)
class Facts:
    """Everything here is the file's own word or a measurement; unknown is left out."""

    recording: Recording

    @property
    def found(self) -> dict[str, Any]:
        return self.recording.examination or {}

    @cached_property
    def header(self) -> dict[str, Any]:
        return self.found.get("header") or {}

    @property
    def header_rows(self) -> list[tuple[str, Any]]:
        header = self.header
        rows = [
            (_("制造商"), header.get("make")),
            (_("型号"), header.get("model")),
            (_("设备序列号"), header.get("device_serial")),
            (_("软件"), header.get("software")),
            (_("定位"), self.position),
            *header.get("claims", {}).items(),
        ]
        return [(name, value) for name, value in rows if value not in (None, "")]

    @property
    def position(self) -> str | None:
        north, east = self.header.get("latitude"), self.header.get("longitude")
        if north is None or east is None:
            return None
        return f"{north:.6f}, {east:.6f}"

    @property
    def content_rows(self) -> list[tuple[str, Any]]:
        found, content = self.found, self.found.get("content") or {}
        rows = [
            (_("封装格式"), found.get("container")),
            (_("画面尺寸"), self.picture_size),
            (_("画面帧数"), content.get("frames")),
            (_("数据包数"), content.get("packets")),
        ]
        return [(name, value) for name, value in rows if value not in (None, "")]

    @property
    def picture_size(self) -> str | None:
        width, height = self.found.get("width"), self.found.get("height")
        return f"{width} × {height}" if width and height else None

    @property
    def streams(self) -> list[dict[str, Any]]:
        """As the examination has them; `fps` is the frame rate as a number to read."""
        return [
            stream | {"fps": rate_of(stream.get("frame_rate"))}
            for stream in self.found.get("streams", [])
        ]

    @property
    def frame_rate(self) -> float:
        rates = (stream["fps"] for stream in self.streams if stream.get("type") == "video")
        return next(filter(None, rates), DEFAULT_FRAME_RATE)

    @property
    def has_poster(self) -> bool:
        return derived.POSTER in self.found.get("outputs", [])

    @property
    def has_waveform(self) -> bool:
        return derived.WAVEFORM in self.found.get("outputs", [])


def claims_of(recording: Recording) -> list[tuple[TimeClaim, bool]]:
    """Every source's word on the time, and whether it is the one believed: the first one of the
    origin the recording is sorted by that is plausible, its clock corrected."""
    rows, believed = list(recording.time_claims.order_by("pk")), None
    off_by = clocks.span(recording.clock_offset_seconds or Decimal(0))
    for row in rows:
        same = row.origin == recording.recorded_at_origin
        if same and is_plausible(corrected(row, off_by), taken_in_at=recording.sealed_at):
            believed = row
            break
    return [(row, row is believed) for row in rows]


def corrected(row: TimeClaim, off_by: timedelta) -> datetime | None:
    """None where it cannot be read, or leads out of the calendar: a file may claim any year."""
    try:
        return row.instant - off_by if row.instant else None
    except OverflowError:
        return None
