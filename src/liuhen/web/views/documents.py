"""文书材料: handing papers in, opening one, withdrawing one; the dossier as a ZIP."""

from pathlib import PurePath
from typing import Any, BinaryIO

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from liuhen.access import taking_out
from liuhen.cases import documents, dossier_export, paper_errors, queries
from liuhen.cases.documents import MOST_MIB, Paper
from liuhen.cases.models import Document
from liuhen.cases.paper_kinds import by_media_type
from liuhen.kernel.clock import in_china, now
from liuhen.kernel.refusal import Refusal
from liuhen.people.permissions import Permission
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.case_files import PaperForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.parties import ReasonForm
from liuhen.web.pages import show
from liuhen.web.upload_limit import TOO_LARGE
from liuhen.web.views.parties import party_page

ADDING = (Permission.HANDLE_CASES, Permission.RECORD_ACTIVITIES)


@needs(*ADDING)
def add_document(request: HttpRequest) -> HttpResponse:
    """`?case=`, `?activity=` or `?party=` says whose they are."""
    place, back = place_of(request)
    documents.check_may_add(Paper("", "", **place), request.user)
    form = PaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        if getattr(request, TOO_LARGE, False):
            form.add_error(None, paper_errors.PaperTooLarge(most=MOST_MIB).text)
        elif form.is_valid():
            count = add_all(request, form, place)
            if not form.errors:
                said = ngettext("已保存 %(n)d 份材料。", "已保存 %(n)d 份材料。", count)
                messages.success(request, said % {"n": count})
                return redirect(back)
    return show(
        request,
        "cases/add_document.html",
        _("上传文书材料"),
        status=422 if form.errors else 200,
        form=form,
        back=back,
        **place,
    )


def place_of(request: HttpRequest) -> tuple[dict[str, Any], str]:
    """Whose the papers are, and the page they are seen on.

    Refuses: NoSuchCase, NoSuchActivity, NoSuchParty, PaperBelongsNowhere.
    """
    case, activity, party = (request.GET.get(name, "") for name in ("case", "activity", "party"))
    if case.isdecimal():
        found = queries.case_for(int(case[:18]), request.user)
        return {"case": found}, reverse("web:case", args=[found.pk])
    if activity:
        return {
            "activity": queries.activity_for(activity, request.user)
        }, f"/activities/{activity}/"
    if party.isdecimal():
        someone = queries.party_for(int(party[:18]), request.user)
        return {"party": someone}, reverse("web:party", args=[someone.pk])
    raise paper_errors.PaperBelongsNowhere()


def add_all(request: HttpRequest, form: PaperForm, place: dict[str, Any]) -> int:
    """Each file by itself: what is refused is said by name, the rest is kept."""
    said, count = dict(form.cleaned_data), 0
    files = said.pop("files")
    for file in files:
        title = said["title"] if said["title"] and len(files) == 1 else PurePath(file.name).stem
        paper = Paper(**said | {"title": title[:200]}, **place)
        try:
            documents.add(paper, file.name, file.chunks(1 << 20), by=request.user, at=now())
            count += 1
        except Refusal as no:
            form.add_error(None, f"{file.name}：{no.text}")
    if form.errors and count:
        form.add_error(None, _("其余 %(n)d 份材料已保存。") % {"n": count})
    return count


@needs(*SEEING)
def open_document(request: HttpRequest, pk: int) -> HttpResponse:
    return paper_answer(*documents.open(pk, by=request.user, at=now()))


def paper_answer(document: Document, stored: BinaryIO) -> HttpResponse:
    """Its bytes; what a browser might run is never shown within the page."""
    kind = by_media_type(document.media_type)
    is_shown = kind is not None and kind.is_inline
    answer = FileResponse(stored, content_type=document.media_type)
    answer.headers["Content-Length"] = str(document.size_bytes)
    answer.headers["Content-Disposition"] = content_disposition_header(
        not is_shown, document.original_name
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    # A PDF viewer within the browser needs a style and a plug-in of its own; nothing else runs.
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; object-src 'self'"
    )
    return answer


@require_POST
@needs(*ADDING)
def withdraw_document(request: HttpRequest, pk: int) -> HttpResponse:
    document, form = documents.document_for(pk, request.user), ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请写明撤回的理由。"))
        return redirect(place_in(document))
    documents.withdraw(document, **form.cleaned_data, by=request.user, at=now())
    messages.success(request, _("“%(title)s”已撤回。") % {"title": document.title})
    return redirect(place_in(document))


def place_in(document: Document) -> str:
    if document.case_id:
        return reverse("web:case", args=[document.case_id])
    if document.activity:
        return reverse("web:activity", args=[document.activity.number])
    return reverse("web:party", args=[document.party_id])


@require_POST
@needs(Permission.SEE_AGENCY)
@needs(Permission.HANDLE_CASES)
def export_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """Streamed as it is read from the vault; the event is in the log before the first byte."""
    party, form = queries.party_for(pk, request.user), ReasonForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            reason = form.cleaned_data["reason"]
            export = taking_out.dossier(party, reason=reason, by=request.user, at=now())
            stream = dossier_export.zipped(export)
            answer = StreamingHttpResponse(iter(stream), content_type="application/zip")
            answer.headers["Content-Length"] = str(len(stream))
            name = f"{export.name}-{in_china(now()):%Y%m%d}.zip"
            answer.headers["Content-Disposition"] = content_disposition_header(True, name)
            return answer
    return party_page(request, party, status=422, export_form=form)
