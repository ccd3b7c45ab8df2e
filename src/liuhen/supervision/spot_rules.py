"""What the bureau's regulation says of spot checks on a day, and what holds where it is silent.

The regulations speak of sampling by a ratio without naming it, or only of inspection. Who inspects,
reviews or plays back by the regulation may then check by sample; where no post is named, the legal
office and supervision. A ratio is never made up here: it is the rule's, or somebody's with reason.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy import oversight
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.vocabulary import Post, Topic
from liuhen.kernel.clock import in_china
from liuhen.people.models import Agency, Officer
from liuhen.regulations import current, posts
from liuhen.regulations.wording import label
from liuhen.supervision import spot_errors as errors

LOOKING = (Post.OFFICE_HEAD, Post.LEGAL_OFFICE, Post.SUPERVISION)
"""Of the posts that inspect those that may see recordings of the whole bureau."""

SILENT = (Post.LEGAL_OFFICE, Post.SUPERVISION)

USUAL = (
    ("recorded", _("规定事项是否都已记录")),
    ("no_gap", _("执法全过程是否没有间断")),
    ("handled", _("资料移交、管理和使用是否合规")),
)
"""Asked where the regulation names no questions of its own."""

BY_TOPIC = (
    (Topic.PICTURE, "angle", _("画面角度是否恰当，记录是否完整清晰")),
    (Topic.CONDUCT, "conduct", _("仪容、用语和执法行为是否规范")),
)
"""Asked as well, with the article that governs it: only looking tells."""


@dataclass(frozen=True)
class Question:
    code: str
    text: str
    article: int | None


@dataclass(frozen=True)
class Basis:
    """`percent` None: the regulation names no ratio. `article` None: nor anything of this kind."""

    posts: tuple[Post, ...]
    percent: int | None
    questions: tuple[Question, ...]
    pack_id: str
    article: int | None


def basis_for(agency: Agency, *, at: datetime) -> Basis:
    """By the rules of that day."""
    rules = current.rules_if_any(agency, in_china(at).date())
    if rules is None or rules.is_before_adoption:
        return Basis(SILENT, None, usual(None), "", None)
    said = oversight.sampling(rules)
    if said is None:
        named, article = inspecting(rules)
        return Basis(named, None, questions_of(rules, usual(article)), rules.pack.pack_id, article)
    article = said.grounds[0].article
    own = tuple(Question(one.code, one.text, article) for one in said.questions)
    return Basis(said.posts, said.percent, questions_of(rules, own), rules.pack.pack_id, article)


def usual(article: int | None) -> tuple[Question, ...]:
    with translation.override("zh-hans"):
        return tuple(Question(code, str(text), article) for code, text in USUAL)


def questions_of(rules: Rules, own: tuple[Question, ...]) -> tuple[Question, ...]:
    """The regulation's own, and what its articles on picture and conduct leave to be looked at."""
    known = {one.code for one in own}
    more = []
    for topic, code, text in BY_TOPIC:
        article = next((no for no, a in rules.pack.articles.items() if topic in a.governs), None)
        if article is not None and code not in known:
            with translation.override("zh-hans"):
                more.append(Question(code, str(text), article))
    return (*own, *more)


def inspecting(rules: Rules) -> tuple[tuple[Post, ...], int | None]:
    """Who inspects, reviews or plays back by the regulation, and by which article."""
    for task in rules.cadences().values():
        if named := tuple(post for post in task.posts if post in LOOKING):
            return named, task.article
    return SILENT, None


def checkers(agency: Agency, basis: Basis) -> list[Officer]:
    """Who may announce, check and close: whoever holds one of the posts, by name."""
    return posts.holders_of_any(agency, basis.posts)


def may_check(officer: Officer, basis: Basis) -> bool:
    return posts.holds_any(officer, basis.posts)


def check_may(officer: Officer, basis: Basis) -> None:
    """Refuses: NotAChecker."""
    if not may_check(officer, basis):
        raise errors.NotAChecker(basis.article, who=officer.name, posts=posts_text(basis))


def posts_text(basis: Basis) -> str:
    return "、".join(str(label(post)) for post in basis.posts)


def as_json(questions: tuple[Question, ...]) -> list[dict[str, Any]]:
    return [{"code": q.code, "text": q.text, "article": q.article} for q in questions]


def from_json(kept: list[dict[str, Any]]) -> tuple[Question, ...]:
    return tuple(Question(q["code"], q["text"], q["article"]) for q in kept)
