"""A year's plan as an Excel file: the template, what is read from it, the plan written out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from liuhen.custody import log
from liuhen.devices import budget, tables
from liuhen.devices.budget import MOST_QUANTITY, LineFacts
from liuhen.devices.models import BudgetCategory, BudgetLine
from liuhen.devices.money import is_money
from liuhen.engines.paper import tables as paper
from liuhen.engines.paper.tables import Table
from liuhen.people.filled import Fault, Row
from liuhen.people.models import Agency, Officer

HEADS = NAME, MODEL, QUANTITY, AMOUNT, CATEGORY, REASON, EFFECT = (
    "名称", "型号", "数量", "预算（元）", "类别", "理由", "预期效果",
)  # fmt: skip
MOST_ROWS = 200
MOST_TEXT = {NAME: 100, MODEL: 50, REASON: 300, EFFECT: 300}
TABLE = Table(
    "经费计划",
    HEADS,
    widths=(28, 20, 10, 16, 12, 40, 40),
    most=MOST_ROWS,
    most_shown=400,
    decimals=frozenset({AMOUNT}),
)
NOTES = (
    "一、在“经费计划”表中填写，每个项目一行，不要改动表头，不要合并单元格，不要填写公式。",
    "二、名称、数量、预算、类别必填；类别从下拉列表中选择。",
    "三、“预算（元）”填写该项目的总金额，至多两位小数，不写单位。",
    f"四、一次至多导入 {MOST_ROWS} 行。名称以“{paper.EXAMPLE}”开头的行不导入。",
    "五、导入后整表替换该年度未上报的计划项目；有一行不正确的，全部不导入。",
)
SAMPLE = ("执法记录仪", "某型号", "4", "12000.00", "采购", "新增执法人员4名", "达到配备标准")


@dataclass(frozen=True)
class Hopeful:
    """A row understood; `facts` None and `faults` there when it can't be taken in."""

    row: Row
    facts: LineFacts | None = None
    faults: tuple[Fault, ...] = ()


def read(content: bytes) -> list[Row]:
    """Refuses: as tables.read."""
    return tables.read(TABLE, content)


def template() -> bytes:
    """The file to fill in: an example, a drop-down for the categories, how to do it."""
    return paper.template(
        TABLE, example=SAMPLE, offered={CATEGORY: list(categories())}, notes=NOTES
    )


def categories() -> dict[str, BudgetCategory]:
    with translation.override("zh-hans"):  # the file's words
        return {str(category.label): category for category in BudgetCategory}


def check(rows: Sequence[Row]) -> list[Hopeful]:
    """Each row with all that is wrong with it. No query."""
    known = categories()
    return [understood(row, known) for row in rows]


def understood(row: Row, known: Mapping[str, BudgetCategory]) -> Hopeful:
    if row.faults:
        return Hopeful(row, faults=row.faults)
    said = dict(zip(HEADS, row.texts, strict=True))
    category = known.get(said[CATEGORY])
    quantity = tables.whole_number(said[QUANTITY], MOST_QUANTITY)
    amount = tables.amount(said[AMOUNT])
    faults = [
        fault
        for head in (NAME, QUANTITY, AMOUNT, CATEGORY)
        for fault in tables.missing(head, said[head])
    ]
    faults += [
        f for head, most in MOST_TEXT.items() for f in tables.too_long(head, said[head], most)
    ]
    if said[CATEGORY] and category is None:
        faults.append(Fault(CATEGORY, _("应为：%s。") % "、".join(known)))
    if said[QUANTITY] and not quantity:
        faults.append(Fault(QUANTITY, _("应为 1 至 %d 的整数。") % MOST_QUANTITY))
    if said[AMOUNT] and (amount is None or not is_money(amount)):
        faults.append(Fault(AMOUNT, _("应为不小于零、至多两位小数的金额。")))
    if faults or category is None or not quantity or amount is None:
        return Hopeful(row, faults=tuple(faults))
    name, model, reason, effect = (said[head] for head in MOST_TEXT)
    facts = LineFacts(category, name, model, quantity, amount, reason, effect)
    return Hopeful(row, facts)


@transaction.atomic
def take_in(
    agency: Agency, year: int, rows: Sequence[Row], *, by: Officer, at: datetime
) -> list[BudgetLine]:
    """Put these lines in place of the year's, which is not submitted yet.

    Refuses: NotPermitted, BudgetNotOurs, YearOutOfRange, PlanSubmitted, TableFaulty.
    """
    budget.check_manages(agency, by)
    hopefuls = check(rows)
    tables.refuse_faulty(hopefuls)
    log.wait_for_turn()
    plan = budget.open_plan(agency, year, at=at)
    removed = plan.lines.count()
    plan.lines.all().delete()
    made = BudgetLine.objects.bulk_create(
        BudgetLine(budget=plan, **vars(one.facts)) for one in hopefuls if one.facts
    )
    facts = {"imported": len(made), "removed": removed, **budget.sums_of(made)}
    budget.told(plan, by=by, at=at, **facts)
    return made


def written(lines: Sequence[BudgetLine]) -> bytes:
    """The plan in the template's own shape: it may be worked on and sent in again."""
    names = {category: name for name, category in categories().items()}
    rows = [
        (
            line.name,
            line.model,
            str(line.quantity),
            f"{line.amount:.2f}",
            names[BudgetCategory(line.category)],
            line.reason,
            line.effect,
        )
        for line in lines
    ]
    return paper.saved(paper.book_of(TABLE, rows))
