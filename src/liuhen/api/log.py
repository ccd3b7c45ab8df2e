"""The custody log for outsiders: the read API of C2SP tlog-tiles, https://c2sp.org/tlog-tiles

Checkpoint, hashes and key are for everybody who reaches the server: they prove and tell nothing.
The entries name people and recordings and need the permission to read custody.
"""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from liuhen.access import own_log
from liuhen.api.answers import machine, officer_of
from liuhen.api.errors import BadRequest, NoSuchTile
from liuhen.custody import keys, proofs, witnesses
from liuhen.custody.errors import BadCosignature
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
from liuhen.kernel.clock import now
from liuhen.people import permissions
from liuhen.people.permissions import Permission

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
MAX_NOTE_BYTES = 65_536
"""A checkpoint with more cosignatures than there are offices in a city."""
FOR_EVER = "max-age=31536000, immutable"
"""Of a given width a tile never changes, whether it is full or not."""


@require_safe
@machine
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint, with its witnesses' lines. Refuses: NoSuchEvent."""
    return reply(witnesses.cosigned(proofs.newest_checkpoint()), TEXT, "no-cache")


@csrf_exempt  # no session is asked: the signatures say who speaks
@require_POST
@machine
def cosignatures(request: HttpRequest) -> HttpResponse:
    """Take in a checkpoint of this log that a registered witness cosigned (`liuhen witness`).

    Refuses: BadRequest, BadCosignature, CheckpointUnknown, WitnessUnknown.
    """
    # Counted while reading: a chunked body declares no length.
    note = request.read(MAX_NOTE_BYTES + 1)
    if len(note) > MAX_NOTE_BYTES:
        raise BadRequest(what=f"> {MAX_NOTE_BYTES}")
    try:
        text = note.decode()
    except UnicodeDecodeError:
        raise BadCosignature() from None
    kept = witnesses.accept(text, at=now())
    return JsonResponse({"size": kept[0].size, "witnesses": [line.witness for line in kept]})


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
    """The entries under a level 0 tile.

    Refuses: NotSignedIn, NotPermitted, NoSuchTile, OthersEntries.
    """
    officer = officer_of(request)
    permissions.check(officer, Permission.READ_CUSTODY)
    try:
        wanted = BundleId.parse(f"tile/entries/{path}")
    except TileInvalid:
        raise NoSuchTile() from None
    check_width(0, wanted.index, wanted.width)
    first = wanted.index * FULL_WIDTH
    own_log.check_all_readable(officer, first, wanted.width)
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
