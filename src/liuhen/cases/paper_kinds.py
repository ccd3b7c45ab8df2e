"""What a file that is handed in as a paper really is, by its content; its name only has to agree.

Nothing that a browser would run is taken: no HTML, no SVG, no script, no archive.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePath

from liuhen.cases import paper_errors as errors
from liuhen.engines.media.signatures import form_of

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""The compound file Word, Excel, PowerPoint and WPS wrote before 2007."""

END_OF_ZIP = b"PK\x05\x06"
END_BYTES = 65_557
"""The end record with the longest comment."""

MOST_DIRECTORY_BYTES = 4 << 20
"""A document's package has some dozens of entries; a larger directory is no document's."""

OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class PaperKind:
    """`suffixes` a name may have, the first for the vault; `is_inline`: shown in the browser."""

    media_type: str
    suffixes: tuple[str, ...]
    is_inline: bool = False


PICTURES = ("jpg", "jpeg", "png", "gif", "bmp", "webp", "tif", "tiff", "heic", "heif")
"""Cameras and phones name one for another: among pictures the content alone counts."""

PDF = PaperKind("application/pdf", ("pdf",), is_inline=True)
TEXT = PaperKind("text/plain", ("txt",))
IMAGES = {
    "jpeg": PaperKind("image/jpeg", ("jpg", *PICTURES), is_inline=True),
    "png": PaperKind("image/png", ("png", *PICTURES), is_inline=True),
    "gif": PaperKind("image/gif", ("gif", *PICTURES), is_inline=True),
    "bmp": PaperKind("image/bmp", ("bmp", *PICTURES), is_inline=True),
    "webp": PaperKind("image/webp", ("webp", *PICTURES), is_inline=True),
    "tiff": PaperKind("image/tiff", ("tif", *PICTURES)),
    "heif": PaperKind("image/heic", ("heic", *PICTURES)),
}
PACKAGES = {
    "word/document.xml": PaperKind(f"{OFFICE}wordprocessingml.document", ("docx",)),
    "xl/workbook.xml": PaperKind(f"{OFFICE}spreadsheetml.sheet", ("xlsx", "et")),
    "ppt/presentation.xml": PaperKind(f"{OFFICE}presentationml.presentation", ("pptx",)),
    "OFD.xml": PaperKind("application/ofd", ("ofd",)),
}
COMPOUNDS = {
    "doc": PaperKind("application/msword", ("doc",)),
    "xls": PaperKind("application/vnd.ms-excel", ("xls",)),
    "ppt": PaperKind("application/vnd.ms-powerpoint", ("ppt",)),
    "wps": PaperKind("application/vnd.ms-works", ("wps",)),
    "et": PaperKind("application/vnd.ms-excel", ("et",)),
    "dps": PaperKind("application/vnd.ms-powerpoint", ("dps",)),
}
ALL = (PDF, *IMAGES.values(), *PACKAGES.values(), *COMPOUNDS.values(), TEXT)
SUFFIXES = tuple(dict.fromkeys(suffix for kind in ALL for suffix in kind.suffixes))


def kind_of(path: Path, head: bytes, name: str) -> PaperKind:
    """Refuses: PaperEmpty, PaperUnknown, PaperMisnamed."""
    suffix = PurePath(name).suffix.lower().lstrip(".")
    if not head:
        raise errors.PaperEmpty()
    kind = by_content(path, head, suffix)
    if kind is None:
        raise errors.PaperUnknown()
    if suffix not in kind.suffixes:
        raise errors.PaperMisnamed(name=name)
    return kind


def by_media_type(media_type: str) -> PaperKind | None:
    return next((kind for kind in ALL if kind.media_type == media_type), None)


def by_content(path: Path, head: bytes, suffix: str) -> PaperKind | None:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(OLE):
        return COMPOUNDS.get(suffix)
    if head.startswith(b"PK\x03\x04"):
        return package(path)
    if (form := form_of(head)) in IMAGES:
        return IMAGES[form or ""]
    return TEXT if suffix == "txt" and is_text(head) else None


def package(path: Path) -> PaperKind | None:
    """By the entry every document of its kind has."""
    if not is_small_directory(path):
        return None
    try:
        with zipfile.ZipFile(path) as opened:
            names = set(opened.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return None
    return next((kind for part, kind in PACKAGES.items() if part in names), None)


def is_small_directory(path: Path) -> bool:
    """Read before zipfile does: it keeps every entry of the directory in memory."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - END_BYTES))
        tail = file.read(END_BYTES)
    at = tail.rfind(END_OF_ZIP)
    if at < 0 or len(tail) < at + 16:
        return False
    return int.from_bytes(tail[at + 12 : at + 16], "little") <= MOST_DIRECTORY_BYTES


def is_text(head: bytes) -> bool:
    """UTF-8 or GB 18030, and no markup: what begins with `<` a browser might take for a page."""
    if b"\0" in head or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            head[:-4].decode(encoding) if len(head) > 4 else head.decode(encoding)
        except UnicodeDecodeError as no:
            if no.start >= len(head) - 8:  # a character cut in two where the head ends
                return True
            continue
        return True
    return False
