"""The demonstration bureau's enforcement: its matter list, and activities about its clips."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

LIST = (
    ("行政检查", "公共场所卫生监督检查", "现场检查", "到达现场时", "离开现场时"),
    ("行政检查", "食品经营单位监督检查", "现场检查", "到达现场时", "离开现场时"),
    ("行政检查", "食品安全监督抽检", "抽样检查", "开始抽样时", "封样签字后"),
    ("行政检查", "投诉举报事项核查", "投诉举报现场处置", "到达现场时", "离开现场时"),
    ("行政处罚", "一般程序案件", "询问调查", "询问开始时", "笔录签字后"),
    ("行政处罚", "一般程序案件", "证据保全", "清点开始时", "清单签字后"),
    ("行政处罚", "一般程序案件", "处罚事先告知", "送达开始时", "签收后"),
    ("行政处罚", "一般程序案件", "听证", "听证开始时", "听证结束时"),
    ("行政强制", "查封场所、扣押财物", "行政强制", "宣读决定时", "清单签字后"),
    ("文书送达", "行政执法文书送达", "留置送达", "说明事由时", "留置后"),
    ("文书送达", "行政执法文书送达", "公告送达", "张贴公告时", "张贴后"),
)
"""Category, matter, stage, begins, ends."""


@dataclass(frozen=True)
class Plan:
    """`days` before today; `arrived` and `left` by China's clock.

    `said`: how many of the regulation's points were ticked on site.
    """

    days: int
    arrived: str
    left: str
    matter: int
    place: str
    party: str
    officers: tuple[str, ...]
    said: int = 0
    confirms: bool = False


PLANS = (
    Plan(2, "10:05", "10:46", 3, "城关镇东街养殖小区", "某养殖合作社", ("zhao", "li"), said=5),
    Plan(1, "09:28", "09:36", 1, "人民路68号", "某某超市", ("li", "zhao"), said=9, confirms=True),
    Plan(1, "14:55", "15:20", 2, "工业园区3号仓库", "某食品有限公司", ("li", "zhao"), said=4),
)


def make() -> None:
    """After the cards are taken in: proposals are there to be confirmed."""
    from liuhen.kernel.clock import now
    from liuhen.people.models import Officer

    people = {officer.login: officer for officer in Officer.objects.select_related("agency")}
    lines = take_in_list(people["fazhi"], at=now())
    for plan in PLANS:
        enact(plan, people, lines)


def take_in_list(by: Any, *, at: datetime) -> list[Any]:
    from liuhen.cases import matters
    from liuhen.people.filled import Row

    rows = []
    for n, (category, name, stage, begins, ends) in enumerate(LIST, 1):
        known = {
            "序号": str(n),
            "执法类别": category,
            "执法事项": name,
            "执法环节": stage,
            "记录方式": "执法记录仪",
            "记录场合": "执法现场",
            "记录内容": "表明身份、告知权利、检查经过、当事人陈述和签字",
            "开始记录时间": begins,
            "记录过程": "全过程不间断",
            "结束记录时间": ends,
            "记录部门": "执法中队",
            "记录人员": "执法人员",
            "存储期限": "同案卷保留期限",
        }
        rows.append(Row(n + 1, tuple(known.get(head, "") for head in matters.HEADS)))
    matters.take_in(by.agency, rows, by=by, at=at)
    return list(matters.current(by.agency))


def enact(plan: Plan, people: dict[str, Any], lines: list[Any]) -> None:
    from liuhen.cases import activities, linking, matching, on_site, points
    from liuhen.cases.activity_facts import ActivityFacts
    from liuhen.cases.linking import Pair
    from liuhen.kernel.clock import now
    from liuhen.regulations import current

    officers = tuple(people[login] for login in plan.officers)
    lead, line, at = officers[0], lines[plan.matter], now()
    arrived, left = moment(plan.days, plan.arrived, at), moment(plan.days, plan.left, at)
    facts = ActivityFacts(
        kind=line.kind,
        listed=line,
        stage=line.stage,
        place=plan.place,
        party_name=plan.party,
        officers=officers,
        unit=lead.unit,
        devices=tuple(devices_of(officers, arrived, left)),
        arrived_at=arrived,
    )
    made = activities.register(facts, by=lead, at=arrived)
    rules = current.rules(lead.agency, activities.day_of(made))
    for point in points.of(rules)[: plan.said]:
        when = arrived + timedelta(minutes=1)
        on_site.say(made, point.part, point.code, rules=rules, by=lead, at=when)
    on_site.leave(made, by=lead, at=left)
    made.refresh_from_db()
    found = matching.sure(matching.proposals_for(made, at=at))
    if plan.confirms and found:
        custodian = people["baoguan"]
        pairs = [Pair(made, one.recording, was_proposed=True) for one in found]
        linking.link_all(pairs, by=custodian, at=at)


def devices_of(officers: Any, since: datetime, until: datetime) -> Any:
    from liuhen.cases import activity_queries

    return activity_queries.held_on(list(officers), since, until)


def moment(days: int, clock: str, now: datetime) -> datetime:
    """So many days ago at this time by China's clock."""
    from liuhen.kernel.clock import in_china

    hour, minute = map(int, clock.split(":"))
    day = in_china(now) - timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)
