"""The words of tus 1.0.0, the resumable upload protocol: https://tus.io/protocols/resumable-upload"""

import base64
import binascii
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import UnreadablePostError
from django.utils.http import http_date

from liuhen.api.errors import BadRequest

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration"
BODY_TYPE = "application/offset+octet-stream"
CHUNK_BYTES = 1024 * 1024
MOST_BYTES = 2**63 - 1  # off_t and the database's integers
MOST_NS = 2**63 - 1

View = Callable[..., HttpResponseBase]


def tus(view: View) -> View:
    """Speak version 1.0.0 or say which one is spoken; carry the version on every answer."""

    @wraps(view)
    def spoken(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = capabilities()
        elif request.headers.get("Tus-Resumable") != VERSION:
            response = HttpResponse(status=412, headers={"Tus-Version": VERSION})
        else:
            response = view(request, *args, **kwargs)
        response.headers["Tus-Resumable"] = VERSION
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return spoken


def capabilities() -> HttpResponse:
    headers = {"Tus-Version": VERSION, "Tus-Extension": EXTENSIONS, "Tus-Max-Size": str(MOST_BYTES)}
    return HttpResponse(status=204, headers=headers)


def method_of(request: HttpRequest) -> str | None:
    """For clients whose network lets only GET and POST through. Only a POST may claim to be
    something else: it has passed the CSRF check."""
    if request.method == "POST":
        return request.headers.get("X-HTTP-Method-Override", "POST").upper()
    return request.method


def number(request: HttpRequest, header: str) -> int:
    """A header that must be a whole number from 0. Refuses: BadRequest."""
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdecimal() and len(value) <= 19):
        raise BadRequest(what=header)
    return min(int(value), MOST_BYTES)


def metadata(request: HttpRequest) -> dict[str, bytes]:
    """`Upload-Metadata`: `key base64,key base64,key`. Refuses: BadRequest."""
    found: dict[str, bytes] = {}
    for pair in filter(None, request.headers.get("Upload-Metadata", "").split(",")):
        key, _space, encoded = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            raise BadRequest(what="Upload-Metadata") from None
    return found


def encode_metadata(said: dict[str, bytes]) -> str:
    return ",".join(f"{key} {base64.b64encode(value).decode()}" for key, value in said.items())


def has_body(request: HttpRequest) -> bool:
    return request.content_type == BODY_TYPE


def body_bytes(request: HttpRequest) -> int:
    """How many bytes this request brings. Refuses: BadRequest (a chunked body says nothing)."""
    return number(request, "Content-Length")


def chunks(request: HttpRequest) -> Iterator[bytes]:
    """The body as it comes, never whole in memory; ends early when the connection breaks."""
    try:
        while chunk := request.read(CHUNK_BYTES):
            yield chunk
    except UnreadablePostError:
        return


def milliseconds_as_ns(said: bytes | None) -> int | None:
    """JavaScript's `File.lastModified`; None when it is missing or no time a file can bear."""
    if said is None or not said.isdigit() or len(said) > 18:
        return None
    nanoseconds = int(said) * 1_000_000
    return nanoseconds if nanoseconds <= MOST_NS else None


def expires(at: datetime) -> str:
    return http_date(at.timestamp())
