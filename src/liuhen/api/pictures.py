"""Small pictures beside a recording, without a ticket.

The one in lists is for whoever knows of the recording; its sound drawn, the device's way, a photo,
and the picture of what is marked secret are for whoever may play it.
"""

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from liuhen.access import rights, viewing
from liuhen.api.answers import machine, officer_of
from liuhen.kernel.clock import now
from liuhen.recordings import derived, queries, secrecy
from liuhen.recordings.models import MediaKind, Recording

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
NO_RIGHT = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 180" role="img">'
    '<rect width="320" height="180" fill="#e6e8eb"/>'
    '<path d="M146 78v-9a14 14 0 0 1 28 0v9" fill="none" stroke="#667382" stroke-width="6"/>'
    '<rect x="138" y="78" width="44" height="32" rx="4" fill="#667382"/>'
    '<text x="160" y="146" text-anchor="middle" font-size="20" fill="#4b5563">{said}</text></svg>'
)


@require_safe
@machine
def poster(request: HttpRequest, number: str) -> HttpResponseBase:
    """The thumbnail; a plain drawing with status 404 until there is one, or one that says so with
    403 of a photo one may not look at: small as it is, it is the photo.

    Refuses: NotSignedIn, NoSuchRecording, NoGrant.
    """
    officer, at = officer_of(request), now()
    recording = queries.get_visible(number, officer)
    is_secret, is_photo = secrecy.is_secret([recording]), recording.kind == MediaKind.PHOTO
    if is_secret:
        played(request, number)
    elif is_photo and not rights.may_play(officer, recording, at=at):
        said = NO_RIGHT.format(said=_("无查看权限"))
        return drawn(said, status=403)  # a list asks for it, not a person: nothing for the log
    headers = NOT_KEPT if is_secret or is_photo else HEADERS
    place = derived.folder(recording) / derived.POSTER
    return small_file(request, place, "image/jpeg", headers) or drawn(NOTHING_YET, status=404)


def drawn(picture: str, *, status: int) -> HttpResponse:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(picture, status=status, content_type="image/svg+xml", headers=headers)


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
