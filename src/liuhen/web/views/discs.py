"""One disc: how it stands, and the steps that are its custodian's to take."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.access import lending
from liuhen.access.lending import Basis, Lot
from liuhen.custody import queries as custody
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.retention import (
    disc_burning,
    disc_handling,
    disc_images,
    disc_jobs,
    disc_queries,
    disc_reading,
)
from liuhen.retention.disc_handling import may_take
from liuhen.retention.disc_identity import disc_no
from liuhen.retention.disc_states import Step
from liuhen.retention.discs import disc_subject
from liuhen.retention.models import Disc, DiscLoan, JobKind
from liuhen.web.discs_text import steps_of
from liuhen.web.doors import needs
from liuhen.web.forms.discs import (
    BurnForm,
    CheckForm,
    LendForm,
    PlaceForm,
    ReplaceForm,
    StoreForm,
    TakeBackForm,
)
from liuhen.web.forms.look import Form, refusals_on
from liuhen.web.pages import show
from liuhen.web.views.disc_sets import SEEING_DISCS

CHECKS_SHOWN = 20


@needs(SEEING_DISCS)
def disc(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, disc_queries.disc_for(pk, request.user))


def page_of(request: HttpRequest, found: Disc, *, status: int = 200, **sent: Any) -> HttpResponse:
    """One disc with the forms of the steps that can be taken; `sent`: one not accepted."""
    checks = list(found.checks.select_related("by").order_by("-at", "-pk")[:CHECKS_SHOWN])
    loans = list(found.loans.select_related("lent_by", "returned_to").order_by("-lent_at", "-pk"))
    return show(
        request,
        "discs/disc.html",
        disc_no(found),
        status=status,
        disc=found,
        disc_set=found.image.disc_set,
        of=found.image.disc_set.images.count(),
        files=found.image.files.count(),
        steps=steps_of(found, checks, loans),
        checks=checks,
        loans=loans,
        due_at=disc_queries.due_at(found),
        newer=Disc.objects.filter(replaces=found).first(),
        history=custody.history_of(disc_subject(found)),
        **job_of(found),
        **forms_of(request, found) | sent,
    )


def forms_of(request: HttpRequest, found: Disc) -> dict[str, Form | bool]:
    """By what the page calls them."""
    drives, officer = disc_reading.drives(), request.user
    forms: dict[str, Form | bool] = {}
    if found.jobs.filter(finished_at=None).exists():
        return forms
    if may_take(Step.WRITE, found, officer) and disc_images.is_there(found):
        forms["may_write"] = True
        if drives and disc_burning.program():
            forms["burn_form"] = BurnForm(drives)
    if may_take(Step.READ_BACK, found, officer):
        forms["read_form"] = PlaceForm(drives)
    if may_take(Step.SOUND, found, officer):
        forms["check_form"] = CheckForm(drives)
    if may_take(Step.STORE, found, officer):
        forms["store_form"] = StoreForm(initial={"place": found.place})
    if may_take(Step.LEND, found, officer):
        forms["lend_form"] = LendForm(article_for(request, found))
    if may_take(Step.TAKE_BACK, found, officer):
        forms["back_form"] = TakeBackForm()
    if may_take(Step.REPLACE, found, officer):
        forms["replace_form"] = ReplaceForm()
    return forms


def job_of(found: Disc) -> dict[str, Any]:
    """The last thing a drive was asked for, while it runs or if it came to nothing."""
    job = found.jobs.order_by("-pk").first()
    return {"job": job if job and (job.finished_at is None or job.problem) else None}


@needs(SEEING_DISCS)
def disc_state(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the drive is; once it has ended, the browser is told to load the whole page."""
    found = disc_queries.disc_for(pk, request.user)
    told = job_of(found)
    answer = show(request, "discs/job.html", disc=found, **told)
    if told["job"] is None or told["job"].finished_at:
        answer["HX-Refresh"] = "true"
    return answer


def act(
    request: HttpRequest, found: Disc, name: str, form: Form, do: Callable[..., Any], told: str
) -> HttpResponse:
    """Do it and go back to the disc; what is refused is said in its own form on the page."""
    if form.is_valid():
        with refusals_on(form):
            do(**form.cleaned_data)
            messages.success(request, told)
            return redirect("web:disc", found.pk)
    return page_of(request, found, status=422, **{name: form})


