"""What is drawn and answered, as templates show it."""

from collections.abc import Mapping
from typing import Any

from django import template

from liuhen.supervision.models import Answer
from liuhen.web import spot_text as text

register = template.Library()
register.filter("item_no", text.item_no)
register.filter("item_title", text.item_title)
register.filter("item_when", text.item_when)


@register.filter
def said_to(answers: Mapping[str, Any], code: str) -> Any:
    """What stands there by this question; "" where nothing does, and nothing is made."""
    return answers.get(code, "")


@register.filter
def answer_label(said: str) -> str:
    return str(Answer(said).label)


@register.filter
def answer_colour(said: str) -> str:
    return text.ANSWER_COLOURS[said]
