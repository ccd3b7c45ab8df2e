"""Disc images: ISO 9660 with Rock Ridge and Joliet, and UDF beside them over the same bytes.

Whatever reads discs reads one of the four: Windows takes UDF, Linux Rock Ridge or UDF, old drives
Joliet. Each file is hashed from the very bytes that go into the image, in the same reading.
"""

import hashlib
import io
import os
import re
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, cast

from pycdlib import PyCdlib

BLOCK_BYTES = 1 << 20
FLUSH_BYTES = 64 << 20
"""A tenth of a second of a fast disk."""

READ_ONLY = 0o100444
MOST_LEVELS = 7
"""Folders within folders, as ISO 9660 has them (ECMA-119 6.8.2.1)."""

LONGEST_LABEL = 16
"""Characters of the volume's name in Joliet."""

LONGEST_NAME_BYTES = 240
"""Of UTF-8: what Rock Ridge and UDF keep of one name."""

JOLIET_BYTES = 64
"""pycdlib counts Joliet's 64 characters in bytes. A longer name is shortened there, and there
alone."""

NOT_IN_JOLIET = re.compile(r"[*:;?\\]")
NOT_IN_ISO = re.compile(r"[^A-Z0-9]")

Tell = Callable[[int, int], None]


class ImageFault(Exception):
    """The image is not whole; what was written of it is gone."""


class SourceDiffers(ImageFault):
    """A file did not have the length it was said to have."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(path)


@dataclass(frozen=True, slots=True)
class ImageFile:
    """`path`: with "/", below the disc's top. `open` answers the content at its start."""

    path: str
    size_bytes: int
    open: Callable[[], BinaryIO]


def write(
    files: Sequence[ImageFile],
    out: Path,
    *,
    label: str,
    tell: Tell = lambda done, total: None,
) -> dict[str, str]:
    """Write the new file `out`, durable; answers each path's SHA-256, of what went in.

    Args:
        label: the volume's name, at most 16 of A-Z, 0-9 and _: what Joliet has room for.
        tell: bytes done and in all, now and then.
    Raises:
        ValueError: the label is longer, two files have one path, or a name is too long or too deep.
        SourceDiffers: nothing of `out` stays.
        OSError: a source cannot be read, or the disk is full; nothing of `out` stays.
    """
    if len(label) > LONGEST_LABEL:
        raise ValueError(f"too long for a volume's name: {label}")
    check_paths([one.path for one in files])
    with ThreadPoolExecutor(max_workers=2) as helpers:
        sources = [Source(one, helpers) for one in files]
        image = laid_out(sources, label)
        try:
            with out.open("xb") as target:
                flushing = Flushing(target.fileno(), helpers)
                try:
                    image.write_fp(target, BLOCK_BYTES, told_by(tell, flushing))
                finally:
                    flushing.end()
                target.flush()
                os.fsync(target.fileno())
        except BaseException:
            out.unlink(missing_ok=True)
            raise
        finally:
            image.close()
        return {one.file.path: one.digest() for one in sources}


class Flushing:
    """Sends what is written to the disk while more is written: little is left at the end."""

    def __init__(self, descriptor: int, helpers: Executor) -> None:
        self.descriptor, self.helpers = descriptor, helpers
        self.sent_bytes = 0
        self.underway: Future[None] | None = None

    def told(self, done_bytes: int) -> None:
        if done_bytes - self.sent_bytes < FLUSH_BYTES:
            return
        if self.underway is None or self.underway.done():
            self.end()
            self.sent_bytes = done_bytes
            self.underway = self.helpers.submit(os.fdatasync, self.descriptor)

    def end(self) -> None:
        """Raises OSError: what could not be written is told here, and only once."""
        if self.underway is not None:
            self.underway.result()
            self.underway = None


def told_by(tell: Tell, flushing: Flushing) -> Callable[[int, int, Any], None]:
    """As the library calls it: it counts the arguments."""

    def told(done: int, total: int, _more: Any) -> None:
        flushing.told(done)
        tell(done, total)

    return told


def check_paths(paths: Iterable[str]) -> None:
    """Raises ValueError for what no disc can hold, or would hold under another name."""
    seen = set()
    for path in paths:
        parts = PurePosixPath(path).parts
        if not parts or path != "/".join(parts) or {".", "..", "/"} & set(parts):
            raise ValueError(f"no path of a disc: {path}")
        if len(parts) > MOST_LEVELS:
            raise ValueError(f"too deep for a disc: {path}")
        if any(len(part.encode()) > LONGEST_NAME_BYTES for part in parts):
            raise ValueError(f"too long for a disc: {path}")
        if path in seen:
            raise ValueError(f"twice on a disc: {path}")
        seen.add(path)


