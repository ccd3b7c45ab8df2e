"""Which fields lack before archiving, counted and filled in."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from cases.case_cast import add, count, events, last_facts, open_case, shop
from factories import NOON
from liuhen.cases import filling, required
from liuhen.cases.models import ActivityRecording, Aside
from liuhen.engines.policy.vocabulary import Field
from liuhen.kernel.refusal import Refusal
from liuhen.recordings.models import Mark, TimeOrigin
from liuhen.regulations import current
from liuhen.regulations.models import Adoption, Proposal, ProposalState

ARTICLE_9 = [Field.CASE_NAME, Field.PARTY]
ALL = ["case_name", "case_no", "party", "officer", "content", "maker_unit", "recorded_date"]


@pytest.fixture(autouse=True)
def market(bureau):
    """The bureau follows the regulation with four required fields."""
    Adoption.objects.filter(agency=bureau).update(pack_id="weidong-market")
    return bureau


def link(recording, activity):
    ActivityRecording.objects.create(
        activity=activity, recording=recording, was_proposed=False, linked_at=NOON,
        linked_by=factories.officer("li"),
    )  # fmt: skip
    return recording


def require(fields: list[str], since: date = date(2025, 6, 1)) -> None:
    """The bureau's own change of what is required."""
    Proposal.objects.create(
        agency=factories.agency(), parameter="archive_fields",
        from_date=since, value={"article": 9, "fields": fields}, reason="…",
        state=ProposalState.APPROVED, proposed_by=factories.officer("an"), proposed_at=NOON,
        decided_by=factories.officer("qian"), decided_at=NOON,
    )  # fmt: skip


def lacking(recording) -> list[Field]:
    found = required.missing_in(recording)
    return list(found.fields) if found else []


def listed(login: str = "zhou", **more) -> list[str]:
    officer = factories.officer(login)
    rows = required.lacking(officer, required.spans_for(officer.agency), **more)
    return sorted(rows.values_list("number", flat=True))


@pytest.mark.enforces("archive", article="weidong-market:9")
def test_case_and_party_lack_until_the_activity_has_them():
    recording = factories.recording()
    assert lacking(recording) == ARTICLE_9
    activity = factories.activity()
    link(recording, activity)
    assert lacking(recording) == ARTICLE_9
    activity.case = open_case(parties=[(add(shop()), "party")])
    activity.case_set_at, activity.case_set_by = NOON, activity.registered_by
    activity.save()
    assert lacking(recording) == []


@pytest.mark.enforces("archive", article="weidong-market:9")
def test_what_lacks_is_said_with_its_article():
    found = required.missing_in(factories.recording())
    assert [(one.article, one.facts["fields"]) for one in found.grounds] == [(9, "case_name,party")]


def test_a_name_heard_on_site_counts_as_written_down():
    recording = link(factories.recording(), factories.activity(party_name="惠民餐饮店"))
    assert lacking(recording) == [Field.CASE_NAME]


def test_a_witness_alone_is_not_the_party():
    case = open_case(parties=[(add(shop()), "witness")])
    assert lacking(link(factories.recording(), factories.activity(case=case))) == [Field.PARTY]


def test_every_field_that_can_lack_is_asked_where_the_bureau_requires_it():
    require(ALL)
    facts = {"unit": None, "recorded_at_origin": TimeOrigin.INTAKE}
    recording = factories.unassigned("2026-000001", **facts)
    assert set(lacking(recording)) == set(ALL)
    Mark.objects.create(
        recording=recording, kind="other", start_seconds=0, made_at=NOON,
        made_by=factories.officer("li"),
    )  # fmt: skip
    assert Field.CONTENT not in lacking(recording)


def test_the_rule_of_the_recordings_own_day_counts():
    require(["party"], since=date(2026, 2, 1))
    before = factories.recording("2026-000001")
    after = factories.recording("2026-000002", recorded_at=NOON + timedelta(days=40))
    assert (lacking(before), lacking(after)) == (ARTICLE_9, [Field.PARTY])
    spans = required.spans_for(factories.agency())
    assert [(span.since, span.until) for span in spans] == [
        (date(2025, 1, 1), date(2026, 2, 1)), (date(2026, 2, 1), None),
    ]  # fmt: skip
    assert listed(only=Field.CASE_NAME) == ["2026-000001"]
    assert listed(only=Field.PARTY) == ["2026-000001", "2026-000002"]


