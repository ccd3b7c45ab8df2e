"""Rows that terms and disposals rest on, changed in the tables alone: the audit names them."""

from datetime import date, timedelta

import pytest

import factories
from liuhen.cases import evidence
from liuhen.cases.models import Case, Exhibit
from liuhen.recordings.models import Recording
from liuhen.retention import disposal, disposal_audit, keeping_audit
from liuhen.retention.models import Appraisal, DisposalItem, DisposalList
from retention.disposal_cast import (
    LATER,
    READY,
    appraised,
    executed,
    expired,
    lived_through,
    reviewed,
    under,
    who,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_years(data):
    factories.agency()
    under("chengde-safety")
    lived_through(LATER)


def found() -> list[str]:
    return [one.code for room in (keeping_audit, disposal_audit) for one in room.audit()]


def used() -> Exhibit:
    return evidence.use_as_evidence(expired(), factories.case(), by=who("li"), at=LATER)


def test_what_went_the_proper_way_agrees():
    executed(expired(), expired("2026-000002"))
    used_and_taken_back = used_in_another()
    evidence.withdraw(used_and_taken_back, reason="误用", by=who("li"), at=READY)
    assert found() == []


def used_in_another() -> Exhibit:
    one = expired("2026-000003")
    return evidence.use_as_evidence(one, factories.case(), by=who("li"), at=READY)


def test_a_recordings_time():
    expired()
    Recording.objects.update(recorded_at=LATER - timedelta(days=4000))
    assert found() == ["recording.row_changed"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda: Exhibit.objects.all().delete(), "exhibit.row_missing"),
        (
            lambda: Exhibit.objects.update(
                withdrawn_at=LATER, withdrawn_by=who("li"), withdrawn_reason="x"
            ),
            "exhibit.row_changed",
        ),
    ],
)
def test_evidence(change, code):
    used()
    change()
    assert found() == [code]


def test_a_case_closed_by_nobody():
    used()
    Case.objects.update(closed_date=date(2026, 2, 1), term="P1Y")
    assert found() == ["case.row_changed"]


def test_an_appraisal_nobody_said_and_one_that_is_gone():
    appraised(expired())
    Appraisal.objects.update(worth="keep")
    assert found() == ["appraisal.row_missing", "appraisal.never_said"]


@pytest.mark.parametrize("said", [{"state": "waiting"}, {"drawn_by_id": 0}, {"reviewed_by": None}])
def test_a_register_somebody_moved_on(said):
    made = reviewed(expired())
    if "drawn_by_id" in said:
        said = {"drawn_by_id": who("wang").pk}
    DisposalList.objects.filter(pk=made.pk).update(**said)
    assert found() == ["disposal.row_changed"]


def test_a_line_put_in_another_recordings_place_and_one_that_went_by_the_table_alone():
    made, other = reviewed(expired()), expired("2026-000002")
    DisposalItem.objects.filter(disposal=made).update(state="gone")
    assert found() == ["disposal.line_changed"]
    DisposalItem.objects.filter(disposal=made).update(state="listed", recording=other)
    assert found() == ["disposal.line_changed", "disposal.line_changed"]


def test_a_register_that_is_gone_and_one_nobody_drew():
    made = reviewed(expired())
    DisposalList.objects.filter(pk=made.pk).update(number="XH-2026-000099")
    assert found() == ["disposal.row_missing", "disposal.never_drawn"]


def test_lines_taken_out_sent_back_and_revoked_agree():
    made = reviewed(expired(), expired("2026-000002"))
    disposal.send_back(made, opinion="请核对", by=who("qian"), at=LATER)
    disposal.take_out(made, [2], reason="误列", by=who("zhou"), at=LATER)
    disposal.submit(made, by=who("zhou"), at=LATER)
    assert found() == []
    disposal.revoke(made, reason="不办", by=who("zhou"), at=LATER)
    assert found() == []
