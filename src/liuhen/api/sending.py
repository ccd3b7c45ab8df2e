"""A file, or one range of it, to a client: constant memory, by sendfile where the server can."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from liuhen.api.ranges import NotSatisfiable, Span, wanted

BLOCK_BYTES = 256 * 1024
"""For servers without sendfile (TLS in gunicorn, the test client)."""

PLAYER_BYTES = 4 * 1024 * 1024
"""A player that asks for all the rest gets this much and asks again. Browsers stop reading when
a film is paused, and each stalled answer would hold one of the server's threads."""


@dataclass(frozen=True)
class Sendable:
    """An open raw file and what is said about it. `place` is its path below the data directory."""

    file: BinaryIO
    size: int
    etag: str
    content_type: str
    name: str
    place: str


class Slice(io.RawIOBase):
    """`span` of a file, for `wsgi.file_wrapper`: gunicorn takes the descriptor's position and
    the Content-Length and never calls `read`; a server without sendfile does."""

    def __init__(self, file: BinaryIO, span: Span) -> None:
        self.file = file
        self.left = span.count
        file.seek(span.start)

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.file.fileno()

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(self.left if size < 0 else min(size, self.left)) or b""
        self.left -= len(data)
        return data

    def close(self) -> None:
        self.file.close()
        super().close()


def send(request: HttpRequest, what: Sendable) -> HttpResponseBase:
    """Answer GET and HEAD, whole or one range. Takes over `what.file`."""
    if settings.LIUHEN_ACCEL_PREFIX:
        what.file.close()
        return with_headers(let_nginx_send(what), what)
    try:
        span = span_of(request, what)
    except NotSatisfiable:
        what.file.close()
        response: HttpResponseBase = HttpResponse(status=416, content_type=what.content_type)
        response.headers["Content-Range"] = f"bytes */{what.size}"
        return with_headers(response, what)
    status, count = (206, span.count) if span else (200, what.size)
    if request.method == "HEAD":
        what.file.close()
        response = HttpResponse(content_type=what.content_type)
    else:
        part = Slice(what.file, span or Span(0, what.size))
        response = FileResponse(part, content_type=what.content_type, status=status)
        response.block_size = BLOCK_BYTES
    response.headers["Content-Length"] = str(count)
    if span:
        response.headers["Content-Range"] = span.content_range(what.size)
    return with_headers(response, what)


def span_of(request: HttpRequest, what: Sendable) -> Span | None:
    """Which range to send. Raises NotSatisfiable.

    HEAD has none (RFC 9110 section 14.2), and a range of another version (If-Range with any
    validator but this strong ETag) is the whole file.
    """
    if request.method != "GET" or request.headers.get("If-Range", what.etag) != what.etag:
        return None
    span = wanted(request.headers.get("Range"), what.size)
    if span and span.is_open and is_player(request):
        return Span(span.start, min(span.count, PLAYER_BYTES))
    return span


def is_player(request: HttpRequest) -> bool:
    """Is this a <video> or <audio>? Never a download, which would be cut short unnoticed.

    Browsers say so where the origin is trustworthy; over plain HTTP Chromium's media loader
    alone asks for exactly this Accept-Encoding.
    """
    if destination := request.headers.get("Sec-Fetch-Dest"):
        return destination in ("video", "audio")
    return request.headers.get("Accept-Encoding") == "identity;q=1, *;q=0"


def let_nginx_send(what: Sendable) -> HttpResponse:
    """docs/how-to/nginx.md: nginx finds the file and does the ranges."""
    response = HttpResponse(content_type=what.content_type)
    response.headers["X-Accel-Redirect"] = settings.LIUHEN_ACCEL_PREFIX + quote(what.place)
    return response


def with_headers(response: HttpResponseBase, what: Sendable) -> HttpResponseBase:
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = what.etag
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = content_disposition_header(False, what.name)
    return response


def open_raw(path: Path) -> BinaryIO:
    """Unbuffered: sendfile wants the descriptor at the place, with nothing read ahead."""
    return path.open("rb", buffering=0)