def test_nothing_lacks_in_what_was_recorded_before_the_regulation():
    old = factories.recording(recorded_at=NOON - timedelta(days=2000))
    assert (lacking(old), listed()) == ([], [])


def test_a_bureau_whose_regulation_requires_nothing_is_asked_nothing():
    Adoption.objects.all().update(pack_id="neiqiu-health")
    assert (lacking(factories.recording()), listed()) == ([], [])
    assert required.figures(factories.officer("zhou"), ()) == []


def test_what_was_set_aside_and_windows_cameras_are_not_asked():
    aside, window = factories.recording("2026-000001"), factories.recording("2026-000002")
    Aside.objects.create(
        recording=aside, why="test", reason="试拍", set_at=NOON, set_by=factories.officer("li")
    )
    window.device.kind = "fixed_camera"
    window.device.save()
    assert (listed(), lacking(aside), lacking(window)) == ([], [], [])


def test_the_list_and_the_single_answer_agree_and_figures_count_them():
    recordings = [factories.recording(f"2026-{n:06d}") for n in range(1, 6)]
    case = open_case()
    link(recordings[0], factories.activity("HD-2026-000001", case=case))
    link(recordings[1], factories.activity("HD-2026-000002", party_name="店", case=case))
    expected = [one.number for one in recordings if lacking(one)]
    assert listed() == expected == [f"2026-{n:06d}" for n in (1, 3, 4, 5)]
    spans = required.spans_for(case.agency)
    [figures] = required.figures(factories.officer("zhou"), spans)
    assert (figures.total, figures.lacking) == (5, 4)
    assert figures.by_field[Field.CASE_NAME] == 3
    assert figures.by_field[Field.PARTY] == 4


def test_each_sees_their_own():
    factories.recording("2026-000001")
    factories.recording(
        "2026-000002", officer=factories.officer("bai"), unit=factories.unit("二科")
    )
    assert listed("li") == ["2026-000001"]
    assert listed("shen") == []


def test_the_list_costs_as_many_queries_for_many_as_for_one():
    for n in range(1, 9):
        factories.recording(f"2026-{n:06d}")
    zhou = factories.officer("zhou")
    book = current.rulebook(zhou.agency)
    with CaptureQueriesContext(connection) as asked:
        rows = required.with_lacks(required.lacking(zhou, required.spans_of(book)))
        assert all(required.missing_of(row, book) for row in rows)
    assert len(asked) <= 3


def test_many_are_filled_in_at_once_each_with_its_event():
    case, party = open_case(), add(shop())
    one = link(factories.recording("2026-000001"), factories.activity("HD-2026-000001"))
    two = link(factories.recording("2026-000002"), factories.activity("HD-2026-000002"))
    alone = factories.recording("2026-000003")
    li = factories.officer("li")
    done = filling.fill([one, two, alone], case=case, party=party, by=li, at=NOON)
    assert (done.activities, done.left, done.without) == (2, 0, 1)
    assert last_facts("activity:HD-2026-000001") == {
        "case": [None, case.pk], "party": [None, party.pk],
    }  # fmt: skip
    assert events("activity:HD-2026-000002") == ["activity.changed"]
    assert listed() == ["2026-000003"]


def test_what_is_there_stays():
    other = factories.case("别案")
    recording = link(factories.recording(), factories.activity(case=other))
    case = open_case()
    before = count()
    done = filling.fill([recording], case=case, by=case.added_by, at=NOON)
    assert (done.activities, done.left, count()) == (0, 1, before)
    recording.activity_recording.activity.refresh_from_db()
    assert recording.activity_recording.activity.case == other


@pytest.mark.parametrize(
    ("login", "code"),
    [("bai", "case.not_yours"), ("du", "people.not_permitted"), ("far", "case.not_yours")],
)
def test_who_may_not_fills_nothing(login, code):
    by = factories.stranger("far") if login == "far" else factories.officer(login)
    recording = link(factories.recording(), factories.activity())
    case = open_case()
    before = count()
    with pytest.raises(Refusal) as no:
        filling.fill([recording], case=case, by=by, at=NOON)
    assert (no.value.code, count()) == (code, before)


def test_nothing_chosen_is_said():
    with pytest.raises(Refusal) as no:
        filling.fill([factories.recording()], by=factories.officer("li"), at=NOON)
    assert no.value.code == "case.nothing_to_fill"
