"""Searching in a word, and what a search has to answer."""

import factories
from liuhen.cases import finding
from liuhen.cases.queries import activities_for, cases_for
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import Filters, Page, visible_to
from liuhen.recordings.search.grams import spelled


def page(login: str, words: str, cursor: str | None = None, **more) -> Page:
    return finding.page(factories.officer(login), Filters(words=words, **more), cursor)


def found(login: str, words: str, **more) -> list[str]:
    """The numbers, newest first; their count is what the page says it is."""
    shown = page(login, words, **more)
    assert shown.count == len(shown.rows)
    return [row.number for row in shown.rows]


def by_reading(login: str, words: str) -> list[str]:
    """What a search has to answer, without an index."""
    return among(texts_of(login), words)


def among(texts: dict[str, str], words: str) -> list[str]:
    wanted = spelled(words).split()
    return [number for number, text in texts.items() if all(word in text for word in wanted)]


def texts_of(login: str) -> dict[str, str]:
    """By number, newest first: all that the reader may find each recording by."""
    reader = factories.officer(login)
    activities = set(activities_for(reader).values_list("pk", flat=True))
    cases = {None, *cases_for(reader).values_list("pk", flat=True)}
    sees_all = Permission.SEE_AGENCY in permissions_of(reader)

    def knows(row: Recording) -> bool:
        link = getattr(row, "activity_recording", None)
        is_seen = link and link.activity_id in activities and link.activity.case_id in cases
        return sees_all or bool(is_seen)

    rows = visible_to(reader).select_related("activity_recording__activity", "words")
    return {
        row.number: spelled(
            f"{row.number} {row.search_text} {row.words.linked if knows(row) else ''}"
        )
        for row in rows.order_by("-recorded_at")
    }
