"""The bytes of a recording, for whoever holds a ticket: `access.viewing` wrote the event first."""

import os

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from liuhen.access import viewing
from liuhen.api import content_types
from liuhen.api.answers import machine, officer_of
from liuhen.api.errors import NoRendition
from liuhen.api.sending import Sendable, open_raw, send
from liuhen.kernel.clock import now
from liuhen.recordings import derived, vaults
from liuhen.recordings.models import Recording
from liuhen.recordings.names import shown


@require_safe
@machine
def original(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """The sealed file as it is. Refuses: NotSignedIn, NoTicket."""
    recording = viewing.redeem(ticket, by=officer_of(request), at=now())
    file = vaults.current().open(recording.vault_key)
    return send(
        request,
        Sendable(
            file,
            os.fstat(file.fileno()).st_size,
            f'"{recording.sha256}"',
            content_types.of(recording.suffix),
            file_name(recording),
            f"{settings.DATA.vault.name}/{recording.vault_key}",
        ),
    )


@require_safe
@machine
def rendition(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """The copy made for playing. Refuses: NotSignedIn, NoTicket, NoRendition."""
    recording = viewing.redeem(ticket, by=officer_of(request), at=now())
    path = derived.rendition(recording)
    try:
        file = open_raw(path)
    except FileNotFoundError:
        raise NoRendition(number=recording.number) from None
    status = os.fstat(file.fileno())
    below = path.relative_to(settings.DATA.derived)
    return send(
        request,
        Sendable(
            file,
            status.st_size,
            f'"{status.st_mtime_ns:x}-{status.st_size:x}"',
            content_types.of(path.suffix),
            f"{recording.number}{path.suffix}",
            f"{settings.DATA.derived.name}/{below}",
        ),
    )


def file_name(recording: Recording) -> str:
    """The last part of the name on the card, in the form that is safe to show."""
    base = bytes(recording.original_name).rpartition(b"/")[2]
    return shown(base).replace("\\", "_") or recording.number
