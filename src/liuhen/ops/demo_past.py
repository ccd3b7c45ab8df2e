"""The demonstration bureau's first days, half a year ago: what was recorded then is at its end now.

Its regulation states no term, so it has set one itself, as two of its people may.
"""

import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from liuhen.ops.demo_plan import EARLY, Early
from liuhen.ops.shell import Say

BEGAN = timedelta(days=214)
"""Before its oldest clip, so that all were owed in time; the term from then on is over by now."""

TERM = "P6M"

EACH = timedelta(days=3)
"""As often the custodian checks an original: a bureau whose log is silent for longer falls behind
with its terms (`retention.log_time`)."""

UNTIL = timedelta(days=14)
"""Before today: here the disposals of `demo_disposal` begin."""


def make(say: Say) -> None:
    """Before anything else is there: the log runs forward."""
    from liuhen.kernel.clock import now
    from liuhen.people.models import Officer

    people = {one.login: one for one in Officer.objects.select_related("agency", "unit")}
    set_a_term(people, at=now() - BEGAN + timedelta(minutes=10))
    made: list[Any] = []
    with tempfile.TemporaryDirectory(prefix="liuhen-demo-") as folder:
        write_cards(Path(folder), now())
        for early in EARLY:
            made += enact(early, Path(folder), people, now=now())
            say(f"\r半年前的录像 {len(made)}", nl=early is EARLY[-1])
    today = this_morning()
    days = every(EACH, since=today - timedelta(days=EARLY[-1].days - 1), until=today - UNTIL)
    for n, day in enumerate(days):
        check(made[n % len(made)], by=people["baoguan"], at=day)


def set_a_term(people: dict[str, Any], *, at: datetime, term: str = TERM) -> None:
    """Where the regulation leaves it open: the security administrator proposes, the head agrees."""
    from liuhen.engines.policy.values import Retention
    from liuhen.engines.policy.vocabulary import TermRule
    from liuhen.kernel.clock import in_china
    from liuhen.regulations import current, proposing

    agency, today = people["anquan"].agency, in_china(at).date()
    held = current.rulebook(agency).on(today).values.get("retention")
    if not isinstance(held, Retention) or held.rule in (TermRule.EXACT, TermRule.AT_LEAST):
        return
    value = {"article": held.article, "rule": "at_least", "period": term}
    reason = "制度未写明保存期限，经局务会研究，本单位音像资料至少保存六个月。"
    asked = proposing.propose(
        agency, "retention", value, from_date=today, reason=reason, by=people["anquan"], at=at
    )
    proposing.approve(asked, by=people["juzhang"], at=at + timedelta(hours=1))


def write_cards(folder: Path, start: datetime) -> None:
    from django.conf import settings

    from liuhen.ops import demo_cards

    cards = tuple(early.card for early in EARLY)
    list(demo_cards.make(folder, now=start, processes=settings.LIUHEN_PROCESSES, cards=cards))


def enact(early: Early, folder: Path, people: dict[str, Any], *, now: datetime) -> list[Any]:
    """One day: device fetched and brought back, its card taken in, all of it one activity's."""
    from liuhen.cases import activities, linking
    from liuhen.cases.activity_facts import ActivityFacts
    from liuhen.cases.linking import Pair
    from liuhen.devices.models import Device
    from liuhen.ops import demo, demo_uses
    from liuhen.recordings.models import Recording

    card = early.card
    lead = next(one for one in people.values() if one.officer_cert_no == card.cert_no)
    device = Device.objects.get(device_no=card.device_no)
    [use] = demo_uses.uses(now, (card,))
    demo_uses.hand_over(use, device, lead, people["shebei"])
    assert use.returned_at is not None
    evening = use.returned_at + timedelta(minutes=10)
    before = set(Recording.objects.values_list("pk", flat=True))
    demo.take_in(folder / card.device_no, card.device_no, card.cert_no, at=evening)
    demo.examine_all(at=evening + timedelta(minutes=5))
    made = list(Recording.objects.exclude(pk__in=before).order_by("recorded_at"))
    facts = ActivityFacts(
        kind="inspection",
        place=early.place,
        party_name=early.party,
        officers=(lead, people[early.second]),
        unit=lead.unit,
        devices=(device,),
        arrived_at=made[0].recorded_at - timedelta(minutes=5),
        left_at=made[-1].recorded_at + timedelta(minutes=15),
    )
    activity = activities.register(facts, by=lead, at=evening + timedelta(minutes=10))
    pairs = [Pair(activity, one) for one in made]
    linking.link_all(pairs, by=people["baoguan"], at=evening + timedelta(minutes=15))
    return made


def check(recording: Any, *, by: Any, at: datetime) -> None:
    """The custodian takes one out of many and reads it against its seal."""
    from liuhen.recordings import integrity

    integrity.verify(recording, by=by, at=at)


def this_morning() -> datetime:
    """Nine o'clock in China: nobody keeps the archive at night."""
    from liuhen.kernel.clock import in_china, now

    return in_china(now()).replace(hour=9, minute=0, second=0, microsecond=0)


def of_late(at: datetime) -> datetime:
    """Where the other parts of the demonstration begin: what was before is at its end or gone."""
    return at - UNTIL


def every(step: timedelta, *, since: datetime, until: datetime) -> Iterator[datetime]:
    at = since + step
    while at < until:
        yield at
        at += step
    yield until
