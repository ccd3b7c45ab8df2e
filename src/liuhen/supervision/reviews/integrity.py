"""Do reviews stand as the log has them: their form, their sheets, their results?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from liuhen.custody import proofs
from liuhen.custody.deviations import Deviation
from liuhen.custody.kinds import Kind
from liuhen.supervision.models import Review, ReviewItem, ReviewScore
from liuhen.supervision.reviews import opening, steps


def audit() -> Iterator[Deviation]:
    reviews = Review.objects.order_by("pk").prefetch_related("reviewers")
    rows = {steps.subject_of(one): one for one in reviews}
    unseen = set(rows)
    for event in proofs.events_of_kind(Kind.REVIEW_OPENED):
        unseen.discard(event.subject)
        if event.subject not in rows:
            yield Deviation("review.row_missing", event.subject, f"event {event.index}")
            continue
        said, there = proofs.facts_of(event), opening.opened_facts(rows[event.subject])
        for name in sorted(there):
            if said[name] != there[name]:
                told = f"{name}: opened with {said[name]}, now {there[name]}"
                yield Deviation("review.row_changed", event.subject, told)
    for subject in sorted(unseen):
        yield Deviation("review.never_opened", subject, "no event opens it")
    yield from audit_sheets()
    yield from audit_results(rows)


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
