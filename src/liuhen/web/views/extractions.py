"""证据提取: the list, a new one, one with its package and its note."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from liuhen.access import extraction as operations
from liuhen.access import extraction_rights as rights
from liuhen.access import note_filing, package_note, packages
from liuhen.access.models import Extraction, ExtractionState
from liuhen.cases import case_files, queries
from liuhen.cases.errors import NoSuchCase
from liuhen.cases.models import Case
from liuhen.custody import keyset
from liuhen.custody import queries as custody
from liuhen.kernel.clock import now
from liuhen.kernel.refusal import Refusal
from liuhen.people.permissions import Permission, may
from liuhen.recordings import queries as recordings
from liuhen.recordings.models import Recording
from liuhen.retention import disc_packages, disc_queries, discs
from liuhen.retention.models import DiscSet
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.dates import DatesForm
from liuhen.web.forms.discs import PackageDiscsForm
from liuhen.web.forms.extractions import CaseNoForm, ExtractionForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import as_pdf, is_part, show

PER_PAGE = 50
SHOWN = 60
"""Recordings offered at once: the case's newest, and those that were asked for."""


@needs(*SEEING)
def extraction_list(request: HttpRequest) -> HttpResponse:
    part, form = is_part(request, "results"), DatesForm(request.GET)
    rows = rows_of(request, form)
    return show(
        request,
        "extractions/results.html" if part else "extractions/list.html",
        _("证据提取"),
        form=form,
        page=keyset.take(rows, request.GET.get("cursor"), by="made_at", size=PER_PAGE),
    )


def rows_of(request: HttpRequest, form: DatesForm) -> QuerySet[Extraction]:
    """Made in the days asked for."""
    rows = operations.extractions_for(request.user).select_related("case", "made_by", "witness")
    return form.within(rows, "made_at").prefetch_related("items__recording")


@needs(Permission.HANDLE_CASES)
def new_extraction(request: HttpRequest) -> HttpResponse:
    """`?case=` and `?recording=` (any number of them) say where one comes from."""
    asked = request.GET.getlist("recording")[:SHOWN]
    wanted = [recordings.get_visible(number, request.user) for number in asked]
    case = case_meant(request, wanted)
    if case is None:
        return choose_case(request, wanted)
    seen = offered_of(request, case, wanted)
    offered = rights.extractable(seen, case, request.user, at=now())
    picked = {f"pick_{one.pk}": True for one in wanted}
    form = ExtractionForm(request.user, offered, request.POST or None, initial=picked)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = operations.make(
                form.pieces(),
                case=case,
                note=form.note(),
                witness=form.cleaned_data["witness"],
                by=request.user,
                at=now(),
            )
            messages.success(request, _("证据已提取，编号 %(no)s。") % {"no": made.number})
            return redirect("web:extraction", made.number)
    return show(
        request,
        "extractions/new.html",
        _("提取证据"),
        status=422 if form.errors else 200,
        case=case,
        form=form,
        refused=why_not(seen, offered, case, request),
    )


def case_meant(request: HttpRequest, wanted: Sequence[Recording]) -> Case | None:
    """Named in the address, else the one case the recordings belong to. Refuses: NoSuchCase."""
    typed = request.GET.get("case", "")
    if typed:
        return queries.case_for(int(typed[:18]) if typed.isdecimal() else 0, request.user)
    number = case_files.case_number(request.GET.get("case_no", ""))
    if number:
        return queries.cases_for(request.user).filter(case_no=number).first()
    if not wanted:
        return None
    found = Case.objects.filter(activities__activity_recordings__recording__in=wanted)
    of = set(found.values_list("pk", flat=True))
    try:
        return queries.case_for(of.pop(), request.user) if len(of) == 1 else None
    except NoSuchCase:
        return None


def choose_case(request: HttpRequest, wanted: Sequence[Recording]) -> HttpResponse:
    form = CaseNoForm(request.GET if "case_no" in request.GET else None)
    if form.is_bound and form.is_valid():
        form.add_error("case_no", _("没有这个案号的案件，或者您无权查看。请核对案号。"))
    return show(
        request,
        "extractions/choose_case.html",
        _("提取证据"),
        status=422 if form.errors else 200,
        form=form,
        wanted=wanted,
    )


