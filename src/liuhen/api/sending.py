"""A file, or one range of it, to a client: constant memory, by sendfile where the server can."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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


SHOWN_IN = ("video", "audio", "image")
"""What within a page a film or a picture is fetched for."""


class Slice:
    """`span` of a file, for `wsgi.file_wrapper`: gunicorn takes the descriptor's position and
    the Content-Length and never calls `read`; a server without sendfile does.

    No file object: one that has `seek` gets it called by socket.sendfile.
    """

    def __init__(self, file: BinaryIO, span: Span) -> None:
        self.file = file
        self.left = span.count
        self.fileno = file.fileno
        self.close = file.close
        file.seek(span.start)

    def read(self, size: int) -> bytes:
        data = self.file.read(min(size, self.left)) or b""
        self.left -= len(data)
        return data


@dataclass(frozen=True)
class Film:
    """What can be sent: how to open it raw, and what is said about it.

    `place` is its path below the data directory, `digest` what identifies its bytes; without
    one the file's time and size do.
    """

    opened: Callable[[], BinaryIO]
    content_type: str
    name: str
    place: str
    digest: str | None = None
    is_attachment: bool = False

    def headers(self, etag: str) -> dict[str, str]:
        return {
            "Content-Type": self.content_type,
            "Accept-Ranges": "bytes",
            "ETag": etag,
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Disposition": content_disposition_header(self.is_attachment, self.name)
            or "inline",
        }


@dataclass(frozen=True)
class Reply:
    """Status, headers, and which bytes follow; None for none."""

    status: int
    headers: dict[str, str]
    span: Span | None = None


def reply(film: Film, file: BinaryIO, asked: Mapping[str, str]) -> Reply:
    """What to answer the GET or HEAD whose WSGI environ is `asked`."""
    facts = os.fstat(file.fileno())
    size = facts.st_size
    etag = f'"{film.digest or f"{facts.st_mtime_ns:x}-{size:x}"}"'
    headers = film.headers(etag)
    if settings.LIUHEN_ACCEL_PREFIX:  # docs/how-to/nginx.md: nginx does the ranges
        return Reply(200, headers | {"X-Accel-Redirect": inside_nginx(film)})
    try:
        span = span_of(asked, etag, size)
    except NotSatisfiable:
        return Reply(416, headers | {"Content-Range": f"bytes */{size}", "Content-Length": "0"})
    if span is None:
        whole = Span(0, size) if asked["REQUEST_METHOD"] == "GET" and size else None
        return Reply(200, headers | {"Content-Length": str(size)}, whole)
    told = {"Content-Length": str(span.count), "Content-Range": span.content_range(size)}
    return Reply(206, headers | told, span)


def span_of(asked: Mapping[str, str], etag: str, size: int) -> Span | None:
    """Which range to send. Raises NotSatisfiable.

    HEAD has none (RFC 9110 section 14.2), and a range of another version (If-Range with any
    validator but this strong ETag) is the whole file.
    """
    if asked["REQUEST_METHOD"] != "GET" or asked.get("HTTP_IF_RANGE", etag) != etag:
        return None
    span = wanted(asked.get("HTTP_RANGE"), size)
    if span and span.is_open and is_player(asked):
        return Span(span.start, min(span.count, PLAYER_BYTES))
    return span


def is_player(asked: Mapping[str, str]) -> bool:
    """Is this a <video> or <audio>? Never a download, which would be cut short unnoticed.

    Browsers say so where the origin is trustworthy; over plain HTTP Chromium's media loader
    alone asks for exactly this Accept-Encoding.
    """
    if destination := asked.get("HTTP_SEC_FETCH_DEST"):
        return destination in ("video", "audio")
    return asked.get("HTTP_ACCEPT_ENCODING") == "identity;q=1, *;q=0"


def is_saved(asked: Mapping[str, str]) -> bool:
    """Does somebody want it as a page or a file of its own, not shown within one of ours?

    A page's own address bar says so in what it accepts, also over plain HTTP, where browsers send
    no Sec-Fetch-Dest.
    """
    if destination := asked.get("HTTP_SEC_FETCH_DEST"):
        return destination not in SHOWN_IN
    return "text/html" in asked.get("HTTP_ACCEPT", "")


def inside_nginx(film: Film) -> str:
    return f"{settings.LIUHEN_ACCEL_PREFIX}{quote(film.place)}"


def send(request: HttpRequest, film: Film) -> HttpResponseBase:
    """`reply` as Django's response. Raises what `film.opened` does."""
    file = film.opened()
    said = reply(film, file, request.META)
    if said.span is None:
        file.close()
        return HttpResponse(status=said.status, headers=said.headers)
    response = FileResponse(Slice(file, said.span), status=said.status)
    response.block_size = BLOCK_BYTES
    for name, value in said.headers.items():  # afterwards: FileResponse guesses a type of its own
        response.headers[name] = value
    return response
