"""Viewing requests of the demonstration bureau: granted and looked at, waiting, sent back, sought.

Decided by whoever its regulation names.
"""

from datetime import date, datetime, timedelta
from typing import Any

LOOKED = timedelta(minutes=6, seconds=20)


def make() -> None:
    """After its recordings are there."""
    from liuhen.people.models import Officer
    from liuhen.recordings.models import MediaKind, Recording

    people = {officer.login: officer for officer in Officer.objects.select_related("agency")}
    films = list(Recording.objects.filter(kind=MediaKind.VIDEO).order_by("recorded_at"))
    if len(films) < 4:
        return
    looked_at(films[:2], people)
    sent_back(films[2], people)
    waiting(films[3], people)
    sought(people)


def looked_at(films: list[Any], people: dict[str, Any]) -> None:
    """By the custodian, who was asked about them from above."""
    from liuhen.access import register, viewing

    custodian, at = people["baoguan"], clock_days_ago(2)
    made = ask(films, "case_work", "答复上级执法监督对现场检查程序的核查", custodian, at=at)
    approve_all(made, at=at + timedelta(hours=3))
    for n, film in enumerate(films):
        opened_at = at + timedelta(days=1, minutes=10 * n)
        opened = viewing.open_recording(
            film.number, by=custodian, at=opened_at, request=made.number
        )
        register.close(opened.viewing, by=custodian, at=opened_at + LOOKED)


def sent_back(film: Any, people: dict[str, Any]) -> None:
    from liuhen.access import deciders, deciding

    at = clock_days_ago(1)
    made = ask([film], "view", "学习", people["baoguan"], at=at)
    turn = deciders.current_of(made)
    if turn is None:
        return
    [decider, *_others] = deciders.who_can_act(turn, at=at)
    comment = "写明需要看哪一次检查、作什么用途"
    deciding.send_back(turn, comment=comment, by=decider, at=at + timedelta(hours=2))


def waiting(film: Any, people: dict[str, Any]) -> None:
    """For a court, whose letter and identity the custodian has seen."""
    from liuhen.access.asking import Outsider
    from liuhen.kernel.clock import now

    court = Outsider("张法官", "示范县人民法院", "（2026）示行调字第12号", "110101199001011237")
    purpose = "审理行政诉讼案件，需查阅现场检查过程"
    ask([film], "official", purpose, people["baoguan"], at=now(), outsider=court)


def sought(people: dict[str, Any]) -> None:
    """By who does not know its number."""
    from liuhen.kernel.clock import now

    sought = "上周投诉举报现场核查中，当事人陈述进货来源的一段"
    ask([], "view", "办理关联案件，核对进货来源", people["qian"], at=now(), sought=sought)


def ask(films: list[Any], kind: str, purpose: str, by: Any, *, at: datetime, **more: Any) -> Any:
    from liuhen.access import requests
    from liuhen.access.asking import Asked
    from liuhen.engines.policy.vocabulary import RequestKind

    until = day_of(at) + timedelta(days=20)
    asked = Asked(RequestKind(kind), purpose, recordings=films, wanted_until=until, **more)
    return requests.ask(asked, by=by, at=at)


def approve_all(made: Any, *, at: datetime) -> None:
    from liuhen.access import deciders, deciding

    while turn := deciders.current_of(made):
        [decider, *_others] = deciders.who_can_act(turn, at=at)
        deciding.approve(turn, comment="同意，限本次核查使用", by=decider, at=at)
        made.refresh_from_db()


def clock_days_ago(days: int) -> datetime:
    """In the morning of that day."""
    from liuhen.kernel.clock import in_china, now

    at = in_china(now()) - timedelta(days=days)
    return at.replace(hour=9, minute=20, second=0, microsecond=0)


def day_of(at: datetime) -> date:
    from liuhen.kernel.clock import in_china

    return in_china(at).date()
