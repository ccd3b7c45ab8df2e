"""Do reviews stand as the log has them: their form, their sheets, their results?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from liuhen.custody import proofs
from liuhen.custody.deviations import Deviation
from liuhen.custody.kinds import Kind
from liuhen.supervision.models import Review, ReviewItem, ReviewReplacement, ReviewScore
from liuhen.supervision.reviews import opening, steps

Swap = tuple[str, str, str, list[int]]
"""Former, successor, reason, what was scored in the place before."""


def audit() -> Iterator[Deviation]:
    reviews = Review.objects.order_by("pk").prefetch_related("reviewers")
    rows = {steps.subject_of(one): one for one in reviews}
    unseen, replaced = set(rows), replacements()
    for event in proofs.events_of_kind(Kind.REVIEW_OPENED):
        unseen.discard(event.subject)
        if event.subject not in rows:
            yield Deviation("review.row_missing", event.subject, f"event {event.index}")
            continue
        said, there = proofs.facts_of(event), opening.opened_facts(rows[event.subject])
        said["reviewers"] = in_places(said["reviewers"], replaced[event.subject])
        for name in sorted(there):
            if said[name] != there[name]:
                told = f"{name}: opened with {said[name]}, now {there[name]}"
                yield Deviation("review.row_changed", event.subject, told)
    for subject in sorted(unseen):
        yield Deviation("review.never_opened", subject, "no event opens it")
    yield from audit_replacements(replaced)
    yield from audit_sheets()
    yield from audit_results(rows)


def replacements() -> dict[str, list[Swap]]:
    """What the log says of who took whose place, by the review's subject."""
    found: dict[str, list[Swap]] = defaultdict(list)
    for event in proofs.events_of_kind(Kind.REVIEW_REVIEWER_REPLACED):
        facts = proofs.facts_of(event)
        found[event.subject].append(
            (facts["former"], facts["successor"], facts["reason"], facts["done"])
        )
    return found


def in_places(reviewers: Iterable[str], replaced: Iterable[Swap]) -> list[str]:
    """The reviewers it was opened with, after each replacement."""
    now = set(reviewers)
    for former, successor, _reason, _done in replaced:
        now = (now - {former}) | {successor}
    return sorted(now)


def audit_replacements(said: dict[str, list[Swap]]) -> Iterator[Deviation]:
    """Who scores what rests on these rows: each as the log has it, in its order."""
    there: dict[str, list[Swap]] = defaultdict(list)
    beside = ("review", "former", "successor")
    for one in ReviewReplacement.objects.select_related(*beside).order_by("pk"):
        swap = (one.former.login, one.successor.login, one.reason, one.done)
        there[steps.subject_of(one.review)].append(swap)
    for subject in sorted(said.keys() | there.keys()):
        if said.get(subject, []) != there.get(subject, []):
            told = "who took whose place is not as the log says"
            yield Deviation("review.replacement_changed", subject, told)


def audit_sheets() -> Iterator[Deviation]:
    """What stands is what was filled in last, and nothing stands that was not filled in."""
    said: dict[tuple[str, int, str], list[Any]] = {}
    for event in proofs.events_of_kind(Kind.REVIEW_SCORED):
        facts = proofs.facts_of(event)
        sheet = [facts[name] for name in ("lost", "out", "note", "total")]
        said[event.subject, facts["position"], event.actor] = sheet
    there = {
        (f"review:{one.item.review.number}", one.item.position, one.reviewer.login): [
            one.lost, one.out, one.note, one.total,
        ]
        for one in ReviewScore.objects.select_related("item__review", "reviewer")
    }  # fmt: skip
    for key in sorted(said.keys() | there.keys()):
        if said.get(key) != there.get(key):
            told = f"{key[1]} {key[2]}: filled in {said.get(key)}, now {there.get(key)}"
            yield Deviation("review.sheet_changed", key[0], told)


def audit_results(rows: Iterable[str]) -> Iterator[Deviation]:
    """Points as announced, or as an objection that was answered left them."""
    said: dict[str, dict[int, tuple[str, bool]]] = {}
    for event in proofs.events_of_kind(Kind.REVIEW_ANNOUNCED):
        scores = proofs.facts_of(event)["scores"]
        said[event.subject] = {n: (score, is_out) for n, score, is_out in scores}
    for event in proofs.events_of_kind(Kind.REVIEW_OBJECTION_DECIDED):
        facts = proofs.facts_of(event)
        said[event.subject][facts["position"]] = (facts["score"], facts["is_out"])
    found: dict[str, dict[int, tuple[str, bool]]] = defaultdict(dict)
    scored = ReviewItem.objects.exclude(score=None).order_by("review", "position")
    beside = ("review__number", "position", "score", "is_out")
    for number, position, score, is_out in scored.values_list(*beside):
        found[f"review:{number}"][position] = (str(score), is_out)
    for subject in rows:
        if found.get(subject, {}) != said.get(subject, {}):
            told = "the points are not those announced"
            yield Deviation("review.result_changed", subject, told)
