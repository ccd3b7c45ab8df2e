"""The articles a refusal rests on, by the regulation of the bureau that reads it."""

from typing import Any

from liuhen.engines.policy.vocabulary import Topic
from liuhen.kernel.clock import in_china, now
from liuhen.kernel.refusal import Refusal
from liuhen.regulations import current
from liuhen.web.rules_text import article_number


def articles_of(refusal: Refusal, user: Any) -> list[int]:
    """The article it names, else those that govern its topic; none for a visitor."""
    if (number := article_number(refusal.article)) is not None:
        return [number]
    if refusal.topic is None or not user.is_authenticated:
        return []
    rules = current.rules_if_any(user.agency, in_china(now()).date())
    if rules is None:
        return []
    topic = Topic(refusal.topic)
    return [no for no, article in rules.pack.articles.items() if topic in article.governs]
