"""评查表 and 评查结果通报 to print, as PDF and Excel; the form in force, shown and taken in."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from liuhen.devices import tables
from liuhen.engines.paper.registers import Register, register_pdf
from liuhen.kernel.clock import in_china, now
from liuhen.people.filled import Row
from liuhen.people.permissions import Permission
from liuhen.regulations import current
from liuhen.supervision.reviews import basis as bases
from liuhen.supervision.reviews import form_table, seeing
from liuhen.web import kept_rows, sheets, table_import
from liuhen.web import review_papers as papers
from liuhen.web.doors import needs
from liuhen.web.pages import as_pdf, show
from liuhen.web.review_text import lines_of
from liuhen.web.table_import import Intake

ROWS = "review_form_rows"
EXCEL_WIDTHS = (6, 20, 18, 14, 8, 10, 50)


def result_for(request: HttpRequest, number: str) -> Register:
    found = seeing.review_for(number, request.user)
    items = seeing.items_for(found, request.user).select_related("review")
    return papers.result_of(found, lines_of(items, request.user))


def sheet_for(request: HttpRequest, number: str, position: int) -> Register:
    """The first reviewer's who may be shown; blank where nobody has filled one in."""
    found = seeing.review_for(number, request.user)
    item = seeing.item_for(found, position, request.user)
    item.review = found
    (line,) = lines_of([item], request.user)
    scores = item.scores.select_related("reviewer").order_by("scored_at")
    if not seeing.oversees(request.user) and found.state not in seeing.TOLD:
        scores = scores.filter(reviewer=request.user)
    asked = request.GET.get("reviewer", "")
    own = scores.filter(reviewer__login=asked) if asked else scores
    return papers.sheet_of(found, line, own.first())


@needs(*seeing.LOOKING)
def print_review(request: HttpRequest, number: str) -> HttpResponse:
    pdf, back = (reverse(name, args=[number]) for name in ("web:pdf_review", "web:review"))
    return printed(request, result_for(request, number), pdf, back)


@needs(*seeing.LOOKING)
def pdf_review(request: HttpRequest, number: str) -> HttpResponse:
    book = result_for(request, number)
    return as_pdf(register_pdf(book, at=now()), f"{papers.RESULT}-{number}.pdf")


@needs(*seeing.LOOKING)
def export_review(request: HttpRequest, number: str) -> HttpResponseBase:
    book = result_for(request, number)
    return sheets.answer(f"{papers.RESULT}-{number}", book.heads, EXCEL_WIDTHS, book.rows)


@needs(*seeing.LOOKING)
def print_review_sheet(request: HttpRequest, number: str, position: int) -> HttpResponse:
    book = sheet_for(request, number, position)
    names, more = ("web:pdf_review_sheet", "web:review_item"), request.GET.urlencode()
    pdf, back = (reverse(name, args=[number, position]) for name in names)
    return printed(request, book, f"{pdf}?{more}", back)


@needs(*seeing.LOOKING)
def pdf_review_sheet(request: HttpRequest, number: str, position: int) -> HttpResponse:
    book = sheet_for(request, number, position)
    name = f"{papers.SHEET}-{number}-{position}.pdf"
    return as_pdf(register_pdf(book, at=now()), name)


def printed(request: HttpRequest, book: Register, pdf: str, back: str) -> HttpResponse:
    foot = book.foot.splitlines()
    return show(
        request, "reviews/print.html", book.title, register=book, foot=foot, pdf=pdf, back=back
    )


@needs(Permission.RUN_REVIEWS)
def review_form(request: HttpRequest) -> HttpResponse:
    """The form in force today."""
    agency, at = request.user.agency, now()
    return show(
        request,
        "reviews/form.html",
        _("评查表"),
        form=bases.form_for(agency, in_china(at).date()),
        may_take=bases.may_run(request.user, bases.basis_for(agency, at=at)),
    )


@never_cache
@needs(Permission.RUN_REVIEWS)
def import_review_form(request: HttpRequest) -> HttpResponse:
    by = request.user

    def take_in(rows: list[Row]) -> str:
        made = form_table.take_in(rows, by=by, at=now())
        return _("评查表第 %(n)d 版已启用，共 %(lines)d 项。") % {
            "n": made.version,
            "lines": len(made.lines),
        }

    return table_import.page(
        request,
        Intake(
            title=_("导入评查表"),
            hint=_("导入后自当日起使用，各项分值合计 100 分；已经组织的评查仍按原表。"),
            kept=ROWS,
            first_head=form_table.CONTENT,
            most=form_table.MOST_ROWS,
            back=reverse("web:review_form"),
            back_title=_("评查表"),
            template_url=reverse("web:review_form_template"),
            errors_url=reverse("web:review_form_errors"),
            read=form_table.read,
            check=lambda rows: form_table.check(rows, articles_of(request)),
            take_in=take_in,
        ),
    )


def articles_of(request: HttpRequest) -> list[int]:
    return list(current.rules(request.user.agency, in_china(now()).date()).pack.articles)


@needs(Permission.RUN_REVIEWS)
def review_form_template(request: HttpRequest) -> HttpResponse:
    return sheets.file(form_table.template(), _("评查表导入模板.xlsx"))


@never_cache
@needs(Permission.RUN_REVIEWS)
def review_form_errors(request: HttpRequest) -> HttpResponse:
    """The rows last sent in, each with what is wrong with it now."""
    kept = kept_rows.kept(request, ROWS)
    if not kept:
        return redirect("web:import_review_form")
    checked = form_table.check(kept, articles_of(request))
    content = tables.with_faults(form_table.TABLE, checked)
    return sheets.file(content, _("评查表导入错误说明.xlsx"))
