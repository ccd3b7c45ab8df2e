from datetime import datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liuhen.cases import case_terms, identity
from liuhen.cases.dossier import Sort
from liuhen.cases.models import Activity, Case, Party, PartyTwin
from liuhen.kernel.clock import in_china
from liuhen.web.cases_text import SORTS, VERDICTS, number_shown

register = template.Library()


@register.filter
def masked_number(party: Party) -> str:
    return number_shown(party)


@register.filter
def masked(text: str) -> str:
    """A telephone number, the middle hidden."""
    return identity.hidden(text) if text else "—"


@register.filter
def masked_only(party: Party) -> str:
    return identity.masked(party.id_kind, party.id_no) or "—"


@register.filter
def has_hidden(party: Party) -> bool:
    """Whether anything of it is shown in part only."""
    return masked_only(party) != (party.id_no or "—") or bool(party.phone)


@register.filter
def both(twin: PartyTwin) -> tuple[Party, Party]:
    return twin.one, twin.other


@register.filter
def hour(at: datetime) -> str:
    return f"{in_china(at):%H:%M}"


@register.filter
def term(case: Case) -> str:
    return case_terms.told(case.term) or "—"


@register.filter
def activity_path(activity: Activity) -> str:
    return reverse("web:activity", args=[activity.number])


@register.filter
def sort_word(sort: Sort) -> str:
    return str(SORTS[sort][0])


@register.filter
def sort_icon(sort: Sort) -> str:
    return SORTS[sort][1]


@register.filter
def sort_colour(sort: Sort) -> str:
    return SORTS[sort][2]


@register.simple_tag
def case_badge(case: Case) -> SafeString:
    from django.utils.translation import gettext as _

    colour, said = ("green", _("已结案")) if case.closed_date else ("azure", _("办理中"))
    return format_html('<span class="badge bg-{}-lt">{}</span>', colour, said)


@register.simple_tag
def verdict_badge(activity: Any) -> SafeString:
    colour = VERDICTS.get(activity.verdict, "secondary")
    said = activity.get_verdict_display()
    return format_html('<span class="badge bg-{}-lt">{}</span>', colour, said)
