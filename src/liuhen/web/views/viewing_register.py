"""调阅登记簿: who looked at what, for whom and why; to read, print and export."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.access import register
from liuhen.access.models import Viewing
from liuhen.custody import keyset
from liuhen.engines.paper.registers import Register, register_pdf
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission
from liuhen.web import sheets
from liuhen.web.access_slips import HEADS, TITLE, line_of, register_of
from liuhen.web.doors import needs
from liuhen.web.forms.access import RegisterForm
from liuhen.web.pages import as_pdf, is_part, show

PAGE_SIZE = 30
MOST_PRINTED = 1000
"""Lines of one printed register; a longer time is printed in parts."""

EXCEL_WIDTHS = (18, 12, 20, 16, 8, 48, 22, 12)


@needs(Permission.READ_REGISTER)
def viewing_register(request: HttpRequest) -> HttpResponse:
    """The book; to htmx only its results, under the same address."""
    form = RegisterForm(request.user, request.GET)
    rows = rows_of(request, form)
    part = is_part(request, "results")
    return show(
        request,
        "access/register_results.html" if part else "access/register.html",
        _("调阅登记簿"),
        form=form,
        page=keyset.take(rows, request.GET.get("cursor"), by="opened_at", size=PAGE_SIZE),
    )


def rows_of(request: HttpRequest, form: RegisterForm) -> QuerySet[Viewing]:
    return form.filters().apply(register.rows_for(request.user))


def book_of(request: HttpRequest) -> tuple[Register, bool]:
    """In the order of the days, as a book is kept; and whether there is more than that."""
    form = RegisterForm(request.user, request.GET)
    rows = list(rows_of(request, form).order_by("opened_at", "pk")[: MOST_PRINTED + 1])
    asked = form.filters()
    book = register_of(
        rows[:MOST_PRINTED], request.user.agency, since=asked.since, until=asked.until, at=now()
    )
    return book, len(rows) > MOST_PRINTED


@needs(Permission.READ_REGISTER)
def print_viewing_register(request: HttpRequest) -> HttpResponse:
    book, is_cut = book_of(request)
    shown = {"register": book, "is_cut": is_cut, "most": MOST_PRINTED}
    return show(request, "access/register_print.html", book.title, **shown)


@needs(Permission.READ_REGISTER)
def pdf_viewing_register(request: HttpRequest) -> HttpResponse:
    """A file that left some out would pass for all of them. Refuses: TooManyToExport."""
    book, is_cut = book_of(request)
    if is_cut:
        raise sheets.TooManyToExport(most=MOST_PRINTED)
    return as_pdf(register_pdf(book, at=now()), f"{TITLE}-{in_china(now()):%Y%m%d}.pdf")


@needs(Permission.READ_REGISTER)
def export_viewing_register(request: HttpRequest) -> HttpResponse:
    """What the filter bar shows, all pages of it, as Excel. Refuses: TooManyToExport."""
    form = RegisterForm(request.user, request.GET)
    rows = sheets.whole(rows_of(request, form).order_by("opened_at", "pk"))
    return sheets.answer(TITLE, HEADS[1:], EXCEL_WIDTHS, map(line_of, rows))
