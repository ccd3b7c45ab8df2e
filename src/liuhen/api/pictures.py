"""Small pictures beside a recording, without a ticket.

The one in lists is for whoever knows of the recording; its sound drawn, the device's way, and the
picture of what is marked secret are for whoever may play it.
"""

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from liuhen.access import viewing
from liuhen.api.answers import machine, officer_of
from liuhen.kernel.clock import now
from liuhen.recordings import derived, queries, secrecy
from liuhen.recordings.models import Recording

# Vary keeps the next officer at the same browser from seeing what this one's cache holds.
HEADERS = {
    "Cache-Control": "private, max-age=300",
    "Vary": "Cookie",
    "X-Content-Type-Options": "nosniff",
}

NOT_KEPT = HEADERS | {"Cache-Control": "private, no-store"}
"""What takes a right is asked for each time: a right ends."""

NOTHING_YET = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180" role="img">'
    '<rect width="320" height="180" fill="#e6e8eb"/>'
    '<path d="M138 66v48l44-24z" fill="#9aa5b1"/></svg>'
)


@require_safe
@machine
def poster(request: HttpRequest, number: str) -> HttpResponseBase:
    """The thumbnail; a plain drawing with status 404 until there is one. Refuses: NotSignedIn,
    NoSuchRecording, NoGrant."""
    officer = officer_of(request)
    recording = queries.get_visible(number, officer)
    if secrecy.is_secret([recording]):
        played(request, number)
    found = small_file(request, derived.folder(recording) / derived.POSTER, "image/jpeg")
    if found is None:
        return HttpResponse(
            NOTHING_YET,
            status=404,
            content_type="image/svg+xml",
            headers={"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"},
        )
    return found


@require_safe
@machine
def waveform(request: HttpRequest, number: str) -> HttpResponseBase:
    """Peaks of the sound. Refuses: NotSignedIn, NoSuchRecording, NoGrant."""
    recording = played(request, number)
    place = derived.folder(recording) / derived.WAVEFORM
    found = small_file(request, place, "application/json", NOT_KEPT)
    return found or JsonResponse({}, status=404, headers={"Cache-Control": "no-store"})


@require_safe
@machine
def track(request: HttpRequest, number: str) -> HttpResponseBase:
    """Where the device was. Refuses: NotSignedIn, NoSuchRecording, NoGrant."""
    recording = played(request, number)
    place = derived.folder(recording) / derived.TRACK
    found = small_file(request, place, "application/json", NOT_KEPT)
    return found or JsonResponse({}, status=404, headers={"Cache-Control": "no-store"})


def played(request: HttpRequest, number: str) -> Recording:
    """Refuses: NotSignedIn, NoSuchRecording, NoGrant."""
    address = request.META.get("REMOTE_ADDR")
    return viewing.check_plays(number, by=officer_of(request), at=now(), address=address)


def small_file(
    request: HttpRequest, path: Path, content_type: str, headers: dict[str, str] = HEADERS
) -> HttpResponseBase | None:
    """The file with an ETag, 304 if the client has it, None if there is none."""
    try:
        file = path.open("rb")
        status = path.stat()
    except FileNotFoundError:
        return None
    etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    headers = headers | {"ETag": etag}
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        file.close()
        return HttpResponse(status=304, headers=headers)
    if request.method == "HEAD":
        file.close()
        headers |= {"Content-Length": str(status.st_size)}
        return HttpResponse(content_type=content_type, headers=headers)
    return FileResponse(file, content_type=content_type, headers=headers)
