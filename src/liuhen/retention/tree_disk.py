"""Paths on an external disk that anybody may have written to: nothing is read, written or moved
through a link that lies there."""

import os
from pathlib import Path, PurePosixPath


def is_link_free(folder: Path, path: str) -> bool:
    """Neither `folder`, nor anything of `path` below it that is there, is a link, and `path` does
    not lead out."""
    parts = PurePosixPath(path).parts
    if not parts or ".." in parts or PurePosixPath(path).is_absolute():
        return False
    here = folder
    if here.is_symlink():
        return False
    for part in parts:
        here /= part
        if here.is_symlink():
            return False
    # A mount or a link changed under our hands shows in where it really is.
    above = Path(os.path.realpath(here.parent))
    return above.is_relative_to(os.path.realpath(folder))


def read_text(path: Path) -> str | None:
    """None: it is not there, or is no file of its own."""
    try:
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(opened, encoding="utf-8", errors="replace") as stream:
        return stream.read() if path.is_file() else None


def write_text(path: Path, content: bytes) -> None:
    """Whole or not at all; a link of the name is replaced, never written through."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(part, flags, 0o644), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
