"""Prepared counts are what plain counting of the rows gives, whatever happened in between."""

from datetime import date, timedelta

import pytest
from statistics_cast import Bureau

import factories
from liuhen.cases import required
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import Recording, SecrecyMark
from liuhen.statistics import counting, tallying
from liuhen.statistics.figures import PREPARED
from liuhen.statistics.models import Level, LogCursor, Span, StaleDay, Tally

pytestmark = pytest.mark.django_db
NOON, DAY = factories.NOON, date(2026, 1, 5)


def kept(span: Span = Span.DAY) -> dict:
    """Every row there is, without the columns that are nought."""
    said = {}
    for row in Tally.objects.filter(span=span):
        key = (row.agency_id, row.first, row.level, row.unit_id, row.officer_id, row.is_secret)
        assert key not in said
        said[key] = {code: n for code in PREPARED if (n := getattr(row, code))}
    return {key: counts for key, counts in said.items() if counts}


def plain(bureau) -> dict:
    """Counted from the rows, day after day, without looking at what is kept."""
    spans, said = required.spans_for(bureau), {}
    first = Recording.objects.earliest("recorded_at").recorded_at
    day, last = in_china(first).date() - timedelta(days=40), in_china(first).date()
    while day < last + timedelta(days=120):
        for key, counts in counting.counted(bureau, day, spans=spans).items():
            found = {code: n for code, n in counts.items() if n}
            if found:
                said[bureau.pk, day, *key] = found
        day += timedelta(days=1)
    return said


@pytest.mark.parametrize("seed", range(5))
def test_whatever_happens_the_counts_are_those_of_the_rows(bureau, seed):
    house = Bureau(seed)
    house.live(80)
    house.work()
    assert not StaleDay.objects.exists()
    assert kept() == plain(bureau)
    before = kept(), kept(Span.MONTH)
    tallying.recompute()
    assert (kept(), kept(Span.MONTH)) == before


def test_a_day_counted_by_hand(bureau):
    li = factories.officer("li")
    factories.recording("2026-000001", duration_seconds=90, content=b"12345")
    factories.recording("2026-000002", duration_seconds=30.5, content=b"123")
    factories.unassigned("2026-000003", duration_seconds=None)
    tallying.recompute()
    [unit] = Tally.objects.filter(span=Span.DAY, level=Level.UNIT, unit=li.unit)
    assert (unit.first, unit.recordings, unit.recording_bytes) == (DAY, 2, 8)
    assert unit.recorded_ms == 120_500
    [own] = Tally.objects.filter(span=Span.DAY, level=Level.OFFICER)
    assert (own.officer, own.recordings) == (li, 2)
    assert Tally.objects.get(span=Span.DAY, unit=None).recordings == 1


def test_an_activity_of_two_is_one_of_the_unit_and_one_of_each(bureau):
    factories.activity("HD-2026-000001", "bai")
    tallying.recompute()
    rows = Tally.objects.filter(span=Span.DAY, activities=1)
    assert rows.filter(level=Level.UNIT).count() == 1
    assert rows.filter(level=Level.OFFICER).count() == 2


def test_a_month_is_the_sum_of_its_days(bureau):
    for n, day in enumerate((0, 1, 20, 40)):
        at = NOON + timedelta(days=day)
        factories.recording(f"2026-00000{n}", recorded_at=at, sealed_at=at)
    tallying.recompute()
    months = Tally.objects.filter(span=Span.MONTH, level=Level.UNIT).order_by("first")
    assert [(m.first, m.recordings) for m in months] == [
        (date(2026, 1, 1), 3),
        (date(2026, 2, 1), 1),
    ]


def test_secret_recordings_are_counted_apart(bureau):
    made = factories.recording()
    SecrecyMark.objects.create(
        recording=made, kind="privacy", reason="病人", marked_at=NOON,
        marked_by=factories.officer("wang"),
    )  # fmt: skip
    tallying.recompute()
    rows = Tally.objects.filter(span=Span.DAY, level=Level.UNIT)
    assert [(row.is_secret, row.recordings) for row in rows] == [(True, 1)]


def test_handovers_in_time_and_late(bureau):
    for n, state in enumerate((DutyState.DONE, DutyState.DONE, DutyState.DONE_LATE)):
        Duty.objects.create(
            agency=bureau, key=f"handover:{n}", kind=DutyKind.HANDOVER, pack_id="p", article=9,
            unit=factories.unit(), owner=factories.officer("li"), started_at=NOON, state=state,
            closed_at=NOON,
        )  # fmt: skip
    tallying.recompute()
    row = Tally.objects.get(span=Span.DAY, level=Level.UNIT)
    assert (row.handed_on_time, row.handed_late) == (2, 1)


def test_the_log_is_read_no_further_than_those_below_have(bureau):
    tallying.recompute()
    made = factories.recording()
    log.record(Kind.RECORDING_ASSIGNED, subject=f"recording:{made.number}", by=log.SYSTEM, at=NOON)
    tallying.catch_up()
    assert not Tally.objects.exists()
    house = Bureau(0)
    house.work()
    assert Tally.objects.filter(span=Span.DAY, level=Level.UNIT).get().recordings == 1


def test_a_shorter_log_is_no_trap(bureau):
    factories.recording()
    tallying.recompute()
    LogCursor.objects.filter(name=tallying.NAME).update(next_index=1000)
    Tally.objects.all().delete()
    tallying.catch_up()
    assert Tally.objects.exists()


def test_idle_it_asks_a_handful_of_small_questions(bureau, django_assert_max_num_queries):
    factories.recording()
    Bureau(0).work()
    with django_assert_max_num_queries(8):
        assert tallying.catch_up() == 0
