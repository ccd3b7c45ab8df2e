"""Before anything goes: the signed log says so, whatever rows somebody wrote into the tables."""

import pytest

import factories
from liuhen.cases.models import Document
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.recordings.models import Recording
from liuhen.retention import execution, removing
from liuhen.retention.models import DisposalList, DisposalWitness
from retention.disposal_cast import (
    APPROVED,
    HOUR,
    LATER,
    approved,
    expired,
    is_kept,
    lived_through,
    reviewed,
    run,
    under,
    who,
    witnessed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_years(data):
    factories.agency()
    under("chengde-safety")
    lived_through(LATER)


def forge(kind: str, subject: str, actor: str = "du", *, index: int = 900_000) -> None:
    """A row without a leaf, far behind the log's end."""
    CustodyEvent.objects.create(
        index=index, kind=kind, subject=subject, actor=actor, at=APPROVED, entry=b"", leaf_hash=b""
    )


def set_executing(made: DisposalList) -> None:
    DisposalWitness.objects.create(
        disposal=made, place=1, officer=who("zhao"), confirmed_at=APPROVED
    )
    facts = {"approved_at": APPROVED, "approved_by": who("qian"), "begun_at": APPROVED + HOUR}
    DisposalList.objects.filter(pk=made.pk).update(state="executing", **facts)


def test_forged_confirmations_are_not_believed():
    one = expired()
    made = approved(one)
    for index, login in enumerate(("zhao", "du")):
        forge("disposal.witnessed", f"disposal:{made.number}", login, index=900_000 + index)
    set_executing(made)
    assert not run(made)
    assert (is_kept(one), "存证日志" in made.problem) == (True, True)


def test_nor_is_a_forged_approval():
    one = expired()
    made = reviewed(one)
    forge("disposal.approved", f"disposal:{made.number}", "qian")
    set_executing(made)
    assert not run(made)
    assert is_kept(one)


def test_confirmed_by_two_before_the_week_was_over_it_does_not_go(monkeypatch):
    one = expired()
    made = approved(one)
    monkeypatch.setattr(execution, "check_waited", lambda *_args, **_more: None)
    execution.witness(made, by=who("zhao"), at=APPROVED + HOUR)
    execution.witness(made, by=who("du"), at=APPROVED + HOUR)
    assert not run(made)
    assert is_kept(one)


def test_a_forged_leaving_gives_no_leave():
    one = expired()
    forge("recording.leaving", f"recording:{one.number}")
    with pytest.raises(PermissionError):
        removing.leave_for(one)


def test_what_two_really_confirmed_goes():
    one = expired()
    assert run(witnessed(one))
    assert not is_kept(one)


def test_a_line_that_was_never_handed_in_stops_the_register():
    one, other = expired(), expired("2026-000002")
    made = witnessed(one)
    made.items.update(recording=other)
    assert not run(made)
    assert (is_kept(one), is_kept(other)) == (True, True)
    assert "不在存证日志所记" in made.problem


def test_a_row_whose_sealing_tells_of_other_bytes_stops_all_of_them(monkeypatch):
    one = expired()
    with monkeypatch.context() as patch:
        patch.setattr(factories, "seal_event", sealed_otherwise)
        other = expired("2026-000002")
    made = witnessed(one, other)
    assert not run(made)
    assert (is_kept(one), is_kept(other)) == (True, True)
    assert "2026-000002 的登记与封存时的存证不一致" in made.problem


def sealed_otherwise(one: Recording) -> None:
    said = {"sha256": "f" * 64, "vault_key": one.vault_key}
    log.record(Kind.RECORDING_SEALED, subject=f"recording:{one.number}", by="wu", at=LATER, **said)


def test_what_something_else_that_is_kept_lies_under_stays():
    one = expired()
    made = witnessed(one)
    factories.recording("2028-000009", vault_key=one.vault_key, recorded_at=LATER)
    assert not run(made)
    assert (is_kept(one), one.vault_key in made.problem) == (True, True)


def test_nor_does_what_a_paper_lies_under():
    one = expired()
    made = witnessed(one)
    facts = {"size_bytes": 1, "sha256": "0" * 64, "sm3": "0" * 64, "vault_key": one.vault_key}
    facts |= {"agency": one.agency, "case": factories.case(), "kind": "other", "title": "执照"}
    Document.objects.create(**facts, added_at=LATER, added_by=who("li"))
    assert not run(made)
    assert (is_kept(one), made.items.get().state) == (True, "listed")
