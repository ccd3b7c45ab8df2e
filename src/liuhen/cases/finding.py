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
    if words_of(filters.words):
        return asking.page(officer, filters, cursor, seen=linked_words.seen_by(officer))
    return queries.page(filters.apply(queries.visible_to(officer)), cursor)
