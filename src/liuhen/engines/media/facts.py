"""What an examination says of a file, as plain data that survives JSON.

Names carry evidence: `header_` is what the container or the photo's EXIF states, `content_` is
what walking through the packets showed. They are never merged; where they disagree there is a
`Finding`. Unknown is None.
"""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final, Self

from liuhen.engines.media import reading

MOST_TEXT: Final = 1024
"""Characters kept of any text a file states."""


class Code(StrEnum):
    """What can be found. Stable codes: events and screens quote them."""

    UNREADABLE = "unreadable"
    """No demuxer or picture decoder makes anything of it."""
    EXAMINER_CRASHED = "examiner_crashed"
    """The child died or talked nonsense. `evidence.how`: signal, exit, garbled."""
    EXAMINER_LIMIT = "examiner_limit"
    """The child was ended by a limit. `evidence.limit`: cpu, wall, memory, written, pixels."""
    EMPTY = "empty"
    ZEROED = "zeroed"
    """The first bytes are all zero: sectors that were never written."""
    TRUNCATED = "truncated"
    """The file ends before what its own structure promises."""
    INDEX_MISSING = "index_missing"
    """The table that says where the pictures lie was never written (MP4 moov, AVI idx1)."""
    CHECKSUM_MISMATCH = "checksum_mismatch"
    """A part of the file does not have the checksum the file itself states for it."""
    NO_STREAMS = "no_streams"
    DECODE_ERROR = "decode_error"
    """The first key frame or the first sound did not decode."""
    TIMESTAMP_GAP = "timestamp_gap"
    """Time passes and nothing was recorded; start and end are the edges of the hole."""
    TIMESTAMP_JUMP = "timestamp_jump"
    """Time runs backwards, or leaps farther than one recording can pause."""
    DURATION_MISMATCH = "duration_mismatch"
    """The header's duration and the content's differ."""
    BLACK = "black"
    """The picture is black. `evidence.confidence`: high, medium, low, as in the next four."""
    COVERED = "covered"
    """The picture is not black and shows no detail: a covered lens, or all is a blur."""
    FROZEN = "frozen"
    """One picture stands while time runs; a burnt-in clock may run on."""
    SILENT = "silent"
    """The sound track is there and holds nothing."""
    NO_SOUND = "no_sound"
    """A video without any sound track."""
    SCAN_INCOMPLETE = "scan_incomplete"
    """Time was up before all of the picture or sound was looked through. `evidence.part`."""
    EXTENSION_MISMATCH = "extension_mismatch"
    METADATA_DAMAGED = "metadata_damaged"
    """The picture decodes, its EXIF does not."""
    RE_ENCODED = "re_encoded"
    """An editing program or a computer's encoder names itself. `evidence.confidence`: high, medium,
    low, as in the next six."""
    REWRAPPED = "rewrapped"
    """A program wrote the container that devices have inside, too; by itself no sign of an edit."""
    EDIT_LIST = "edit_list"
    """Players are told to leave out or reorder some of it; start and end of what is hidden."""
    SAVED_AGAIN = "saved_again"
    """Changed later than its recording can have ended, by the file's own times."""
    CLOCK_JUMP = "clock_jump"
    """Start and end by the device's clock do not have the recording's length between them."""
    EXTERNAL_DATA = "external_data"
    """The index says that samples lie in another file; nothing but the file itself is read."""


@dataclass(frozen=True)
class Finding:
    """One thing found. Seconds count from the first packet of the recording; None: the whole."""

    code: str
    start_seconds: float | None = None
    end_seconds: float | None = None
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Stream:
    """One track. `frame_rate` is the text of a Fraction ("30000/1001"), `bit_rate` bit/s.

    `rotation` is how many degrees clockwise a player must turn the picture. `width` and
    `height` are as coded, before turning.
    """

    index: int
    type: str
    codec: str | None = None
    profile: str | None = None
    width: int | None = None
    height: int | None = None
    frame_rate: str | None = None
    rotation: int | None = None
    pix_fmt: str | None = None
    sample_rate: int | None = None
    channels: int | None = None
    bit_rate: int | None = None


