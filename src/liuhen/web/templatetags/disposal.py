"""How appraisals and lines of a register read on a screen."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liuhen.kernel.clock import in_china
from liuhen.recordings.models import Recording
from liuhen.retention.disposal_lines import title_of
from liuhen.retention.models import Appraisal, DisposalItem
from liuhen.web import disposal_text

register = template.Library()


@register.filter
def title(recording: Recording) -> str:
    """As it would stand on a register."""
    return title_of(recording)


@register.filter
def due_day(recording: Recording) -> date | None:
    """The day its term is over, as last computed; None: it has no end."""
    term = getattr(recording, "term", None)
    return in_china(term.until).date() if term and term.until else None


@register.filter
def word_text(word: Appraisal) -> str:
    return disposal_text.word_text(word)


@register.simple_tag
def item_badge(item: DisposalItem) -> SafeString:
    colour = disposal_text.ITEM_COLOURS.get(item.state, "secondary")
    return format_html('<span class="badge bg-{}-lt">{}</span>', colour, item.get_state_display())
