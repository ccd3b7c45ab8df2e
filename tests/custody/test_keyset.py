"""A page deep in a list costs what the first does."""

import pytest

import factories
from liuhen.custody import keyset
from liuhen.recordings.models import Recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(db):
    """Two of the same instant among them."""
    at = factories.NOON
    return [factories.recording(f"2026-00000{n}", recorded_at=at.replace(hour=h))
            for n, h in enumerate((1, 2, 2, 3, 4))]  # fmt: skip


def numbers(some) -> list[str]:
    return [one.number for one in some]


def test_pages_forth_and_back_hold_every_row_once(five):
    rows, seen, cursor = Recording.objects.all(), [], None
    while True:
        page = keyset.take(rows, cursor, by="recorded_at", size=2)
        seen.append(numbers(page.rows))
        if page.older is None:
            break
        cursor = page.older
    assert [number for some in seen for number in some] == numbers(reversed(five))
    back = []
    while page.newer is not None:
        page = keyset.take(rows, page.newer, by="recorded_at", size=2)
        back.insert(0, numbers(page.rows))
    assert back == seen[:-1]


@pytest.mark.one_database
@pytest.mark.parametrize(("after", "bound"), [(False, "recorded_at<?"), (True, "recorded_at>?")])
def test_sqlite_begins_at_the_edge(five, after, bound):
    edge = (five[2].recorded_at, five[2].pk)
    of_one = Recording.objects.filter(agency=five[0].agency)
    sign = "" if after else "-"
    rows = of_one.filter(keyset.beside("recorded_at", edge, after=after))
    assert bound in rows.order_by(f"{sign}recorded_at", f"{sign}pk")[:2].explain()
