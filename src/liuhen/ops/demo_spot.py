"""A spot check under way: announced, drawn, begun by who may check by the regulation."""

from datetime import timedelta
from typing import Any

ANSWERED = 2
"""Things already checked; the rest waits in the queue."""


def make() -> None:
    """Of the days of which there are recordings."""
    from liuhen.kernel.clock import in_china, now
    from liuhen.people.models import Officer
    from liuhen.supervision import spot_checks, spot_rules
    from liuhen.supervision.models import Stratum

    at = now()
    everybody = Officer.objects.select_related("agency").order_by("pk")
    agency = everybody[0].agency
    basis = spot_rules.basis_for(agency, at=at)
    checkers = spot_rules.checkers(agency, basis)
    if not checkers:
        return
    today = in_china(at).date()
    plan = spot_checks.Plan(
        since=today - timedelta(days=9),
        until=today,
        percent=basis.percent or 20,
        looks_until=today + timedelta(days=10),
        checkers=checkers,
        strata=[Stratum.UNIT, Stratum.MATTER],
        least=1,
        reason="按本年度监督检查计划确定的比例抽查。",
    )
    check = spot_checks.announce(plan, by=checkers[0], at=at)
    spot_checks.draw(check, by=checkers[0], at=at)
    answered(check, at)


def answered(check: Any, at: Any) -> None:
    """The first all right, the next with one thing wrong."""
    from liuhen.supervision import spot_answers

    items = check.items.exclude(checker=None).select_related("checker").order_by("position")
    for n, item in enumerate(items[:ANSWERED]):
        for question in check.questions:
            said = "no" if n and question["code"] == "no_gap" else "yes"
            spot_answers.answer(
                check, item.position, question["code"], said, by=item.checker, at=at
            )
        if n:
            words = "检查结束前约两分钟没有录像，未见口述说明。"
            spot_answers.note(check, item.position, words, by=item.checker, at=at)
