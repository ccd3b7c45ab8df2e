"""日常检查: the day's figures, what was not in order, a word; done in one step, once a day."""

import pytest
from correction_cast import refused, who
from review_cast import activity

import factories
from factories import NOON
from liuhen.custody import log, proofs
from liuhen.custody.models import CustodyEvent
from liuhen.devices.models import Checkout
from liuhen.duties import recurring
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.recordings import secrecy
from liuhen.supervision.models import DailyCheck
from liuhen.supervision.watching import daily

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]
DAY = NOON.date()


def enter(by: str = "wang", wrong: tuple[str, ...] = (), note: str = ""):
    return daily.enter(factories.unit(), wrong=wrong, note=note, by=who(by), at=NOON)


def test_the_days_figures_are_the_units():
    activity(1, verdict="not_recorded")
    activity(2)
    device = factories.device()
    facts = {"agency": device.agency, "handed_at": NOON, "handed_by": who("kong")}
    Checkout.objects.create(device=device, officer=who("li"), unit=factories.unit(), **facts)
    seen = daily.seen(factories.unit(), who("wang"), DAY)
    assert (seen.activities, seen.incomplete, seen.recordings) == (2, 1, 2)
    assert (seen.went_out, seen.still_out, seen.late, seen.faulty) == (1, 1, 0, 0)


def test_what_secrecy_hides_is_not_counted():
    film = factories.recording("2026-000001")
    secrecy.mark(film, "trade", reason="配方", by=who("zhou"), at=NOON)
    assert daily.seen(factories.unit(), who("wang"), DAY).recordings == 0


@pytest.mark.enforces("inspection", article="neiqiu-health:20")
def test_one_word_does_the_duty_of_the_day():
    factories.follow("neiqiu-health")
    recurring.make(at=NOON)
    made, duty = enter(note="设备齐全")
    assert duty == Duty.objects.get(kind=DutyKind.DAILY_CHECK, unit=factories.unit())
    assert (duty.state, made.wrong) == (DutyState.DONE, [])
    assert "设备齐全" in duty.reason
    event = CustodyEvent.objects.get(kind="daily_check.done")
    assert proofs.facts_of(event)["seen"] == made.seen


def test_without_a_duty_the_check_stands_all_the_same():
    made, duty = enter()
    assert (made.unit, duty) == (factories.unit(), None)


@pytest.mark.parametrize(
    ("by", "wrong", "note", "code"),
    [
        ("li", (), "", "daily_check.not_head"),
        ("ban", (), "", "daily_check.not_head"),
        ("du", (), "", "daily_check.not_head"),
        ("wang", ("whole",), " ", "daily_check.wrong_unsaid"),
        ("wang", ("nonsense",), "…", "daily_check.no_such_point"),
    ],
)
def test_a_check_that_cannot_be_is_refused(by, wrong, note, code):
    assert refused(enter, by, wrong, note) == code


def test_once_a_day():
    enter(wrong=("devices",), note="一台电量不足，已充电")
    assert refused(enter) == "daily_check.checked_today"
    assert DailyCheck.objects.get().wrong == ["devices"]


def test_no_event_no_check(monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr(log, "record", broken)
    with pytest.raises(RuntimeError):
        enter()
    assert not DailyCheck.objects.exists()


@pytest.mark.parametrize(("login", "seen"), [("wang", 1), ("ban", 0), ("zhao", 1), ("du", 1)])
def test_who_sees_what_was_checked(login, seen):
    enter()
    assert daily.visible_to(who(login)).count() == seen
