"""Finding recordings by words: their own, and those of their activity, case and parties."""

from liuhen.cases import linked_words
from liuhen.people.models import Officer
from liuhen.recordings import queries
from liuhen.recordings.queries import Filters, Page
from liuhen.recordings.search import asking
from liuhen.recordings.search.wanted import words_of


def page(officer: Officer, filters: Filters, cursor: str | None) -> Page:
    """Newest first: every word of the filters stands in a name, number or place that the officer
    may know of. A bad cursor is the first page."""
    if by_index(officer, filters):
        return asking.page(officer, filters, cursor, knows=linked_words.known_by(officer))
    return queries.page(filters.apply(queries.visible_to(officer)), cursor)


def every(officer: Officer, filters: Filters, *, most: int) -> list[int]:
    """Ids of all that `page` shows on all its pages, newest first; of more than `most` one more."""
    if by_index(officer, filters):
        return asking.every(officer, filters, knows=linked_words.known_by(officer), most=most)
    rows = filters.apply(queries.visible_to(officer)).order_by("-recorded_at", "-pk")
    return list(rows.values_list("pk", flat=True)[: most + 1])


def by_index(officer: Officer, filters: Filters) -> bool:
    return bool(words_of(filters.words)) or asking.is_narrow(officer)
