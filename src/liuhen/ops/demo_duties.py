"""What the demonstration bureau owes: made by the worker's own rounds, closed by its own people."""

from datetime import timedelta

DAYS_BACK = 4
"""How long its calendar has been kept: some checks are past their time, today's are open."""


def make() -> None:
    """Some done, one late, one waived; what nobody saw to stays open and overdue."""
    from liuhen.duties import recurring
    from liuhen.duties.rounds import Rounds
    from liuhen.kernel.clock import now

    recurring.make(at=now() - timedelta(days=DAYS_BACK))
    Rounds().go(at=now())
    see_to_some()


def see_to_some() -> None:
    from liuhen.duties import closing, queries
    from liuhen.duties.models import DutyKind
    from liuhen.kernel.clock import now
    from liuhen.people.models import Officer

    people = {officer.login: officer for officer in Officer.objects.all()}
    head, leader = people["zhongduizhang"], people["juzhang"]
    checks = list(queries.mine(head).filter(kind=DutyKind.DAILY_CHECK).order_by("due_at"))
    for duty in checks[:2]:
        note = "抽看两名队员当日录像，画面、声音正常，编号与领用一致。"
        closing.complete(duty, note=note, by=head, at=now())
    for duty in checks[2:3]:
        reason = "当日全队参加市级培训，没有外出执法。"
        closing.waive(duty, reason=reason, by=leader, at=now())
