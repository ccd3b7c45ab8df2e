"""How often each kind of act stands in the log, by bureau and day."""

from datetime import date, timedelta

import pytest

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.queries import log_size
from liuhen.statistics import event_counts
from liuhen.statistics.models import EventCount, LogCursor

pytestmark = pytest.mark.django_db
NOON, DAY = factories.NOON, date(2026, 1, 5)


@pytest.fixture
def opened(bureau):
    """Li opens a recording so many times, some days later."""

    def so_often(times: int, *, days: int = 0, by: str = "li") -> None:
        at = NOON + timedelta(days=days)
        for _ in range(times):
            log.record(
                Kind.RECORDING_OPENED, subject="recording:none", by=factories.officer(by), at=at
            )

    return so_often


def counted(bureau, *, since=DAY, until=DAY) -> int:
    event_counts.catch_up()
    found = event_counts.counted(bureau, since=since, until=until)
    return found.get(Kind.RECORDING_OPENED, 0)


def test_acts_are_counted_on_their_day(bureau, opened):
    opened(3)
    opened(2, days=1)
    assert counted(bureau) == 3
    assert counted(bureau, until=DAY + timedelta(days=1)) == 5


def test_a_day_is_chinas(bureau, opened):
    opened(1, days=0)
    at = NOON.replace(hour=16)  # midnight in China: the next day
    log.record(Kind.RECORDING_OPENED, subject="recording:x", by=factories.officer("li"), at=at)
    assert counted(bureau) == 1


def test_counting_on_adds_and_counting_again_changes_nothing(bureau, opened):
    opened(1)
    assert (counted(bureau), counted(bureau)) == (1, 1)
    opened(1)
    assert counted(bureau) == 2


def test_many_events_are_counted_over_several_chunks(bureau, opened, monkeypatch):
    monkeypatch.setattr(event_counts, "AT_ONCE", 2)
    opened(5)
    assert counted(bureau) == 5
    assert LogCursor.objects.get(name="events").next_index == log_size()


def test_what_the_system_does_counts_for_whose_thing_it_is(bureau):
    made = factories.recording()
    subject = f"recording:{made.number}"
    log.record(Kind.RECORDING_EXAMINED, subject=subject, by=log.SYSTEM, at=NOON)
    event_counts.catch_up()
    assert event_counts.counted(bureau, since=DAY, until=DAY)[Kind.RECORDING_EXAMINED] == 1


def test_what_is_nobodys_counts_for_nobody(bureau):
    log.record(Kind.SCRUB_FINISHED, subject="vault:1", by=log.SYSTEM, at=NOON)
    event_counts.catch_up()
    assert not EventCount.objects.filter(kind=Kind.SCRUB_FINISHED).exists()


def test_another_bureaus_acts_are_its_own(bureau, opened):
    other = factories.agency("邻县卫健局")
    stranger = factories.officer("fang", agency=other)
    log.record(Kind.RECORDING_OPENED, subject="recording:x", by=stranger, at=NOON)
    assert counted(bureau) == 0
    assert counted(other) == 1


def test_a_shorter_log_is_counted_from_its_start(bureau, opened):
    opened(2)
    counted(bureau)
    LogCursor.objects.update(next_index=1000)
    assert counted(bureau) == 2


def test_idle_it_asks_three_small_questions(bureau, opened, django_assert_max_num_queries):
    opened(1)
    event_counts.catch_up()
    with django_assert_max_num_queries(3):
        event_counts.catch_up()


def test_the_system_counts_a_chunk_with_as_many_queries_as_there_are_kinds_of_things(
    bureau, django_assert_max_num_queries
):
    for number in range(20):
        made = factories.recording(number=f"2026-{number:06d}")
        subject = f"recording:{made.number}"
        log.record(Kind.RECORDING_EXAMINED, subject=subject, by=log.SYSTEM, at=NOON)
    with django_assert_max_num_queries(16):
        event_counts.catch_up()
