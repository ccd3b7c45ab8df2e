"""Viewing requests of the demonstration bureau, one at every stage, and evidence taken out.

Decided by whoever its regulation names.
"""

from datetime import date, datetime, timedelta
from typing import Any

LOOKED = timedelta(minutes=6, seconds=20)
HOUR = timedelta(hours=1)


def make() -> None:
    """After its recordings are there."""
    from liuhen.kernel.clock import now
    from liuhen.ops.demo_past import of_late
    from liuhen.people.models import Officer
    from liuhen.recordings.models import MediaKind, Recording

    people = {officer.login: officer for officer in Officer.objects.select_related("agency")}
    lately = Recording.objects.filter(kind=MediaKind.VIDEO, recorded_at__gte=of_late(now()))
    films = list(lately.order_by("recorded_at"))
    if len(films) < 6:
        return
    looked_at(films[:2], people)
    sent_back(films[2], people)
    waiting(films[3], people)
    refused(films[4], people)
    withdrawn(films[5], people)
    ended(films[5], people)
    sought(people)
    not_found(people)
    taken_out(people)


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
    from liuhen.access import deciding

    at = clock_days_ago(1)
    made = ask([film], "view", "学习", people["baoguan"], at=at)
    turn, decider = whose_turn(made, at=at)
    if turn:
        comment = "写明需要看哪一次检查、作什么用途"
        deciding.send_back(turn, comment=comment, by=decider, at=at + 2 * HOUR)


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


def refused(film: Any, people: dict[str, Any]) -> None:
    from liuhen.access import deciding

    at = clock_days_ago(3)
    made = ask([film], "view", "了解同事办案情况", people["qian"], at=at)
    turn, decider = whose_turn(made, at=at)
    if turn:
        comment = "与本人职责无关，不同意查看"
        deciding.refuse(turn, comment=comment, by=decider, at=at + 4 * HOUR)


def withdrawn(film: Any, people: dict[str, Any]) -> None:
    from liuhen.access import requests

    at = clock_days_ago(3) + HOUR
    made = ask([film], "view", "核对检查时间", people["baoguan"], at=at)
    requests.withdraw(made, by=people["baoguan"], at=at + HOUR / 2)


def ended(film: Any, people: dict[str, Any]) -> None:
    """Granted, and revoked once its purpose was served."""
    from liuhen.access import revoking
    from liuhen.access.models import Grant

    at = clock_days_ago(4)
    made = ask([film], "case_work", "核实现场检查时间", people["baoguan"], at=at)
    approve_all(made, at=at + HOUR)
    keys = list(Grant.objects.filter(request=made).values_list("pk", flat=True))
    reason = "核查已经结束"
    revoking.revoke_all(made, keys, reason=reason, by=people["juzhang"], at=at + 5 * HOUR)


def not_found(people: dict[str, Any]) -> None:
    """Looked for, and nothing was recorded that day."""
    from liuhen.access import requests

    at = clock_days_ago(2) + 2 * HOUR
    sought = "上月在人民路夜市的检查录像"
    made = ask([], "view", "办理投诉，核对检查经过", people["zhao"], at=at, sought=sought)
    search = "按日期、地点、执法人员查询音像资料和设备使用台账，当日没有领用设备，无录像。"
    requests.no_such(made, search=search, by=people["baoguan"], at=at + 3 * HOUR)


def taken_out(people: dict[str, Any]) -> None:
    """Evidence of the open case, by the officer who handles it, with its note."""
    from liuhen.access import extraction
    from liuhen.access.extraction import Piece
    from liuhen.access.extraction_note import EvidenceNote, offered
    from liuhen.cases.models import Case
    from liuhen.kernel.clock import now
    from liuhen.recordings.models import Recording

    filmed = Case.objects.filter(closed_date=None, activities__activity_recordings__isnull=False)
    case, by, at = filmed.order_by("pk").first(), people["li"], now()
    if case is None:
        return
    its = Recording.objects.filter(activity_recording__activity__case=case).order_by("recorded_at")
    pieces = [Piece(one) for one in its[:2]]
    asked = ask(
        [one.recording for one in pieces], "evidence", "随案移送", by, at=at - HOUR, case=case
    )
    approve_all(asked, at=at - HOUR / 2)
    note = EvidenceNote(
        proves="当事人经营超过保质期食品，执法人员检查时出示证件、告知权利。",
        summary="执法人员进入经营场所、出示证件、检查货架并清点涉案食品的全过程。",
        **offered(case.agency.name),
    )
    extraction.make(pieces, case=case, note=note, witness=people["zhao"], by=by, at=at)


def ask(films: list[Any], kind: str, purpose: str, by: Any, *, at: datetime, **more: Any) -> Any:
    from liuhen.access import requests
    from liuhen.access.asking import Asked
    from liuhen.engines.policy.vocabulary import RequestKind

    until = day_of(at) + timedelta(days=20)
    asked = Asked(RequestKind(kind), purpose, recordings=films, wanted_until=until, **more)
    return requests.ask(asked, by=by, at=at)


def scan_in(made: Any, by: Any, *, at: datetime) -> None:
    """What an outsider brings along; nobody agrees before it is there."""
    from liuhen.access import papers
    from liuhen.engines.paper.pdf import slip_pdf
    from liuhen.engines.paper.slips import Line, Slip

    for kind in papers.lacking(made):
        line = Line((("内容", "演示用扫描件，内容从略。"),), is_words=True)
        slip = Slip(str(kind.label), (made.organ, made.number), (line,), ())
        content = slip_pdf(slip, at=at)
        papers.add(made, kind, f"{kind.label}.pdf", [content], by=by, at=at)


def whose_turn(made: Any, *, at: datetime) -> tuple[Any, Any]:
    """The step and one who can take it; (None, None) where nobody need be asked."""
    from liuhen.access import deciders

    turn = deciders.current_of(made)
    return (turn, deciders.who_can_act(turn, at=at)[0]) if turn else (None, None)


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
