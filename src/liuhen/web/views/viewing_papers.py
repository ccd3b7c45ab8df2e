"""The papers of a viewing request: the form to print and as PDF, and what an outsider showed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.access import papers, reading
from liuhen.cases.documents import MOST_MIB
from liuhen.cases.models import DocumentKind
from liuhen.cases.paper_errors import PaperTooLarge
from liuhen.engines.paper.pdf import slip_pdf
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.web.access_slips import slip_of
from liuhen.web.doors import needs, signed_in
from liuhen.web.forms.access import PaperForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import as_pdf, show
from liuhen.web.upload_limit import TOO_LARGE
from liuhen.web.views.documents import paper_answer
from liuhen.web.views.viewing_requests import page_of


@signed_in
def print_viewing(request: HttpRequest, number: str) -> HttpResponse:
    found = reading.request_for(number, request.user, at=now())
    slip = slip_of(found)
    return show(request, "access/print.html", slip.title, slip=slip, found=found)


@signed_in
def pdf_viewing(request: HttpRequest, number: str) -> HttpResponse:
    found, at = reading.request_for(number, request.user, at=now()), now()
    slip = slip_of(found)
    return as_pdf(slip_pdf(slip, at=at), f"{slip.title}-{found.number}.pdf")


@require_POST
@needs(Permission.SERVE_OUTSIDERS)
def add_viewing_paper(request: HttpRequest, number: str) -> HttpResponse:
    """The letter or the proof of identity, scanned in."""
    officer, at = request.user, now()
    found = reading.request_for(number, officer, at=at)
    form = PaperForm(request.POST, request.FILES)
    if getattr(request, TOO_LARGE, False):
        form.add_error(None, PaperTooLarge(most=MOST_MIB).text)
    elif form.is_valid():
        with refusals_on(form):
            kind, file = DocumentKind(form.cleaned_data["kind"]), form.cleaned_data["file"]
            papers.add(found, kind, file.name, file.chunks(1 << 20), by=officer, at=at)
            messages.success(request, _("已保存并核对。"))
            return redirect("web:viewing_request", number)
    return page_of(request, found, status=422, paper_form=form)


@signed_in
def open_viewing_paper(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = reading.request_for(number, request.user, at=now())
    return paper_answer(*papers.open(found, pk, by=request.user, at=now()))
