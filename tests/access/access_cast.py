"""Requests as their people hand them in and decide on them."""

from datetime import date

import factories
from factories import NOON
from liuhen.access import deciding, reading, requests
from liuhen.access.asking import Asked, Outsider
from liuhen.access.deciders import current_of
from liuhen.access.models import Request, Step
from liuhen.custody.models import CustodyEvent
from liuhen.engines.policy.vocabulary import RequestKind
from liuhen.recordings.models import Recording

COURT = Outsider("张法官", "某县人民法院", "〔2026〕调字3号", "110101199001011237")
UNTIL = date(2026, 1, 20)


def asked(*films: Recording, kind: str = "view", **more) -> Asked:
    facts = {"purpose": "案件研判", "wanted_until": UNTIL} | more
    if kind in ("official", "party"):
        facts.setdefault("outsider", COURT)
    return Asked(RequestKind(kind), recordings=films, **facts)


def ask(*films: Recording, by: str = "wang", kind: str = "view", **more) -> Request:
    return requests.ask(asked(*films, kind=kind, **more), by=factories.officer(by), at=NOON)


def turn(request: Request) -> Step:
    """The step whose turn it is."""
    request.refresh_from_db()
    step = current_of(request)
    assert step is not None
    return step


def approve(request: Request, *logins: str, at=NOON, **more) -> None:
    for login in logins:
        deciding.approve(turn(request), by=factories.officer(login), at=at, **more)
    request.refresh_from_db()


def inbox(login: str, at=NOON) -> list[str]:
    rows = reading.waiting_for(factories.officer(login), at=at)
    return list(rows.order_by("number").values_list("number", flat=True))


def kinds(subject: str | None = None) -> list[str]:
    events = CustodyEvent.objects.order_by("index")
    if subject:
        events = events.filter(subject=subject)
    return list(events.values_list("kind", flat=True))
