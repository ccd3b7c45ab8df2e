"""Who answers for a device: its first responsible person, its keeper, whoever uses it."""

from dataclasses import dataclass

from liuhen.engines.policy.answers import Ground, Why, in_order
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import Accountability, Storage
from liuhen.engines.policy.vocabulary import Medium, Post


@dataclass(frozen=True)
class Charged:
    """Who, by post, and the article that says so."""

    post: Post
    ground: Ground


def first_responsible(rules: Rules) -> Charged | None:
    """None: the regulation names nobody first."""
    rule = rules.get(Accountability)
    if rule is None or rule.first_responsible is None:
        return None
    return charged(rule, rule.first_responsible, Why.FIRST_RESPONSIBLE)


def maintained_by(rules: Rules) -> Charged | None:
    """Who looks after a device. None: the regulation names nobody."""
    rule = rules.get(Accountability)
    if rule is None or rule.maintained_by is None:
        return None
    return charged(rule, rule.maintained_by, Why.MAINTAINED_BY)


def issued_by(rules: Rules) -> Charged | None:
    """Who registers devices and gives them out. None: the regulation names nobody."""
    rule = rules.get(Accountability)
    if rule is None or rule.issued_by is None:
        return None
    return charged(rule, rule.issued_by, Why.ISSUED_BY)


def charged(rule: Accountability, post: Post, why: Why) -> Charged:
    return Charged(post, Ground.of(rule, why, posts=str(post)))


def keeper_each(rules: Rules) -> Ground | None:
    """Why every device has one keeper of its own; None: the regulation does not ask for it.

    A person named to look after each device (专人维护, 专人管理) is such a keeper, too.
    """
    rule = rules.get(Accountability)
    if rule is None or not (rule.keeper_per_device or rule.maintained_by == Post.KEEPER):
        return None
    return Ground.of(rule, Why.KEEPER_EACH)


def user_answers(rules: Rules) -> Ground | None:
    """Why whoever has a device answers for it; None: the regulation does not say so."""
    rule = rules.get(Accountability)
    if rule is None or not rule.user_answers:
        return None
    return Ground.of(rule, Why.USER_ANSWERS)


EQUIPMENT = (Medium.DEDICATED_PC, Medium.MOBILE_DISK, Medium.STATION)
"""What is bought and stands somewhere; a database or a disc is no device."""


def collection_media(rules: Rules) -> Ground | None:
    """What recordings are collected with; None: the regulation names no equipment for it."""
    rule = rules.get(Storage)
    named = [medium for medium in rule.media if medium in EQUIPMENT] if rule else []
    if rule is None or not named:
        return None
    return Ground.of(rule, Why.COLLECTION_MEDIA, media=in_order(named))
