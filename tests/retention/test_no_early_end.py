"""A dozen ways to get rid of a recording early; it is there after each of them."""

from contextlib import nullcontext
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.duties.rounds import Rounds
from liuhen.engines.vault.leave import Leave
from liuhen.kernel.refusal import Refusal
from liuhen.people.roles import Role
from liuhen.recordings import uploads, vaults
from liuhen.recordings.models import Recording
from liuhen.regulations import setting_up
from liuhen.retention import (
    appraisal,
    disposal,
    execution,
    following,
    log_time,
    removing,
)
from liuhen.retention.appraisal import Word
from liuhen.retention.models import DisposalList, DisposalState, LogTime, Worth
from retention.disposal_cast import (
    DAY,
    LATER,
    NOON,
    READY,
    appraised,
    approved,
    expired,
    is_kept,
    lived_through,
    run,
    under,
    waited,
    who,
)

pytestmark = pytest.mark.django_db
NONE = Word(Worth.NONE, "无保存价值")
TOMORROW = NOON + DAY
FAR = NOON + 4000 * DAY


@pytest.fixture
def young(data) -> Recording:
    """Sealed yesterday; its term has two years to run."""
    factories.agency()
    under("chengde-safety")
    lived_through(TOMORROW)
    return expired()


@pytest.fixture
def old(data) -> Recording:
    """Its term is over, and nothing else has happened."""
    factories.agency()
    under("chengde-safety")
    lived_through(LATER)
    return expired()


def refusal_of(action, *args, **more) -> str:
    with pytest.raises(Refusal) as no:
        action(*args, **more)
    return no.value.code


def test_1_waiting_for_the_timer(old):
    lived_through(FAR)
    Rounds().go(at=FAR)
    following.catch_up(at=FAR)
    uploads.expire(at=FAR)
    execution.catch_up()
    assert is_kept(old)


def test_2_appraising_it_before_its_time(young):
    no = refusal_of(appraisal.appraise, [young], NONE, by=who("zhou"), at=TOMORROW)
    assert (no, is_kept(young)) == ("disposal.not_yet_due", True)


def test_3_setting_the_clock_forward(young):
    no = refusal_of(appraisal.appraise, [young], NONE, by=who("zhou"), at=FAR)
    assert (no, is_kept(young)) == ("disposal.clock_ahead", True)


def test_4_setting_the_clock_forward_and_working_a_while(young):
    for n in range(3):
        with transaction.atomic():
            log.record(Kind.SIGNED_IN, subject="officer:zhou", by="zhou", at=FAR + n * DAY)
    no = refusal_of(appraisal.appraise, [young], NONE, by=who("zhou"), at=FAR + 3 * DAY)
    assert (no, is_kept(young)) == ("disposal.clock_ahead", True)


def test_5_writing_ones_own_time_into_the_table(young):
    last = CustodyEvent.objects.latest("index")
    facts = {"size": last.index + 1, "last_at": last.at, "lived_at": FAR}
    LogTime.objects.update_or_create(pk=1, defaults=facts)
    assert log_time.clocks(at=FAR).trusted == FAR
    log_time.recount()
    assert log_time.clocks(at=FAR).trusted < LATER


def test_6_listing_it_without_an_appraisal(old):
    no = refusal_of(disposal.draw, [old], reason="清理空间", by=who("zhou"), at=LATER)
    assert (no, is_kept(old)) == ("disposal.not_appraised", True)


def test_7_confirming_alone(old):
    factories.officer("solo", Role.LEADER)
    made = waited(old)
    execution.witness(made, by=who("solo"), at=READY)
    no = refusal_of(execution.witness, made, by=who("solo"), at=READY)
    assert (no, is_kept(old)) == ("disposal.witnessed_already", True)


def test_8_confirming_what_nobody_approved(old):
    appraised(old)
    made = disposal.draw([old], reason="x", by=who("zhou"), at=LATER)
    no = refusal_of(execution.witness, made, by=who("zhao"), at=READY)
    assert (no, is_kept(old)) == ("disposal.wrong_step", True)


def test_9_forging_the_registers_state(old):
    made = approved(old)
    DisposalList.objects.filter(pk=made.pk).update(state=DisposalState.EXECUTING, begun_at=READY)
    made.refresh_from_db()
    assert not run(made)
    assert is_kept(old)


def test_10_marking_the_row_as_disposed_of(old):
    with pytest.raises(DatabaseError, match="before the log says so"), transaction.atomic():
        Recording.objects.filter(pk=old.pk).update(disposed_at=LATER)
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        connection.cursor().execute("DELETE FROM recordings_recording")
    assert is_kept(old)


def test_11_asking_the_store_itself(old):
    with pytest.raises(PermissionError, match="does not say"):
        removing.remove(old, nullcontext)
    other = Leave("test/other.mp4", old.sha256, event=0)
    with pytest.raises(ValueError, match="another original"):
        vaults.current().remove_expired(old.vault_key, sha256=old.sha256, leave=other)
    assert is_kept(old)


def test_12_from_another_bureau(old):
    roles = (Role.CUSTODIAN, Role.LEGAL_OFFICE, Role.BUREAU_HEAD, Role.LEADER)
    made, far = waited(old), factories.stranger("far", *roles)
    assert refusal_of(execution.witness, made, by=far, at=READY) == "disposal.no_such"
    assert refusal_of(appraisal.appraise, [old], NONE, by=far, at=READY) == (
        "disposal.nothing_chosen"
    )
    assert is_kept(old)


def test_13_adopting_a_shorter_term_afterwards(young):
    shorter = {"from_date": date(2026, 2, 1), "by": who("an"), "at": TOMORROW}
    with transaction.atomic():
        setting_up.adopt(factories.agency(), "luohe-livestock", **shorter)
    at = NOON + 400 * DAY
    lived_through(at)
    no = refusal_of(appraisal.appraise, [young], NONE, by=who("zhou"), at=at)
    assert (no, is_kept(young)) == ("disposal.not_yet_due", True)


def test_14_putting_another_recording_in_an_approved_ones_place(old):
    young = factories.recording("2028-000009", b"2028-000009", recorded_at=LATER)
    made = waited(old)
    made.items.update(recording=young)
    for login in ("zhao", "du"):
        execution.witness(made, by=who(login), at=READY)
    assert not run(made)
    assert (made.items.get().state, young.number in made.problem) == ("listed", True)
    assert vaults.path(young.vault_key).exists()
