"""评查表 as an Excel file: taken in as a whole, as a new version from that day on, or not at all.

The file's own words are Chinese whatever language the reader's pages have.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices import tables
from liuhen.engines.paper import tables as paper
from liuhen.engines.paper.tables import Table
from liuhen.kernel.clock import in_china
from liuhen.packs.review_forms import WHOLE, FormLine
from liuhen.people.filled import Fault, Row
from liuhen.people.models import Officer
from liuhen.regulations import current
from liuhen.supervision.models import ReviewForm
from liuhen.supervision.reviews import basis as bases
from liuhen.supervision.reviews import errors

HEADS = CONTENT, POINTS, DEDUCT, KNOCK_OUT, CONDUCT, ARTICLE = (
    "评查内容", "分值", "扣分标准", "一票否决", "规范用语和行为", "依据条款",
)  # fmt: skip
MOST_ROWS = 60
MOST_TEXT = 300
TABLE = Table("评查表", HEADS, widths=(60, 10, 50, 12, 18, 12), most=MOST_ROWS, most_shown=400)
YES = "是"
NOTES = (
    "一、在“评查表”表中填写，每项一行，不要改动表头，不要合并单元格，不要填写公式。",
    "二、分值填写整数，各项合计 100 分；一票否决项填“是”，不填分值。",
    "三、“规范用语和行为”涉及执法人员仪容、用语、行为的填“是”；“依据条款”填写本单位制度的条号，可不填。",
    f"四、一次至多导入 {MOST_ROWS} 行。内容以“{paper.EXAMPLE}”开头的行不导入。",
    "五、导入后自当日起使用，已经组织的评查仍按原表；有一行不正确的，全部不导入。",
)


@dataclass(frozen=True)
class Hopeful:
    """A row understood; `faults` empty when it can be taken in."""

    row: Row
    line: FormLine | None = None
    faults: tuple[Fault, ...] = ()


def read(content: bytes) -> list[Row]:
    """Refuses: as tables.read."""
    return tables.read(TABLE, content)


def template() -> bytes:
    example = ("全程记录，没有无故间断", "20", "每处间断扣5分", "", "", "12")
    return paper.template(TABLE, example=example, offered={KNOCK_OUT: [YES], CONDUCT: [YES]},
                          notes=NOTES)  # fmt: skip


def check(rows: Sequence[Row], articles: Sequence[int]) -> list[Hopeful]:
    """Each row with all that is wrong with it; `articles`: those of the regulation in force."""
    return [understood(row, set(articles)) for row in rows]


def understood(row: Row, articles: set[int]) -> Hopeful:
    if row.faults:
        return Hopeful(row, faults=row.faults)
    content, points, deduct, knock_out, conduct, article = row.texts
    wrong = [
        *tables.missing(CONTENT, content),
        *tables.too_long(CONTENT, content, MOST_TEXT),
        *tables.too_long(DEDUCT, deduct, MOST_TEXT),
    ]
    wrong += [
        Fault(head, _("填“是”或者不填。"))
        for head, said in ((KNOCK_OUT, knock_out), (CONDUCT, conduct))
        if said not in ("", YES)
    ]
    number = tables.whole_number(points, WHOLE) if points else 0
    if number is None:
        wrong.append(Fault(POINTS, _("应为 1 至 100 的整数。")))
    elif (knock_out == YES) == bool(number):
        wrong.append(Fault(POINTS, _("一票否决项不填分值，其他项必须填写。")))
    named = tables.whole_number(article, 999) if article else None
    if article and named not in articles:
        wrong.append(Fault(ARTICLE, _("现行制度没有第 %s 条。") % article))
    if wrong:
        return Hopeful(row, faults=tuple(wrong))
    return Hopeful(
        row,
        FormLine(
            content=content,
            points=number or 0,
            deduct=deduct,
            article=named,
            knock_out=knock_out == YES,
            is_conduct=conduct == YES,
        ),
    )


@transaction.atomic
def take_in(rows: Sequence[Row], *, by: Officer, at: datetime) -> ReviewForm:
    """As the next version, from today on. Refuses: NotAReviewer, TableFaulty, FormNotWhole,
    NoRegulation."""
    log.wait_for_turn()
    bases.check_runs(by, bases.basis_for(by.agency, at=at))
    today = in_china(at).date()
    checked = check(rows, list(current.rules(by.agency, today).pack.articles))
    tables.refuse_faulty(checked)
    lines = [one.line.model_dump() for one in checked if one.line]
    whole = sum(line["points"] for line in lines)
    if whole != WHOLE:
        raise errors.FormNotWhole(n=whole)
    before = bases.form_for(by.agency, today)
    newest = ReviewForm.objects.filter(agency_id=by.agency_id).order_by("-version").first()
    made = ReviewForm.objects.create(
        agency_id=by.agency_id,
        version=newest.version + 1 if newest else 1,
        title=before.title,
        lines=lines,
        good=before.good,
        pass_from=before.pass_from,
        from_date=today,
        taken_at=at,
        taken_by=by,
    )
    facts: dict[str, Any] = {"version": made.version, "lines": lines}
    subject = f"agency:{by.agency_id}"
    log.record(Kind.REVIEW_FORM_TAKEN, subject=subject, by=by, at=at, **facts)
    return made
