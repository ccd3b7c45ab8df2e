"""What bears on how long a recording is kept: case files, evidence, marks, complaints, holds."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from keeping_cast import (
    NOON,
    closed,
    codes,
    complain,
    in_case,
    kept,
    lift,
    linked,
    office_head,
    place,
    under,
    used_in,
    who,
)

import factories
from liuhen.cases import triggers
from liuhen.cases.models import Case, Exhibit
from liuhen.engines.policy.vocabulary import Trigger
from liuhen.retention import complaints
from liuhen.retention.facts import bearing_on
from liuhen.retention.models import Outcome

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


@pytest.mark.enforces("retention", article="weidong-market:12")
def test_weidong_it_is_kept_as_long_as_the_case_file():
    under("weidong-market")
    keeping = kept(in_case(closed()))
    # The term begins on the day after the closing.
    assert keeping.until.date() == date(2036, 2, 2)
    assert "term_case_file" in {str(one.code) for one in keeping.grounds}


@pytest.mark.enforces("retention", article="weidong-market:12")
@pytest.mark.parametrize("case", [{"closed_date": None}, {"term": ""}])
def test_weidong_until_the_files_end_is_known_it_waits(case):
    under("weidong-market")
    keeping = kept(in_case(closed(**case)))
    assert (keeping.until, keeping.waits_for_case_file) == (None, True)


@pytest.mark.enforces("retention", article="weidong-market:12")
def test_weidong_a_file_kept_for_ever_keeps_its_recordings():
    under("weidong-market")
    recording = in_case(closed(term=Case.PERMANENT))
    keeping = kept(recording)
    assert (keeping.until, keeping.waits_for_case_file) == (None, False)
    assert keeping.never
    assert "case_file_for_good" in codes(recording)


@pytest.mark.enforces("retention", article="chengde-safety:20")
@pytest.mark.enforces("retention", article="luohe-livestock:15")
@pytest.mark.parametrize("pack", ["chengde-safety", "luohe-livestock"])
def test_evidence_is_kept_as_long_as_the_case_file(pack):
    under(pack)
    recording = used_in(closed())
    assert kept(recording).until.date() == date(2036, 2, 2)
    Exhibit.objects.update(withdrawn_at=NOON, withdrawn_by=who("li"), withdrawn_reason="误列")
    assert kept(recording).until.date() < date(2029, 1, 1)


@pytest.mark.enforces("retention", article="chengde-safety:20")
def test_chengde_the_longest_wins_also_over_a_short_file():
    under("chengde-safety")
    recording = used_in(closed(term="P1Y"))
    assert kept(recording).until.date() == date(2028, 1, 5)


@pytest.mark.enforces("retention", article="chengde-safety:20")
def test_chengde_a_case_it_is_no_evidence_in_keeps_nothing():
    under("chengde-safety")
    assert kept(in_case(closed())).until.date() == date(2028, 1, 5)


def test_evidence_in_two_cases_waits_for_the_one_still_open():
    under("chengde-safety")
    recording = used_in(closed())
    open_case = factories.case("乙〔2026〕2号")
    Exhibit.objects.create(recording=recording, case=open_case, used_at=NOON, used_by=who("li"))
    assert kept(recording).waits_for_case_file


@pytest.mark.enforces("long_term", article="jiaxian-health:16")
@pytest.mark.enforces("long_term", article="neiqiu-health:7")
@pytest.mark.parametrize("pack", ["jiaxian-health", "neiqiu-health"])
def test_what_happened_at_the_scene_keeps_it_for_good(pack):
    under(pack)
    activity = factories.activity(triggers=["obstruction"])
    recording = linked(factories.recording(), activity)
    assert kept(recording).until is None
    assert "long_term" in codes(recording)


@pytest.mark.enforces("long_term", article="jiaxian-health:16")
def test_jiaxian_a_major_case_keeps_all_it_has():
    under("jiaxian-health")
    recording = in_case(closed(is_major=True))
    assert "long_term" in codes(recording)


@pytest.mark.enforces("long_term")
@pytest.mark.parametrize("on", ["recording", "activity", "case"])
def test_a_mark_on_it_or_on_what_it_belongs_to_keeps_it(on):
    under("jiaxian-health")
    recording = in_case(factories.case())
    activity = recording.activity_recording.activity
    things = {"recording": recording, "activity": activity, "case": activity.case}
    triggers.mark(things[on], Trigger.OBJECTION, reason="当场提出异议", by=who("zhou"), at=NOON)
    assert "long_term" in codes(recording)


@pytest.mark.enforces("long_term", article="jiaxian-health:16")
def test_jiaxian_what_was_complained_of_stays_when_the_complaint_is_settled():
    under("jiaxian-health")
    recording = factories.recording()
    complaint = complain(recording)
    complaints.close(complaint, Outcome.UNFOUNDED, text="不属实", by=who("fa"), at=NOON)
    lift(complaint.hold)
    assert codes(recording) == ["term_exact", "long_term"]


@pytest.mark.enforces("hold", article="chengde-safety:9")
def test_chengde_what_is_preserved_for_an_inquiry_has_its_term_again_after_it():
    under("chengde-safety")
    recording = factories.recording()
    complaint = complain(recording, by="du")
    assert codes(recording) == ["term_at_least", "preserve", "on_hold"]
    complaints.close(complaint, Outcome.UNFOUNDED, text="不属实", by=who("du"), at=NOON)
    lift(complaint.hold, first="du", second=office_head().login)
    assert codes(recording) == ["term_at_least"]


def test_a_complaint_entered_by_mistake_is_no_trigger():
    under("jiaxian-health")
    recording = factories.recording()
    complaint = complain(recording)
    complaints.close(complaint, Outcome.MISTAKEN, text="重复", by=who("fa"), at=NOON)
    assert codes(recording) == ["term_exact", "on_hold"]


@pytest.mark.enforces("hold")
def test_a_hold_stops_the_term_and_lifting_it_gives_it_back():
    under("jiaxian-health")
    recording = factories.recording()
    before = kept(recording).until
    hold = place(recording)
    assert (kept(recording).until, codes(recording)[-1]) == (None, "on_hold")
    lift(hold)
    assert kept(recording).until == before


@pytest.mark.parametrize("n", [1, 12])
def test_many_are_asked_about_as_cheaply_as_one(n):
    under("chengde-safety")
    case = closed()
    made = [in_case(case, f"2026-{number:06d}") for number in range(n)]
    place(case)
    with CaptureQueriesContext(connection) as queries:
        found = bearing_on(made)
    assert len(found) == n
    assert len(queries) <= 17
