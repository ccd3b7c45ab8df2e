"""Papers of an inquiry; the decision and its receipt to print and as PDF."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.cases.documents import MOST_MIB
from liuhen.cases.paper_errors import PaperTooLarge
from liuhen.engines.paper.pdf import slip_pdf
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.supervision.breaches import papers, seeing
from liuhen.supervision.breaches.seeing import WORKING
from liuhen.supervision.models import Breach
from liuhen.web.breach_slips import MADE, slip_of
from liuhen.web.doors import needs
from liuhen.web.forms.breaches import PaperForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import as_pdf, show
from liuhen.web.upload_limit import TOO_LARGE
from liuhen.web.views.breach import page_of
from liuhen.web.views.documents import paper_answer


@require_POST
@needs(Permission.HANDLE_BREACHES)
def add_paper(request: HttpRequest, number: str) -> HttpResponse:
    officer = request.user
    found = seeing.breach_for(number, officer)
    form = PaperForm(request.POST, request.FILES)
    if getattr(request, TOO_LARGE, False):
        form.add_error(None, PaperTooLarge(most=MOST_MIB).text)
    elif form.is_valid():
        with refusals_on(form):
            title, file = form.cleaned_data["title"], form.cleaned_data["file"]
            papers.add(found, title, file.name, file.chunks(1 << 20), by=officer, at=now())
            messages.success(request, _("已保存并核对。"))
            return redirect("web:breach", number)
    return page_of(request, found, status=422, paper_form=form)


@needs(*WORKING)
def open_paper(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = seeing.breach_for(number, request.user)
    return paper_answer(*papers.open(found, pk, by=request.user, at=now()))


@needs(*WORKING)
def printed(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    found = seeing.breach_for(number, request.user)
    return print_page(
        request,
        found,
        kind,
        pdf=reverse("web:pdf_breach", args=[number, kind]),
        back=reverse("web:breach", args=[number]),
    )


@needs(*WORKING)
def pdf(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    return pdf_of(seeing.breach_for(number, request.user), kind)


def print_page(
    request: HttpRequest, found: Breach, kind: str, *, pdf: str, back: str
) -> HttpResponse:
    check_decided(found, kind)
    slip = slip_of(found, kind)
    return show(request, "breaches/print.html", slip.title, slip=slip, pdf=pdf, back=back)


def pdf_of(found: Breach, kind: str) -> HttpResponse:
    check_decided(found, kind)
    slip = slip_of(found, kind)
    return as_pdf(slip_pdf(slip, at=now()), f"{slip.title}-{found.decision_no}.pdf")


def check_decided(found: Breach, kind: str) -> None:
    if kind not in MADE or found.decision_no is None:
        raise Http404
