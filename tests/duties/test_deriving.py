"""From custody events to duties: once, by the rules of the day, however often it is read."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from duty_cast import ARCHIVE, BREACHES, DAY, HOUR, MINUTE, NOON, examined, handover, rows, told

import factories
from liuhen.custody import log
from liuhen.custody import queries as custody_queries
from liuhen.custody.kinds import Kind
from liuhen.devices.models import DeviceKind
from liuhen.duties import deriving, overdue
from liuhen.duties.models import Cursor, Duty, DutyKind
from liuhen.people.models import Agency
from liuhen.recordings import assigning
from liuhen.recordings.models import Recording, TimeOrigin
from liuhen.regulations.models import Adoption, Proposal, ProposalState

pytestmark = pytest.mark.django_db


def derive(**more):
    return deriving.catch_up(at=NOON + HOUR, **more)


@pytest.mark.enforces("handover")
def test_what_is_sealed_in_time_is_handed_over(rules):
    rules(handover=handover(24))
    recording = examined(after=23 * HOUR)
    derive()
    duty = Duty.objects.get()
    assert (duty.kind, duty.state, duty.owner) == (DutyKind.HANDOVER, "done", recording.officer)
    assert duty.due_at == NOON + HOUR
    assert duty.closed_at == NOON


@pytest.mark.enforces("handover", "breaches")
def test_what_is_sealed_late_is_a_candidate_breach(rules):
    rules(handover=handover(24), breaches=BREACHES)
    examined(after=25 * HOUR)
    derive()
    duty = Duty.objects.get()
    assert (duty.state, duty.breach_article, duty.breach_no) == ("done_late", 18, 2)
    [said] = told(Kind.DUTY_OVERDUE)
    assert (said["recording"], said["breach_article"]) == ("2026-000001", 18)


def test_the_limit_itself_is_too_late(rules):
    rules(handover=handover(24))
    examined(after=24 * HOUR)
    derive()
    assert Duty.objects.get().state == "done_late"


def test_before_it_is_examined_its_time_is_a_guess_and_nothing_is_derived(rules):
    rules(handover=handover(24))
    factories.recording(state="sealed")
    derive()
    assert not Duty.objects.exists()


def test_no_source_tells_its_time_so_nobody_can_say_whether_it_was_late(rules):
    rules(handover=handover(24))
    examined(recorded_at_origin=TimeOrigin.INTAKE)
    derive()
    assert not Duty.objects.exists()


def test_an_archive_from_before_the_bureau_worked_here_was_handed_in_elsewhere(rules):
    rules(handover=handover(24))
    Agency.objects.update(set_up_at=NOON - HOUR)
    examined("2026-000001", after=2 * HOUR)
    examined("2026-000002", after=0 * HOUR)
    derive()
    assert [duty.recording.number for duty in Duty.objects.all()] == ["2026-000002"]


def test_a_clock_found_to_be_years_behind_excuses_nobody(rules):
    """It was placed before the bureau worked here; the reading at the return puts it right."""
    rules(handover=handover(24))
    made = examined(after=3000 * DAY)
    derive()
    assert not Duty.objects.exists()
    with transaction.atomic():
        Recording.objects.filter(pk=made.pk).update(recorded_at=NOON - 25 * HOUR)
        subject = f"recording:{made.number}"
        log.record(Kind.RECORDING_PLACED, subject=subject, by=log.SYSTEM, at=NOON + MINUTE)
    derive()
    assert Duty.objects.get().state == "done_late"
    assert deriving.recompute(factories.agency(), at=NOON + DAY) == 0


def test_the_recordings_end_stands_in_for_the_matters_and_the_duty_says_so(rules):
    rules(handover=handover(24, "matter_end"))
    examined()
    derive()
    assert Duty.objects.get().facts["stands_in"] == "matter_end"


def test_where_the_recordings_end_counts_nothing_stands_in(rules):
    rules(handover=handover(24))
    examined()
    derive()
    assert "stands_in" not in Duty.objects.get().facts


def test_before_the_bureau_had_a_regulation_nothing_was_owed(rules):
    rules(handover=handover(24), archive_fields=ARCHIVE)
    Adoption.objects.update(from_date=date(2026, 1, 6))
    examined(after=30 * HOUR)
    factories.unassigned("2026-000002")
    derive()
    assert not Duty.objects.exists()


def test_a_bureau_without_a_regulation_owes_nothing(rules):
    examined()
    Adoption.objects.all().delete()
    derive()
    assert not Duty.objects.exists()
    assert Cursor.objects.get().next_index > 0


@pytest.mark.enforces("archive")
def test_whose_maker_is_unknown_is_to_be_identified(rules):
    rules(archive_fields=ARCHIVE)
    factories.unassigned("2026-000001")
    factories.recording("2026-000002")
    derive()
    duty = Duty.objects.get()
    assert (duty.kind, duty.post, duty.state) == (DutyKind.IDENTIFY, "custodian", "open")
    assert duty.due_at == NOON + 24 * HOUR


@pytest.mark.parametrize(("after", "state"), [(HOUR, "done"), (2 * DAY, "done_late")])
def test_saying_who_made_it_discharges_it(rules, after, state):
    rules(archive_fields=ARCHIVE)
    recording, zhou = factories.unassigned("2026-000001"), factories.officer("zhou")
    derive()
    assigning.assign(recording, factories.officer("li"), by=zhou, at=NOON + after)
    derive()
    duty = Duty.objects.get()
    assert (duty.state, duty.closed_at, duty.closed_by) == (state, NOON + after, zhou)


def test_a_slow_worker_comes_to_the_same_result(rules):
    rules(archive_fields=ARCHIVE)
    recording, zhou = factories.unassigned("2026-000001"), factories.officer("zhou")
    assigning.assign(recording, factories.officer("li"), by=zhou, at=NOON + HOUR)
    derive()
    assert Duty.objects.get().state == "done"


def test_the_handover_follows_to_the_one_who_made_it(rules):
    rules(handover=handover(24))
    recording, li = examined(officer=None), factories.officer("li")
    derive()
    assert Duty.objects.get().owner is None
    assigning.assign(recording, li, by=factories.officer("zhou"), at=NOON + HOUR)
    derive()
    assert (Duty.objects.get().owner, Duty.objects.get().unit) == (li, li.unit)


def test_reading_all_of_the_log_again_changes_nothing(rules):
    rules(handover=handover(24), archive_fields=ARCHIVE, breaches=BREACHES)
    examined("2026-000001", after=25 * HOUR)
    recording = examined("2026-000002", officer=None)
    derive()
    assigning.assign(
        recording, factories.officer("li"), by=factories.officer("zhou"), at=NOON + HOUR
    )
    derive()
    before, events = rows(), told(Kind.DUTY_OVERDUE)
    assert deriving.recompute(factories.agency(), at=NOON + DAY) == 0
    assert (rows(), told(Kind.DUTY_OVERDUE)) == (before, events)


def test_a_later_rule_leaves_what_was_made_and_what_lies_before_it(rules):
    rules(handover=handover(24))
    examined("2026-000001", after=5 * HOUR)
    derive()
    before = rows()
    change(handover(1), date(2026, 1, 6))
    examined("2026-000002", after=5 * HOUR)
    derive()
    assert deriving.recompute(factories.agency(), at=NOON) == 0
    assert (rows()[0], rows()[1]["state"]) == (before[0], "done")


def test_a_rule_counts_from_its_day_on(rules):
    rules(handover=handover(24))
    change(handover(1), date(2026, 1, 5))
    examined(after=5 * HOUR)
    derive()
    assert Duty.objects.get().state == "done_late"


def change(value, from_date: date) -> None:
    Proposal.objects.create(
        agency=factories.agency(),
        parameter="handover",
        value=value.model_dump(mode="json", by_alias=True, exclude={"from_date"}),
        from_date=from_date,
        reason="试行",
        state=ProposalState.APPROVED,
        proposed_by=factories.officer("an"),
        proposed_at=NOON,
        decided_by=factories.officer("qian"),
        decided_at=NOON,
    )


def test_a_round_that_is_stopped_half_way_has_done_nothing(rules, monkeypatch):
    rules(handover=handover(24), breaches=BREACHES)
    examined(after=25 * HOUR)
    with monkeypatch.context() as broken, pytest.raises(DatabaseError):
        broken.setattr(overdue, "note", fail)
        derive()
    assert (Duty.objects.count(), Cursor.objects.get().next_index) == (0, 0)
    derive()
    assert Duty.objects.get().state == "done_late"


def fail(*_args, **_more):
    raise DatabaseError("disk I/O error")


def test_of_two_rounds_at_once_one_derives(rules):
    rules(handover=handover(24))
    examined()
    assert derive() is not None
    before = rows()
    assert deriving.read_on(0, at=NOON) is False  # it saw the cursor before the other moved it
    assert rows() == before


def test_a_long_log_is_read_in_chunks(rules, monkeypatch):
    rules(handover=handover(24))
    monkeypatch.setattr(deriving, "CHUNK", 2)
    for n in range(1, 6):
        examined(f"2026-00000{n}")
    derive()
    assert Duty.objects.count() == 5
    assert Cursor.objects.get().next_index == custody_queries.log_size()


def test_a_round_reads_some_chunks_and_leaves_the_rest_to_the_next(rules, monkeypatch):
    rules(handover=handover(24))
    monkeypatch.setattr(deriving, "CHUNK", 2)
    monkeypatch.setattr(deriving, "CHUNKS_A_ROUND", 1)
    examined()
    derive()
    assert Cursor.objects.get().next_index == 2


def test_a_chunk_asks_as_much_for_many_recordings_as_for_one(rules, django_assert_max_num_queries):
    rules(handover=handover(24), archive_fields=ARCHIVE)
    for n in range(1, 31):
        examined(f"2026-{n:06d}")
    with django_assert_max_num_queries(20):
        derive()
    assert Duty.objects.count() == 30


def test_a_log_shorter_than_what_was_read_is_read_from_its_start(rules):
    rules(handover=handover(24))
    examined()
    Cursor.objects.update_or_create(pk=1, defaults={"next_index": 1_000})
    derive()
    assert Duty.objects.count() == 1
    assert Cursor.objects.get().next_index == custody_queries.log_size()


@pytest.mark.enforces("archive")
def test_the_register_of_who_had_the_device_discharges_it_too(rules):
    rules(handover=handover(24), archive_fields=ARCHIVE)
    recording, li = examined(officer=None), factories.officer("li")
    derive()
    assert states() == {"handover": ("done", None), "identify": ("open", None)}
    placed(recording, officer="HB-li", before=None)
    Recording.objects.update(officer=li, unit=li.unit)
    derive()
    assert states() == {"handover": ("done", "li"), "identify": ("done", None)}


def test_a_placing_that_names_nobody_discharges_nothing(rules):
    rules(archive_fields=ARCHIVE)
    recording = examined(officer=None)
    placed(recording)
    placed(recording, officer=None, before="HB-li")
    derive()
    assert states() == {"identify": ("open", None)}


def test_a_later_placing_does_not_date_the_handover_again(rules):
    rules(handover=handover(24))
    recording = examined(after=HOUR)
    derive()
    before = rows()
    Recording.objects.update(recorded_at=NOON - 3 * DAY)
    placed(recording)
    derive()
    assert rows() == before
    assert deriving.recompute(factories.agency(), at=NOON + DAY) == 0


@transaction.atomic
def placed(recording, **facts) -> None:
    subject = f"recording:{recording.number}"
    log.record(Kind.RECORDING_PLACED, subject=subject, by=log.SYSTEM, at=NOON + MINUTE, **facts)


def states() -> dict[str, tuple[str, str | None]]:
    rows = Duty.objects.select_related("owner")
    return {row.kind: (row.state, row.owner and row.owner.login) for row in rows}


@pytest.mark.enforces("window", article="weidong-market:3")
def test_a_window_cameras_recordings_are_nobodys_to_hand_in_or_to_identify(rules):
    rules(handover=handover(24), archive_fields=ARCHIVE)
    device = factories.device("CK-01")
    device.kind = DeviceKind.FIXED_CAMERA
    device.save()
    examined(after=25 * HOUR, device=device, officer=None)
    derive()
    assert not Duty.objects.exists()
