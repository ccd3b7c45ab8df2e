"""What a maker's file name claims: device, officer, time. A claim, never a fact.

A pattern is a template, not a regular expression: a bureau can write one at a screen, and none
can be written that hangs. Fields (each bounded, so matching time is bounded too):

    {device}   1–24 letters, digits, `-`     {Y} 4 digits  {M} {D} {h} {m} {s} 2 digits
    {officer}  4–12 digits or letters        {tail}  0–80 of anything, last
    {n}        1–6 digits, ignored           {word}  1–16 letters, ignored

A template with `/` is matched against the end of the path, else against the name; the suffix
is left off. Upper and lower case are alike.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

LONGEST_NAME: Final = 512
"""Bytes looked at, from the end: no maker's path is longer, and matching stays instant."""
MOST_OPEN_FIELDS: Final = 8
"""Fields of varying length in one template; with bounded lengths this bounds backtracking."""

_FIELDS: Final = {
    "device": r"(?P<device>[A-Za-z0-9-]{1,24}+)",
    "officer": r"(?P<officer>[A-Za-z0-9]{4,12}+)",
    "Y": r"(?P<Y>20[0-9]{2})", "M": r"(?P<M>[0-9]{2})", "D": r"(?P<D>[0-9]{2})",
    "h": r"(?P<h>[0-9]{2})", "m": r"(?P<m>[0-9]{2})", "s": r"(?P<s>[0-9]{2})",
    "n": r"[0-9]{1,6}+", "word": r"[A-Za-z]{1,16}+", "tail": r"(?s:.{0,80}+)",
}  # fmt: skip
_OPEN_FIELDS: Final = ("device", "officer", "n", "word", "tail")
_PART: Final = re.compile(r"\{(\w*)\}|([^{}]+)")


class BadPattern(ValueError):
    """A template that cannot be read; the message says which part."""


def _parts(template: str) -> list[tuple[str, str]]:
    """(field, "") or ("", literal) in order. Raises BadPattern on a stray brace."""
    parts = _PART.findall(template)
    rebuilt = "".join(literal or f"{{{field}}}" for field, literal in parts)
    if rebuilt != template or not template:
        raise BadPattern(f"stray brace or empty template: {template!r}")
    return parts


@dataclass(frozen=True)
class NamePattern:
    """A named template, e.g. `NamePattern("body-camera", "{device}_{officer}_{Y}{M}{D}…")`."""

    name: str
    template: str

    def __post_init__(self) -> None:
        fields = [field for field, literal in _parts(self.template) if not literal]
        if unknown := [field for field in fields if field not in _FIELDS]:
            raise BadPattern(f"{self.name}: unknown field {{{unknown[0]}}}")
        if twice := {field for field in fields if fields.count(field) > 1} - {"n", "word"}:
            raise BadPattern(f"{self.name}: {{{sorted(twice)[0]}}} stands twice")
        if "tail" in fields[:-1] or ("tail" in fields and not self.template.endswith("{tail}")):
            raise BadPattern(f"{self.name}: {{tail}} stands last or not at all")
        if sum(field in _OPEN_FIELDS for field in fields) > MOST_OPEN_FIELDS:
            raise BadPattern(f"{self.name}: more than {MOST_OPEN_FIELDS} fields of open length")

    @cached_property
    def matcher(self) -> re.Pattern[str]:
        """The template as a bounded expression; fields are possessive: they never give back."""
        pieces = (
            re.escape(literal) if literal else _FIELDS[field]
            for field, literal in _parts(self.template)
        )
        start = r"(?:\A|(?<=/))" if "/" in self.template else ""
        return re.compile(start + "".join(pieces) + r"\Z", re.I | re.S)


@dataclass(frozen=True)
class NameClaim:
    """What a name says; what it does not say is None.

    `recorded_at` is naive: the device's own local clock. `pattern` is the template's name.
    """

    device_no: str | None
    officer_no: str | None
    recorded_at: datetime | None
    pattern: str


DEFAULT_PATTERNS: Final = (
    # DSJ-A1_000123_20240105093015, 0000012_012345_20240105093015_0003 (GA/T 947 body cameras)
    NamePattern("device-officer-time", "{device}_{officer}_{Y}{M}{D}{h}{m}{s}{tail}"),
    NamePattern("device-officer-date-time", "{device}_{officer}_{Y}{M}{D}_{h}{m}{s}{tail}"),
    # 0000012_2024-01-05_09-30-15
    NamePattern("device-dashed-time", "{device}_{Y}-{M}-{D}_{h}-{m}-{s}{tail}"),
    # 2024-01-05/001/dav/09/09.30.15-09.40.15[R][0@0][0].dav: the date is a folder's (Dahua)
    NamePattern("dahua-card", "{Y}-{M}-{D}/{n}/{word}/{n}/{h}.{m}.{s}-{n}.{n}.{n}[{tail}"),
    # NVR_ch1_main_20240105093015_20240105094015 (Dahua, export), CH01_20240105_093015 (Hikvision)
    NamePattern("dahua-export", "{word}_ch{n}_{word}_{Y}{M}{D}{h}{m}{s}_{tail}"),
    NamePattern("hikvision-export", "ch{n}_{Y}{M}{D}_{h}{m}{s}{tail}"),
    # IMG_20240105_093015, VID_20240105_093015, 20240105_093015 (phones)
    NamePattern("phone", "{word}_{Y}{M}{D}_{h}{m}{s}{tail}"),
    NamePattern("phone-bare", "{Y}{M}{D}_{h}{m}{s}{tail}"),
    # 20240105093015_000123A (dash cameras, recorders), DSJ-A1_20240105093015
    NamePattern("time-first", "{Y}{M}{D}{h}{m}{s}{tail}"),
    NamePattern("device-time", "{device}_{Y}{M}{D}{h}{m}{s}{tail}"),
)


def claim_from_name(
    name: bytes, patterns: Iterable[NamePattern] = DEFAULT_PATTERNS
) -> NameClaim | None:
    """What the first fitting pattern reads in `name`, or None if none fits.

    Args:
        name: the file's name, or its path on the source with `/` between parts, as found.
    A pattern whose digits are no date does not fit. A number of zeros only is a factory
    setting and claims nobody: None.
    """
    path = _text(name)
    base = path.rsplit("/", 1)[-1]
    for pattern in patterns:
        in_path = "/" in pattern.template
        found = pattern.matcher.search(path) if in_path else pattern.matcher.match(base)
        if found is not None:
            claim = _claim(found.groupdict(), pattern.name)
            if claim is not None:
                return claim
    return None


def _claim(fields: dict[str, str], pattern: str) -> NameClaim | None:
    recorded_at = None
    if "Y" in fields:
        try:
            year, month, day, hour, minute, second = (int(fields.get(key, "0")) for key in "YMDhms")
            recorded_at = datetime(year, month, day, hour, minute, second)
        except ValueError:
            return None
    return NameClaim(_number(fields, "device"), _number(fields, "officer"), recorded_at, pattern)


def _number(fields: dict[str, str], key: str) -> str | None:
    value = fields.get(key, "")
    return value if value.strip("0-") else None


def _text(name: bytes) -> str:
    """`name` without its suffix, as text; bytes that are no UTF-8 are read as GBK."""
    name = name[-LONGEST_NAME:]
    try:
        text = name.decode("utf-8")
    except UnicodeDecodeError:
        text = name.decode("gb18030", "replace")
    stem, dot, suffix = text.rpartition(".")
    return stem if dot and stem and suffix.isalnum() and len(suffix) <= 5 else text
