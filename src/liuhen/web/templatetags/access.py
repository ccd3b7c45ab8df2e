"""Requests, grants, looks and stand-ins on a screen."""

from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from liuhen.access.models import Grant, Request
from liuhen.engines.policy.vocabulary import Post
from liuhen.people.models import StandIn
from liuhen.regulations.wording import label
from liuhen.web import access_words as words
from liuhen.web.duties_text import due_words

register = template.Library()
register.filter(words.kind_title)
register.filter(words.masked)
register.filter(words.viewer_text)
register.filter(words.length_text)
register.filter(words.ground_text)
register.filter(words.what_text)
register.filter("end_text", due_words)

BADGE = '<span class="badge bg-{}-lt">{}</span>'


@register.simple_tag
def request_badge(row: Request) -> SafeString:
    return format_html(BADGE, words.STATE_COLOURS[row.state], row.get_state_display())


@register.simple_tag
def grant_badge(grant: Grant, at: datetime) -> SafeString:
    if grant.revoked_at:
        return format_html(BADGE, "red", _("已收回"))
    if grant.until <= at:
        return format_html(BADGE, "secondary", _("已到期"))
    return format_html(BADGE, "green", _("有效"))


@register.filter
def holds(grant: Grant, at: datetime) -> bool:
    return grant.revoked_at is None and grant.until > at


@register.filter
def stood_in_for(row: StandIn) -> str:
    """The person, or the post."""
    return row.for_officer.name if row.for_officer else str(label(Post(row.for_post)))


@register.simple_tag
def stand_in_badge(row: StandIn, today: date) -> SafeString:
    if row.ended_at:
        return format_html(BADGE, "secondary", _("已提前结束"))
    if today < row.from_date:
        return format_html(BADGE, "azure", _("未开始"))
    if today > row.until_date:
        return format_html(BADGE, "secondary", _("已到期"))
    return format_html(BADGE, "green", _("代理中"))
