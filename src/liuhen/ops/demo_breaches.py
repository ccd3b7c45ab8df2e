"""What may be breaches in the demonstration bureau: leads the log holds, an inquiry, a decision."""

from datetime import timedelta
from typing import Any


def make() -> None:
    """One is inquired into, one is decided and waits to be signed for, the rest are leads."""
    from liuhen.kernel.clock import in_china, now
    from liuhen.people.models import Officer
    from liuhen.supervision.breaches import deciding, following, inquiring, sifting
    from liuhen.supervision.breaches.deciding import Proposal
    from liuhen.supervision.breaches.sifting import Charge

    following.catch_up(at=now())
    people = {officer.login: officer for officer in Officer.objects.all()}
    supervision, head = people["ducha"], people["juzhang"]
    open_one = entered(people["qian"], "值班期间把执法记录仪放在办公桌上无人看管。", supervision)
    charge = Charge(people["qian"], last_item(open_one), "有两名同事反映，需要核实。")
    sifting.confirm(open_one, charge, by=supervision, at=now())
    said = "调取当日监控和使用台账，设备离开视线约四十分钟，未发现丢失。"
    inquiring.note(open_one, words=said, by=supervision, at=now())
    closed = entered(people["li"], "现场检查途中把执法记录仪交给协管员使用。", supervision)
    charge = Charge(people["li"], last_item(closed), "有当日录像为证。")
    sifting.confirm(closed, charge, by=supervision, at=now())
    until = in_china(now()).date() + timedelta(days=3)
    said = "拟认定你把设备交给他人使用，请在期限内陈述申辩。"
    inquiring.tell(closed, until=until, words=said, by=supervision, at=now())
    said = "当时需要登记笔录，请协管员代拍约五分钟。"
    inquiring.state(closed, words=said, by=people["li"], at=now())
    listed = deciding.listed(closed)
    codes = [listed.items[0].code] if listed else []
    finding = "现场检查途中把设备交给协管员使用约五分钟，本人承认，未造成后果。"
    deciding.propose(closed, Proposal(finding, codes), by=supervision, at=now())
    deciding.decide(closed, opinion="同意，引以为戒。", by=head, at=now())


def entered(officer: Any, text: str, by: Any) -> Any:
    from liuhen.kernel.clock import now
    from liuhen.supervision.breaches.suspecting import Told, enter
    from liuhen.supervision.models import BreachSource

    told = Told(BreachSource.REPORT, text, now() - timedelta(days=2), officer)
    return enter(told, by=by, at=now())


def last_item(breach: Any) -> int | None:
    """The regulation's last: other serious breaches of the rules on devices."""
    from liuhen.duties.books import Books
    from liuhen.engines.policy import oversight
    from liuhen.supervision.breaches.sifting import rules_day

    rules = Books().on(breach.agency, rules_day(breach))
    said = oversight.breaches(rules) if rules else None
    return said.items[-1].number if said else None
