"""One thing reviewed: its sheets, filled in by who scores; the objection to it, and the answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.cases import queries as cases
from liuhen.kernel.clock import in_china, now
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.recordings import queries as recordings
from liuhen.supervision.models import (
    ObjectionState,
    Review,
    ReviewItem,
    ReviewScore,
    ReviewState,
)
from liuhen.supervision.reviews import finishing, opening, scoring, seeing
from liuhen.web import review_text as text
from liuhen.web.doors import needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.reviews import AnswerForm, ObjectionForm, SheetForm
from liuhen.web.pages import show


@needs(*seeing.LOOKING)
def review_item(request: HttpRequest, number: str, position: int) -> HttpResponse:
    found = seeing.review_for(number, request.user)
    return page_of(request, found, seeing.item_for(found, position, request.user))


def page_of(
    request: HttpRequest, found: Review, item: ReviewItem, *, status: int = 200, **sent: Any
) -> HttpResponse:
    officer = request.user
    item.review = found
    (line,) = text.lines_of([item], officer)
    sheets = list(item.scores.select_related("reviewer").order_by("scored_at"))
    if found.state == ReviewState.SCORING and not seeing.oversees(officer):
        sheets = [one for one in sheets if one.reviewer_id == officer.pk]
    return show(
        request,
        "reviews/item.html",
        _("第 %(n)d 项") % {"n": item.position},
        status=status,
        found=found,
        item=item,
        line=line,
        can_open=can_open(item, officer),
        sheets=[(one, lost_in(found, one)) for one in sheets],
        objection=getattr(item, "objection", None),
        order_link=order_link(found, line, sheets),
        **forms_for(request, found, item) | sent,
    )


def can_open(item: ReviewItem, officer: Officer) -> bool:
    """Whether its page is there for this officer, without a request."""
    if item.activity:
        return cases.activities_for(officer).filter(pk=item.activity_id).exists()
    return recordings.visible_to(officer).filter(pk=item.recording_id).exists()


def lost_in(review: Review, sheet: ReviewScore) -> list[tuple[int, str, str]]:
    """Number, content and what was taken off, of lines where anything was."""
    said = [(n, review.form_lines[n - 1]["content"], f"−{points}") for n, points in sheet.lost]
    return [(n, review.form_lines[n - 1]["content"], _("一票否决")) for n in sheet.out] + said


def order_link(review: Review, line: text.Line, sheets: list[ReviewScore]) -> str:
    """To an order of correction that has what was found filled in."""
    found = {n: said for one in sheets for n, said, _points in lost_in(review, one)}
    articles = [review.form_lines[n - 1]["article"] for n in found]
    said: dict[str, Any] = {
        "source": "review",
        "reference": review.number,
        "unit": line.item.unit_id or "",
        "officer": line.item.officer_id or "",
        "problem": f"{line.number}：" + "；".join(found.values()),
        "article": next((no for no in articles if no), review.article or ""),
    }
    return f"{reverse('web:order_correction')}?{urlencode(said)}"


def forms_for(request: HttpRequest, found: Review, item: ReviewItem) -> dict[str, Any]:
    officer, at = request.user, now()
    shown: dict[str, Any] = {}
    if found.state == ReviewState.SCORING:
        if officer in opening.scorers_of(found, [item])[item.position]:
            shown["sheet_form"] = SheetForm(found, item.scores.filter(reviewer=officer).first())
    elif found.state == ReviewState.ANNOUNCED:
        objection = getattr(item, "objection", None)
        in_time = found.object_by_date and in_china(at).date() <= found.object_by_date
        if objection is None and in_time and finishing.is_concerned(item, officer):
            shown["objection_form"] = ObjectionForm()
        if (
            objection is not None
            and objection.state == ObjectionState.RAISED
            and finishing.answers(item, officer, at=at)
        ):
            shown["answer_form"] = AnswerForm(auto_id="answer_%s")
    return shown


@require_POST
@needs(*seeing.LOOKING)
def score_item(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """Then on to the next that waits for this reviewer."""
    found = seeing.review_for(number, request.user)
    item = seeing.item_for(found, position, request.user)
    form = SheetForm(found, None, request.POST)
    if form.is_valid():
        with refusals_on(form):
            made = scoring.score(found, position, form.sheet(), by=request.user, at=now())
            said = _("第 %(n)d 项已保存，得 %(points)d 分。")
            messages.success(request, said % {"n": position, "points": made.total})
            left = [n for n, whose in scoring.left(found).items() if request.user in whose]
            if left:
                return redirect("web:review_item", number, min(left))
            return redirect("web:review", number)
    return page_of(request, found, item, status=422, sheet_form=form)


@require_POST
@needs(*seeing.LOOKING)
def object_to_item(request: HttpRequest, number: str, position: int) -> HttpResponse:
    found = seeing.review_for(number, request.user)
    item = seeing.item_for(found, position, request.user)
    form = ObjectionForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            finishing.raise_objection(item, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("异议已提出，由评查人以外的人员答复。"))
            return redirect("web:review_item", number, position)
    return page_of(request, found, item, status=422, objection_form=form)


@require_POST
@needs(Permission.RUN_REVIEWS)
def answer_objection(request: HttpRequest, number: str, position: int) -> HttpResponse:
    found = seeing.review_for(number, request.user)
    item = seeing.item_for(found, position, request.user)
    form = AnswerForm(request.POST, auto_id="answer_%s")
    if form.is_valid():
        with refusals_on(form):
            finishing.answer_objection(item, **form.answer(), by=request.user, at=now())
            messages.success(request, _("异议已答复。"))
            return redirect("web:review_item", number, position)
    return page_of(request, found, item, status=422, answer_form=form)
