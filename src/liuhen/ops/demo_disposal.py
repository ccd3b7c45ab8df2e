"""What the demonstration bureau does with recordings at their end: one register at every stage.

Day by day up to now, by its own people; the log sees something of each day.
"""

from datetime import datetime, timedelta
from typing import Any

from liuhen.ops.demo_past import UNTIL, check, this_morning

DAY, HOUR = timedelta(days=1), timedelta(hours=1)

EXECUTED, READY, KEPT, WAITING, REVIEWED, SUBMITTED, DRAWN, TO_LIST = 3, 2, 1, 2, 1, 1, 1, 1
"""So many recordings, oldest first, go on the register at that stage, are kept on, or wait to be
listed. Nobody has looked at the others yet."""

WHY = "已超过本单位规定的保存期限，未作为证据使用，无继续保存价值。"


class Days:
    """The days up to now: each `pass_to` has the custodian check an original every day."""

    def __init__(self, people: dict[str, Any], kept: Any, start: datetime) -> None:
        self.people, self.kept, self.at = people, kept, start

    def pass_to(self, at: datetime) -> None:
        while self.at + DAY < at:
            self.at += DAY
            check(self.kept, by=self.people["baoguan"], at=self.at)
        self.at = at


def make() -> None:
    """Right after `demo_past`, while the log has run forward only."""
    from liuhen.people.models import Officer
    from liuhen.recordings.models import Recording

    people = {one.login: one for one in Officer.objects.select_related("agency", "unit")}
    rows = list(Recording.objects.order_by("recorded_at", "pk"))
    taken = iter(rows)

    def next_ones(n: int) -> list[Any]:
        return [next(taken) for _ in range(n)]

    today = this_morning()
    days = Days(people, rows[-1], today - UNTIL)
    executed, ready = next_ones(EXECUTED), next_ones(READY)
    gone = approved(executed, days, today - 13 * DAY)
    approved(ready, days, today - 12 * DAY)
    days.pass_to(today - 4 * DAY)
    execute(gone, people, at=days.at)
    days.pass_to(today - 3 * DAY)
    keep_on(next_ones(KEPT), people, at=days.at)
    approved(next_ones(WAITING), days, today - 2 * DAY)
    days.pass_to(today - DAY)
    reviewed(next_ones(REVIEWED), people, at=days.at)
    submitted(next_ones(SUBMITTED), people, at=days.at + 5 * HOUR)
    drawn(next_ones(DRAWN), people, at=days.at + 6 * HOUR)
    appraise(next_ones(TO_LIST), people, at=days.at + 7 * HOUR)


def appraise(recordings: list[Any], people: dict[str, Any], *, at: datetime) -> None:
    from liuhen.retention import appraisal
    from liuhen.retention.appraisal import Word
    from liuhen.retention.models import Worth

    word = Word(Worth.NONE, "画面与同日其他录像重复，未涉及争议，无继续保存价值。")
    appraisal.appraise(recordings, word, by=people["baoguan"], at=at)


def keep_on(recordings: list[Any], people: dict[str, Any], *, at: datetime) -> None:
    """One is kept on: it may serve as an example."""
    from liuhen.kernel.clock import in_china
    from liuhen.retention import appraisal
    from liuhen.retention.appraisal import Word
    from liuhen.retention.models import Worth

    until = in_china(at).date() + timedelta(days=730)
    word = Word(Worth.KEEP, "程序规范，留作新录用人员培训示例。", until)
    appraisal.appraise(recordings, word, by=people["baoguan"], at=at)


def drawn(recordings: list[Any], people: dict[str, Any], *, at: datetime) -> Any:
    from liuhen.retention import disposal

    appraise(recordings, people, at=at)
    return disposal.draw(
        recordings, reason=WHY, fonds_no="J012", by=people["baoguan"], at=at + HOUR / 2
    )


def submitted(recordings: list[Any], people: dict[str, Any], *, at: datetime) -> Any:
    from liuhen.retention import disposal

    made = drawn(recordings, people, at=at)
    disposal.submit(made, by=people["baoguan"], at=at + HOUR)
    return made


def reviewed(recordings: list[Any], people: dict[str, Any], *, at: datetime) -> Any:
    from liuhen.retention import disposal

    made = submitted(recordings, people, at=at)
    opinion = "保存期限已满，未列为证据，无保全，同意列入销毁。"
    disposal.review(made, opinion=opinion, by=people["fazhi"], at=at + 3 * HOUR)
    return made


def approved(recordings: list[Any], days: Days, at: datetime) -> Any:
    from liuhen.retention import disposal

    days.pass_to(at)
    made = reviewed(recordings, days.people, at=at)
    days.at = at + 5 * HOUR
    disposal.approve(made, opinion="同意销毁。", by=days.people["juzhang"], at=days.at)
    return made


def execute(found: Any, people: dict[str, Any], *, at: datetime) -> None:
    """By two who had no part in it; then as the worker does it."""
    from liuhen.retention import execution

    execution.witness(found, by=people["shebei"], at=at)
    execution.witness(found, by=people["caiwu"], at=at + HOUR / 2)
    execution.run(found, clock=lambda: at + HOUR)


def catch_up() -> None:
    """At the end: terms are there at once, as by the worker's round, and the log knows the day."""
    from liuhen.kernel.clock import now
    from liuhen.retention import following

    live_on()
    following.catch_up(at=now())


def live_on() -> None:
    """The other parts tell of days gone by in no order, which puts the log's own time
    back (`retention.log_time`); days are lived once more until it says what day it is."""
    from liuhen.kernel.clock import now
    from liuhen.people.models import Officer
    from liuhen.recordings.models import Recording
    from liuhen.retention import log_time

    custodian = Officer.objects.select_related("agency").get(login="baoguan")
    kept = Recording.objects.filter(disposed_at=None).order_by("pk").first()
    today = now()
    for _ in range(5):
        if log_time.clocks(at=today).gap < DAY:
            return
        for back in range(9, -1, -1):
            check(kept, by=custodian, at=today - back * DAY)
