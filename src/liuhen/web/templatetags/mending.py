"""Numbers and states of repairs and compensations."""

from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from liuhen.devices.models import LossReport
from liuhen.web import mending_text

register = template.Library()
register.filter(mending_text.ticket_no)
register.filter(mending_text.case_no)
register.filter(mending_text.handed_in)


@register.filter
def yuan(amount: Decimal | None) -> str:
    """1,800.00; unknown stays unknown."""
    return "—" if amount is None else f"{amount:,.2f}"


@register.simple_tag
def mending_badge(row: Any) -> SafeString:
    """The state of a ticket or a case in its colour; whether a loss is found."""
    if isinstance(row, LossReport):
        colour, said = ("green", _("已找回")) if row.found_at else ("red", _("未找回"))
        return format_html('<span class="badge bg-{0}-lt">{1}</span>', colour, said)
    colour = {**mending_text.TICKET_COLOURS, **mending_text.CASE_COLOURS}[row.state]
    return format_html('<span class="badge bg-{0}-lt">{1}</span>', colour, row.get_state_display())
