"""Cut a real file into segments without re-encoding: packets are copied, none is touched."""

from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import av


def cut(
    source: Path,
    target: Path,
    first: float,
    last: float,
    *,
    began_at: datetime,
    hole: tuple[float, float] | None = None,
) -> float:
    """What the source shows from one of its seconds to another, from key frame to key frame.

    Answers for how many seconds. `hole`: these seconds are left out and time runs on.
    """
    began = f"{began_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
    with av.open(str(source)) as given, av.open(str(target), "w") as made:
        made.metadata["creation_time"] = began
        track = given.streams.video[0]
        copy = made.add_stream_from_template(track)
        step = Fraction(1) / track.average_rate
        start, end = Fraction(0), Fraction(0)
        is_within = within(first, last, hole)
        taking = False
        for packet in given.demux(track):
            if packet.dts is None:
                continue
            at = packet.pts * packet.time_base
            if packet.is_keyframe:
                began_taking, taking = not end, is_within(at)
                if taking and began_taking:
                    start = at
            if not taking:
                continue
            end = max(end, at - start + step)
            shift = int(start / packet.time_base)
            packet.pts, packet.dts = packet.pts - shift, packet.dts - shift
            packet.stream = copy
            made.mux(packet)
    return float(end)


def within(
    first: float, last: float, hole: tuple[float, float] | None
) -> Callable[[Fraction], bool]:
    def ask(at: Fraction) -> bool:
        left_out = hole is not None and hole[0] <= at < hole[1]
        return first <= at < last and not left_out

    return ask
