"""光盘: the sets, one of them with its discs, a new one, labels, the image to take away."""

from datetime import datetime
from typing import Any, BinaryIO

from django.contrib import messages
from django.db.models import Count, QuerySet, Sum
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.access import extraction, packages, taking_out
from liuhen.cases.models import Activity, Case
from liuhen.cases.queries import activity_for, case_for
from liuhen.custody import keyset
from liuhen.custody import queries as custody
from liuhen.engines.paper import disc_labels as papers
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission, may
from liuhen.retention import disc_images, disc_labels, disc_queries, discs
from liuhen.retention.disc_identity import copy_name, disc_no
from liuhen.retention.models import Disc, DiscSet, DiscState
from liuhen.web import sheets
from liuhen.web.doors import needs
from liuhen.web.forms.discs import FilterForm, SetForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import as_pdf, is_part, show
from liuhen.web.templatetags.screen import minute
from liuhen.web.views.device_labels import is_known_elsewhere

SEEING_DISCS = Permission.SEE_AGENCY
PAGE_SIZE = 25
MOST_DUE = 200


@needs(SEEING_DISCS)
def disc_list(request: HttpRequest) -> HttpResponse:
    """The bureau's sets; to htmx only the results."""
    form = FilterForm(request.GET)
    rows = form.filters().apply(disc_queries.sets_for(request.user))
    page = keyset.take(
        disc_queries.counted(rows), request.GET.get("cursor"), by="made_at", size=PAGE_SIZE
    )
    part = is_part(request, "results")
    return show(
        request,
        "discs/results.html" if part else "discs/list.html",
        _("光盘"),
        form=form,
        page=page,
        tab="sets",
        counts=counts_of(request),
    )


@needs(SEEING_DISCS)
def export_discs(request: HttpRequest) -> HttpResponse:
    """The register of discs (光盘登记簿): every piece of the sets the filter bar shows.

    Refuses: TooManyToExport.
    """
    sets = FilterForm(request.GET).filters().apply(disc_queries.sets_for(request.user))
    rows = Disc.objects.filter(image__disc_set__in=sets.values("pk"))
    beside = ("image__disc_set__case", "image__disc_set__activity", "image__disc_set__made_by")
    rows = rows.select_related(*beside).order_by("image__disc_set", "image__no", "copy", "pk")
    heads = (
        _("编号"), _("名称"), _("案号或者活动编号"), _("用途"), _("光盘类型"), _("正副本"),
        _("状态"), _("存放地点"), _("制作人"), _("制作时间"), _("写入"), _("上次读取无误"),
    )  # fmt: skip
    widths = (20, 36, 24, 24, 20, 8, 18, 24, 10, 17, 17, 17)
    name = _("光盘登记簿") + f"-{in_china(now()):%Y%m%d}"
    return sheets.answer(name, heads, widths, map(line_of, sheets.whole(rows)))


def line_of(disc: Disc) -> list[str]:
    made = disc.image.disc_set
    return [
        disc_no(disc),
        made.title,
        made.case.case_no if made.case else made.activity.number if made.activity else "",
        made.purpose,
        str(made.get_medium_display()),
        copy_name(disc.copy),
        str(disc.get_state_display()),
        disc.place,
        made.made_by.name,
        minute(made.made_at),
        minute(disc.written_at),
        minute(disc.read_at),
    ]


def counts_of(request: HttpRequest) -> dict[str, int]:
    officer = request.user
    return {
        "due": disc_queries.due(officer.agency, now()).count(),
        "out": disc_queries.out(officer).count(),
    }


@needs(SEEING_DISCS)
def due_list(request: HttpRequest) -> HttpResponse:
    """Which discs are to be read again, the longest waiting first."""
    at = now()
    found = list(rows_due(request, at)[:MOST_DUE])
    return show(
        request,
        "discs/due.html",
        _("待检查的光盘"),
        rows=[(one, disc_queries.due_at(one)) for one in found],
        at=at,
        tab="due",
        counts=counts_of(request),
    )


def rows_due(request: HttpRequest, at: datetime) -> QuerySet[Disc]:
    return disc_queries.due(request.user.agency, at).select_related("image__disc_set")


@needs(SEEING_DISCS)
def out_list(request: HttpRequest) -> HttpResponse:
    rows = disc_queries.out(request.user)[:MOST_DUE]
    return show(
        request,
        "discs/out.html",
        _("借出的光盘"),
        rows=rows,
        at=now(),
        tab="out",
        counts=counts_of(request),
    )


@needs(Permission.KEEP_DISCS)
def new_set(request: HttpRequest) -> HttpResponse:
    """Of the case or the activity the address names."""
    subject = subject_of(request)
    asked = discs.asked_for(request.user, now())
    form = SetForm(asked, request.POST or None, initial={"title": title_of(subject)})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = discs.make(subject, form.order(), by=request.user, at=now())
            messages.success(request, _("光盘 %(no)s 已编制，正在生成映像。") % {"no": made.number})
            return redirect("web:disc_set", made.pk)
    return show(
        request,
        "discs/new.html",
        _("制作光盘"),
        status=422 if form.errors else 200,
        form=form,
        subject=subject,
        is_case=isinstance(subject, Case),
        asked=asked,
    )


