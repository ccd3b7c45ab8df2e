"""The bytes of a recording, for whoever holds a ticket: `access.viewing` wrote the event first."""

from dataclasses import replace
from functools import partial

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_POST, require_safe

from liuhen.access import taking_out, viewing
from liuhen.api import content_types
from liuhen.api.admission import admit
from liuhen.api.answers import machine, officer_of
from liuhen.api.errors import NoRendition
from liuhen.api.sending import Film, is_saved, send
from liuhen.kernel.clock import now
from liuhen.recordings import derived, vaults
from liuhen.recordings.models import Recording
from liuhen.recordings.names import shown


@require_safe
@machine
def original(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """The sealed file as it is. Refuses: NotSignedIn, NoTicket."""
    return send(request, admit(request.META, lambda: original_of(redeem(request, ticket))))


@require_safe
@machine
def rendition(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """The copy made for playing. Refuses: NotSignedIn, NoTicket, NoRendition."""
    return send(request, admit(request.META, lambda: rendition_of(redeem(request, ticket))))


@require_POST
@machine
def download(request: HttpRequest, number: str) -> HttpResponseBase:
    """The original as a file to take along, which a copy's grant allows; the event comes first.

    Refuses: NotSignedIn, NoSuchRecording, Disposed, NoCopy.
    """
    recording = taking_out.original(number, by=officer_of(request), at=now())
    film = replace(original_of(recording), is_attachment=True)
    file = film.opened()
    answer = FileResponse(file, content_type=film.content_type)
    for name, value in film.headers(f'"{recording.sha256}"').items():
        answer.headers[name] = value
    return answer


def redeem(request: HttpRequest, ticket: str) -> Recording:
    """To be shown within our player; saving it is for `download`. Refuses: NotSignedIn, NoTicket,
    NoCopy."""
    officer, address = officer_of(request), request.META.get("REMOTE_ADDR")
    recording = viewing.redeem(ticket, by=officer, at=now(), address=address)
    if is_saved(request.META):
        raise taking_out.not_by_ticket(recording, by=officer, at=now())
    return recording


def original_of(recording: Recording) -> Film:
    return Film(
        opened=partial(vaults.current().open, recording.vault_key),
        content_type=content_types.of(recording.suffix),
        name=file_name(recording),
        place=f"{settings.DATA.vault.name}/{recording.vault_key}",
        digest=recording.sha256,
    )


def rendition_of(recording: Recording) -> Film:
    path = derived.rendition(recording)
    if not path.is_file():
        raise NoRendition(number=recording.number)
    return Film(
        opened=partial(path.open, "rb", buffering=0),
        content_type=content_types.of(path.suffix),
        name=f"{recording.number}{path.suffix}",
        place=f"{settings.DATA.derived.name}/{path.relative_to(settings.DATA.derived)}",
    )


def file_name(recording: Recording) -> str:
    """The last part of the name on the card, in the form that is safe to show."""
    base = bytes(recording.original_name).rpartition(b"/")[2]
    return shown(base).replace("\\", "_") or recording.number
