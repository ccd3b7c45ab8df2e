"""The tus server in front of `recordings.uploads`."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.urls import reverse

from liuhen.api import tus
from liuhen.api.answers import machine, officer_of
from liuhen.api.errors import BadRequest
from liuhen.kernel.clock import now
from liuhen.people import sessions
from liuhen.recordings import upload_files
from liuhen.recordings import uploads as operations
from liuhen.recordings.models import Upload

NO_PATH = (None, b"", b"null", b"undefined")
"""What Uppy sends as the path of a file that was not dropped with its folder."""


@tus.tus
@machine
def uploads(request: HttpRequest) -> HttpResponseBase:
    """POST announces a file, and may bring its first bytes (creation-with-upload)."""
    if tus.method_of(request) != "POST":
        return HttpResponseNotAllowed(["POST", "OPTIONS"])
    officer = officer_of(request)
    said = tus.metadata(request)
    size = tus.number(request, "Upload-Length")
    if tus.has_body(request):
        check_fits(tus.body_bytes(request), size)
    upload = operations.create(
        by=officer,
        at=now(),
        size_bytes=size,
        name=name_in(said),
        group=said.get("group", b"").decode("ascii", "replace"),
        mtime_ns=tus.milliseconds_as_ns(said.get("lastModified")),
    )
    offset = 0
    if tus.has_body(request):
        offset = operations.append(upload, arriving(request), offset=0)
    return told(offset, status=201, Location=reverse("api:upload", args=[upload.uid]))


@tus.tus
@machine
def upload(request: HttpRequest, uid: str) -> HttpResponseBase:
    """HEAD tells how far it is, PATCH goes on, DELETE forgets; all for its own officer only."""
    method = tus.method_of(request)
    if method not in DOORS:
        return HttpResponseNotAllowed([*DOORS, "OPTIONS"])
    return DOORS[method](request, operations.own(uid, by=officer_of(request)))


def head(_request: HttpRequest, upload: Upload) -> HttpResponse:
    said = {"filename": bytes(upload.name), "group": upload.group.encode()}
    if upload.mtime_ns is not None:
        said["lastModified"] = str(upload.mtime_ns // 1_000_000).encode()
    return told(
        upload_files.durable_length_of(upload),
        status=200,
        **{"Upload-Length": str(upload.size_bytes), "Upload-Metadata": tus.encode_metadata(said)},
    )


def patch(request: HttpRequest, upload: Upload) -> HttpResponse:
    if not tus.has_body(request):
        return HttpResponse(status=415)
    offset = tus.number(request, "Upload-Offset")
    check_fits(offset + tus.body_bytes(request), upload.size_bytes)
    return told(operations.append(upload, arriving(request), offset=offset), status=204)


def delete(_request: HttpRequest, upload: Upload) -> HttpResponse:
    operations.cancel(upload)
    return HttpResponse(status=204)


DOORS = {"HEAD": head, "PATCH": patch, "DELETE": delete}


def arriving(request: HttpRequest) -> Iterator[bytes]:
    """The body as it comes. A large file comes for hours, and whoever sends it is not idle."""
    for chunk in tus.chunks(request):
        sessions.touch(request.session, at=now())
        yield chunk


def told(offset: int, *, status: int, **headers: str) -> HttpResponse:
    expires = tus.expires(now() + operations.LIFE)
    known = {"Upload-Offset": str(offset), "Upload-Expires": expires}
    return HttpResponse(status=status, headers=known | headers)


def name_in(said: dict[str, bytes]) -> bytes:
    """Path or name at the sender's, byte for byte. Refuses: BadRequest."""
    path = said.get("relativePath")
    name = said.get("filename") if path in NO_PATH else path
    if not name:
        raise BadRequest(what="filename")
    return name.lstrip(b"/")


def check_fits(end: int, size: int) -> None:
    """Before a byte is read. Refuses: MoreThanDeclared."""
    if end > size:
        raise upload_files.MoreThanDeclared(size=size)
