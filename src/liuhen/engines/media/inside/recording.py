"""A video or sound recording: header and packets, compared; then a poster and a waveform."""

import functools
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

import av

from liuhen.engines.media import structure
from liuhen.engines.media.facts import Code, Content, Examination, Finding, Header
from liuhen.engines.media.inside import (
    avchd,
    index_timeline,
    movie,
    playable,
    poster,
    provenance,
    route,
    scan,
    signs,
    sound,
    timeline,
    tracks,
)
from liuhen.engines.media.inside.opening import ORIGINAL, open_media, original_bytes
from liuhen.engines.media.signatures import brand_of

DURATION_TOLERANCE_SECONDS: Final = Fraction(1)
"""Headers round to whole seconds (AVI, some cameras), sound outlasts pictures by a packet."""
DURATION_TOLERANCE_PART: Final = Fraction(1, 50)
VIDEO_WAVEFORM_SECONDS: Final = 300
"""Up to this long a video's sound is decoded for a waveform: some 0.5 s of work."""
_UNPLAYABLE: Final = frozenset({Code.TRUNCATED, Code.INDEX_MISSING, Code.DECODE_ERROR})


@dataclass
class _Look:
    """What is known so far of a video or sound recording."""

    form: str | None
    head: bytes
    size: int
    out: Path
    wants: frozenset[str]
    seconds: float
    budget: scan.Budget
    shape: structure.Structure
    index: movie.Movie | None = None
    findings: list[Finding] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)

    def find(self, code: str, **evidence: Any) -> None:
        self.findings.append(Finding(code, evidence=evidence))


def examine(order: dict[str, Any], form: str | None, head: bytes) -> Examination:
    """Look at the recording on standard input; `order` as `examine.examine` wrote it."""
    size = original_bytes()
    look = _Look(
        form=form,
        head=head,
        size=size,
        out=Path(order["out"]),
        wants=frozenset(order["wants"]),
        seconds=order["limits"]["measure_seconds"],
        budget=scan.Budget.of(order["limits"]),
        shape=structure.structure_of(form, ORIGINAL, size),
    )
    look.index = movie.read(ORIGINAL, look.shape.movie)
    return _recording(look, order["kind"])


def _recording(look: _Look, by_name: str | None) -> Examination:
    look.findings += look.shape.findings
    if signs.names_other_files(look.index):
        look.find(Code.EXTERNAL_DATA, confidence="high")
        return Examination(kind=by_name, findings=tuple(look.findings))
    try:
        header, walked, streams, container = _facts(look)
    except MemoryError:
        raise
    except av.error.FFmpegError as wrong:
        look.find(Code.UNREADABLE, why=str(wrong.strerror)[:200])
        return Examination(kind=by_name, findings=tuple(look.findings))
    content = walked.content()
    real = [one for one in streams if one.type in ("video", "audio")]
    if not real:
        look.find(Code.NO_STREAMS)
    duration = content.duration or header.duration
    _compare_durations(look, header, content)
    origin = provenance.of(
        look.form, container, look.shape, look.index, header, streams, content.duration
    )
    look.findings += origin.findings
    if "track" in look.wants and route.write(look.index, header, look.out / "track.json"):
        look.outputs.append("track.json")
    rotation, interlaced, heard = _decode(look, real, duration)
    _scan(look, real, walked, heard)
    streams = tuple(replace(s, rotation=rotation) if s.type == "video" else s for s in streams)
    width, height = _shown_size(streams)
    codes = {finding.code for finding in look.findings}
    broken = codes & _UNPLAYABLE
    plays = playable.plays(look.form, brand_of(look.head), real) and not broken and not interlaced
    kind = "video" if any(s.type == "video" for s in real) else "audio" if real else by_name
    return Examination(
        kind=kind, container=container, duration=duration, width=width, height=height,
        streams=streams, header=header, content=content, browser_playable=plays,
        findings=tuple(look.findings), outputs=tuple(look.outputs),
        traits={} if codes & provenance.HARMED else origin.traits,
    )  # fmt: skip


