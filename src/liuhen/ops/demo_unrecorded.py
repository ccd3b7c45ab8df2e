"""What the demonstration bureau did not record: made by the same operations, decided by its people.

Whatever its regulation has: a cause it lists, consent beforehand or a work record afterwards.
"""

from datetime import datetime, timedelta
from typing import Any

LATER = timedelta(minutes=9)
"""Into an activity its battery was changed."""

BEFOREHAND = timedelta(hours=2)


def make() -> None:
    """After its activities are there."""
    from liuhen.cases.models import Activity
    from liuhen.kernel.clock import now
    from liuhen.ops.demo_past import of_late
    from liuhen.people.models import Officer

    people = {officer.login: officer for officer in Officer.objects.select_related("agency")}
    late = Activity.objects.filter(arrived_at__gte=of_late(now()))
    done = list(late.exclude(left_at=None).order_by("arrived_at"))
    if not done:
        return
    interrupt(done[-1], people)
    if len(done) > 1:
        interrupt_otherwise(done[0], people)
    consented(people)
    asked(people)


def interrupt(activity: Any, people: dict[str, Any]) -> None:
    """For a cause the regulation allows; told to the head where it never resumed."""
    from liuhen.cases import interruptions, stops
    from liuhen.cases.interruptions import Stretch
    from liuhen.cases.stops import Stopped

    li, rules, begin = people["li"], rules_of(activity), activity.arrived_at + LATER
    cause = interruptions.causes(rules)[0][0]
    if stops.asked(rules):
        told = Stopped(begin, cause, "录像键失灵，重启无效，现场无备用设备，改为文字记录。")
        stops.report(activity, told, by=li, at=begin + timedelta(minutes=1))
        return
    until = begin + timedelta(minutes=3)
    reason, basis = "录像键失灵，重启设备后恢复记录。", "属于制度规定可以中断的情形"
    told_after = Stretch(begin, until, cause, reason, basis)
    interruptions.enter(activity, told_after, by=li, at=until + timedelta(hours=1))


def interrupt_otherwise(activity: Any, people: dict[str, Any]) -> None:
    """For a cause the regulation does not list: entered all the same."""
    from liuhen.cases import interruptions
    from liuhen.cases.interruptions import Stretch

    cause = interruptions.causes(rules_of(activity))[-1][0]
    begin = activity.arrived_at + LATER
    stretch = Stretch(begin, begin + LATER, cause, "转移检查地点途中未开机。")
    interruptions.enter(activity, stretch, by=people["zhao"], at=begin + timedelta(hours=2))


def consented(people: dict[str, Any]) -> None:
    """Left out with everybody's word, and filed."""
    from liuhen.cases import deciders, exemptions, on_site
    from liuhen.kernel.clock import in_china, now

    at = in_china(now()) - timedelta(days=3)
    arrived = at.replace(hour=9, minute=30, second=0, microsecond=0)
    activity = registered("工业园区7号车间", "某化工有限公司", people, at=arrived - BEFOREHAND)
    first = exemption_of(activity, "车间内为爆炸危险区域，现场不得使用非防爆设备。",
                         people["li"], at=arrived - BEFOREHAND)  # fmt: skip
    on_site.arrive(activity, by=people["zhao"], at=arrived)
    on_site.leave(activity, by=people["zhao"], at=arrived + timedelta(minutes=40))
    if first is None:
        return
    posts = deciders.posts_in(first.posts)
    for decider in deciders.holders(posts, activity, first.entered_by)[:1]:
        when = arrived - BEFOREHAND / 2 if first.is_prior else arrived + timedelta(hours=5)
        exemptions.approve(first, opinion="情况属实，注意做好文字记录", by=decider, at=when)
        exemptions.file(first, by=people["li"], at=when + timedelta(days=1))


def asked(people: dict[str, Any]) -> None:
    """Waits for somebody's word."""
    from liuhen.kernel.clock import now

    at = now()
    activity = registered("解放路21号", "某保健品经营部", people, at=at)
    exemption_of(activity, "接举报涉嫌违法营销，需以普通消费者身份先行了解。", people["li"], at=at)


def exemption_of(activity: Any, reason: str, by: Any, *, at: datetime) -> Any:
    """None: the regulation knows no exemption."""
    from liuhen.cases import exemptions

    offer = exemptions.offer(rules_of(activity, at=at))
    if not offer.causes:
        return None
    cause, text = offer.causes[-1]
    basis = "" if offer.is_prior else f"属于“{text}”的情形"
    return exemptions.ask(activity, cause=cause, reason=reason, basis=basis, by=by, at=at)


def registered(place: str, party: str, people: dict[str, Any], *, at: datetime) -> Any:
    from liuhen.cases import activities
    from liuhen.cases.activity_facts import ActivityFacts

    lead = people["zhao"]
    facts = ActivityFacts(
        kind="inspection",
        place=place,
        party_name=party,
        officers=(lead, people["li"]),
        unit=lead.unit,
    )
    return activities.register(facts, by=lead, at=at)


def rules_of(activity: Any, *, at: datetime | None = None) -> Any:
    from liuhen.cases import papers

    return papers.rules_for(activity, at or activity.arrived_at)
