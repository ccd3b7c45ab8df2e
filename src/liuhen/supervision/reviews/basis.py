"""Who reviews by the bureau's regulation, and by which form."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from liuhen.engines.policy.vocabulary import Post
from liuhen.kernel.clock import in_china
from liuhen.packs import review_forms
from liuhen.people.models import Agency, Officer
from liuhen.regulations import current, posts
from liuhen.regulations.wording import label
from liuhen.supervision.models import Review, ReviewForm
from liuhen.supervision.reviews import errors

SILENT = (Post.LEGAL_OFFICE, Post.SUPERVISION)
"""Who reviews where the regulation names nobody."""

LOOKING = (Post.OFFICE_HEAD, Post.LEGAL_OFFICE, Post.SUPERVISION)
LEADING = (Post.LEADER, Post.BUREAU_HEAD)
"""They may have a review made, and answer objections; whoever leads."""


@dataclass(frozen=True)
class Basis:
    """`article` None: no regulation asks for a review."""

    posts: tuple[Post, ...]
    pack_id: str
    article: int | None


def basis_for(agency: Agency, *, at: datetime) -> Basis:
    """The article on reviews; else on what is looked at again and again, as far as its posts see
    the whole bureau."""
    rules = current.rules_if_any(agency, in_china(at).date())
    if rules is None or rules.is_before_adoption:
        return Basis(SILENT, "", None)
    tasks = rules.cadences()
    for name in ("review", "playback", "inspection"):
        if name in tasks:
            named = tuple(post for post in tasks[name].posts if post in LOOKING)
            if named:
                return Basis(named, rules.pack.pack_id, tasks[name].article)
    return Basis(SILENT, rules.pack.pack_id, None)


def reviewers(agency: Agency, basis: Basis) -> list[Officer]:
    """Who may score: whoever holds one of the posts, by name."""
    return posts.holders_of_any(agency, basis.posts)


def may_run(officer: Officer, basis: Basis) -> bool:
    """Open, announce, close, answer objections."""
    return posts.holds_any(officer, (*basis.posts, *LEADING))


def check_runs(officer: Officer, basis: Basis) -> None:
    """Refuses: NotAReviewer."""
    if not may_run(officer, basis):
        raise errors.NotAReviewer(basis.article, who=officer.name, posts=posts_text(basis))


def check_runs_review(review: Review, officer: Officer, *, at: datetime) -> None:
    """Refuses: NoSuchReview, NotAReviewer."""
    if review.agency_id != officer.agency_id:
        raise errors.NoSuchReview(number=review.number)
    check_runs(officer, basis_for(officer.agency, at=at))


def check_may_score(chosen: Iterable[Officer], agency: Agency, basis: Basis) -> None:
    """Whether each may be a reviewer here. Refuses: NotAReviewer."""
    for one in chosen:
        if one.agency_id != agency.pk or not posts.holds_any(one, basis.posts):
            raise errors.NotAReviewer(basis.article, who=one.name, posts=posts_text(basis))


def posts_text(basis: Basis) -> str:
    return "、".join(str(label(post)) for post in basis.posts)


@dataclass(frozen=True)
class FormInForce:
    """`version` 0: the one offered with the regulation. `lines` as `packs.review_forms.FormLine`,
    as JSON."""

    version: int
    title: str
    lines: list[dict[str, Any]]
    good: int
    pass_from: int


def form_for(agency: Agency, day: date) -> FormInForce:
    """The bureau's own in force that day, else the one offered. Refuses: NoRegulation."""
    own = ReviewForm.objects.filter(agency=agency, from_date__lte=day)
    row = own.order_by("-from_date", "-version").first()
    if row is not None:
        return FormInForce(row.version, row.title, row.lines, row.good, row.pass_from)
    offered = review_forms.offered(current.rules(agency, day).pack.pack_id)
    lines = [line.model_dump() for line in offered.lines]
    return FormInForce(0, offered.title, lines, offered.good, offered.pass_from)
