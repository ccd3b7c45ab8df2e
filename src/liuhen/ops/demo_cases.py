"""The demonstration bureau's parties and cases: papers, two that may be one, fields that lack."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

PARTIES: tuple[tuple[str, tuple[str, str, str]], ...] = (
    ("某某超市", ("刘某", "0314-5551201", "人民路68号")),
    ("某食品有限公司", ("孙某", "0314-5551233", "工业园区3号仓库")),
    ("某食品有限责任公司", ("孙某", "0314-5551233", "工业园区")),
    ("某养殖合作社", ("马某", "13800000001", "城关镇东街养殖小区")),
)
"""Name; representative, telephone, address. The third is the second entered again."""

USCC_HEADS = ("92130821MA0DEM01", "91130821MA0DEM02", "", "93130821MA0DEM04")
"""Of which the check digit is worked out: none is anybody's."""


@dataclass(frozen=True)
class Plan:
    """`party` is a place in PARTIES; `papers` are kind and title."""

    case_no: str
    name: str
    party: int
    officers: tuple[str, str]
    days: int
    papers: tuple[tuple[str, str], ...]
    closed: bool = False


PLANS = (
    Plan(
        "演市监罚〔2026〕12号",
        "某某超市销售超过保质期食品案",
        0,
        ("li", "zhao"),
        6,
        (
            ("inspection_record", "现场检查笔录"),
            ("inquiry_record", "询问调查笔录"),
            ("notice", "行政处罚告知书"),
        ),
    ),
    Plan(
        "演市监罚〔2026〕9号",
        "某养殖合作社未建立养殖档案案",
        3,
        ("zhao", "li"),
        9,
        (("decision", "行政处罚决定书"), ("service", "送达回证")),
        closed=True,
    ),
)


def make() -> None:
    """After enforcement: the activities that name a party in words get it and its case."""
    from liuhen.people.models import Officer

    people = {one.login: one for one in Officer.objects.select_related("agency", "unit")}
    made = [enter(n, people["li"]) for n in range(len(PARTIES))]
    for plan in PLANS:
        open_case(plan, made[plan.party], people)
    propose(made, people)


def enter(n: int, by: Any) -> Any:
    from stdnum.cn import uscc

    from liuhen.cases import parties
    from liuhen.cases.parties import PartyFacts
    from liuhen.kernel.clock import now

    name, (representative, phone, address) = PARTIES[n]
    number = ""
    if USCC_HEADS[n]:
        body = USCC_HEADS[n] + "X"
        number = body + uscc.calc_check_digit(body)
    kind = "uscc" if number else ""
    new = PartyFacts("organisation", name, kind, number, representative, phone, address)
    return parties.add(new, by=by, at=now() - timedelta(days=9))


def open_case(plan: Plan, party: Any, people: dict[str, Any]) -> None:
    from liuhen.cases import case_files
    from liuhen.cases.case_files import CaseFacts
    from liuhen.kernel.clock import in_china, now

    officers = tuple(people[login] for login in plan.officers)
    at = now() - timedelta(days=plan.days)
    facts = CaseFacts(
        case_no=plan.case_no,
        name=plan.name,
        opened_date=in_china(at).date(),
        officers=officers,
        lead=officers[0],
        unit=officers[0].unit,
        term="P10Y",
        parties=((party, "party"),),
    )
    case = case_files.open(facts, by=officers[0], at=at)
    for kind, title in plan.papers:
        keep(case, kind, title, at=at + timedelta(hours=1))
    join(case, party, by=officers[0])
    if plan.closed:
        day = in_china(now()).date()
        case_files.close(case, closed_date=day, term="P10Y", by=officers[0], at=now())


def keep(case: Any, kind: str, title: str, *, at: Any) -> None:
    """A paper as the office's own forms are made."""
    from liuhen.cases import documents
    from liuhen.cases.documents import Paper
    from liuhen.engines.paper.pdf import slip_pdf
    from liuhen.engines.paper.slips import Line, Slip
    from liuhen.kernel.clock import in_china

    parties = "、".join(case.parties.values_list("name", flat=True))
    lines = (
        Line((("案号", case.case_no), ("案由", case.name))),
        Line((("当事人", parties),)),
        Line((("内容", "演示用文书，内容从略。"),), is_words=True),
    )
    slip = Slip(title, (case.agency.name, ""), lines, ("执法人员签字：", "当事人签字："))
    content = slip_pdf(slip, at=at)
    paper = Paper(kind, title, made_date=in_china(at).date(), case=case)
    documents.add(paper, f"{title}.pdf", [content], by=case.added_by, at=at)


def join(case: Any, party: Any, *, by: Any) -> None:
    """The activities about this party come into its case."""
    from liuhen.cases import filling
    from liuhen.cases.models import Activity, ActivityRecording
    from liuhen.kernel.clock import now

    activities = Activity.objects.filter(party_name=party.name)
    links = ActivityRecording.objects.filter(activity__in=activities).select_related("recording")
    chosen = [one.recording for one in links]
    if chosen:
        filling.fill(chosen, case=case, party=party, by=by, at=now())


def propose(made: list[Any], people: dict[str, Any]) -> None:
    """The one entered twice: found by itself, proposed, waiting for the unit's head."""
    from liuhen.cases import merging
    from liuhen.kernel.clock import now

    why = "同一家企业，两次登记名称写法不同。"
    merging.propose(made[1], made[2], reason=why, by=people["li"], at=now())
