"""What every machine door does: a Refusal becomes JSON, whoever is half signed in is nobody."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase, JsonResponse

from liuhen.api.errors import NotSignedIn
from liuhen.kernel.clock import now
from liuhen.kernel.refusal import Refusal
from liuhen.people import sessions, standing
from liuhen.people.errors import SignInUnfinished
from liuhen.people.models import Officer

View = Callable[..., HttpResponseBase]

STATUS = {
    "api.bad_request": 400,
    "api.not_signed_in": 401,
    "people.not_permitted": 403,
    "access.others_entries": 403,
    "people.sign_in_unfinished": 403,
    "custody.bad_cosignature": 400,
    "custody.witness_unknown": 403,
    "access.no_ticket": 403,
    "access.no_grant": 403,
    "access.no_copy": 403,
    "recordings.no_such_recording": 404,
    "recordings.no_rendition": 404,
    "recordings.not_yours_to_mark": 403,
    "recordings.not_yours_to_unmark": 403,
    "recordings.no_such_mark": 404,
    "recordings.no_such_snapshot": 404,
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
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            return answer(refusal)

    return answered


def officer_of(request: HttpRequest) -> Officer:
    """Refuses: NotSignedIn, SignInUnfinished."""
    if not isinstance(request.user, Officer) or not request.user.is_authenticated:
        raise NotSignedIn()
    has_passed = bool(request.session.get(sessions.PASSED))
    if standing.owed(request.user, has_passed=has_passed, at=now()):
        raise SignInUnfinished()
    return request.user
