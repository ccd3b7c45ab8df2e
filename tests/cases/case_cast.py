"""What tests of parties and cases say in a word."""

from datetime import date
from typing import Any

import factories
from factories import NOON
from liuhen.cases import case_files, parties
from liuhen.cases.case_files import CaseFacts
from liuhen.cases.models import Case, Party
from liuhen.cases.parties import PartyFacts
from liuhen.custody.models import CustodyEvent
from liuhen.custody.proofs import facts_of

RESIDENT = "130102199003071233"
OTHER_RESIDENT = "130102198501010025"
USCC = "91130521MA07ABCD1L"
OTHER_USCC = "92411102MA40BCDE24"


def shop(name: str = "惠民餐饮店", **more: Any) -> PartyFacts:
    return PartyFacts(kind="organisation", name=name, **more)


def person(name: str = "张三", **more: Any) -> PartyFacts:
    return PartyFacts(kind="person", name=name, **more)


def add(facts: PartyFacts, by: str = "li") -> Party:
    return parties.add(facts, by=factories.officer(by), at=NOON)


def facts(case_no: str = "卫罚〔2026〕7号", **more: Any) -> CaseFacts:
    """A case of Li's and Wang's, Li leading."""
    li, wang = factories.officer("li"), factories.officer("wang")
    said = {
        "case_no": case_no,
        "name": "未公示卫生许可证案",
        "opened_date": date(2026, 1, 4),
        "officers": (li, wang),
        "lead": li,
        "unit": li.unit,
    } | more
    return CaseFacts(**said)


def open_case(*args: Any, by: str = "li", **more: Any) -> Case:
    return case_files.open(facts(*args, **more), by=factories.officer(by), at=NOON)


def events(subject: str) -> list[str]:
    rows = CustodyEvent.objects.filter(subject=subject).order_by("index")
    return list(rows.values_list("kind", flat=True))


def last_facts(subject: str) -> dict[str, Any]:
    return facts_of(CustodyEvent.objects.filter(subject=subject).latest("index"))


def count() -> int:
    return CustodyEvent.objects.count()
