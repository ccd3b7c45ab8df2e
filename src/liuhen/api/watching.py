"""What the player asks while it plays: a ticket, a mark, a picture."""

from dataclasses import asdict
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import resolve_url
from django.views.decorators.http import require_POST, require_safe

from liuhen.access import register, viewing
from liuhen.access.models import Viewing
from liuhen.api.admission import admit
from liuhen.api.answers import machine, officer_of
from liuhen.api.errors import BadRequest
from liuhen.api.media import redeem
from liuhen.api.sending import Film, send
from liuhen.cases import marking
from liuhen.kernel.clock import now
from liuhen.recordings import marks, playing, queries, snapshots, speech
from liuhen.recordings.models import MarkKind, Recording
from liuhen.recordings.playing import Playback
from liuhen.recordings.snapshots import Snapshot

MOST_NOTE = 200
LATEST_SECONDS = Decimal(10**8)
"""Three years: beyond any recording, and within the column."""


@require_POST
@machine
def opening(request: HttpRequest, number: str) -> HttpResponseBase:
    """Register the look; where its bytes are, then. What cannot be played yet is not looked at.
    `?request=`: the number of the request it serves.

    Refuses: NotSignedIn, NoSuchRecording, NoGrant.
    """
    officer, address = officer_of(request), request.META.get("REMOTE_ADDR")
    with viewing.told_if_denied(number, by=officer, at=now(), address=address):
        found = queries.get_visible(number, officer)
    playback = playing.playback_of(found)
    if not playback.is_ready:
        return said(playback=playback, source=None, ticket=None, snapshots=[], closing=None)
    serves = request.GET.get("request", "")
    opened = viewing.open_recording(number, by=officer, at=now(), address=address, request=serves)
    bytes_of = "api:rendition" if playback == Playback.RENDITION else "api:original"
    return said(
        playback=playback,
        source=resolve_url(bytes_of, ticket=opened.ticket),
        snapshots=[picture(one, opened.ticket) for one in snapshots.taken_of(opened.recording)],
        ticket=opened.ticket,
        closing=resolve_url("api:closing", pk=opened.viewing.pk),
    )


@require_POST
@machine
def closing(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The player is shut; the register learns how long it was open. Nothing is said of another
    officer's look. Refuses: NotSignedIn."""
    officer = officer_of(request)
    looked = Viewing.objects.select_related("recording").filter(pk=pk, viewer=officer).first()
    if looked is not None:
        register.close(looked, by=officer, at=now())
    return said()


@require_POST
@machine
def mark(request: HttpRequest, number: str) -> HttpResponseBase:
    """Form fields kind, start, end, code, note. Refuses: BadRequest, and as `marks.add`."""
    officer = officer_of(request)
    found = queries.get_visible(number, officer)
    made = marks.add(found, spot_of(request.POST), by=officer, at=now())
    return said(201, mark=marking.told(made, found, may_remove=True))


@require_POST
@machine
def unmark(request: HttpRequest, number: str, pk: int) -> HttpResponseBase:
    """Refuses: NoSuchRecording, and as `cases.marking.unmark`."""
    officer = officer_of(request)
    marking.unmark(queries.get_visible(number, officer), pk, by=officer, at=now())
    return said(removed=pk)


@require_POST
@machine
def snapshot(request: HttpRequest, number: str) -> HttpResponseBase:
    """Form fields seconds, ticket. Refuses: BadRequest, NoTicket, and as `snapshots.take`."""
    officer = officer_of(request)
    found = queries.get_visible(number, officer)
    marks.check_may_mark(found, officer)
    ticket = check_ticket(request, found)
    taken = snapshots.take(found, seconds_of(request.POST, "seconds"), by=officer, at=now())
    return said(201, snapshot=picture(taken, ticket))


@require_POST
@machine
def speech_heard(request: HttpRequest, number: str) -> HttpResponseBase:
    """Form fields ticket, ask ("1": have it listened to). What was heard is of the recording, so
    it takes its ticket. Refuses: BadRequest, NoTicket, and as `speech.ask`."""
    officer = officer_of(request)
    found = queries.get_visible(number, officer)
    marks.check_may_mark(found, officer)
    check_ticket(request, found)
    if request.POST.get("ask") == "1":
        speech.ask(found, by=officer)
    state, why = speech.state_of(found), speech.why_failed(found) or speech.unable()
    return said(
        state=state,
        why=str(speech.UNABLE[why]) if why else None,
        proposals=[asdict(one) for one in speech.proposals_of(found)],
    )


def check_ticket(request: HttpRequest, recording: Recording) -> str:
    """Refuses: BadRequest, NoTicket."""
    ticket = request.POST.get("ticket", "")
    if not ticket or viewing.redeem(ticket, by=officer_of(request), at=now()) != recording:
        raise BadRequest(what="ticket")
    return ticket


@require_safe
@machine
def snapshot_picture(request: HttpRequest, ticket: str, digest: str) -> HttpResponseBase:
    """A picture taken earlier. Refuses: NotSignedIn, NoTicket, NoSuchSnapshot."""
    return send(request, admit(request.META, lambda: film_of(redeem(request, ticket), digest)))


def film_of(recording: Recording, digest: str) -> Film:
    path = snapshots.file_of(recording, digest)
    return Film(
        opened=partial(path.open, "rb", buffering=0),
        content_type="image/jpeg",
        name=f"{recording.number}-{path.name}",
        place=f"{settings.DATA.derived.name}/{path.relative_to(settings.DATA.derived)}",
        digest=digest,
    )


def spot_of(sent: Any) -> marks.Spot:
    """Refuses: BadRequest."""
    kind = sent.get("kind", "")
    if kind not in MarkKind.values:
        raise BadRequest(what="kind")
    note, end = sent.get("note", "").strip(), sent.get("end", "")
    if len(note) > MOST_NOTE or "\0" in note:
        raise BadRequest(what="note")
    return marks.Spot(
        MarkKind(kind),
        milliseconds(seconds_of(sent, "start")),
        milliseconds(seconds_of(sent, "end")) if end else None,
        sent.get("code", "")[:40].replace("\0", ""),
        note,
    )


def seconds_of(sent: Any, name: str) -> Decimal:
    """Refuses: BadRequest."""
    try:
        seconds = Decimal(sent.get(name, ""))
    except InvalidOperation:
        raise BadRequest(what=name) from None
    if not seconds.is_finite() or not 0 <= seconds < LATEST_SECONDS:
        raise BadRequest(what=name)
    return seconds


def milliseconds(seconds: Decimal) -> Decimal:
    return seconds.quantize(Decimal("0.001"))


def picture(taken: Snapshot, ticket: str) -> dict[str, Any]:
    url = resolve_url("api:snapshot_picture", ticket=ticket, digest=taken.sha256)
    return snapshots.told(taken, url)


def said(status: int = 200, **facts: Any) -> JsonResponse:
    return JsonResponse(facts, status=status, headers={"Cache-Control": "no-store"})
