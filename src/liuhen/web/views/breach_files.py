"""Leads and decisions as files: what the filter bar shows, all of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.engines.paper.registers import register_pdf
from liuhen.kernel.clock import in_china, now
from liuhen.supervision.breaches import seeing
from liuhen.supervision.breaches.seeing import WORKING
from liuhen.web import sheets
from liuhen.web.breach_slips import EXCEL_WIDTHS, HEADS, TITLE, line_of, register_of
from liuhen.web.breach_text import Told, of_tab
from liuhen.web.doors import needs
from liuhen.web.forms.breaches import BreachFilterForm
from liuhen.web.holds_text import minute
from liuhen.web.pages import as_pdf
from liuhen.web.views.breaches import decision_rows, tab_of
from liuhen.web.views.keeping_files import stamp

MOST_PRINTED = 1000
"""Lines of one printed register; a longer one is printed in parts."""


@needs(*WORKING)
def export_leads(request: HttpRequest) -> HttpResponse:
    """Refuses: TooManyToExport."""
    form = BreachFilterForm(request.user, request.GET)
    rows = form.filters().apply(of_tab(seeing.visible_to(request.user), tab_of(request)))
    rows = rows.select_related("officer", "unit").order_by("-found_at", "-pk")
    heads = (
        _("编号"), _("来源"), _("内容"), _("发生时间"), _("涉及人员"), _("科室"), _("可能属于"),
        _("状态"), _("发现时间"),
    )  # fmt: skip
    widths = (18, 20, 60, 18, 12, 18, 40, 14, 18)
    told = map(lead_line, sheets.whole(rows))
    return sheets.answer(_("违规线索登记表") + stamp(), heads, widths, told)


def lead_line(breach: Any) -> list[Any]:
    told = Told(breach)
    return [
        breach.number,
        breach.get_source_display(),
        breach.text,
        minute(breach.happened_at),
        told.whose,
        str(breach.unit or ""),
        told.item,
        breach.get_state_display(),
        minute(breach.found_at),
    ]


@needs(*WORKING)
def export_decisions(request: HttpRequest) -> HttpResponse:
    """Refuses: TooManyToExport."""
    form = BreachFilterForm(request.user, request.GET)
    rows = sheets.whole(decision_rows(request, form).order_by("decided_at", "pk"))
    return sheets.answer(TITLE + stamp(), HEADS[1:], EXCEL_WIDTHS, map(line_of, rows))


@needs(*WORKING)
def pdf_decisions(request: HttpRequest) -> HttpResponse:
    """A file that left some out would pass for all of them. Refuses: TooManyToExport."""
    form, at = BreachFilterForm(request.user, request.GET), now()
    rows = list(decision_rows(request, form).order_by("decided_at", "pk")[: MOST_PRINTED + 1])
    if len(rows) > MOST_PRINTED:
        raise sheets.TooManyToExport(most=MOST_PRINTED)
    book = register_of(rows, request.user.agency, at=at)
    return as_pdf(register_pdf(book, at=at), f"{TITLE}-{in_china(at):%Y%m%d}.pdf")
