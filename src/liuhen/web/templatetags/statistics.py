"""A table of figures."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liuhen.web.statistics_text import Cell

register = template.Library()
PLAIN = '<td class="text-end"><span class="text-secondary">{}</span></td>'
LEADING_ON = '<td class="text-end"><a href="{}">{}</a></td>'
BAD = '<td class="text-end"><a href="{}" class="text-red">{}</a></td>'


@register.simple_tag
def figures(cells: Iterable[Cell]) -> SafeString:
    """A line's cells, each leading to its list. Hundreds stand on a page, where each step of a
    template would be felt."""
    return SafeString("".join(told(one) for one in cells))


def told(cell: Cell) -> SafeString:
    if not cell.url:
        return format_html(PLAIN, cell.text)
    return format_html(BAD if cell.is_bad else LEADING_ON, cell.url, cell.text)