def offered_of(request: HttpRequest, case: Case, wanted: Sequence[Recording]) -> list[Recording]:
    """Those asked for first, then the case's exhibits and what its activities recorded."""
    seen = recordings.visible_to(request.user).filter(disposed_at=None).defer("examination")
    seen = seen.select_related("officer", "unit", "agency")
    own = seen.filter(activity_recording__activity__case=case)
    used = seen.filter(exhibits__case=case, exhibits__withdrawn_at=None)
    keys = [one.pk for one in wanted]
    keys += own.order_by("-recorded_at", "-pk").values_list("pk", flat=True)[:SHOWN]
    keys += used.values_list("pk", flat=True)[:SHOWN]
    found = {one.pk: one for one in seen.filter(pk__in=keys)}
    return [found[pk] for pk in dict.fromkeys(keys) if pk in found]


def why_not(
    seen: Sequence[Recording], offered: Sequence[Recording], case: Case, request: HttpRequest
) -> Refusal | None:
    """Said before anybody types, where the regulation wants an approval first."""
    left = [one for one in seen if one not in offered]
    try:
        rights.check_may_extract(left, case, request.user, at=now()) if left else None
    except Refusal as no:
        return no
    return None


@needs(*SEEING)
def extraction(request: HttpRequest, number: str) -> HttpResponse:
    return page_of(request, operations.extraction_for(number, request.user))


def page_of(request: HttpRequest, found: Extraction) -> HttpResponse:
    items = operations.items_of(found)
    seen = recordings.visible_to(request.user).filter(pk__in=[one.recording_id for one in items])
    shown: dict[str, Any] = {
        "extraction": found,
        "items": items,
        "visible": set(seen.values_list("pk", flat=True)),
        "note": package_note.note_of(found),
        "may_take": packages.may_take(found, request.user),
        "keeps_discs": may(request.user, Permission.KEEP_DISCS),
        "disc_sets": disc_queries.of_extraction(found.number, request.user),
        "note_wanted": note_filing.is_wanted(found),
        "note_filed": note_filing.filed(found, request.user),
        "history": custody.history_of(operations.subject_of(found)),
    }
    part = is_part(request, "state")
    if part and found.state != ExtractionState.CUTTING:
        return HttpResponseClientRefresh()  # the whole page has something new to say
    return show(
        request,
        "extractions/state.html" if part else "extractions/detail.html",
        found.number,
        **shown,
    )


@needs(*SEEING)
def extraction_note(request: HttpRequest, number: str) -> HttpResponse:
    """The note as PDF, to print and sign."""
    found = operations.extraction_for(number, request.user)
    packages.check_ready(found)
    with override(packages.CHINESE):
        content = package_note.pdf(found, operations.items_of(found))
    return as_pdf(content, f"{found.number} 文字说明.pdf", is_saved=False)


@needs(Permission.KEEP_DISCS)
def new_package_discs(request: HttpRequest, number: str) -> HttpResponse:
    """The package on disc, in as many copies as the regulation wants."""
    found, officer, at = operations.extraction_for(number, request.user), request.user, now()
    asked = discs.asked_for(officer, at)
    title = f"{found.case.name} {found.number} {_('证据包')}"[:200]
    form = PackageDiscsForm(asked, request.POST or None, initial={"title": title})
    if request.method == "POST" and form.is_valid():

        def keep(package: packages.Package) -> DiscSet:
            order = form.order()
            return disc_packages.make(package, number, found.case, order, by=officer, at=at)

        with refusals_on(form):
            made = packages.kept(found, keep, by=officer, at=at)
            messages.success(request, _("光盘 %(no)s 已编制，正在生成映像。") % {"no": made.number})
            return redirect("web:disc_set", made.pk)
    return show(
        request,
        "extractions/discs.html",
        _("刻录证据包"),
        status=422 if form.errors else 200,
        form=form,
        extraction=found,
        asked=asked,
    )


@require_POST
@needs(*SEEING)
def take_package(request: HttpRequest, number: str) -> HttpResponse:
    """Streamed as it is read from the vault; the event is in the log before the first byte."""
    found = operations.extraction_for(number, request.user)
    package = packages.take(found, by=request.user, at=now())
    stream = packages.zipped(package)
    answer = StreamingHttpResponse(iter(stream), content_type="application/zip")
    answer.headers["Content-Length"] = str(len(stream))
    answer.headers["Content-Disposition"] = content_disposition_header(True, f"{package.name}.zip")
    return answer
