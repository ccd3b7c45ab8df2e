"""What is taken in and what is left out, by name and first bytes. Cheap: no decoder is loaded.

When in doubt a file is kept: a damaged recording is still evidence, a stray text file is not.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from liuhen.engines.media.signatures import HEAD_BYTES, brand_of, form_of, looks_like_text

__all__ = ["HEAD_BYTES", "Kind", "LeftOut", "Media", "Reason", "classify", "suffix_matches"]


class Kind(StrEnum):
    """What a person would call it."""

    VIDEO = "video"
    AUDIO = "audio"
    PHOTO = "photo"


class Reason(StrEnum):
    """Why a file is not a recording. Stable codes: events and screens quote them."""

    SYSTEM_FILE = "system_file"
    INDEX_FILE = "index_file"
    SIDECAR = "sidecar"
    EMPTY = "empty"
    NOT_MEDIA = "not_media"


@dataclass(frozen=True)
class Media:
    """A recording, perhaps a damaged one.

    `suffix` is lower case with its dot: the name's own where it fits the content, else the
    content's. `form` is the family of containers its first bytes show, None if they show none.
    """

    kind: Kind
    suffix: str
    form: str | None


@dataclass(frozen=True)
class LeftOut:
    """Not a recording; `reason` says why."""

    reason: Reason


# form → (kind, suffixes that fit it; the first is given to a file without a fitting one)
_FORMS: Final[dict[str, tuple[Kind, tuple[str, ...]]]] = {
    "mp4": (
        Kind.VIDEO,
        (".mp4", ".mov", ".m4v", ".3gp", ".3g2", ".3gpp", ".lrv", ".qt", ".insv", ".m4a", ".m4b"),
    ),
    "avi": (Kind.VIDEO, (".avi", ".divx")),
    "mpegts": (Kind.VIDEO, (".ts", ".mts", ".m2ts", ".m2t", ".tp", ".trp")),
    "matroska": (Kind.VIDEO, (".mkv", ".webm", ".mka")),
    "mpeg": (Kind.VIDEO, (".mpg", ".mpeg", ".vob", ".dat", ".mp4", ".mod", ".ps", ".m2v")),
    "asf": (Kind.VIDEO, (".wmv", ".asf", ".wma")),
    "flv": (Kind.VIDEO, (".flv",)),
    "dhav": (Kind.VIDEO, (".dav", ".dhav")),
    "wav": (Kind.AUDIO, (".wav",)),
    "mp3": (Kind.AUDIO, (".mp3",)),
    "aac": (Kind.AUDIO, (".aac",)),
    "amr": (Kind.AUDIO, (".amr", ".awb", ".3ga")),
    "ogg": (Kind.AUDIO, (".ogg", ".oga", ".opus", ".spx", ".ogv")),
    "flac": (Kind.AUDIO, (".flac",)),
    "caf": (Kind.AUDIO, (".caf",)),
    "aiff": (Kind.AUDIO, (".aiff", ".aif")),
    "jpeg": (Kind.PHOTO, (".jpg", ".jpeg", ".jpe", ".jfif", ".mpo")),
    "heif": (Kind.PHOTO, (".heic", ".heif", ".hif")),
    "avif": (Kind.PHOTO, (".avif",)),
    "png": (Kind.PHOTO, (".png",)),
    "bmp": (Kind.PHOTO, (".bmp", ".dib")),
    "tiff": (Kind.PHOTO, (".tif", ".tiff", ".dng", ".nef", ".arw", ".cr2", ".pef")),
    "gif": (Kind.PHOTO, (".gif",)),
    "webp": (Kind.PHOTO, (".webp",)),
}
# One container, several kinds: the suffix decides where the first bytes cannot.
_SUFFIX_KINDS: Final = {
    ".m4a": Kind.AUDIO, ".m4b": Kind.AUDIO, ".mka": Kind.AUDIO, ".wma": Kind.AUDIO,
    ".ogv": Kind.VIDEO,
}  # fmt: skip
_UNSURE_SUFFIXES: Final = frozenset({".dat", ".mod", ".ps", ".dib", ".ts", ".tp", ".qt"})
"""Used by other programs too: kept by suffix alone only if the content is not text or unknown."""

_SYSTEM_NAMES: Final = frozenset({
    "thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", ".localized", "autorun.inf",
    "indexervolumeguid", "wpsettings.dat", ".volumeicon.icns", "pagefile.sys", ".nomedia",
    ".metadata_never_index", "bootsect.bak",
})  # fmt: skip
_SYSTEM_FOLDERS: Final = frozenset({
    "system volume information", ".trashes", "$recycle.bin", "recycler", ".spotlight-v100",
    ".fseventsd", ".temporaryitems", ".trash-1000", "__macosx", ".thumbnails",
})  # fmt: skip
"""What systems and people threw away or keep for themselves. Not found.000, lost.dir, lost+found:
there repair tools put what they saved, perhaps the recording that was lost."""
_INDEX_SUFFIXES: Final = frozenset({
    ".idx", ".log", ".db", ".cpi", ".mpl", ".bdm", ".tdt", ".tid", ".xml", ".dat", ".ifo", ".bup",
    ".sav", ".ctg", ".sqlite", ".json", ".nmea", ".gpx", ".srt", ".ini", ".cfg", ".info",
})  # fmt: skip
_SIDECAR_SUFFIXES: Final = frozenset({".thm", ".aae", ".xmp"})


def classify(name: bytes, head: bytes, size_bytes: int) -> Media | LeftOut:
    """Whether a file is a recording, and of which kind.

    Args:
        name: the file's name or its path on the source (`/` between parts), as the bytes found.
        head: its first `HEAD_BYTES` bytes, or all there are.
        size_bytes: its whole size.
    """
    parts = [part.decode("utf-8", "replace").lower() for part in name.split(b"/") if part]
    base = parts[-1] if parts else ""
    if _is_system(parts, base):
        return LeftOut(Reason.SYSTEM_FILE)
    suffix = _suffix(base)
    if suffix in _SIDECAR_SUFFIXES:
        return LeftOut(Reason.SIDECAR)
    if size_bytes == 0:
        kept = _kind_of_suffix(suffix) if suffix not in _UNSURE_SUFFIXES else None
        return Media(kept, suffix, None) if kept else LeftOut(Reason.EMPTY)
    form = form_of(head)
    if form is not None:
        return _by_content(form, head, suffix)
    return _by_suffix(suffix, head)


def suffix_matches(suffix: str, form: str) -> bool:
    """Whether a file of this form may carry this suffix (`.MOV` and `.mov` alike)."""
    return form in _FORMS and suffix.lower() in _FORMS[form][1]


def _is_system(parts: list[str], base: str) -> bool:
    # "._x" is what macOS writes beside x on FAT: its resource fork, often with x's own suffix.
    in_system_folder = any(part in _SYSTEM_FOLDERS for part in parts)
    return base in _SYSTEM_NAMES or base.startswith("._") or in_system_folder


def _suffix(base: str) -> str:
    _, dot, after = base.rpartition(".")
    return f".{after}" if dot and after.isascii() and after.isalnum() and len(after) <= 8 else ""


def _kind_of_suffix(suffix: str) -> Kind | None:
    if suffix in _SUFFIX_KINDS:
        return _SUFFIX_KINDS[suffix]
    return next((kind for kind, fitting in _FORMS.values() if suffix in fitting), None)


def _by_content(form: str, head: bytes, suffix: str) -> Media:
    kind, fitting = _FORMS[form]
    if suffix in fitting:
        return Media(_SUFFIX_KINDS.get(suffix, kind), suffix, form)
    if brand_of(head) in (b"M4A ", b"M4B "):
        return Media(Kind.AUDIO, ".m4a", form)
    return Media(kind, fitting[0], form)


def _by_suffix(suffix: str, head: bytes) -> Media | LeftOut:
    kind = _kind_of_suffix(suffix)
    sure = suffix not in _UNSURE_SUFFIXES
    if kind and (sure or (suffix in (".ts", ".tp") and not looks_like_text(head))):
        return Media(kind, suffix, None)
    return LeftOut(Reason.INDEX_FILE if suffix in _INDEX_SUFFIXES else Reason.NOT_MEDIA)
