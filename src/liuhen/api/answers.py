"""What every machine door does: a Refusal becomes JSON, a reading session costs no write."""

import time
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from liuhen.api.errors import NotSignedIn
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer

View = Callable[..., HttpResponseBase]

STATUS = {
    "api.bad_request": 400,
    "api.not_signed_in": 401,
    "people.not_permitted": 403,
    "custody.bad_cosignature": 400,
    "custody.witness_unknown": 403,
    "access.no_ticket": 403,
    "recordings.no_such_recording": 404,
    "recordings.no_rendition": 404,
    "custody.no_such_event": 404,
    "upload.unknown": 404,
    "log.no_such_tile": 404,
    "upload.bad_group": 400,
    "upload.more_than_declared": 413,
    # 413, not 507: the file is more than this server can take, and clients try a 5xx again.
    "upload.too_little_space": 413,
    # 507: half-way through space may come back, and what has arrived is kept.
    "intake.store_full": 507,
}
"""How a refusal is said in HTTP; any other one is a conflict with how things stand."""

SESSION_REST_SECONDS = 60.0
"""How often a session that is only read from is written, a thirtieth of its idle time."""

MOST_SESSIONS_KNOWN = 10_000

_written: dict[str, float] = {}


def answer(refusal: Refusal) -> JsonResponse:
    """The refusal as `{code, message, article}` with its HTTP status."""
    said = {"code": refusal.code, "message": refusal.text, "article": refusal.article}
    response = JsonResponse(said, status=STATUS.get(refusal.code, 409))
    response.headers["Cache-Control"] = "no-store"
    return response


def machine(view: View) -> View:
    """A door for programs: see the module. Every view of this package passes through it."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Refusal as refusal:
            response = answer(refusal)
        spare_session(request)
        return response

    return answered


def officer_of(request: HttpRequest) -> Officer:
    """Refuses: NotSignedIn."""
    if not isinstance(request.user, Officer) or not request.user.is_authenticated:
        raise NotSignedIn()
    return request.user


def spare_session(request: HttpRequest) -> None:
    """Keep the session middleware from writing, but for once a minute in each process.

    With SESSION_SAVE_EVERY_REQUEST each byte range of a film would be a synchronous write to
    the database; never writing would sign an officer out in the middle of a long film. Without
    a session on the request the middleware leaves everything alone.
    """
    session = getattr(request, "session", None)
    if session is None or session.modified:
        return
    key, now = session.session_key or "", time.monotonic()
    if now - _written.get(key, -SESSION_REST_SECONDS) >= SESSION_REST_SECONDS:
        if len(_written) >= MOST_SESSIONS_KNOWN:
            _written.clear()
        _written[key] = now
    else:
        del request.session
