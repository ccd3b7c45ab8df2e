"""Numbers and states of discs."""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liuhen.kernel.clock import in_china
from liuhen.retention.disc_identity import copy_name, disc_no
from liuhen.retention.models import Disc, DiscState
from liuhen.web.discs_text import COLOURS, fault_text, result_of

register = template.Library()
register.filter(disc_no)
register.filter(copy_name)
register.filter(fault_text)
register.filter(result_of)


@register.simple_tag
def disc_badge(disc: Disc) -> SafeString:
    colour = COLOURS[DiscState(disc.state)]
    said = disc.get_state_display()
    return format_html('<span class="badge bg-{}-lt">{}</span>', colour, said)


@register.filter
def last_day(due_at: datetime) -> str:
    """Of a time at midnight the day before."""
    return f"{in_china(due_at).date().fromordinal(in_china(due_at).date().toordinal() - 1)}"
