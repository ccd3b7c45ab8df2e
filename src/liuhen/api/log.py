"""The custody log for outsiders: the read API of C2SP tlog-tiles, https://c2sp.org/tlog-tiles

Checkpoint, hashes and key are for everybody who reaches the server: they prove and tell nothing.
The entries name people and recordings and need the permission to read custody.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from liuhen.api.answers import machine, officer_of
from liuhen.api.errors import NoSuchTile
from liuhen.custody import keys, proofs
from liuhen.custody.models import CustodyEvent
from liuhen.custody.store import Reader
from liuhen.engines.merkle.errors import TileInvalid
from liuhen.engines.merkle.tiles import (
    FULL_WIDTH,
    BundleId,
    TileId,
    encode_entries,
    tile_width,
)
from liuhen.people import permissions
from liuhen.people.permissions import Permission

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
FOR_EVER = "max-age=31536000, immutable"
"""Of a given width a tile never changes, whether it is full or not."""


@require_safe
@machine
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint. Refuses: NoSuchEvent."""
    return reply(proofs.newest_checkpoint().note, TEXT, "no-cache")


@require_safe
@machine
def key(request: HttpRequest) -> HttpResponse:
    """The log's public key as a verifier key (C2SP signed-note), then as PEM for OpenSSL."""
    verifier = keys.verifier()
    return reply(f"{verifier.vkey}\n\n{verifier.pem}", TEXT, "no-cache")


@require_safe
@machine
def tile(request: HttpRequest, path: str) -> HttpResponse:
    """Hashes, e.g. `tile/0/x001/234` or `tile/1/000.p/7`. Refuses: NoSuchTile."""
    try:
        wanted = TileId.parse(f"tile/{path}")
    except TileInvalid:
        raise NoSuchTile() from None
    check_width(wanted.level, wanted.index, wanted.width)
    hashes = Reader().tile(wanted.level, wanted.index, wanted.width)
    return reply(hashes, BYTES, f"public, {FOR_EVER}")


@require_safe
@machine
def entries(request: HttpRequest, path: str) -> HttpResponse:
    """The entries under a level 0 tile. Refuses: NotSignedIn, NotPermitted, NoSuchTile."""
    permissions.check(officer_of(request), Permission.READ_CUSTODY)
    try:
        wanted = BundleId.parse(f"tile/entries/{path}")
    except TileInvalid:
        raise NoSuchTile() from None
    check_width(0, wanted.index, wanted.width)
    first = wanted.index * FULL_WIDTH
    events = CustodyEvent.objects.filter(index__gte=first, index__lt=first + wanted.width)
    found = map(bytes, events.order_by("index").values_list("entry", flat=True))
    return reply(encode_entries(list(found)), BYTES, "private, no-store")


def check_width(level: int, index: int, width: int) -> None:
    """Only what a signed checkpoint covers is shown. Refuses: NoSuchTile."""
    if width > tile_width(level, index, proofs.newest_checkpoint().size):
        raise NoSuchTile()


def reply(body: str | bytes, content_type: str, caching: str) -> HttpResponse:
    headers = {"Cache-Control": caching, "X-Content-Type-Options": "nosniff"}
    return HttpResponse(body, content_type=content_type, headers=headers)
