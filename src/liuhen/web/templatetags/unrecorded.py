"""Numbers, states and gaps of what was not recorded."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from liuhen.cases.interruptions import stretch_text
from liuhen.cases.models import PaperState, StopReport
from liuhen.web import unrecorded_text as text

register = template.Library()
register.filter(text.paper_no)
register.filter(text.party_of)
register.filter(stretch_text)


@register.filter
def waited(since: Any, at: Any) -> str:
    return text.waited(since, at)


@register.simple_tag
def paper_badge(row: Any) -> SafeString:
    """The state in its colour; of a stop report whether it was read and stated in writing."""
    if isinstance(row, StopReport):
        colour, said = stop_state(row)
    else:
        colour, said = text.COLOURS[PaperState(row.state)], row.get_state_display()
    return format_html('<span class="badge bg-{}-lt">{}</span>', colour, said)


def stop_state(row: StopReport) -> tuple[str, str]:
    if row.seen_at is None:
        return "red", _("待阅知")
    if row.needs_statement and row.stated_at is None:
        return "orange", _("待提交书面说明")
    return "green", _("已办结")
