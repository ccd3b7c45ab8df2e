"""整改通知书 to print and as PDF; proof as it was kept; the register as PDF and Excel."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from liuhen.engines.paper.pdf import slip_pdf
from liuhen.engines.paper.registers import register_pdf
from liuhen.kernel.clock import in_china, now
from liuhen.supervision.corrections import proof, seeing
from liuhen.web import correction_slips as slips
from liuhen.web import sheets
from liuhen.web.doors import needs
from liuhen.web.forms.corrections import CorrectionFilterForm
from liuhen.web.pages import as_pdf, show
from liuhen.web.views.documents import paper_answer

EXCEL_WIDTHS = (18, 18, 16, 12, 50, 40, 10, 12, 12, 40, 18, 30, 10)
MOST_PRINTED = 1000


@needs(*seeing.LOOKING)
def open_proof(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = seeing.correction_for(number, request.user)
    return paper_answer(*proof.open(found, pk, by=request.user, at=now()))


@needs(*seeing.LOOKING)
def print_correction(request: HttpRequest, number: str) -> HttpResponse:
    slip = slips.slip_of(seeing.correction_for(number, request.user))
    return show(
        request,
        "corrections/print.html",
        slip.title,
        slip=slip,
        pdf=reverse("web:pdf_correction", args=[number]),
        back=reverse("web:correction", args=[number]),
    )


@needs(*seeing.LOOKING)
def pdf_correction(request: HttpRequest, number: str) -> HttpResponse:
    slip = slips.slip_of(seeing.correction_for(number, request.user))
    return as_pdf(slip_pdf(slip, at=now()), f"{slips.TITLE}-{number}.pdf")


@needs(*seeing.LOOKING)
def export_corrections(request: HttpRequest) -> HttpResponseBase:
    """What the filter bar shows. Refuses: TooManyToExport."""
    at = now()
    form = CorrectionFilterForm(request.user, request.GET)
    found = form.apply(seeing.visible_to(request.user), at=at).select_related("unit", "officer")
    rows = map(slips.line_of, sheets.whole(found.order_by("-ordered_at", "-pk")))
    name = f"{slips.REGISTER}-{in_china(at):%Y%m%d}"
    return sheets.answer(name, slips.HEADS, EXCEL_WIDTHS, rows)


@needs(*seeing.LOOKING)
def pdf_corrections(request: HttpRequest) -> HttpResponse:
    """A file that left some out would pass for all of them. Refuses: TooManyToExport."""
    at = now()
    form = CorrectionFilterForm(request.user, request.GET)
    found = form.apply(seeing.visible_to(request.user), at=at).select_related("unit", "officer")
    rows = list(found.order_by("-ordered_at", "-pk")[: MOST_PRINTED + 1])
    if len(rows) > MOST_PRINTED:
        raise sheets.TooManyToExport(most=MOST_PRINTED)
    book = slips.register_of(rows, request.user.agency, at=at)
    return as_pdf(register_pdf(book, at=at), f"{slips.REGISTER}-{in_china(at):%Y%m%d}.pdf")
