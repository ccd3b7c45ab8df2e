"""The verdict is kept beside the activity, and the log tells when it changes."""

import json

import pytest
from coverage_cast import HOUR, NOON, exemption, film, minute, stop, visit
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

import factories
from liuhen.cases import coverage
from liuhen.cases.models import Activity
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.recordings.models import Finding

pytestmark = pytest.mark.django_db


def refresh():
    return coverage.refresh(visit(), by=factories.officer("li"), at=NOON + HOUR)


def judged():
    events = CustodyEvent.objects.filter(kind=Kind.ACTIVITY_JUDGED).order_by("index")
    return [json.loads(bytes(event.entry)) for event in events]


def test_the_verdict_is_kept_and_told():
    film(-1, 10)
    refresh()
    kept = Activity.objects.get()
    assert (kept.verdict, kept.computed_at) == ("unexplained", NOON + HOUR)
    [told] = judged()
    assert (told["by"], told["subject"]) == ("system", "activity:HD-2026-000001")
    assert told["facts"]["verdict"] == "unexplained"
    assert told["facts"]["after_act_of"] == "HB-li"
    assert told["facts"]["gaps"][0]["missing"] == [["nothing_said", 6]]


def test_judged_twice_it_is_told_once():
    film(-1, 10)
    refresh()
    before = CustodyEvent.objects.count()
    refresh()
    assert CustodyEvent.objects.count() == before


def test_a_gap_that_moves_is_told_though_the_verdict_stays():
    film(-1, 10)
    refresh()
    film(20, 31)
    refresh()
    first, second = (told["facts"] for told in judged())
    assert (first["missing_ms"], second["missing_ms"]) == (20 * 60_000, 10 * 60_000)


def test_what_changes_neither_verdict_nor_gaps_is_kept_without_an_event():
    film(-1, 31)
    refresh()
    film(5, 6, "ZF-002")
    refresh()
    assert len(judged()) == 1
    assert len(Activity.objects.get().coverage["lanes"]) == 2


def test_what_is_still_pending_needs_no_event():
    visit(left_at=None)
    refresh()
    assert not judged()
    assert Activity.objects.get().coverage["waiting"] == "not_left"


def test_no_event_no_verdict(monkeypatch):
    film(-1, 10)

    def fail(*_args, **_more):
        raise OSError

    monkeypatch.setattr(coverage.log, "record", fail)
    with pytest.raises(OSError), transaction.atomic():
        refresh()
    assert Activity.objects.get().computed_at is None


def test_a_voided_one_is_left_as_it_is():
    li = factories.officer("li")
    visit(voided_at=NOON, voided_by=li, void_reason="重复登记")
    assert refresh() is None
    assert Activity.objects.get().computed_at is None


def test_a_hole_inside_a_file_is_a_gap():
    made = film(-1, 31)
    Finding.objects.create(
        recording=made, code="timestamp_gap", start_seconds=600, end_seconds="608.5"
    )
    [gap] = coverage.compute(visit()).judged.gaps
    assert (gap.gap.start, gap.gap.length.total_seconds()) == (minute(9), 8.5)


def test_queries_do_not_grow_with_recordings():
    asked = []
    exemption()
    for n in range(30):
        film(n, n + 0.5, f"ZF-{n % 3}")
        stop(n + 0.5, n + 1)
        if n in (2, 29):
            with CaptureQueriesContext(connection) as queries:
                refresh()
            asked.append(len(queries))
    # 23, and PostgreSQL takes its turn in the log by two queries of its own.
    assert asked[0] == asked[1] <= 25


def test_hundreds_of_gaps_fit_an_event():
    for n in range(300):
        film(n / 10, n / 10 + 0.01)
    refresh()
    [told] = judged()
    assert told["facts"]["gap_count"] == 299
    assert len(told["facts"]["gaps"]) == 100
