"""The way a recording took, from the track that carries it or from one place in the header."""

import json
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Final

import numpy as np

from liuhen.engines.media.facts import Header
from liuhen.engines.media.inside import camm, gpmf
from liuhen.engines.media.inside.movie import Movie, MovieTrack
from liuhen.engines.media.inside.opening import ORIGINAL
from liuhen.engines.media.inside.samples import laid_out
from liuhen.engines.media.routes import Point, Route, is_possible, thinned

MOST_SAMPLES: Final = 200_000
"""Of such a track: GoPro writes one a second, others up to 400 (with movements)."""
LARGEST_SAMPLE: Final = 1 << 18
MOST_FIXES: Final = 500_000
"""Places read before thinning: seven hours at 18 a second."""
_READERS: Final = {"gpmd": ("gpmf", gpmf.fixes), "camm": ("camm", camm.fixes)}


def write(movie: Movie | None, header: Header, out: Path) -> bool:
    """Write `routes.Route` to `out` if the recording on standard input carries one."""
    route = _of_tracks(movie) or _of_header(header)
    if route is not None:
        out.write_text(json.dumps(route.to_json(), allow_nan=False))
    return route is not None


def _of_header(header: Header) -> Route | None:
    if header.latitude is None or header.longitude is None:
        return None
    point = Point(0.0, header.latitude, header.longitude)
    return Route("iso6709", (point,)) if is_possible(point) else None


def _of_tracks(movie: Movie | None) -> Route | None:
    for track in movie.tracks if movie is not None else ():
        if track.entry in _READERS and track.scale and not track.external:
            points = list(_points(track))
            if points:
                return Route(_READERS[track.entry][0], thinned(points))
    return None


def _points(track: MovieTrack) -> Iterator[Point]:
    samples = laid_out(track, MOST_SAMPLES)
    if samples is None:
        return
    size, left = os.fstat(ORIGINAL).st_size, MOST_FIXES
    lasts = np.diff(samples.times)
    lasts = np.append(lasts, lasts[-1] if len(lasts) else 0).clip(0)
    rows = zip(*(column.tolist() for column in (samples.times, lasts, samples.at, samples.sizes)),
               strict=True)  # fmt: skip
    for start, lasting, at, length in rows:
        if not 0 <= at < at + length <= size or length > LARGEST_SAMPLE or left <= 0:
            continue
        fixes = _READERS[track.entry][1](os.pread(ORIGINAL, length, at))
        left -= len(fixes)
        # The places of one sample are spread evenly up to the next, as they were measured.
        step = Fraction(lasting, track.scale * max(len(fixes), 1))
        for place, fix in enumerate(fixes):
            if fix is None:
                continue
            latitude, longitude, speed = fix
            seconds = round(float(Fraction(start, track.scale) + place * step), 3)
            rounded = None if speed is None else round(speed, 2)
            point = Point(seconds, round(latitude, 7), round(longitude, 7), rounded)
            if is_possible(point):
                yield point
