from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from liuhen.access.models import Extraction, ExtractionItem, ExtractionState
from liuhen.access.package_files import clock

register = template.Library()
COLOURS = {
    ExtractionState.CUTTING: "blue",
    ExtractionState.READY: "green",
    ExtractionState.FAILED: "red",
}


@register.simple_tag
def extraction_badge(row: Extraction) -> SafeString:
    colour = COLOURS[ExtractionState(row.state)]
    return format_html('<span class="badge bg-{}-lt">{}</span>', colour, row.get_state_display())


@register.filter
def held(item: ExtractionItem) -> str:
    """The stretch an excerpt holds; before it is cut, the one asked for."""
    if item.held_from is not None and item.held_until is not None:
        return f"{clock(item.held_from)} – {clock(item.held_until)}"
    if item.asked_from is None or item.asked_until is None:
        return ""
    asked = f"{clock(item.asked_from)} – {clock(item.asked_until)}"
    return _("%(stretch)s（所选）") % {"stretch": asked}
