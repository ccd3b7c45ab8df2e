"""Articles as a regulation counts them, fields by their widget, a simulation's results in words."""

from typing import Any

from django import forms, template
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.duties.simulating import Move, Simulation
from liuhen.engines.policy.answers import Ground
from liuhen.engines.policy.approvals import ChainAnswer
from liuhen.engines.policy.oversight import Recurring
from liuhen.engines.policy.terms import Keeping
from liuhen.engines.policy.vocabulary import RequestKind
from liuhen.regulations import wording
from liuhen.regulations.wording import label, parameter_label
from liuhen.web.rules_text import article_number, article_title

register = template.Library()
register.filter(article_number)

MOVES = {
    Move.LATER: gettext_lazy("保存期限延长"),
    Move.EARLIER: gettext_lazy("保存期限缩短"),
    Move.NO_LONGER_EXPIRES: gettext_lazy("改为不自动到期"),
    Move.NOW_EXPIRES: gettext_lazy("改为到期后鉴定"),
    Move.OTHER: gettext_lazy("仍不自动到期，但依据不同"),
}


@register.filter
def article(number: int) -> str:
    """第二十条."""
    return article_title(number)


@register.filter
def is_switch(field: Any) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_boxes(field: Any) -> bool:
    return isinstance(field.field.widget, forms.CheckboxSelectMultiple)


@register.filter
def is_long(field: Any) -> bool:
    return isinstance(field.field.widget, forms.Textarea)


@register.filter
def moves(result: Simulation) -> list[tuple[Promise, int]]:
    """How many keep-untils move which way, in one order always."""
    return [(said, result.moved[move]) for move, said in MOVES.items() if result.moved[move]]


@register.filter
def until(keeping: Keeping | None) -> str:
    if keeping is None or (keeping.until is None and not keeping.waits_for_case_file):
        return _("不自动到期")
    return f"{keeping.until:%Y-%m-%d}" if keeping.until else _("与案卷同期")


@register.filter
def in_words(kind: RequestKind) -> Promise:
    return label(kind)


@register.filter
def chain(answer: ChainAnswer | None) -> str:
    """Who decides, one after the other."""
    if answer is None:
        return _("制度未作规定")
    steps = [_("或者").join(str(label(post)) for post in step.posts) for step in answer.steps]
    return _("、再由").join(steps) if steps else _("无须审批")


@register.filter
def parameter(name: str) -> Promise:
    return parameter_label(name)


@register.filter
def recurring(task: Recurring | None) -> str:
    """How often, and by whom."""
    if task is None:
        return _("制度未作规定")
    rhythm = str(label(task.rhythm)) if task.rhythm else _("周期由本单位设定")
    posts = _("、").join(str(label(post)) for post in task.posts)
    return _("%(rhythm)s，%(posts)s") % {"rhythm": rhythm, "posts": posts}


@register.filter
def why(ground: Ground) -> str:
    return wording.text_of(ground)
