"""The papers about devices as PDF: ledger, checks, assets, budget, repair and compensation."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from liuhen.devices import budget_queries, compensating, ledger, queries
from liuhen.devices.mending_queries import case_for, ticket_for
from liuhen.engines.paper.pdf import slip_pdf
from liuhen.engines.paper.registers import Register, register_pdf
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission
from liuhen.web import device_papers, sheets
from liuhen.web.doors import needs, signed_in
from liuhen.web.forms.devices import DeviceFilterForm
from liuhen.web.forms.ledger import LedgerForm
from liuhen.web.ledger_text import lines_of
from liuhen.web.mending_text import case_no, ticket_no
from liuhen.web.pages import as_pdf
from liuhen.web.views.checkouts import rows_of
from liuhen.web.views.devices import SEEING_DEVICES

MOST = ledger.MOST_PRINTED
T = TypeVar("T", bound=Model)


def all_of(rows: QuerySet[T]) -> Sequence[T]:
    """A paper that left some out would pass for all of them. Refuses: TooManyToExport."""
    found = list(rows[: MOST + 1])
    if len(found) > MOST:
        raise sheets.TooManyToExport(most=MOST)
    return found


def answered(register: Register) -> HttpResponse:
    name = f"{register.title}-{in_china(now()):%Y%m%d}.pdf"
    return as_pdf(register_pdf(register, at=now()), name)


@signed_in
def pdf_ledger(request: HttpRequest) -> HttpResponse:
    form = LedgerForm(request.user, request.GET)
    rows = all_of(rows_of(request, form).order_by("handed_at", "pk"))
    span = span_of(form.filters())
    agency = request.user.agency
    return answered(device_papers.ledger_register(lines_of(rows), agency, span, now()))


def span_of(filters: ledger.Filters) -> str:
    return f"领用日期：{filters.since or '开始使用'} 至 {filters.until or in_china(now()).date()}"


@needs(*SEEING_DEVICES)
def pdf_checks(request: HttpRequest) -> HttpResponse:
    """Of the devices one may see; by the day of the check, as the ledger's filter bar says."""
    filters = LedgerForm(request.user, request.GET).filters()
    rows = filters.checks(queries.checks_visible_to(request.user)).order_by("checked_at", "pk")
    span = span_of(filters).replace("领用", "检查")
    agency = request.user.agency
    return answered(device_papers.check_register(all_of(rows), agency, span, now()))


@needs(*SEEING_DEVICES)
def pdf_assets(request: HttpRequest) -> HttpResponse:
    form = DeviceFilterForm(request.user, request.GET)
    found = queries.for_list(form.filters().apply(queries.visible_to(request.user)))
    rows = all_of(found.select_related("unit", "keeper", "asset"))
    return answered(device_papers.asset_register(rows, request.user.agency, now()))


@needs(Permission.SEE_DEVICES)
def pdf_budget(request: HttpRequest, year: int) -> HttpResponse:
    told = budget_queries.year_told(request.user.agency, year)
    return answered(device_papers.budget_register(told, request.user.agency, now()))


@signed_in
def pdf_repair(request: HttpRequest, pk: int) -> HttpResponse:
    ticket = ticket_for(pk, request.user)
    slip = device_papers.repair_slip(ticket, request.user.agency)
    return as_pdf(slip_pdf(slip, at=now()), f"{slip.title}-{ticket_no(ticket)}.pdf")


@signed_in
def pdf_compensation(request: HttpRequest, pk: int) -> HttpResponse:
    case = case_for(pk, request.user)
    price = compensating.full_price(case)
    slip = device_papers.compensation_slip(case, request.user.agency, price)
    return as_pdf(slip_pdf(slip, at=now()), f"{slip.title}-{case_no(case)}.pdf")
