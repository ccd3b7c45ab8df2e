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
    reader = factories.officer(login)
    rows = visible_to(reader).select_related("activity_recording__activity", "words")
    activities, cases = activities_for(reader), cases_for(reader)

    def knows(row: Recording) -> bool:
        link = getattr(row, "activity_recording", None)
        if Permission.SEE_AGENCY in permissions_of(reader):
            return True
        if link is None or not activities.filter(pk=link.activity_id).exists():
            return False
        case = link.activity.case_id
        return case is None or cases.filter(pk=case).exists()

    texts = {
        row.number: spelled(
            f"{row.number} {row.search_text} {row.words.linked if knows(row) else ''}"
        )
        for row in rows.order_by("-recorded_at")
    }
    wanted = spelled(words).split()
    return [number for number, text in texts.items() if all(word in text for word in wanted)]
