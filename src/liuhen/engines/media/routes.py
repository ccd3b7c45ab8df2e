"""Where a recording went: places and moments, as the file itself carries them.

Written by the child as `track.json`, read here without trust, by the parent before it keeps the
file and by whoever draws the path.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from liuhen.engines.media import reading

MOST_POINTS: Final = 5_000
"""Evenly thinned beyond this: one a second for over an hour, ten screens of a drawn line."""
MOST_BYTES: Final = 1 << 20
SOURCES: Final = ("gpmf", "camm", "iso6709")
"""GoPro's telemetry, Google's camera motion metadata, one place in the header."""


@dataclass(frozen=True)
class Point:
    """seconds: from the recording's start. latitude, longitude: degrees (WGS 84), north and east
    positive. speed: m/s over ground, None if not said."""

    seconds: float
    latitude: float
    longitude: float
    speed: float | None = None


@dataclass(frozen=True)
class Route:
    """`source` of SOURCES; points in time's order, at least one."""

    source: str
    points: tuple[Point, ...]

    def to_json(self) -> dict[str, Any]:
        """{"source", "points": [[seconds, latitude, longitude, speed or null], …]}."""
        rows = [[one.seconds, one.latitude, one.longitude, one.speed] for one in self.points]
        return {"source": self.source, "points": rows}


def read(path: Path) -> Route:
    """Raises ValueError on anything but a route of bounded size with possible places."""
    if path.stat().st_size > MOST_BYTES:
        raise ValueError("too large")
    try:
        raw = reading.mapping(json.loads(path.read_bytes()))
    except RecursionError as wrong:
        raise ValueError("nested too deep") from wrong
    rows = raw.get("points")
    if set(raw) != {"source", "points"} or raw["source"] not in SOURCES:
        raise ValueError("no route")
    if not isinstance(rows, list) or not 0 < len(rows) <= MOST_POINTS:
        raise ValueError("no points, or too many")
    return Route(raw["source"], tuple(_point(row) for row in rows))


def _point(row: object) -> Point:
    if not isinstance(row, list) or len(row) != 4:
        raise ValueError("not a point")
    numbers = row if row[3] is not None else row[:3]
    if not all(isinstance(n, int | float) and abs(n) < 1e9 for n in numbers):
        raise ValueError("not numbers")
    point = Point(*row)
    if not is_possible(point):
        raise ValueError("not on Earth, or not in time")
    return point


def is_possible(point: Point) -> bool:
    """On Earth, in time, and not at 0° 0', where receivers put themselves before they know."""
    numbers = (point.seconds, point.latitude, point.longitude, point.speed or 0.0)
    return (
        all(math.isfinite(n) for n in numbers)
        and abs(point.latitude) <= 90
        and abs(point.longitude) <= 180
        and (point.latitude, point.longitude) != (0, 0)
        and 0 <= (point.speed or 0.0) < 1e4
    )


def thinned(points: list[Point]) -> tuple[Point, ...]:
    """At most MOST_POINTS, evenly, the first and the last kept."""
    if len(points) <= MOST_POINTS:
        return tuple(points)
    step = (len(points) - 1) / (MOST_POINTS - 1)
    return tuple(points[round(n * step)] for n in range(MOST_POINTS))
