"""申请调阅: from a recording, from several ticked in a list, from a case or an activity; and
handing in again what was sent back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _

from liuhen.access import reading, requests
from liuhen.access.asking import Asked
from liuhen.access.models import Request, RequestState
from liuhen.access.states import Move
from liuhen.engines.policy.vocabulary import RequestKind
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission, may
from liuhen.web.access_chosen import Chosen, Offer, chosen_of, offers_for, opened_with, place_in
from liuhen.web.access_words import names_text
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.access import AskForm, split
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import show


@needs(*SEEING)
def ask_viewing(request: HttpRequest) -> HttpResponse:
    officer, at = request.user, now()
    chosen = opened_with(request.GET, officer)
    if request.method == "POST":
        chosen, form = sent(request, chosen, at=at)
        if form.is_valid():
            with refusals_on(form):
                made = requests.ask(asked_of(form, chosen), by=officer, at=at)
                messages.success(request, told_of(made))
                return redirect("web:viewing_request", made.number)
        return page_of(request, form, chosen, at=at)
    if chosen.missing:
        said = _("没有查到：%(nos)s。请核对编号。") % {"nos": names_text(chosen.missing)}
        messages.warning(request, said)
    form = form_for(request, chosen, at=at)
    form.initial["kind"] = kind_first(request, form.offers)
    return page_of(request, form, chosen, at=at)


@needs(*SEEING)
def resubmit_viewing(request: HttpRequest, number: str) -> HttpResponse:
    """What was sent back, with what it said. Refuses: NoSuchRequest, NotYourRequest,
    RequestMoved."""
    officer, at = request.user, now()
    found = reading.request_for(number, officer, at=at)
    requests.own(found, Move.RESUBMIT, officer)
    numbers = list(found.recordings.order_by().values_list("number", flat=True))
    chosen = chosen_of(numbers, found.case, found.activity, officer)
    if request.method == "POST":
        chosen, form = sent(request, chosen, at=at)
        if form.is_valid():
            with refusals_on(form):
                requests.resubmit(found, asked_of(form, chosen), by=officer, at=at)
                messages.success(request, _("已重新提交，从第一步开始办理。"))
                return redirect("web:viewing_request", number)
        return page_of(request, form, chosen, at=at, found=found)
    form = form_for(request, chosen, at=at, initial=said_of(found))
    return page_of(request, form, chosen, at=at, found=found)


def sent(request: HttpRequest, before: Chosen, *, at: datetime) -> tuple[Chosen, AskForm]:
    """What was ticked and typed takes the place of what the page was opened with."""
    officer: Any = request.user
    case, activity = place_in(request.POST, officer)
    numbers = [*request.POST.getlist("recording"), *split(request.POST.get("more", ""))]
    chosen = chosen_of(
        list(dict.fromkeys(numbers)), case or before.case, activity or before.activity, officer
    )
    form = form_for(request, chosen, at=at)
    if chosen.missing:
        said = _("没有查到：%(nos)s。请核对编号。") % {"nos": names_text(chosen.missing)}
        form.add_error("more", said)
    return chosen, form


def form_for(request: HttpRequest, chosen: Chosen, *, at: datetime, **more: Any) -> AskForm:
    officer: Any = request.user
    posted = (request.POST,) if request.method == "POST" else ()
    return AskForm(
        *posted,
        offers=offers_for(chosen, officer, at=at),
        serves=may(officer, Permission.SERVE_OUTSIDERS),
        today=in_china(at).date(),
        **more,
    )


def page_of(
    request: HttpRequest,
    form: AskForm,
    chosen: Chosen,
    *,
    at: datetime,
    found: Request | None = None,
) -> HttpResponse:
    list_page = resolve_url("web:viewing_requests")
    return show(
        request,
        "access/ask.html",
        _("补正后提交") if found else _("申请调阅"),
        status=422 if form.errors else 200,
        form=form,
        found=found,
        chosen=chosen,
        back=resolve_url("web:viewing_request", found.number) if found else f"{list_page}?tab=own",
    )


def kind_first(request: HttpRequest, offers: Sequence[Offer]) -> str:
    """As the way here said; else one's own where that is asked for at all, else a view."""
    asked, offered = request.GET.get("kind", ""), {str(one.kind) for one in offers}
    if asked in offered:
        return asked
    own = str(RequestKind.OWN_CASE)
    return own if own in offered else str(RequestKind.VIEW)


def asked_of(form: AskForm, chosen: Chosen) -> Asked:
    said = form.cleaned_data
    return Asked(
        kind=RequestKind(said["kind"]),
        purpose=said["purpose"],
        recordings=chosen.recordings,
        case=chosen.case,
        activity=chosen.activity,
        sought="" if chosen.recordings else said["sought"],
        wants_copy=said.get("wants_copy", False),
        wanted_until=said["wanted_until"],
        outsider=form.outsider(),
    )


def said_of(found: Request) -> dict[str, Any]:
    """What the form is first filled with; an identity number is never shown again."""
    kept = ("kind", "purpose", "sought", "organ", "letter_no", "person", "wants_copy")
    return {name: getattr(found, name) for name in (*kept, "wanted_until")}


def told_of(made: Request) -> str:
    if made.state == RequestState.GRANTED:
        return _("按制度无须审批，已准许调阅。")
    return _("申请已提交，可在本页查看办理过程。")
