"""Spot checks as their people announce, draw, answer and close them."""

from datetime import date, timedelta
from typing import Any

import pytest

import factories
from factories import NOON
from liuhen.cases.models import Activity, ActivityRecording
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.recordings.models import Recording
from liuhen.supervision import spot_answers, spot_checks
from liuhen.supervision.models import SpotCheck, Stratum
from liuhen.supervision.spot_checks import Plan

DAY = date(2026, 1, 5)
LATER = NOON + timedelta(hours=2)


def who(login: str) -> Officer:
    return factories.officer(login)


def film(n: int, **more: Any) -> Recording:
    number = f"2026-{n:06d}"
    return factories.recording(number, number.encode(), **more)


def activity(n: int, *films: Recording, **more: Any) -> Activity:
    """Of Li's unless said otherwise, with what was recorded of it."""
    made = factories.activity(f"HD-2026-{n:06d}", **more)
    facts = {"was_proposed": False, "linked_at": NOON, "linked_by": who("zhou")}
    for one in films:
        ActivityRecording.objects.create(activity=made, recording=one, **facts)
    return made


def work(activities: int = 6, loose: int = 4) -> None:
    """What Li did that day: some activities with a recording each, some recordings besides."""
    for n in range(1, activities + 1):
        activity(n, film(n))
    for n in range(1, loose + 1):
        film(100 + n)


def plan(*checkers: str, **more: Any) -> Plan:
    facts = {
        "since": DAY,
        "until": DAY,
        "percent": 20,
        "looks_until": DAY + timedelta(days=10),
        "checkers": [who(one) for one in checkers or ("du",)],
        "strata": [Stratum.MATTER],
        "reason": "本年度抽查方案确定的比例",
    } | more
    return Plan(**facts)


def announced(*checkers: str, by: str = "du", **more: Any) -> SpotCheck:
    return spot_checks.announce(plan(*checkers, **more), by=who(by), at=NOON)


def drawn(*checkers: str, by: str = "du", **more: Any) -> SpotCheck:
    made = announced(*checkers, by=by, **more)
    spot_checks.draw(made, by=who(by), at=LATER)
    return made


def answer_all(check: SpotCheck, said: str = "yes", **other: str) -> None:
    """By each item's own checker; `other`: what is said to single questions."""
    for item in check.items.select_related("checker"):
        for question in check.questions:
            code = question["code"]
            answer = other.get(code, said)
            spot_answers.answer(check, item.position, code, answer, by=item.checker, at=LATER)


def closed(*checkers: str, **more: Any) -> SpotCheck:
    made = drawn(*checkers, **more)
    answer_all(made)
    spot_answers.close(made, conclusion="未发现问题", by=who("du"), at=LATER)
    made.refresh_from_db()
    return made


def refused(action: Any, *args: Any, **more: Any) -> str:
    """The refusal's code; and nothing was written."""
    before = CustodyEvent.objects.count()
    with pytest.raises(Refusal) as no:
        action(*args, **more)
    assert CustodyEvent.objects.count() == before
    return no.value.code


def kinds_of(check: SpotCheck) -> list[str]:
    rows = CustodyEvent.objects.filter(subject=f"spot_check:{check.number}").order_by("index")
    return list(rows.values_list("kind", flat=True))
