"""评查表 and 评查结果通报, for print, PDF and Excel alike, and blank.

Papers are passed on, so they speak Chinese whatever language the reader's pages have.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils import translation

from liuhen.engines.paper.registers import Register
from liuhen.kernel.clock import in_china, now
from liuhen.people.models import Agency, Officer
from liuhen.supervision.models import Review, ReviewScore
from liuhen.supervision.reviews import basis, results
from liuhen.web.review_text import GRADES, Line, how_text, points
from liuhen.web.rules_text import article_title
from liuhen.web.templatetags.screen import minute

SHEET = "执法音像记录评查表"
RESULT = "评查结果通报"
SHEET_HEADS = ("序号", "评查内容", "依据", "分值", "扣分标准", "扣分", "得分")
SHEET_WIDTHS = (10.0, 90.0, 18.0, 14.0, 70.0, 14.0, 14.0)
HEADS = ("序号", "评查对象", "科室", "执法人员", "得分", "等次", "异议及答复")
WIDTHS = (10.0, 34.0, 34.0, 24.0, 16.0, 18.0, 70.0)
OUT = "一票否决"
SIGNED = "　　　　　　　　".join(("评查人签名：", "被评查人签名：", "日期：　　年　月　日"))
SEALED = "　　　　　　　　".join(("负责人签名：", "（单位印章）", "日期：　　年　月　日"))


def sheet_of(review: Review, line: Line, score: ReviewScore | None) -> Register:
    """One reviewer's, or one to be filled in by hand."""
    item = line.item
    whose = "、".join(
        part for part in (item.unit and item.unit.name, item.officer and item.officer.name) if part
    )
    with translation.override("zh-hans"):
        under = (
            f"编号：{review.number}-{item.position}",
            f"评查对象：{line.number}",
            f"科室、人员：{whose}",
        )
        return Register(
            review.form_title or SHEET, under, SHEET_HEADS, SHEET_WIDTHS,
            sheet_rows(review.form_lines, score), sheet_foot(score),
        )  # fmt: skip


def sheet_rows(lines: Sequence[dict[str, Any]], score: ReviewScore | None) -> list[tuple[str, ...]]:
    lost = dict(score.lost) if score else {}
    rows = []
    for n, line in enumerate(lines, 1):
        article = article_title(line["article"]) if line["article"] else ""
        if line["knock_out"]:
            found = ("有" if n in score.out else "无") if score else ""
            rows.append((str(n), line["content"], article, OUT, line["deduct"], found, ""))
            continue
        off = lost.get(n, 0)
        said = (str(off), str(line["points"] - off)) if score else ("", "")
        rows.append((str(n), line["content"], article, str(line["points"]), line["deduct"], *said))
    total = str(score.total) if score else ""
    return [*rows, ("", "合计", "", "100", "", "", total)]


def sheet_foot(score: ReviewScore | None) -> str:
    if score is None:
        return SIGNED
    said = f"评查人：{score.reviewer.name}　{minute(score.scored_at)}"
    note = f"说明：{score.note}\n" if score.note else ""
    return f"{note}{said}\n\n{SIGNED}"


def blank_sheet(agency: Agency) -> Register:
    """The form in force, to be filled in by hand."""
    form = basis.form_for(agency, in_china(now()).date())
    under = (f"单位：{agency}", "评查对象：", "科室、人员：")
    rows = sheet_rows(form.lines, None)
    return Register(SHEET, under, SHEET_HEADS, SHEET_WIDTHS, rows, SIGNED)


def result_of(review: Review, lines: Sequence[Line]) -> Register:
    with translation.override("zh-hans"):
        days = f"评查期间：{review.since_date} 至 {review.until_date}"
        under = (f"单位：{review.agency}", f"编号：{review.number}", days)
        rows = [cells_of(line) for line in lines]
        return Register(
            f"{review.title}{RESULT}", under, HEADS, WIDTHS, rows, result_foot(review, lines)
        )


def cells_of(line: Line) -> tuple[str, ...]:
    """As HEADS."""
    item = line.item
    with translation.override("zh-hans"):
        objection = getattr(item, "objection", None)
        said = ""
        if objection is not None:
            said = f"{objection.reason}（{objection.get_state_display()}）{objection.reply}"
        return (
            str(item.position),
            line.number,
            item.unit.name if item.unit else "",
            item.officer.name if item.officer else "",
            OUT if item.is_out else line.score,
            line.grade,
            said,
        )


def result_foot(review: Review, lines: Iterable[Line]) -> str:
    items = [line.item for line in lines]
    told = [f"评查方式：{how_text(review)}。评查人：{names_of(review)}。"]
    for heading, rows in (
        ("科室", results.by_unit(review, items)), ("人员", results.by_officer(review, items)),
    ):  # fmt: skip
        said = "；".join(
            f"{one.name} {points(one.score)} 分（{one.n} 项，{GRADES[one.grade]}）" for one in rows
        )
        if said:
            told.append(f"{heading}：{said}。")
    if review.conclusion:
        told.append(f"结论：{review.conclusion}")
    if review.object_by_date:
        told.append(f"异议期限：{review.object_by_date}。")
    return "\n".join([*told, "", SEALED])


def names_of(review: Review) -> str:
    """Its reviewers, and those before them whose sheets count."""
    scored = ReviewScore.objects.filter(item__review=review).values("reviewer")
    people = Officer.objects.filter(Q(reviewing=review) | Q(pk__in=scored)).distinct()
    return "、".join(people.order_by("name").values_list("name", flat=True))


def blank_result(agency: Agency) -> Register:
    rows = [(str(n), *[""] * (len(HEADS) - 1)) for n in range(1, 13)]
    under = (f"单位：{agency}", "编号：", "评查期间：")
    return Register(RESULT, under, HEADS, WIDTHS, rows, SEALED)
