"""Before anything goes: the signed log says so, whatever rows somebody wrote into the tables."""

import pytest

import factories
from liuhen.custody.models import CustodyEvent
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
