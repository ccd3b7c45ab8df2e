"""Open the recording: standard input, the `fd` protocol, known containers, nothing else.

A playlist (HLS, concat, DASH) names other files; FFmpeg's libraries would follow it. They are
not on the list of formats, and no protocol but `fd` could open what they name.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import av
import av.logging
from av.container import InputContainer

ORIGINAL: Final = 0
"""The descriptor the parent opened; the child never learns a path."""

_WITH_HEADER: Final = (
    "mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "avi", "mpegts", "mpeg", "asf", "flv", "dhav",
    "wav", "w64", "amr", "ogg", "flac", "caf", "aiff",
)  # fmt: skip
# These have no file header: in random bytes their demuxers always see something.
_WITHOUT_HEADER: Final = {"mp3": ("mp3",), "aac": ("aac",), "mpeg": ("mpegvideo",)}

av.logging.set_level(None)


def open_media(form: str | None, *, hidden_too: bool = True) -> InputContainer:
    """The container on standard input, from its start.

    Args:
        form: the family its first bytes or its name show (`signatures.form_of`).
        hidden_too: with samples that an edit list hides: they are content all the same.
    Raises av.error.FFmpegError if no allowed demuxer reads it.
    """
    os.lseek(ORIGINAL, 0, os.SEEK_SET)
    formats = _WITH_HEADER + _WITHOUT_HEADER.get(form or "", ())
    options = {
        "protocol_whitelist": "fd",
        "format_whitelist": ",".join(formats),
        "ignore_editlist": "1" if hidden_too else "0",
    }
    return av.open("fd:", options=options, metadata_errors="replace")


@contextmanager
def tolerating() -> Iterator[None]:
    """Let damage pass, but not a lack of memory: PyAV's MemoryError is an FFmpegError too."""
    try:
        yield
    except MemoryError:
        raise
    except av.error.FFmpegError:
        return


def original_bytes() -> int:
    """Size of the file on standard input."""
    return os.fstat(ORIGINAL).st_size
