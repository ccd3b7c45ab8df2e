"""Programs that name themselves in the files they write: who can have made this one?

By nature: an *editor* is never part of a recording device. An *encoder* works on computers, and in
recorders that are computers (an interview room's host). A *muxer* writes containers, and is inside
many devices. The names are matched as whole words, without regard to case.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Nature(StrEnum):
    """What a program does with recordings, the strongest sign first."""

    EDITOR = "editor"
    ENCODER = "encoder"
    MUXER = "muxer"


@dataclass(frozen=True)
class Program:
    """`marks`: what it writes of itself, in lower case."""

    name: str
    nature: Nature
    marks: tuple[str, ...]


def _all(nature: Nature, **marks: str) -> tuple[Program, ...]:
    named = ((name.replace("_", " "), text.split("|")) for name, text in marks.items())
    return tuple(Program(name, nature, tuple(words)) for name, words in named)


PROGRAMS: Final[tuple[Program, ...]] = (
    *_all(
        Nature.EDITOR,
        Adobe_Premiere="adobe premiere|premiere pro|premiere elements|premiere rush",
        Adobe_Media_Encoder="adobe media encoder",
        Adobe_After_Effects="after effects",
        Final_Cut_Pro="final cut",
        iMovie="imovie",
        DaVinci_Resolve="davinci resolve|blackmagic design davinci",
        Vegas="vegas pro|sony vegas|magix",
        剪映_CapCut="剪映|jianying|capcut",
        必剪="必剪|bcut",
        快影="快影|kwai",
        爱剪辑="爱剪辑|aijianji",
        会声会影="会声会影|videostudio",
        万兴喵影_Filmora="filmora|喵影|wondershare",
        格式工厂="格式工厂|formatfactory|format factory|pcfreetime",
        HandBrake="handbrake",
        Shotcut="shotcut",
        Kdenlive="kdenlive|mlt framework",
        OpenShot="openshot",
        Avidemux="avidemux",
        LosslessCut="losslesscut",
        VirtualDub="virtualdub|virtualdubmod",
        Camtasia="camtasia|techsmith",
        PowerDirector="powerdirector|cyberlink",
        Windows_Movie_Maker="movie maker|clipchamp|windows photos|microsoft photos",
        TMPGEnc="tmpgenc|pegasys",
        EDIUS="edius|grass valley",
        OBS="obs studio|obs-studio",
        Bandicam="bandicam",
        Adobe_Photoshop="adobe photoshop|photoshop express",
        Adobe_Lightroom="lightroom",
        GIMP="gimp",
        美图秀秀="美图秀秀|meitu|xiuxiu",
        醒图="醒图|xingtu",
        Snapseed="snapseed",
        PicsArt="picsart",
        Paint_NET="paint.net",
        光影魔术手="光影魔术手|neoimaging",
        ACDSee="acdsee|acd systems",
        VLC="vlc media player|libvlc",
        Douyin_TikTok="bytedance|tiktok|douyin",
        WeChat="wxver|wechat",
    ),
    *_all(
        Nature.ENCODER,
        x264="x264|libx264",
        x265="x265|libx265",
        MainConcept="mainconcept",
        FFmpeg="lavc",
        Nero="nero aac codec|ndaudio",
        Xvid="xvid|divx",
    ),
    *_all(
        Nature.MUXER,
        FFmpeg="lavf|libavformat",
        GPAC="gpac|mp4box",
        Bento4="bento4",
        L_SMASH="l-smash",
        mkvtoolnix="mkvmerge|libmkv|mkvtoolnix",
        mp4parser="mp4parser|isoparser",
        GStreamer="gstreamer",
    ),
)

IGNORED: Final = frozenset({
    "title", "artist", "comment", "description", "synopsis", "album", "lyrics", "genre", "location",
    "copyright", "language",
})  # fmt: skip
"""Fields that people fill in; what they write there names a subject, not a program."""


def _pattern(program: Program) -> re.Pattern[str]:
    words = "|".join(re.escape(mark) for mark in program.marks)
    # "Lavf58.29.100" is a word of its own: digits may follow.
    return re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z])")


_PATTERNS: Final = tuple((program, _pattern(program)) for program in PROGRAMS)


def named_in(fields: Iterable[tuple[str, str]]) -> list[tuple[Program, str, str]]:
    """(program, field, text) of each program that names itself, the strongest sign first.

    fields: (name, text), both as the file has them; a track's name may begin with "track 0: ".
    """
    found: dict[str, tuple[Program, str, str]] = {}
    for field, text in fields:
        name = field.rpartition(": ")[2].casefold()
        if name.split("-")[0] in IGNORED:
            continue
        words = f"{name} {text}".casefold()
        for program, pattern in _PATTERNS:
            if pattern.search(words):
                found.setdefault(f"{program.nature}{program.name}", (program, field, text))
    strength = list(Nature)
    return sorted(found.values(), key=lambda one: strength.index(one[0].nature))