@require_POST
@needs(Permission.KEEP_DISCS)
def note_written(request: HttpRequest, pk: int) -> HttpResponse:
    found = disc_queries.disc_for(pk, request.user)
    disc_handling.note_written(found, by=request.user, at=now())
    messages.success(request, _("已登记写入。请把光盘放入光驱回读核对。"))
    return redirect("web:disc", pk)


@require_POST
@needs(Permission.KEEP_DISCS)
def burn(request: HttpRequest, pk: int) -> HttpResponse:
    found = disc_queries.disc_for(pk, request.user)
    form = BurnForm(disc_reading.drives(), request.POST)
    return act(
        request,
        found,
        "burn_form",
        form,
        lambda drive: disc_jobs.ask(found, JobKind.BURN, drive, by=request.user, at=now()),
        _("已安排刻录，请放入空白光盘，刻录期间不要取出。"),
    )


@require_POST
@needs(Permission.KEEP_DISCS)
def read_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = disc_queries.disc_for(pk, request.user)
    form = PlaceForm(disc_reading.drives(), request.POST)
    return act(
        request,
        found,
        "read_form",
        form,
        lambda place: disc_jobs.ask(found, JobKind.READ_BACK, place, by=request.user, at=now()),
        _("已安排回读，逐个文件与原件的校验值比对。"),
    )


@require_POST
@needs(Permission.KEEP_DISCS)
def check(request: HttpRequest, pk: int) -> HttpResponse:
    found = disc_queries.disc_for(pk, request.user)
    form = CheckForm(disc_reading.drives(), request.POST)

    def ask(place: str, is_whole: bool) -> None:
        by = request.user
        disc_jobs.ask(found, JobKind.CHECK, place, is_whole=is_whole, by=by, at=now())

    return act(request, found, "check_form", form, ask, _("已安排检查。"))


@require_POST
@needs(Permission.KEEP_DISCS)
def store(request: HttpRequest, pk: int) -> HttpResponse:
    found = disc_queries.disc_for(pk, request.user)
    return act(
        request,
        found,
        "store_form",
        StoreForm(request.POST),
        lambda place: disc_handling.store(found, place=place, by=request.user, at=now()),
        _("已登记存放地点。"),
    )


@require_POST
@needs(Permission.KEEP_DISCS)
def lend(request: HttpRequest, pk: int) -> HttpResponse:
    """On an approved request, to whom it was granted; else by the article that needs none."""
    found, officer, at = disc_queries.disc_for(pk, request.user), request.user, now()

    def do(request_no: str, purpose: str, back_by: date | None, to_whom: str = "") -> None:
        def hand_out(basis: Basis) -> DiscLoan:
            said = asdict(basis) | {"to_whom": basis.to_whom or to_whom}
            more = {"purpose": purpose, "back_by": back_by}
            return disc_handling.lend(found, **said, **more, by=officer, at=at)

        lending.lent(lot_of(found), request_no, hand_out, by=officer, at=at)

    form = LendForm(article_for(request, found), request.POST)
    return act(request, found, "lend_form", form, do, _("已登记借出。"))


def lot_of(found: Disc) -> Lot:
    made = found.image.disc_set
    return Lot(
        disc_subject(found),
        disc_queries.recordings_on(found.image),
        made.case,
        is_package=bool(made.extraction_no),
    )


def article_for(request: HttpRequest, found: Disc) -> int | None:
    """By which a disc of a case leaves as evidence without a request."""
    if found.image.disc_set.case_id is None:
        return None
    return lending.article_without_approval(request.user, at=now())


@require_POST
@needs(Permission.KEEP_DISCS)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = disc_queries.disc_for(pk, request.user)
    return act(
        request,
        found,
        "back_form",
        TakeBackForm(request.POST),
        lambda **said: disc_handling.take_back(found, **said, by=request.user, at=now()),
        _("已登记归还，建议检查后放回原处。"),
    )


@require_POST
@needs(Permission.KEEP_DISCS)
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    found = disc_queries.disc_for(pk, request.user)
    form = ReplaceForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            said = form.cleaned_data
            new = disc_handling.replace(found, **said, by=request.user, at=now())
            messages.success(request, _("已登记更换，请写入新的光盘。"))
            return redirect("web:disc", new.pk)
    return page_of(request, found, status=422, replace_form=form)
