"""One breach: its page, and the steps of its inquiry and decision."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from liuhen.custody import queries as custody
from liuhen.devices import mending_queries as mending
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.supervision.breaches import (
    correcting,
    course,
    deciding,
    following_up,
    inquiring,
    papers,
    seeing,
)
from liuhen.supervision.breaches.seeing import WORKING
from liuhen.supervision.breaches.sifting import check_handles
from liuhen.supervision.breaches.states import WITHIN
from liuhen.supervision.models import Breach
from liuhen.web import breach_panels as panels
from liuhen.web.breach_text import DECISIONS, Told, delivered_how, steps_of
from liuhen.web.doors import needs
from liuhen.web.forms.breaches import PaperForm, WordsForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import show


@needs(*WORKING)
def breach_page(request: HttpRequest, number: str) -> HttpResponse:
    return page_of(request, seeing.breach_for(number, request.user))


def page_of(
    request: HttpRequest,
    found: Breach,
    *,
    status: int = 200,
    bound: Mapping[str, Any] | None = None,
    paper_form: PaperForm | None = None,
) -> HttpResponse:
    officer, at = request.user, now()
    handles = panels.passes(check_handles, found, officer)
    takes_papers = handles and found.state in WITHIN[course.Kind.BREACH_PAPER_KEPT]
    titles = papers.titles_of(found)
    return show(
        request,
        "breaches/detail.html",
        found.number,
        status=status,
        breach=found,
        told=Told(found),
        steps=steps_of(found),
        panels=panels.panels_for(found, officer, at, bound or {}),
        is_heard=inquiring.is_heard(found, at),
        proposed=[one.text for one in deciding.proposed_lines(found)],
        sanctions=found.sanctions.select_related("done_by"),
        carries_out=handles and found.state in WITHIN[course.Kind.BREACH_CARRIED_OUT],
        is_decided=found.state in DECISIONS,
        delivered_how=delivered_how(found),
        papers=[(one, titles.get(one.pk, "")) for one in papers.papers_of(found)],
        paper_form=(paper_form or PaperForm()) if takes_papers else None,
        compensations=mending.cases_between(found.device, found.officer),
        corrections=correcting.shown_to(found, officer),
        history=custody.history_of(course.subject_of(found)),
    )


@require_POST
@needs(*WORKING)
def inquire(request: HttpRequest, number: str, step: str) -> HttpResponse:
    return take(request, number, step, 0)


@require_POST
@needs(*WORKING)
def decide(request: HttpRequest, number: str, step: str) -> HttpResponse:
    return take(request, number, step, 1)


@require_POST
@needs(*WORKING)
def advise(request: HttpRequest, number: str) -> HttpResponse:
    return take(request, number, "advise", 2)


def take(request: HttpRequest, number: str, step: str, place: int) -> HttpResponse:
    """Who may, is asked first; what the state allows, the operation says."""
    group, _name, check = panels.GROUPS[place]
    panel = panels.panel_named(group, step)
    found = seeing.breach_for(number, request.user)
    (panel.check or check)(found, request.user)
    form = panel.form_for(found, request.user, step, request.POST)
    if form.is_valid():
        with refusals_on(form):
            panel.run(found, form, request.user, now())
            messages.success(request, panel.done)
            return redirect("web:breach", number)
    return page_of(request, found, status=422, bound={step: form})


@require_POST
@needs(Permission.HANDLE_BREACHES)
def carry_out(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = seeing.breach_for(number, request.user)
    sanction = found.sanctions.filter(pk=pk).first()
    if sanction is None:
        raise Http404
    form = WordsForm(found, request.user, "done", request.POST)
    if form.is_valid():
        with refusals_on(form):
            said = form.cleaned_data["words"]
            following_up.carry_out(sanction, words=said, by=request.user, at=now())
            messages.success(request, panels.CARRIED_OUT)
            return redirect("web:breach", number)
    messages.error(request, " ".join(str(one) for of in form.errors.values() for one in of))
    return redirect("web:breach", number)
