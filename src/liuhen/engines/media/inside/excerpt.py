"""Copy a stretch of the recording on standard input, packet by packet."""

import os
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av
from av.container import InputContainer

from liuhen.engines.media.inside.look import form_by_suffix
from liuhen.engines.media.inside.opening import ORIGINAL, open_media, tolerating
from liuhen.engines.media.inside.tracks import is_cover
from liuhen.engines.media.signatures import HEAD_BYTES, form_of

_MOVIE: Final = "mov"
_FORMATS: Final = {".mp4": "mp4", ".m4a": "mp4", ".mkv": "matroska", ".mka": "matroska"}


def prepare(order: dict[str, Any]) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The verb, with what it needs loaded: later nothing outside may be opened."""
    form = form_by_suffix(form_of(os.pread(ORIGINAL, HEAD_BYTES, 0)), order["suffix"])
    return lambda order: _cut(form, order)


def _cut(form: str | None, order: dict[str, Any]) -> dict[str, Any]:
    since, until = Fraction(order["since"]), Fraction(order["until"])
    with tolerating(), open_media(form, hidden_too=False) as source:
        streams = _chosen(source)
        if not streams:
            return {}
        suffix = _suffix(source, streams)
        target = Path(order["out"]) / f"excerpt{suffix}"
        try:
            made = _Copy(source, streams, since, until).into(target, _FORMATS[suffix])
        except _Unstamped:
            return {}
        return {"output": target.name, "since": str(made[0]), "until": str(made[1])} if made else {}
    return {}


def _chosen(source: InputContainer) -> list[Any]:
    """The picture's track and the sounds'; subtitles and data go along with no container."""
    pictures = [one for one in source.streams.video if not is_cover(one)][:1]
    return [*pictures, *source.streams.audio]


def _suffix(source: InputContainer, streams: list[Any]) -> str:
    """MP4 stays MP4; Matroska takes nearly everything else as it is."""
    is_film = any(one.type == "video" for one in streams)
    if _MOVIE in source.format.name.split(","):
        return ".mp4" if is_film else ".m4a"
    return ".mkv" if is_film else ".mka"


class _Unstamped(Exception):
    """A picture without a time of its own: where it belongs would be a guess."""


class _Copy:
    """One pass over the packets between two moments."""

    def __init__(
        self, source: InputContainer, streams: list[Any], since: Fraction, until: Fraction
    ) -> None:
        self.source, self.streams = source, streams
        self.origin = Fraction(source.start_time or 0, av.time_base)
        self.since, self.until = self.origin + since, self.origin + until
        self.leader = streams[0].index

    def into(self, path: Path, format_name: str) -> tuple[Fraction, Fraction] | None:
        """(begin, end) of what was copied, seconds from the recording's start; None: nothing."""
        begin: Fraction | None = None
        end = Fraction(0)
        with av.open(str(path), "w", format=format_name) as target:
            copies = {
                one.index: target.add_stream_from_template(one, opaque=True) for one in self.streams
            }
            for packet, moment in self._packets():
                begin = moment if begin is None else begin
                end = max(end, _end(packet, moment))
                shift = round(begin / packet.time_base)
                packet.pts, packet.dts = packet.pts - shift, packet.dts - shift
                packet.stream = copies[packet.stream.index]
                target.mux(packet)
        return None if begin is None else (begin - self.origin, end - self.origin)

    def _packets(self) -> Iterator[tuple[Any, Fraction]]:
        """(packet, its moment): from the last key frame at or before `since`, all tracks alike.

        The end goes by the order of decoding: a picture shown before `until` may need one that is
        shown after it.
        """
        begun: Fraction | None = None
        held: list[tuple[Any, Fraction]] | None = []
        for packet, moment in self._stamped():
            leads = packet.stream.index == self.leader
            if held is None:
                assert begun is not None
                if moment >= begun:
                    yield packet, moment
                continue
            if leads and packet.is_keyframe and (begun is None or moment <= self.since):
                begun = moment
                held = [(packet, moment), *((one, at) for one, at in held if at >= begun)]
                continue
            held.append((packet, moment))
            if leads and begun is not None and moment > self.since:
                yield from ((one, at) for one, at in held if at >= begun)
                held = None
        # The last picture may stand beyond `since`; a stretch after the end holds nothing.
        if held and begun is not None and any(_end(one, at) > self.since for one, at in held):
            yield from ((one, at) for one, at in held if at >= begun)

    def _stamped(self) -> Iterator[tuple[Any, Fraction]]:
        """Up to `until` in each track, from near `since` where there is an index."""
        self.source.seek(max(0, int(self.since * av.time_base)))
        done: set[int] = set()
        for packet in self.source.demux(self.streams):
            if packet.dts is None:
                continue
            if packet.pts is None:
                if packet.stream.type == "video":
                    raise _Unstamped
                packet.pts = packet.dts
            if packet.dts * packet.time_base >= self.until:
                done.add(packet.stream.index)
                if len(done) == len(self.streams):
                    return
                continue
            yield packet, packet.pts * packet.time_base


def _end(packet: Any, moment: Fraction) -> Fraction:
    return moment + (packet.duration or 0) * Fraction(packet.time_base)
