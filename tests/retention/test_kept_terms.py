"""`Term` follows the log: what a recording's keeping rests on changes, and it is computed anew."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from keeping_cast import NOON, closed, count, in_case, lift, place, under, who

import factories
from liuhen.cases import case_files, evidence, triggers
from liuhen.engines.policy.answers import Why
from liuhen.engines.policy.vocabulary import Trigger
from liuhen.recordings.models import RecordingState
from liuhen.retention import following
from liuhen.retention.models import Term, TermCursor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


def follow() -> int:
    return following.catch_up(at=NOON)


def term(number: str = "2026-000001") -> Term:
    return Term.objects.get(recording__number=number)


@pytest.mark.enforces("retention")
def test_a_sealed_and_examined_recording_gets_its_term():
    under("jiaxian-health")
    factories.recording()
    assert follow() == 1
    kept = term()
    assert (kept.until.date(), kept.is_stale) == (date(2027, 1, 5), False)
    assert [one["code"] for one in kept.grounds] == [Why.TERM_EXACT]


def test_before_the_examination_there_is_no_end():
    under("jiaxian-health")
    factories.recording(state=RecordingState.SEALED)
    follow()
    assert term().until is None


def test_a_bureau_without_a_regulation_lets_nothing_end():
    from liuhen.regulations.models import Adoption

    factories.recording()
    Adoption.objects.all().delete()
    follow()
    assert (term().until, term().never) == (None, False)


@pytest.mark.enforces("retention", article="weidong-market:12")
def test_weidong_closing_and_reopening_the_case_moves_it():
    under("weidong-market")
    case = factories.case()
    in_case(case)
    follow()
    assert (term().until, term().waits) == (None, True)
    case_files.close(case, closed_date=date(2026, 1, 5), term="P3Y", by=who("li"), at=NOON)
    follow()
    assert term().until.date() == date(2029, 1, 5)
    case_files.reopen(case, reason="补充调查", by=who("li"), at=NOON)
    follow()
    assert (term().until, term().waits) == (None, True)


@pytest.mark.enforces("retention", article="chengde-safety:20")
def test_chengde_used_as_evidence_it_waits_for_the_file():
    under("chengde-safety")
    made, case = factories.recording(), factories.case()
    follow()
    assert term().until.date() == date(2028, 1, 5)
    evidence.use_as_evidence(made, case, by=who("li"), at=NOON)
    follow()
    assert term().waits


@pytest.mark.enforces("hold")
def test_a_hold_takes_the_end_away_at_once_from_what_is_due():
    under("jiaxian-health")
    made = factories.recording()
    follow()
    later = NOON + timedelta(days=400)
    assert term().until < later
    hold = place(made)
    # Before any round.
    assert term().is_stale
    follow()
    assert (term().until, term().is_held) == (None, True)
    lift(hold)
    follow()
    assert (term().until.date(), term().is_held) == (date(2027, 1, 5), False)


@pytest.mark.enforces("long_term")
def test_a_mark_keeps_it_and_lifted_it_has_its_end_again():
    under("jiaxian-health")
    made = factories.recording()
    mark = triggers.mark(made, Trigger.SENSITIVE, reason="敏感", by=who("zhou"), at=NOON)
    follow()
    assert (term().until, term().never) == (None, True)
    triggers.lift(mark, reason="误标", by=who("fa"), at=NOON)
    follow()
    assert term().until is not None


def test_what_is_linked_to_a_held_case_later_is_held():
    under("jiaxian-health")
    case = factories.case()
    place(case)
    follow()
    in_case(case)
    follow()
    assert term().is_held


def test_read_again_the_log_changes_nothing():
    under("jiaxian-health")
    factories.recording()
    follow()
    before, kept = count(), term()
    TermCursor.objects.update(next_index=0)
    follow()
    after = term()
    assert (count(), after.until, after.grounds) == (before, kept.until, kept.grounds)


def test_idle_it_asks_three_times():
    factories.recording()
    follow()
    with CaptureQueriesContext(connection) as queries:
        assert follow() == 0
    assert len(queries) <= 3


def test_of_many_it_computes_as_cheaply_as_of_one():
    under("weidong-market")
    case = closed()
    for number in range(30):
        in_case(case, f"2026-{number:06d}")
    with CaptureQueriesContext(connection) as queries:
        assert follow() == 30
    assert len(queries) < 60
