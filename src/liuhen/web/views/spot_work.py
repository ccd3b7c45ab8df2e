"""The queue: one thing after the other, looked at and answered from the keyboard."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from liuhen.cases import timeline
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.recordings import playing
from liuhen.recordings.models import MediaKind
from liuhen.supervision import spot_answers, spot_spreading
from liuhen.supervision import spot_queries as queries
from liuhen.supervision.models import Answer, SpotCheck, SpotItem
from liuhen.supervision.spot_errors import NotYourItem
from liuhen.web import spot_shown, timeline_shown
from liuhen.web import spot_text as text
from liuhen.web.access_shown import stage
from liuhen.web.doors import needs
from liuhen.web.facts import Facts
from liuhen.web.pages import show


@needs(Permission.TAKE_SPOT_CHECKS)
def work(request: HttpRequest, number: str) -> HttpResponse:
    """`?item=`: which one; else where this checker goes on. Refuses: NoSuchCheck, NoSuchItem,
    NotYourItem."""
    check = queries.get_visible(number, request.user)
    asked = request.GET.get("item", "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 6
    position = int(asked) if is_number else queries.first_open(check, request.user)
    if position is None:
        return show(request, "spot/nothing.html", _("逐项检查"), found=check)
    item = own(check, position, request)
    return show(
        request,
        "spot/work.html",
        _("逐项检查"),
        title_of=text.item_title(item),
        no=text.item_no(item),
        when=text.item_when(item),
        known=spot_shown.known(item, request.user),
        **answers_of(check, item, request),
        **films_of(item, request),
    )


def own(check: SpotCheck, position: int, request: HttpRequest) -> SpotItem:
    item = spot_spreading.item_at(check, position)
    if item.checker_id != request.user.pk:
        raise NotYourItem(position=position, who=item.checker.name if item.checker else "—")
    return item


def films_of(item: SpotItem, request: HttpRequest) -> dict[str, Any]:
    """What the player shows: all of an activity in step, or the one recording or photo; nothing is
    opened before it is played."""
    if item.activity is not None:
        lines = timeline.of(item.activity, by=request.user)
        photos = lines.photos if not lines.lanes else []  # else they stand on the timeline
        return timeline_shown.desk(lines, request.user) | {"photos": photos}
    film = item.recording
    assert film is not None
    if film.kind == MediaKind.PHOTO or film.disposed_at is not None:
        shown = {"facts": Facts(film), "playback": playing.playback_of(film), "recording": film}
        return shown | stage(film, request.user, at=now())
    return timeline_shown.desk(timeline.of_one(film, by=request.user), request.user)


def answers_of(check: SpotCheck, item: SpotItem, request: HttpRequest) -> dict[str, Any]:
    given = dict(item.answers.values_list("question", "answer"))
    questions = [(n, one, given.get(one["code"], "")) for n, one in enumerate(check.questions, 1)]
    return {
        "found": check,
        "item": item,
        "questions": questions,
        "offered": [(one.value, one.label, text.ANSWER_COLOURS[one]) for one in Answer],
        "current": next((n for n, _one, said in questions if not said), None),
        "progress": queries.progress(check, request.user, item.position),
    }


@require_POST
@needs(Permission.TAKE_SPOT_CHECKS)
def answer(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """One answer, saved at once. To htmx the questions as they stand, and, with the last answer,
    the word to go on (`spot:done`)."""
    check, sent = queries.get_visible(number, request.user), request.POST
    was_done = check.items.filter(position=position, answered_at__isnull=False).exists()
    item = spot_answers.answer(
        check, position, sent.get("question", ""), sent.get("answer", ""), by=request.user, at=now()
    )
    shown = answers_of(check, item, request)
    is_done = item.answered_at is not None and not was_done
    onward = way_on(check, shown["progress"]) if is_done else None
    if not request.htmx:
        return redirect(onward or place(check, position))
    part = show(request, "spot/questions.html", **shown)
    return trigger_client_event(part, "spot:done", {"next": onward}) if onward else part


def way_on(check: SpotCheck, progress: queries.Progress) -> str:
    """To what is left; when nothing is, to the check's page."""
    if progress.open_next is None:
        return reverse("web:spot_check", args=[check.number])
    return place(check, progress.open_next)


def place(check: SpotCheck, position: int) -> str:
    return f"{reverse('web:spot_work', args=[check.number])}?item={position}"


@require_POST
@needs(Permission.TAKE_SPOT_CHECKS)
def note(request: HttpRequest, number: str, position: int) -> HttpResponse:
    check = queries.get_visible(number, request.user)
    item = spot_answers.note(
        check, position, request.POST.get("note", ""), by=request.user, at=now()
    )
    if not request.htmx:
        return redirect(place(check, position))
    return show(request, "spot/note.html", found=check, item=item, is_saved=True)