@dataclass(frozen=True)
class TimeClaim:
    """A time stated by a file. `text` is as found; `local` its wall clock reading, ISO 8601.

    `offset_minutes` is the zone stated with it, None if none is. `zone` says how far to trust
    that: "stated" (written by the device), "by_specification" (the format says UTC; many devices
    write local time all the same), "unknown". `origin` names the field: "exif:DateTimeOriginal".
    """

    origin: str
    text: str
    local: str | None
    offset_minutes: int | None
    zone: str


@dataclass(frozen=True)
class Header:
    """What the file states of itself. `claims` holds further texts by their own names."""

    times: tuple[TimeClaim, ...] = ()
    duration: Fraction | None = None
    make: str | None = None
    model: str | None = None
    software: str | None = None
    device_serial: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    claims: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Content:
    """What the packets showed. Times are seconds on the file's own clock.

    measured_from: "index" (sample table) or "demux" (every packet was read).
    complete: False if time ran out before the end of the file.
    frames: video packets; None for sound alone.
    """

    first: Fraction | None = None
    last_end: Fraction | None = None
    duration: Fraction | None = None
    frames: int | None = None
    packets: int = 0
    measured_from: str = "demux"
    complete: bool = True


@dataclass(frozen=True)
class Examination:
    """Everything one look at a file gave. `to_json`/`from_json` round-trip.

    kind: "video", "audio", "photo", by content where that is known, else as the name has it.
    container: the demuxer's or picture format's name, e.g. "mov,mp4,…" or "jpeg".
    duration: seconds: measured, else as the header has it.
    width, height: of the picture as shown, after turning.
    browser_playable: Chromium plays or shows the original as it is.
    outputs: names of the files written to `out_dir`.
    traits: how the file is built (`traits.ALIKE`), empty where it is too harmed to say.
    sandbox: "bubblewrap", "landlock" or "rlimits": how the child was held; "none" where there was
        none (`own_footage`).
    """

    kind: str | None = None
    container: str | None = None
    duration: Fraction | None = None
    width: int | None = None
    height: int | None = None
    streams: tuple[Stream, ...] = ()
    header: Header = field(default_factory=Header)
    content: Content | None = None
    browser_playable: bool = False
    findings: tuple[Finding, ...] = ()
    outputs: tuple[str, ...] = ()
    traits: dict[str, Any] = field(default_factory=dict)
    sandbox: str = "rlimits"

    def codes(self) -> set[str]:
        """The codes of all findings."""
        return {finding.code for finding in self.findings}

    def to_json(self) -> dict[str, Any]:
        """As JSON values: dicts, lists, text, numbers, None; a Fraction is its text, "1001/30"."""
        return asdict(self, dict_factory=_jsonable)

    @classmethod
    def from_json(cls, value: object) -> Self:
        """Read what a child wrote. It is not trusted: raises ValueError on any wrong shape."""
        raw = reading.mapping(value)
        content = raw.get("content")
        return cls(**{
            **reading.fit(raw, cls, skip=("streams", "header", "content", "findings")),
            "streams": tuple(
                Stream(**reading.fit(s, Stream)) for s in reading.items(raw, "streams")
            ),
            "header": _header(raw.get("header")),
            "content": None if content is None else Content(**reading.fit(content, Content)),
            "findings": tuple(
                Finding(**reading.fit(f, Finding)) for f in reading.items(raw, "findings")
            ),
        })  # fmt: skip


def _jsonable(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, Fraction) else value for key, value in pairs}


def _header(value: object) -> Header:
    raw = reading.mapping(value)
    times = tuple(TimeClaim(**reading.fit(t, TimeClaim)) for t in reading.items(raw, "times"))
    return Header(**reading.fit(raw, Header, skip=("times",)), times=times)


def clipped(text: object) -> str | None:
    """Text a file states, without NULs and control characters, at most MOST_TEXT; None if empty."""
    kept = "".join(c if c.isprintable() else " " for c in str(text)[: 4 * MOST_TEXT])
    return " ".join(kept.split())[:MOST_TEXT] or None
