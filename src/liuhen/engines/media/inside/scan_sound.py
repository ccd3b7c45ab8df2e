"""Silence in a sound track: from levels heard, or in AAC from packet sizes and a few packets.

An AAC packet of silence has 4–20 bytes where speech has 200–500. A dead microphone's own noise may
have as many as speech, so a packet of every second is heard as well. All other sound is decoded,
which costs little.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

import numpy as np

from liuhen.engines.media.facts import Code, Finding
from liuhen.engines.media.inside import scan_pcm, sound
from liuhen.engines.media.inside.opening import tolerating
from liuhen.engines.media.inside.packets import PROBE_PACKETS, PROBE_SECONDS, Packets
from liuhen.engines.media.inside.scan_reading import Copies, Source, only
from liuhen.engines.media.inside.scan_sizes import LOOK_SECONDS, joined

SILENT_DECIBEL: Final = -60.0
"""Of full scale: FFmpeg's `silencedetect` has the same. A quiet room lies 10 dB above."""
LIMIT: Final = 10 ** (SILENT_DECIBEL / 20)
NOTHING_DECIBEL: Final = -80.0
"""Below, not even a microphone's own noise is left."""
LEAST_SECONDS: Final = 2.0
"""Shorter is a pause."""
SHRUNK: Final = 0.5
"""Packets below this part of the usual size may be silence."""
LEAD_PACKETS: Final = PROBE_PACKETS - 1
"""Decoded before, for each AAC packet is completed by the next."""


def scan(
    copies: Copies, index: int, packets: Packets | None, origin: Fraction,
    left: Callable[[], bool],
) -> list[Finding]:  # fmt: skip
    """Silent stretches of track `index`, in seconds since `origin` (on the file's own clock).

    packets: where its table or a walk told them; None where only decoding tells.
    """
    if packets is None or len(packets) < 2 * PROBE_PACKETS:
        return _all(copies, index, origin, left)
    at, levels = packets.seconds(origin), sound.Levels()
    source = Source(copies, index, packets)
    for start, end in _merged([*small(at, packets.sizes), *_probed(source, at, left)]):
        if not left():
            break
        first, behind = np.searchsorted(at, (start - PROBE_SECONDS, end + PROBE_SECONDS))
        if not _hear(source, at, int(first), int(behind), levels):
            return _all(copies, index, origin, left)  # no way back to that place
    found = silences(levels, 0.0)
    return found if left() else [*found, _incomplete(None)]


def small(at: Any, sizes: Any) -> list[tuple[float, float]]:
    """(start, end) in seconds of runs of small packets, at least a second long."""
    is_small = sizes < SHRUNK * np.percentile(sizes, 75)
    window = np.floor((at - at.min()) / LOOK_SECONDS).astype(np.int64)
    order = np.argsort(window, kind="stable")
    firsts = np.flatnonzero(np.diff(window[order], prepend=-1))
    counts = np.diff(firsts, append=len(window))
    flagged = np.add.reduceat(is_small[order], firsts, dtype=np.int64) >= 0.75 * counts
    starts = at.min() + window[order][firsts[flagged]] * LOOK_SECONDS
    runs = joined([(float(start), float(start) + LOOK_SECONDS) for start in starts])
    return [(start, end) for start, end in runs if end - start >= LEAST_SECONDS - 2 * LOOK_SECONDS]


def _probed(source: Source, at: Any, left: Callable[[], bool]) -> list[tuple[float, float]]:
    """Places where what is tried is silent."""
    silent = []
    for first in _places(source.packets, at):
        if not left():
            break
        tried = first + LEAD_PACKETS
        heard = sound.Levels()
        _hear(source, at - at[tried], tried, first + PROBE_PACKETS, heard)
        slices = heard.slices[heard.slices != sound.UNHEARD]
        if len(slices) and slices.max() < LIMIT:
            silent.append((float(at[tried]), float(at[tried])))
    return silent


def _places(packets: Packets, at: Any) -> list[int]:
    """Packets from which sound is tried: where it can be read in place, or was kept."""
    if not packets.is_direct:
        return [n for n in packets.kept if n - 1 not in packets.kept and n + 1 in packets.kept]
    steps = np.floor((at - at[0]) / PROBE_SECONDS)
    places = np.flatnonzero(np.diff(steps, prepend=-np.inf) > 0)
    return [int(place) for place in places if place + PROBE_PACKETS <= len(at)]


def _merged(runs: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Overlapping ones, with PROBE_SECONDS on both sides, made one."""
    merged: list[tuple[float, float]] = []
    for start, end in sorted(runs):
        if merged and start <= merged[-1][1] + 2 * PROBE_SECONDS:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def scan_in_place(stream: Any, left: Callable[[], bool]) -> list[Finding]:
    """The same of an AVI's uncompressed sound, which is read where its table says it lies."""
    levels = scan_pcm.levels(stream, left)
    found = silences(levels, 0.0)
    return found if left() else [*found, _incomplete(None)]


def silences(levels: sound.Levels, begin: float) -> list[Finding]:
    """Stretches of slices below SILENT_DECIBEL; `begin`: seconds of the first slice."""
    heard = levels.slices
    quiet = (heard < LIMIT) & (heard != sound.UNHEARD)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]])))
    found = []
    for start, end in edges.reshape(-1, 2).tolist():
        if (end - start) / sound.SLICES_PER_SECOND >= LEAST_SECONDS:
            peak = float(heard[start:end].max())
            decibel = round(20 * float(np.log10(max(peak, 1e-6))), 1)
            sure = "high" if decibel <= NOTHING_DECIBEL else "medium"
            at = [
                round(begin + int(slice_) / sound.SLICES_PER_SECOND, 3) for slice_ in (start, end)
            ]
            evidence = {"confidence": sure, "peak_decibel": decibel}
            found.append(Finding(Code.SILENT, at[0], at[1], evidence))
    return found


def _hear(source: Source, at: Any, first: int, behind: int, levels: sound.Levels) -> bool:
    """Decode packets `first` up to before `behind`; whether there was any sound. at: seconds of
    each packet."""
    heard = False
    lead = max(0, first - LEAD_PACKETS)
    for index, packet in enumerate(source.packets_from(lead, behind - lead), lead):
        packet.pts = packet.dts = index
        for frame in source.decoded(packet):
            if index >= first and frame.pts is not None:
                heard |= levels.add(frame, float(at[min(frame.pts, len(at) - 1)]))
    source.decoder.flush_buffers()
    return heard


def _all(copies: Copies, index: int, origin: Fraction, left: Callable[[], bool]) -> list[Finding]:
    levels, stopped, container = sound.Levels(), None, copies.from_start()
    with tolerating():
        only(container, index)
        stream: Any = container.streams[index]
        for packet in container.demux(stream):
            with tolerating():
                for frame in packet.decode():
                    at = Fraction(frame.pts or 0) * (frame.time_base or stream.time_base) - origin
                    stopped = None if left() and levels.add(frame, at) else float(at)
            if stopped is not None:
                break
    found = silences(levels, 0.0)
    if stopped is not None:
        found.append(_incomplete(round(stopped, 3)))
    return found


def _incomplete(start: float | None) -> Finding:
    return Finding(Code.SCAN_INCOMPLETE, start, None, {"part": "sound"})
