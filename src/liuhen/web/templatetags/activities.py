"""States of activities, verdicts, and what speaks for a proposal."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liuhen.cases.matching import Proposal
from liuhen.cases.models import Activity, Aside
from liuhen.web import activities_text as text

register = template.Library()
register.filter(text.matter_of)
register.filter(text.names_of)
register.filter(text.rights_of)
register.filter(text.triggers_of)
register.filter(text.brief)


@register.simple_tag
def activity_badge(activity: Activity) -> SafeString:
    colour, said = text.state_text(activity)
    return format_html('<span class="badge bg-{}-lt">{}</span>', colour, said)


@register.simple_tag
def verdict_badge(activity: Activity) -> SafeString:
    colour = text.VERDICT_COLOURS.get(activity.verdict, "secondary")
    said = activity.get_verdict_display()
    return format_html('<span class="badge bg-{}-lt">{}</span>', colour, said)


@register.simple_tag
def aside_badge(aside: Aside) -> SafeString:
    colour = text.ASIDE_COLOURS.get(Aside.Why(aside.why), "secondary")
    return format_html('<span class="badge bg-{}-lt">{}</span>', colour, aside.get_why_display())


@register.filter
def reasons(proposal: Proposal) -> str:
    return text.reasons_text(proposal.reasons)