def subject_of(request: HttpRequest) -> Case | Activity:
    """Refuses: NoSuchCase, NoSuchActivity."""
    number = request.GET.get("activity", "")
    if number:
        return activity_for(number, request.user)
    pk = request.GET.get("case", "")
    return case_for(int(pk) if pk.isdecimal() and len(pk) < 18 else 0, request.user)


def title_of(subject: Case | Activity) -> str:
    if isinstance(subject, Case):
        return f"{subject.name}（{subject.case_no}）"
    return f"{subject.get_kind_display()} {subject.number}"


@needs(SEEING_DISCS)
def disc_set(request: HttpRequest, pk: int) -> HttpResponse:
    made = disc_queries.set_for(pk, request.user)
    return show(
        request,
        "discs/set.html",
        made.number,
        disc_set=made,
        history=custody.history_of(discs.subject_of(made)),
        **pieces_of(request, made),
    )


@needs(SEEING_DISCS)
def set_state(request: HttpRequest, pk: int) -> HttpResponse:
    """The discs alone, asked for again while an image is being made."""
    made = disc_queries.set_for(pk, request.user)
    return show(request, "discs/pieces.html", disc_set=made, **pieces_of(request, made))


def pieces_of(request: HttpRequest, made: DiscSet) -> dict[str, Any]:
    """Every disc with its copies: two queries, whatever there is."""
    held = {"held": Count("files"), "held_bytes": Sum("files__size_bytes")}
    images = list(made.images.annotate(**held).order_by("no"))
    pieces: dict[int, list[Told]] = {image.pk: [] for image in images}
    rows = Disc.objects.filter(image__disc_set=made).select_related("image__disc_set")
    for piece in rows.exclude(state=DiscState.REPLACED).order_by("copy"):
        pieces[piece.image_id].append(Told(piece))
    for image in images:
        image.disc_set = made
    return {
        "images": [(image, pieces[image.pk]) for image in images],
        "is_waiting": any(told.is_waiting for those in pieces.values() for told in those),
        "keeps": may(request.user, Permission.KEEP_DISCS),
    }


class Told:
    """One piece of the set as the page shows it, with how its image stands."""

    def __init__(self, piece: Disc) -> None:
        self.piece = piece
        self.is_there = disc_images.is_there(piece)
        is_wanted = piece.state == DiscState.MADE and piece.made_at is None
        self.is_waiting = is_wanted and not piece.problem


@needs(SEEING_DISCS)
def labels(request: HttpRequest, pk: int) -> HttpResponse:
    """As PDF: `?form=round` for the discs, else cards for their cases."""
    made = disc_queries.set_for(pk, request.user)
    told = disc_labels.of_set(made, lambda disc: address_of(request, disc))
    is_round = request.GET.get("form") == "round"
    draw = papers.round_pdf if is_round else papers.card_pdf
    name = _("圆形标签") if is_round else _("盒装标签")
    return as_pdf(draw(told, at=now()), f"{made.number}-{name}.pdf")


def address_of(request: HttpRequest, disc: Disc) -> str:
    """The way to the disc's page; only its number where others can't reach this computer."""
    if not is_known_elsewhere(request):
        return disc_no(disc)
    return request.build_absolute_uri(resolve_url("web:disc", disc.pk))


@require_POST
@needs(Permission.KEEP_DISCS)
def take_image(request: HttpRequest, pk: int) -> HttpResponse:
    """The originals leave with it: each needs a copy's grant. An evidence package leaves so to
    whom it may be handed out anyway."""
    officer, at = request.user, now()
    disc = disc_queries.disc_for(pk, officer)
    made = disc.image.disc_set

    def take() -> tuple[str, BinaryIO]:
        return disc_images.take(disc, by=officer, at=at)

    if made.extraction_no:
        found = extraction.extraction_for(made.extraction_no, officer)
        name, stream = packages.handed(found, take, by=officer, at=at)
    else:
        recordings = disc_queries.recordings_on(disc.image)
        name, stream = taking_out.all_in(
            discs.subject_of(made), recordings, take, by=officer, at=at
        )
    return FileResponse(stream, as_attachment=True, filename=name)


@require_POST
@needs(Permission.KEEP_DISCS)
def image_again(request: HttpRequest, pk: int) -> HttpResponse:
    disc = disc_queries.disc_for(pk, request.user)
    disc_images.ask_again(disc, by=request.user)
    messages.success(request, _("已安排重新生成映像。"))
    return redirect("web:disc_set", disc.image.disc_set_id)
