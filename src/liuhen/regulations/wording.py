"""Answers and values of the rule engine in the officers' words."""

from collections.abc import Callable
from enum import StrEnum

from django.utils.translation import gettext as _

from liuhen.engines.policy import vocabulary as v
from liuhen.engines.policy.answers import Ground
from liuhen.engines.policy.periods import Period
from liuhen.regulations.sentences import SENTENCES
from liuhen.regulations.value_text import describe_value
from liuhen.regulations.words import label, parameter_label, period_text, together

__all__ = ["describe_value", "label", "parameter_label", "period_text", "text_of"]


def text_of(ground: Ground) -> str:
    """Why, as one sentence in the reader's language. Its article is shown beside it."""
    facts = {name: in_words(name, fact) for name, fact in ground.facts.items()}
    return str(SENTENCES[ground.code]).format(**facts)


def labels(kind: type[StrEnum], codes: str) -> str:
    """Several codes of one list, joined with commas in a fact."""
    return together(str(label(kind(code))) for code in codes.split(","))


def steps_text(steps: str) -> str:
    """`office_head,leader/bureau_head`: one after the other, any of several."""
    return " → ".join(
        _("或者").join(str(label(v.Post(post))) for post in step.split("/"))
        for step in steps.split(",")
    )


KINDS: dict[str, type[StrEnum]] = {
    "clock": v.Clock,
    "excuses": v.Excuse,
    "triggers": v.Trigger,
    "matter": v.Matter,
    "rights": v.Right,
    "start": v.Moment,
    "end": v.Moment,
    "cause": v.Cause,
    "posts": v.Post,
    "fields": v.Field,
    "kind": v.RequestKind,
    "rhythm": v.Rhythm,
    "media": v.Medium,
}
OTHERS: dict[str, Callable[[str], str]] = {
    "period": lambda text: period_text(Period.parse(text)),
    "steps": steps_text,
}


def in_words(name: str, fact: str | int) -> str | int:
    """A fact of a ground: a number and a pack's own text stay, codes become words."""
    if isinstance(fact, int):
        return fact
    if name in KINDS:
        return labels(KINDS[name], fact)
    return OTHERS.get(name, str)(fact)