class Source(io.RawIOBase):
    """One file on its way into the image: opened when its turn comes, hashed as it is read.

    Each block is hashed by one of the `helpers` while it is written: neither waits long for
    the other, and hashing costs hardly any time of its own.
    """

    def __init__(self, file: ImageFile, helpers: Executor) -> None:
        super().__init__()
        self.helpers = helpers
        self.underway: Future[None] | None = None
        self.file = file
        self.done_bytes = 0
        self.hasher = hashlib.sha256()
        self.stream: BinaryIO | None = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.done_bytes

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Only where it is: the image reads each file once, from its start."""
        if (offset, whence) != (self.done_bytes, os.SEEK_SET):
            raise io.UnsupportedOperation("a source is read once")
        return offset

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer)
        content = self.read(view.nbytes)
        view[: len(content)] = content
        return len(content)

    def read(self, size: int = -1, /) -> bytes:
        """As much as was asked for: a shorter file than was said is no file of this image."""
        if self.stream is None:
            self.stream = self.file.open()
        wanted = min(size, self.file.size_bytes - self.done_bytes)
        content = filled(self.stream, wanted)
        if len(content) < wanted:
            raise SourceDiffers(self.file.path)
        self.hashed()
        self.underway = self.helpers.submit(self.hasher.update, content)
        self.done_bytes += len(content)
        if self.done_bytes == self.file.size_bytes:
            longer = self.stream.read(1)
            self.stream.close()
            if longer:
                raise SourceDiffers(self.file.path)
        return content

    def hashed(self) -> None:
        """The block before is: two are in memory, never more."""
        if self.underway is not None:
            self.underway.result()

    def digest(self) -> str:
        self.hashed()
        return self.hasher.hexdigest()


def filled(stream: BinaryIO, size: int) -> bytes:
    """`size` bytes, or all there are: an unbuffered stream may answer with less at a time."""
    content = stream.read(size)
    if len(content) == size or not content:
        return content
    parts = [content]
    left = size - len(content)
    while left and (more := stream.read(left)):
        parts.append(more)
        left -= len(more)
    return b"".join(parts)


def laid_out(sources: Sequence[Source], label: str) -> PyCdlib:
    """Every file has its place; nothing is read yet."""
    image = PyCdlib()
    image.new(interchange_level=3, joliet=3, rock_ridge="1.09", udf="2.60", vol_ident=label)
    folders = {"": Place("", "", "")}
    for n, one in enumerate(sources, 1):
        above, _, name = one.file.path.rpartition("/")
        place = folder(image, folders, above).below(name, iso_file(name, n), n)
        image.add_fp(
            cast(BinaryIO, one),
            one.file.size_bytes,
            iso_path=f"{place.iso};1",
            rr_name=name,
            joliet_path=place.joliet,
            udf_path=place.udf,
            file_mode=READ_ONLY,
        )
    return image


@dataclass(frozen=True, slots=True)
class Place:
    """Where one thing stands in each of the file systems."""

    iso: str
    joliet: str
    udf: str

    def below(self, name: str, iso: str, no: int) -> "Place":
        joliet = f"{self.joliet}/{joliet_name(name, no)}"
        return Place(f"{self.iso}/{iso}", joliet, f"{self.udf}/{name}")


def folder(image: PyCdlib, known: dict[str, Place], path: str) -> Place:
    """Made with all above it, if it is new."""
    if path not in known:
        above, _, name = path.rpartition("/")
        no = len(known)
        place = folder(image, known, above).below(name, f"D{no:07d}", no)
        image.add_directory(place.iso, rr_name=name, joliet_path=place.joliet, udf_path=place.udf)
        known[path] = place
    return known[path]


def iso_file(name: str, no: int) -> str:
    """A name the plainest reader takes: F0000012.MP4."""
    suffix = NOT_IN_ISO.sub("", PurePosixPath(name).suffix.upper())[:3]
    return f"F{no:07d}.{suffix}"


def joliet_name(name: str, no: int) -> str:
    """As it is, where Joliet has room for it; else its beginning, a number, and its suffix."""
    plain = NOT_IN_JOLIET.sub("_", name)
    if len(plain.encode()) <= JOLIET_BYTES:
        return plain
    path = PurePosixPath(plain)
    suffix = path.suffix if len(path.suffix.encode()) <= 8 else ""
    end = f"~{no}{suffix}"
    room = JOLIET_BYTES - len(end.encode())
    return plain.encode()[:room].decode(errors="ignore") + end
