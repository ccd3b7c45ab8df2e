"""Around every page: what a browser may load, what a Refusal looks like, set-up first."""

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from liuhen.kernel.clock import now
from liuhen.kernel.refusal import Refusal
from liuhen.people import agencies, sessions
from liuhen.web.refusal_grounds import articles_of
from liuhen.web.ways_on import way_on

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",  # Tabler's icons are data:, an upload's preview is blob:
        "media-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)

POLLING = "X-Liuhen-Polling"
"""Sent by page.js with what no person asked for."""

STATUS = {
    "people.not_permitted": 403,
    "people.not_admitted": 401,
    "people.wrong_code": 401,
    "people.sign_in_unfinished": 403,
    "access.no_ticket": 403,
    "access.no_grant": 403,
    "access.no_copy": 403,
    "access.no_such_request": 404,
    "access.own_request": 403,
    "access.about_yourself": 403,
    "access.not_yours_to_decide": 403,
    "access.not_your_turn": 403,
    "access.not_your_request": 403,
    "access.not_yours_to_revoke": 403,
    "access.not_yours_to_extract": 403,
    "secrecy.not_yours_to_mark": 403,
    "secrecy.not_yours_to_lift": 403,
    "secrecy.own_mark": 403,
    "recordings.not_yours_to_share": 403,
    "recordings.shared_with_yourself": 403,
    "recordings.assigned_to_yourself": 403,
    "recordings.no_such_recording": 404,
    "activity.no_such": 404,
    "extraction.no_such": 404,
    "evidence.no_such": 404,
    "devices.unknown_device": 404,
    "devices.not_its_keeper": 403,
    "custody.no_such_event": 404,
    "upload.unknown": 404,
    "regulations.no_such_article": 404,
    "duties.no_such_duty": 404,
    "devices.no_such_request": 404,
    "devices.own_request": 403,
    "devices.not_your_request": 403,
    "duties.not_yours": 403,
    "duties.outside_unit": 403,
    "duties.own_duty": 403,
    "devices.not_the_user": 403,
    "devices.no_such_ticket": 404,
    "devices.no_such_loss": 404,
    "devices.no_such_case": 404,
    "devices.not_yours_to_report": 403,
    "devices.not_yours_to_close": 403,
    "devices.own_case": 403,
    "activity.not_yours": 403,
    "activity.not_among_officers": 403,
    "linking.not_yours": 403,
    "linking.not_yours_to_set_aside": 403,
    "unrecorded.no_such": 404,
    "unrecorded.not_of_this_activity": 403,
    "unrecorded.not_yours_to_decide": 403,
    "unrecorded.not_yours_to_file": 403,
    "unrecorded.own_paper": 403,
    "case.no_such": 404,
    "case.not_yours": 403,
    "party.no_such": 404,
    "party.no_such_merge": 404,
    "party.own_merge": 403,
    "party.not_your_merge": 403,
    "document.no_such": 404,
    "recordings.disposed": 410,
    "disposal.no_such": 404,
    "disposal.own_list": 403,
    "disposal.own_recordings": 403,
    "disposal.not_yours_to_revoke": 403,
    "hold.no_such": 404,
    "spot_check.no_such": 404,
    "spot_check.no_such_item": 404,
    "spot_check.not_a_checker": 403,
    "spot_check.not_your_item": 403,
    "correction.no_such": 404,
    "daily_check.not_head": 403,
    "playback.not_your_post": 403,
    "review.no_such": 404,
    "review.no_such_item": 404,
    "review.not_a_reviewer": 403,
    "review.not_yours_to_score": 403,
    "review.not_concerned": 403,
    "review.not_the_decider": 403,
    "correction.not_yours": 403,
    "correction.not_the_orderer": 403,
    "hold.not_yours": 403,
    "hold.about_yourself": 403,
    "hold.lift_by_two": 403,
    "complaint.no_such": 404,
    "long_term.no_such": 404,
    "long_term.not_yours": 403,
    "long_term.lift_by_another": 403,
    "disc.no_such": 404,
    "breach.no_such": 404,
    "breach.concerned": 403,
    "breach.not_concerned": 403,
    "breach.own_proposal": 403,
    "breach.own_decision": 403,
}
"""How a refusal is said in HTTP; any other one is a conflict with how things stand."""


class ChosenLanguage:
    """Chinese, unless this browser's user chose another language here.

    What the browser itself asks for is not heeded: many office PCs run an English system.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        known = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(known):
            request.LANGUAGE_CODE = known
            answer = self.get_response(request)
        answer.headers.setdefault("Content-Language", known)
        return answer


class SignInsLast:
    """Whoever does something stays signed in; a page that asks by itself (page.js) does not count.

    The session that was read for the answer is the one that lasts: a page that needs none and
    a film's next range (api.again) cost nothing.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if POLLING not in request.headers:
            sessions.touch(request.session, at=now())
        return answer


class PathsAreText:
    """No name, number or group has a NUL in it, and PostgreSQL takes none even to compare."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            raise Http404
        return self.get_response(request)


class ContentSecurityPolicy:
    """Nothing from elsewhere and nothing inline: a file name can't become a script."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class RefusalsToAnswers:
    """The one place where a Refusal becomes HTTP: JSON, a fragment or a page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, Refusal):
            return None
        status = STATUS.get(problem.code, 409)
        if wants_json(request):
            body = {"code": problem.code, "message": problem.text, "article": problem.article}
            return JsonResponse(body, status=status)
        page = "web/errors/fragment.html" if request.htmx else "web/errors/refusal.html"
        articles = articles_of(problem, request.user)
        shown = {"refusal": problem, "status": status, "articles": articles}
        shown["way_on"] = way_on(problem)
        return render(request, page, shown, status=status)


def wants_json(request: HttpRequest) -> bool:
    return (
        request.path.startswith("/api/")
        or request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    )


class SetUpFirst:
    """Until the bureau is set up, every page leads to the set-up page."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.is_set_up = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.is_set_up and not self.is_before_set_up(request):
            self.is_set_up = agencies.is_set_up()
            if not self.is_set_up:
                return redirect("web:set_up")
        return self.get_response(request)

    @staticmethod
    def is_before_set_up(request: HttpRequest) -> bool:
        return request.path.startswith("/static/") or request.path in (
            reverse("web:set_up"),
            reverse("web:language"),
        )
