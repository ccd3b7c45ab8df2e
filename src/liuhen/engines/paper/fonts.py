"""The font a paper is set in: 仿宋 as offices have it, else 宋体, else the one that comes along."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn

OFFICE = (
    "simfang.ttf",
    "STFANGSO.TTF",
    "仿宋_GB2312.ttf",
    "FZFSJW.TTF",
    "simsun.ttc",
    "STSONG.TTF",
)
"""File names of 仿宋 and 宋体 on Windows and in Linux offices, the best first."""

FOLDERS = (
    "C:/Windows/Fonts",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
)


@cache
def office_font() -> Path:
    """Looked for once; a font installed later is found at the next start."""
    return best(Path(folder).expanduser() for folder in FOLDERS)


def best(folders: Iterable[Path]) -> Path:
    """The first of `OFFICE` that lies in or below one of these folders, else the carried one."""
    there: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            there.setdefault(path.name.lower(), path)
    found = (there.get(name.lower()) for name in OFFICE)
    return next((path for path in found if path), carried_font())


def carried_font() -> Path:
    """Noto Serif SC (SIL OFL 1.1): 30,000 signs, among them the rare ones of names."""
    return Path(pylopdf_fonts_zh_cn.serif_path())
