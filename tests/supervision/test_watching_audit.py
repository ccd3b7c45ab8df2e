"""A daily check or a playback entry changed, removed or made up in the tables alone is named."""

from datetime import date, timedelta

import pytest
from correction_cast import who

import factories
from factories import NOON
from liuhen.access.models import Viewing
from liuhen.supervision.models import DailyCheck, Lookback
from liuhen.supervision.watching import daily, lookbacks
from liuhen.supervision.watching.integrity import audit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]
DAY = timedelta(days=1)


def codes() -> list[str]:
    return [one.code for one in audit()]


def check(day: int = 0) -> DailyCheck:
    facts = {"wrong": ("devices",), "note": "一台电量不足", "by": who("wang")}
    made, _duty = daily.enter(factories.unit(), **facts, at=NOON + day * DAY)
    return made


def look(n: int = 1, day: int = 1) -> Lookback:
    film = factories.recording(f"2026-{n:06d}")
    facts = {"agency": film.agency, "ground": "playback", "opened_at": NOON}
    Viewing.objects.create(recording=film, viewer=who("fa"), **facts)
    seen = {"is_whole": True, "is_proper": False, "seen": "用语不规范"}
    return lookbacks.enter(film, **seen, by=who("fa"), at=NOON + day * DAY)


def test_what_went_its_way_agrees_with_the_log():
    for n in range(2):
        check(n)
        look(1, day=n)
        look(2 + n)
    assert codes() == []


@pytest.mark.parametrize(
    "changed",
    [
        {"note": "没有问题"},
        {"wrong": []},
        {"seen": {"activities": 9}},
        {"checked_at": NOON + DAY},
        {"checked_by": "zhao"},
        {"agency": "far"},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_a_daily_check_changed_in_the_table_is_named(changed):
    check()
    check(1)
    to = {"zhao": lambda: who("zhao"), "far": lambda: factories.agency("邻县卫健局")}
    facts = {k: to[v]() if isinstance(v, str) and v in to else v for k, v in changed.items()}
    DailyCheck.objects.filter(day=NOON.date()).update(**facts)
    [found] = audit()
    assert (found.code, found.subject) == (
        "daily_check.row_changed",
        f"unit:{factories.unit().pk}",
    )
    assert next(iter(changed)).removeprefix("checked_") in found.detail


def test_a_daily_check_that_is_gone_and_one_nobody_entered_are_named():
    check()
    DailyCheck.objects.update(day=date(2026, 1, 4))
    assert codes() == ["daily_check.row_missing", "daily_check.never_entered"]
    DailyCheck.objects.all().delete()
    assert codes() == ["daily_check.row_missing"]


@pytest.mark.parametrize(
    "changed", [{"seen": "全程规范"}, {"is_proper": True}, {"is_whole": False}]
)
def test_a_playback_entry_changed_in_the_table_is_named(changed):
    look(1)
    look(2)
    Lookback.objects.filter(recording__number="2026-000002").update(**changed)
    [found] = audit()
    assert (found.code, found.subject) == ("playback.row_changed", "recording:2026-000002")


@pytest.mark.parametrize("name", ["looked_at", "looked_by", "recording"])
def test_a_playback_entry_put_down_to_another_is_named_with_the_one_that_lacks(name):
    look(1)
    to = {
        "looked_at": NOON,
        "looked_by": who("du"),
        "recording": factories.recording("2026-000009"),
    }
    Lookback.objects.update(**{name: to[name]})
    assert codes() == ["playback.row_missing", "playback.never_entered"]


def test_a_playback_entry_that_is_gone_and_one_nobody_entered_are_named():
    made = look(1)
    Lookback.objects.create(
        agency=made.agency, recording=made.recording, is_whole=True, is_proper=True, seen="…",
        looked_at=made.looked_at, looked_by=made.looked_by,
    )  # fmt: skip
    assert codes() == ["playback.never_entered"]
    Lookback.objects.all().delete()
    assert codes() == ["playback.row_missing"]


def test_as_many_queries_however_many_there_are(django_assert_num_queries):
    for n in range(4):
        check(n)
        look(n + 1)
    with django_assert_num_queries(4):
        assert codes() == []
