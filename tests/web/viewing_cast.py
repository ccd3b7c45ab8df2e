"""Requests as the pages are asked for them: from now on, by people who are there."""

from datetime import date, timedelta

from django.utils import timezone

import factories
from liuhen.access import requests
from liuhen.access.asking import Asked, Outsider
from liuhen.access.models import Request
from liuhen.cases.models import ActivityRecording
from liuhen.engines.policy.vocabulary import RequestKind
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import Recording

COURT = Outsider("张法官", "某县人民法院", "〔2026〕调字3号", "110101199001011237")


def today() -> date:
    return in_china(timezone.now()).date()


def in_days(number: int) -> date:
    return today() + timedelta(days=number)


def everybody() -> None:
    """All who may have to decide."""
    for login in factories.CAST:
        factories.officer(login)
    factories.office_head()


def film(number: str = "2026-000001", **more) -> Recording:
    """Li's, to be played: sealed and examined."""
    return factories.recording(number, number.encode(), **more)


def linked(recording: Recording, **more) -> None:
    """In an activity of Li's; `more` are its facts, e.g. its case."""
    facts = {"linked_by": factories.officer("li"), "linked_at": factories.NOON}
    ActivityRecording.objects.create(
        activity=factories.activity(**more), recording=recording, was_proposed=False, **facts
    )


def asked(*films: Recording, by: str = "wang", kind: str = "view", **more) -> Request:
    facts = {"purpose": "复核现场检查", "wanted_until": in_days(10)} | more
    if kind in ("official", "party"):
        facts.setdefault("outsider", COURT)
    said = Asked(RequestKind(kind), recordings=films, **facts)
    return requests.ask(said, by=factories.officer(by), at=timezone.now())


def form(*films: Recording, **more) -> dict:
    """The form of a request as the browser sends it."""
    facts = {
        "kind": "view",
        "purpose": "复核现场检查",
        "wanted_until": in_days(10).isoformat(),
        "recording": [one.number for one in films],
    }
    return facts | more