def _facts(look: _Look) -> tuple[Header, timeline.Timeline, tuple[Any, ...], str]:
    """Header and streams, then the walk through the packets."""
    whole_table = look.form in ("mp4", "avi") and not look.shape.fragmented
    missing = {finding.code for finding in look.shape.findings}
    by_index = whole_table and Code.INDEX_MISSING not in missing
    with open_media(look.form) as container:
        header = tracks.header_of(container, look.shape.duration)
        streams = tracks.streams_of(container)
        if container.format.name == "mpegts":
            header = with_avchd_time(header, container)
            container.close()
            container = open_media(look.form)
        walked = _by_tables(look) or timeline.measured(
            container, look.size, by_index=by_index, seconds=look.seconds
        )
        name = container.format.name
        container.close()
    look.findings += walked.all_findings()
    return header, walked, streams, name


def _by_tables(look: _Look) -> timeline.Timeline | None:
    """Of a whole, unfragmented MP4: how it runs by its own tables, thousands of times faster."""
    if look.index is None or look.shape.fragmented:
        return None
    return index_timeline.measured(look.index, look.size)


def with_avchd_time(header: Header, container: Any) -> Header:
    for tried, packet in enumerate(container.demux(video=0) if container.streams.video else ()):
        claim = avchd.recorded_time(bytes(packet)) if packet.size else None
        if claim is not None:
            return replace(header, times=(*header.times, claim))
        if tried > 30:
            break
    return header


def _compare_durations(look: _Look, header: Header, content: Content) -> None:
    if header.duration is None or content.duration is None or not content.complete:
        return
    apart = abs(header.duration - content.duration)
    tolerance = max(DURATION_TOLERANCE_SECONDS, header.duration * DURATION_TOLERANCE_PART)
    if apart > tolerance:
        stated, measured = float(header.duration), float(content.duration)
        look.find(Code.DURATION_MISMATCH, header_seconds=stated, content_seconds=measured)


def _decode(
    look: _Look, real: list[Any], duration: Fraction | None
) -> tuple[int | None, bool, sound.Sound]:
    """Poster, waveform, and whether anything decodes. Returns (rotation, interlaced, sound)."""
    shown, heard = poster.Poster(decoded=True), sound.Sound()
    if any(one.type == "video" for one in real):
        opened = functools.partial(open_media, look.form, hidden_too=False)
        shown = poster.make(opened, duration, look.out / "poster.jpg")
        look.outputs += ["poster.jpg"] * (shown.written and "poster" in look.wants)
        if not shown.decoded:
            look.find(Code.DECODE_ERROR, track="video")
    if any(one.type == "audio" for one in real):
        wanted = "waveform" in look.wants and _waveform_is_cheap(real, duration)
        with open_media(look.form, hidden_too=False) as container:
            target = look.out / "waveform.json" if wanted else None
            heard = sound.make(container, container.streams.audio[0], target)
        look.outputs += ["waveform.json"] * heard.written
        if not heard.decoded:
            look.find(Code.DECODE_ERROR, track="audio")
        elif heard.errors:
            look.find(Code.DECODE_ERROR, track="audio", packets=heard.errors)
    return shown.rotation, shown.interlaced, heard


def _scan(look: _Look, real: list[Any], walked: timeline.Timeline, heard: sound.Sound) -> None:
    """Black, covered, frozen pictures and silence."""
    opened = functools.partial(open_media, look.form)
    found = scan.findings(opened, walked, heard, look.budget)
    if any(one.type == "video" for one in real) and not any(one.type == "audio" for one in real):
        found.append(Finding(Code.NO_SOUND))
    look.findings += found


def _waveform_is_cheap(real: list[Any], duration: Fraction | None) -> bool:
    has_pictures = any(one.type == "video" for one in real)
    return not has_pictures or (duration is not None and duration <= VIDEO_WAVEFORM_SECONDS)


def _shown_size(streams: tuple[Any, ...]) -> tuple[int | None, int | None]:
    video = next((s for s in streams if s.type == "video"), None)
    if video is None:
        return None, None
    turned = video.rotation in (90, 270)
    return (video.height, video.width) if turned else (video.width, video.height)
