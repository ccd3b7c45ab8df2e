"""Files people upload: what they are, before anything reads them."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePath

from liuhen.kernel.refusal import Refusal
from liuhen.regulations import errors

MIB = 1 << 20
MOST_BYTES = 5 * MIB
MOST_UNPACKED_BYTES = 12 * MIB  # pictures hardly shrink; the text itself is well under 1 MB
MOST_ENTRIES = 2000
MOST_NAME = 200
CHINESE = ("utf-8-sig", "gb18030")
PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}


def checked(content: bytes, file_name: str, kinds: Sequence[str]) -> str:
    """The file's kind by its name, when its content agrees, e.g. `docx`.

    Refuses: FileTooLarge, FileEmpty, FileTypeUnknown, FileUnreadable, FileBloated.
    """
    kind = PurePath(file_name).suffix.lower().lstrip(".")
    unknown = errors.FileTypeUnknown(kinds="、".join(f".{one}" for one in kinds))
    if len(content) > MOST_BYTES:
        raise errors.FileTooLarge(most=MOST_BYTES // MIB)
    if not content:
        raise errors.FileEmpty()
    if kind not in kinds:
        raise unknown
    if kind in PARTS:
        check_package(content, PARTS[kind], unknown)
    elif kind == "pdf" and not content.startswith(b"%PDF-"):
        raise unknown
    return kind


def check_package(content: bytes, part: str, unknown: Refusal) -> None:
    """zipfile unpacks no entry past the size its directory states, so the sum here binds."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise unknown
    with damage_refused(), zipfile.ZipFile(io.BytesIO(content)) as package:
        entries = package.infolist()
    if part not in {entry.filename for entry in entries}:
        raise unknown
    if len(entries) > MOST_ENTRIES:
        raise errors.FileBloated()
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise errors.FileBloated()


@contextmanager
def damage_refused() -> Iterator[None]:
    """The readers of Office files raise nearly anything at a damaged one.

    Only a Refusal, and what the machine itself lacks, passes as it is.
    """
    try:
        yield
    except (Refusal, MemoryError):
        raise
    except Exception as problem:
        raise errors.FileUnreadable() from problem


def text_in(content: bytes) -> str:
    """UTF-8, else GB 18030 (GBK's successor), as Chinese offices save text.

    Refuses: FileUnreadable.
    """
    for encoding in CHINESE:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise errors.FileUnreadable()


def plain_name(file_name: str) -> str:
    """A file's name as text nobody can be misled by: no path, no control or direction marks."""
    visible = "".join(c for c in PurePath(file_name).name if c.isprintable())
    path = PurePath(visible or "file")
    return path.stem[: MOST_NAME - len(path.suffix[:10])] + path.suffix[:10]
