"""评查: the list, opening one, one with its steps."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.custody import keyset
from liuhen.custody import queries as custody
from liuhen.kernel.clock import in_china, now
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.supervision.models import Review, ReviewReplacement, ReviewState
from liuhen.supervision.reviews import basis as bases
from liuhen.supervision.reviews import (
    finishing,
    opening,
    replacing,
    results,
    scoring,
    seeing,
    steps,
)
from liuhen.web import review_text as text
from liuhen.web.doors import needs
from liuhen.web.forms.look import Form, refusals_on
from liuhen.web.forms.reviews import (
    AbandonForm,
    AnnounceForm,
    CloseForm,
    PlanForm,
    ReplaceForm,
    ReviewFilterForm,
)
from liuhen.web.pages import is_part, show

PAGE_SIZE = 25


@needs(*seeing.LOOKING)
def reviews(request: HttpRequest) -> HttpResponse:
    """Newest first; to htmx only the results."""
    officer, form = request.user, ReviewFilterForm(request.GET)
    rows, cursor = rows_of(officer, form), request.GET.get("cursor")
    page = keyset.take(rows, cursor, by="opened_at", size=PAGE_SIZE)
    basis = bases.basis_for(officer.agency, at=now())
    return show(
        request,
        "reviews/results.html" if is_part(request, "results") else "reviews/list.html",
        _("评查"),
        form=form,
        page=page,
        rows=[(one, text.COLOURS[ReviewState(one.state)]) for one in page.rows],
        may_open=bases.may_run(officer, basis),
        posts=bases.posts_text(basis),
    )


def rows_of(officer: Officer, form: ReviewFilterForm) -> QuerySet[Review]:
    form.is_valid()
    asked, rows = form.cleaned_data, seeing.visible_to(officer)
    if asked.get("state"):
        rows = rows.filter(state=asked["state"])
    for word in asked.get("words", "").split():
        rows = rows.filter(number__icontains=word) | rows.filter(title__icontains=word)
    return rows


@needs(Permission.RUN_REVIEWS)
def new_review(request: HttpRequest) -> HttpResponse:
    by, at = request.user, now()
    basis = bases.basis_for(by.agency, at=at)
    bases.check_runs(by, basis)
    form = PlanForm(by, basis, request.POST or None, at=at)
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            made = opening.open(form.plan(), by=by, at=at)
            if made.state == ReviewState.OPENED:
                # A second transaction: the log's root over the opening is known only after it.
                return drawn(request, made)
            messages.success(request, _("评查已组织，请评查人逐项打分。"))
            return redirect("web:review", made.number)
    status = 422 if form.errors else 200
    return show(
        request, "reviews/new.html", _("组织评查"), status=status, form=form, basis=basis,
        offered=bases.form_for(by.agency, in_china(at).date()),
    )  # fmt: skip


def drawn(request: HttpRequest, made: Review) -> HttpResponse:
    """What it refuses stands on the review's own page: it is open, and can be drawn there again or
    given up."""
    try:
        opening.draw(made, by=request.user, at=now())
    except Refusal as refused:
        messages.warning(request, refused.text)
    else:
        messages.success(request, _("评查已组织，请评查人逐项打分。"))
    return redirect("web:review", made.number)


@needs(*seeing.LOOKING)
def review(request: HttpRequest, number: str) -> HttpResponse:
    return page_of(request, seeing.review_for(number, request.user))


def page_of(request: HttpRequest, found: Review, *, status: int = 200, **sent: Any) -> HttpResponse:
    """One with the forms of the steps this person may take; `sent`: those refused."""
    officer = request.user
    items = list(seeing.items_for(found, officer).select_related("review"))
    left = scoring.left(found) if found.state == ReviewState.SCORING else {}
    return show(
        request,
        "reviews/detail.html",
        found.title,
        status=status,
        found=found,
        colour=text.COLOURS[ReviewState(found.state)],
        how=text.how_text(found),
        lines=text.lines_of(items, officer),
        left=sum(map(len, left.values())),
        mine=sorted(n for n, whose in left.items() if officer in whose),
        units=text.named_results(results.by_unit(found, items)),
        officers=text.named_results(results.by_officer(found, items)),
        reviewers=list(found.reviewers.order_by("name")),
        replacements=replacements_of(found, officer),
        history=custody.history_of(steps.subject_of(found)),
        **forms_for(request, found) | sent,
    )


def replacements_of(found: Review, officer: Officer) -> list[ReviewReplacement]:
    """Why somebody could not go on is for who runs reviews alone."""
    if not seeing.oversees(officer):
        return []
    return list(found.replacements.select_related("former", "successor").order_by("pk"))


def forms_for(request: HttpRequest, found: Review) -> dict[str, Any]:
    if not seeing.oversees(request.user):
        return {}
    shown: dict[str, Any] = {"may_draw": found.state == ReviewState.OPENED}
    if found.state in (ReviewState.OPENED, ReviewState.SCORING):
        shown["abandon_form"] = AbandonForm(auto_id="abandon_%s")
        shown["replace_form"] = replace_form(found)
    if found.state == ReviewState.SCORING:
        shown["announce_form"] = AnnounceForm(at=now())
    if found.state == ReviewState.ANNOUNCED:
        shown["close_form"] = CloseForm(auto_id="close_%s")
    return shown


@require_POST
@needs(Permission.RUN_REVIEWS)
def draw_review(request: HttpRequest, number: str) -> HttpResponse:
    found = seeing.review_for(number, request.user)
    opening.draw(found, by=request.user, at=now())
    messages.success(request, _("已抽取，并记入存证日志。"))
    return redirect("web:review", number)


@require_POST
@needs(Permission.RUN_REVIEWS)
def announce_review(request: HttpRequest, number: str) -> HttpResponse:
    form, done = AnnounceForm(request.POST, at=now()), _("结果已通知被评查的科室和人员。")
    return step(request, number, form, "announce_form", finishing.announce, done)


@require_POST
@needs(Permission.RUN_REVIEWS)
def close_review(request: HttpRequest, number: str) -> HttpResponse:
    form, done = CloseForm(request.POST, auto_id="close_%s"), _("评查已办结。")
    return step(request, number, form, "close_form", finishing.close, done)


@require_POST
@needs(Permission.RUN_REVIEWS)
def abandon_review(request: HttpRequest, number: str) -> HttpResponse:
    form, done = AbandonForm(request.POST, auto_id="abandon_%s"), _("评查已放弃，记录仍然保留。")
    return step(request, number, form, "abandon_form", finishing.abandon, done)


@require_POST
@needs(Permission.RUN_REVIEWS)
def replace_reviewer(request: HttpRequest, number: str) -> HttpResponse:
    form = replace_form(seeing.review_for(number, request.user), request.POST)
    done = _("评查人已更换，原评查人已评的仍然有效。")
    return step(request, number, form, "replace_form", replacing.replace, done)


def replace_form(found: Review, *sent: Any) -> ReplaceForm:
    return ReplaceForm(found, bases.basis_for(found.agency, at=now()), *sent)


def step(
    request: HttpRequest, number: str, form: Form, name: str, operation: Any, done: str
) -> HttpResponse:
    found = seeing.review_for(number, request.user)
    if form.is_valid():
        with refusals_on(form):
            operation(found, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, done)
            return redirect("web:review", number)
    return page_of(request, found, status=422, **{name: form})
