"""Two witnesses, then each recording goes: bytes and pictures, never row, digests and events."""

import json

import pytest
from django_tasks_db.models import DBTaskResult

import factories
from liuhen.cases import linking
from liuhen.cases.models import Exhibit
from liuhen.custody import audit as custody_audit
from liuhen.custody.models import CustodyEvent
from liuhen.people.roles import Role
from liuhen.recordings import exporting, integrity, renditions, scrubbing, vault_disk, vaults
from liuhen.recordings.models import Recording
from liuhen.retention import due, execution, guards, holds, log_time, removing
from liuhen.retention.models import DisposalItem, DisposalList, HoldGround
from liuhen.retention.scopes import Scope
from liuhen.web import disposal_papers
from retention.disc_cast import imaged, make
from retention.disposal_cast import (
    APPROVED,
    DAY,
    HOUR,
    LATER,
    NOON,
    READY,
    appraised,
    approved,
    broken_log,
    executed,
    expired,
    is_kept,
    kinds_of,
    lived_through,
    refused,
    run,
    under,
    waited,
    who,
    witnessed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_years(data):
    factories.agency()
    under("chengde-safety")
    lived_through(LATER)


def witness(made: DisposalList, login: str, at=READY) -> None:
    execution.witness(made, by=who(login), at=at)


def states(made: DisposalList) -> list[tuple[str, str]]:
    return list(made.items.order_by("position").values_list("state", "why"))


@pytest.mark.enforces("retention", article="chengde-safety:20")
def test_two_confirm_and_it_is_gone_with_all_that_shows_it():
    one, other = expired(), expired("2026-000002")
    made = executed(one)
    assert (made.state, states(made)) == ("done", [("gone", "")])
    assert not is_kept(one)
    assert is_kept(other)


def test_row_digests_and_the_way_to_the_end_stay():
    one = expired()
    executed(one)
    kept = Recording.objects.get(pk=one.pk)
    assert (kept.sha256, kept.sm3) == (one.sha256, one.sm3)
    assert kinds_of("recording:2026-000001") == [
        "recording.sealed", "recording.examined", "recording.placed", "recording.appraised",
        "recording.leaving", "recording.disposed",
    ]  # fmt: skip
    last = CustodyEvent.objects.filter(kind="recording.disposed").get()
    facts = json.loads(bytes(last.entry))["facts"]
    assert (facts["sha256"], facts["copies"], facts["derived"]) == (
        one.sha256,
        {"first": "removed"},
        3,
    )


def test_the_audits_know_that_it_went_by_right():
    executed(expired())
    assert list(integrity.audit()) == []
    assert list(custody_audit.audit()) == []
    assert scrubbing.scrub(sample=None, by="test", at=READY).problems == []


def test_the_first_word_alone_removes_nothing():
    one = expired()
    made = waited(one)
    witness(made, "zhao")
    assert (made.state, is_kept(one)) == ("waiting", True)
    assert not DBTaskResult.objects.filter(task_path=execution.tasks.execute.module_path).exists()


def test_with_the_second_the_worker_is_asked():
    made = witnessed(expired())
    assert made.state == "executing"
    assert execution.queued() == {made.pk}


def test_one_person_does_not_confirm_twice():
    made = waited(expired())
    witness(made, "zhao")
    assert refused(witness, made, "zhao").code == "disposal.witnessed_already"


@pytest.mark.parametrize("login", ["zhou", "fa"])
def test_who_brought_it_here_is_no_witness(login):
    made = waited(expired())
    assert refused(witness, made, login).code == "disposal.own_list"


def test_nor_is_who_approved_it():
    factories.officer("qian", Role.BUREAU_HEAD, Role.LEADER)
    made = waited(expired())
    assert refused(witness, made, "qian").code == "disposal.own_list"


def test_nor_is_who_recorded_any_of_it():
    made = waited(expired(officer=who("wang")))
    assert refused(witness, made, "wang").code == "disposal.own_recordings"


@pytest.mark.parametrize("login", ["li", "sun", "an", "shen"])
def test_nor_anybody_without_the_post(login):
    made = waited(expired())
    assert refused(witness, made, login).code == "people.not_permitted"


def test_not_before_the_week_is_over():
    made = approved(expired())
    no = refused(witness, made, "zhao", at=APPROVED + 6 * DAY)
    assert (no.code, "7 天" in no.text) == ("disposal.still_waiting", True)


def test_the_bureau_may_wait_longer(settings):
    settings.LIUHEN_DISPOSAL_DAYS = 30
    made = waited(expired())
    assert refused(witness, made, "zhao").code == "disposal.still_waiting"


def test_a_clock_set_forward_does_not_shorten_the_week():
    made = approved(expired())
    no = refused(witness, made, "zhao", at=APPROVED + 400 * DAY)
    assert no.code == "disposal.clock_ahead"


def test_no_event_no_confirmation():
    made = waited(expired())
    with broken_log(), pytest.raises(RuntimeError):
        witness(made, "zhao")
    assert not made.witnesses.exists()


def place_hold(one: Recording) -> None:
    facts = {"ground": HoldGround.INQUIRY, "reason": "督查"}
    holds.place(Scope.of(one), **facts, by=who("zhou"), at=READY + HOUR)


def test_what_is_held_by_then_stays_and_the_rest_goes():
    one, other = expired(), expired("2026-000002")
    made = witnessed(one, other)
    place_hold(one)
    assert run(made)
    assert states(made) == [("spared", "on_hold"), ("gone", "")]
    assert (is_kept(one), is_kept(other)) == (True, False)
    assert kinds_of("recording:2026-000001")[-1] == "recording.spared"


def use(one: Recording, case) -> None:
    Exhibit.objects.create(case=case, recording=one, used_at=READY, used_by=who("li"))


def test_what_became_evidence_of_an_open_case_stays():
    one = expired()
    made = witnessed(one)
    use(one, factories.case())
    run(made)
    assert (states(made), is_kept(one)) == ([("spared", "case_open")], True)


def test_what_was_spared_is_appraised_anew():
    one = expired()
    made = witnessed(one)
    case = factories.case()
    use(one, case)
    run(made)
    assert guards.standing([one]) == {}
    Exhibit.objects.update(withdrawn_at=READY, withdrawn_by=who("li"), withdrawn_reason="误用")
    lived_through(READY + DAY)
    appraised(one, at=READY + DAY)
    assert list(due.of_no_worth(factories.agency())) == [one]


def test_another_content_than_was_sealed_is_not_destroyed():
    one = expired()
    made = witnessed(one)
    vaults.path(one.vault_key).write_bytes(b"tampered!!!")
    assert run(made)
    assert (states(made), is_kept(one)) == ([("spared", "changed")], True)
    assert [found.code for found in integrity.audit()] == []


def test_what_is_missing_before_its_time_is_not_passed_off_as_destroyed():
    one = expired()
    made = witnessed(one)
    vaults.path(one.vault_key).unlink()
    run(made)
    one.refresh_from_db()
    assert (states(made), one.disposed_at) == ([("spared", "missing")], None)
    assert [found.code for found in integrity.audit()] == ["vault.missing"]


class Killed(BaseException):
    """The power went."""


@pytest.mark.parametrize(
    ("where", "name"),
    [(removing, "remove"), (execution, "settle"), (execution, "finish"), (vaults, "every")],
)
def test_killed_anywhere_it_goes_on_at_the_next_start(where, name, monkeypatch):
    one = expired()
    made = witnessed(one)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(where, name, killed)
        run(made)
    assert {found.code for found in integrity.audit()} <= {"vault.stray"}
    assert run(made)
    why = "not_there" if name == "settle" else ""
    assert (made.state, states(made), is_kept(one)) == ("done", [("gone", why)], False)
    assert kinds_of("recording:2026-000001").count("recording.leaving") == 1
    assert kinds_of("recording:2026-000001").count("recording.disposed") == 1
    assert list(integrity.audit()) == []


def killed(*_args, **_more):
    raise Killed


def test_a_hold_placed_between_the_crash_and_the_next_start_still_saves_it(monkeypatch):
    one = expired()
    made = witnessed(one)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(removing, "remove", killed)
        run(made)
    place_hold(one)
    run(made)
    assert (states(made), is_kept(one)) == ([("spared", "on_hold")], True)
    assert list(integrity.audit()) == []


def test_register_and_certificate_tell_what_was_not_there_to_be_destroyed(monkeypatch):
    one, other = expired(), expired("2026-000002")
    made = witnessed(one, other)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(execution, "settle", killed)
        run(made)
    run(made)
    first, second = disposal_papers.items_of(made)
    assert "原件已不在资料库中" in disposal_papers.remarks_of(first)
    assert "原件已不在" not in disposal_papers.remarks_of(second)
    assert "2026-000001：续办时" in str(disposal_papers.certificate_of(made))


def test_held_by_then_what_is_not_there_is_not_passed_off_as_destroyed(monkeypatch):
    one = expired()
    made = witnessed(one)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(removing, "remove", killed)
        run(made)
    place_hold(one)
    vaults.path(one.vault_key).unlink()
    run(made)
    assert states(made) == [("spared", "on_hold")]
    assert [found.code for found in integrity.audit()] == ["vault.missing"]


def test_a_hold_placed_while_its_bytes_are_read_still_saves_it(monkeypatch):
    one, other = expired(), expired("2026-000002")
    made = witnessed(one, other)
    leave_for = removing.leave_for

    def held_meanwhile(recording):
        if recording == one:
            place_hold(one)
        return leave_for(recording)

    monkeypatch.setattr(removing, "leave_for", held_meanwhile)
    assert run(made)
    assert states(made) == [("spared", "on_hold"), ("gone", "")]
    assert (is_kept(one), is_kept(other), list(integrity.audit())) == (True, False, [])


def test_a_failing_disk_stands_still_and_goes_on_when_asked(monkeypatch):
    one, other = expired(), expired("2026-000002")
    made = witnessed(one, other)
    with monkeypatch.context() as patch:
        patch.setattr(removing.disposing, "remove_derived", failing)
        assert not run(made)
    assert (made.state, "2026-000001" in made.problem) == ("executing", True)
    DBTaskResult.objects.all().delete()
    execution.go_on(made, by=who("zhou"))
    assert execution.queued() == {made.pk}
    assert run(made)
    assert (made.state, made.problem) == ("done", "")


def test_with_its_disk_away_the_line_waits_instead_of_ending_as_not_there(data, monkeypatch):
    assert vault_disk.bring_up(at=LATER)
    one = expired()
    made = witnessed(one)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(removing, "remove", killed)
        run(made)
    data.vault.rename(data.root / "disk")
    data.vault.mkdir()
    assert not run(made)
    assert (states(made), "存储盘未接入" in made.problem) == ([("leaving", "")], True)
    data.vault.rmdir()
    (data.root / "disk").rename(data.vault)
    assert run(made)
    assert (states(made), is_kept(one)) == ([("gone", "")], False)


def failing(_recording):
    raise OSError("input/output error")


def test_the_next_start_queues_what_is_under_way_once():
    made = witnessed(expired())
    DBTaskResult.objects.all().delete()
    execution.catch_up()
    execution.catch_up()
    assert DBTaskResult.objects.count() == 1
    assert execution.queued() == {made.pk}


def test_working_it_off_twice_changes_nothing_more():
    made = executed(expired())
    before = CustodyEvent.objects.count()
    assert run(made)
    assert CustodyEvent.objects.count() == before


def test_asking_to_go_on_is_for_what_stands_still():
    made = executed(expired())
    no = refused(execution.go_on, made, by=who("zhou"))
    assert no.code == "disposal.wrong_step"


def test_afterwards_it_is_neither_exported_nor_verified_nor_rendered(tmp_path):
    one = expired()
    executed(one)
    for action in (
        lambda: integrity.verify(one, by="test", at=READY),
        lambda: exporting.export(one, tmp_path / "out", by="test", at=READY),
    ):
        no = refused(action)
        assert (no.code, no.topic) == ("recordings.disposed", "retention")
    renditions.render(one)
    assert not is_kept(one)


def test_its_images_that_wait_to_be_written_go_too():
    one = expired()
    activity = factories.activity()
    linking.link(activity, one, by=who("li"), at=NOON)
    image = imaged(make(activity))
    lived_through(LATER)
    executed(one)
    image.refresh_from_db()
    assert image.made_at is None
    last = CustodyEvent.objects.filter(kind="recording.disposed").get()
    assert json.loads(bytes(last.entry))["facts"]["disc_images"] == 2


def test_what_counts_as_expired_needs_no_clock_of_ours(settings):
    settings.LIUHEN_TSA = "http://tsa.test"
    expired()
    assert not due.expired(factories.agency(), log_time.clocks(at=LATER)).exists()
    assert DisposalItem.objects.count() == 0
