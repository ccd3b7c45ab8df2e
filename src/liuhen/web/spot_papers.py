"""抽查登记表: what was drawn and found, with the rule by which anybody can draw again.

Papers are passed on, so they speak Chinese whatever language the reader's pages have.
"""

from collections.abc import Iterable

from django.utils import translation

from liuhen.engines.drawing import frames
from liuhen.engines.paper.registers import Register
from liuhen.people.models import Agency
from liuhen.supervision.models import Answer, SpotCheck, SpotState
from liuhen.supervision.spot_queries import Line, unit_name
from liuhen.web.spot_text import item_no, item_title, item_when, rule_text, short, strata_text
from liuhen.web.templatetags.screen import minute

TITLE = "音像资料抽查登记表"
FRAME_FILE = "抽查名册.txt"
HIDDEN = "已标注保密"
FIRST = ("序号", "抽查对象", "内容", "科室", "执法人员", "时间")
LAST = ("是否调看", "说明", "检查人")
FIRST_WIDTHS, QUESTION_WIDTH, LAST_WIDTHS = (5, 18, 26, 12, 14, 16), 8, (8, 24, 10)
BLANK_LINES = 14
BLANK_QUESTIONS = ("已记录", "无间断", "移交管理", "角度", "规范")
SAID = {Answer.YES: "是", Answer.NO: "否", Answer.NOT_APPLICABLE: "不适用"}

SIGNS = ("检查人签名：", "负责人签名：", "日期：　　年　月　日")
SIGNED = "　　　　　　　　　　".join(SIGNS)
NOT_DRAWN = "尚未抽取"

RULE = (
    "抽取规则：先公布名册的校验值（SHA-256）和抽取规则，以覆盖该公布事件的存证日志检查点根哈希为随机数；"
    "对名册中每一项计算 SHA-256（根哈希:抽查编号:对象），各组按结果从小到大取前若干项"
    "（按比例向上取整，不少于每组最低数，不超过该组总数）。任何人都可以用名册文件和下列命令重新抽取核对。"
)


def heads_of(check: SpotCheck) -> tuple[str, ...]:
    return (*FIRST, *(short(one) for one in check.questions), *LAST)


def widths_of(questions: int) -> tuple[float, ...]:
    return (*FIRST_WIDTHS, *(QUESTION_WIDTH,) * questions, *LAST_WIDTHS)


def register_of(check: SpotCheck, lines: Iterable[Line]) -> Register:
    """With the rule and the commands at its foot."""
    with translation.override("zh-hans"):
        return Register(
            TITLE,
            under_of(check),
            heads_of(check),
            widths_of(len(check.questions)),
            [cells_of(check, line) for line in lines],
            foot_of(check),
        )


def under_of(check: SpotCheck) -> tuple[str, ...]:
    days = f"{check.since_date} 至 {check.until_date}"
    return (f"单位：{check.agency}", f"编号：{check.number}", f"期间：{days}")


def cells_of(check: SpotCheck, line: Line) -> tuple[str, ...]:
    """As `heads_of`; for print, PDF and Excel alike."""
    item = line.item
    with translation.override("zh-hans"):
        what = (HIDDEN, "", "", "") if line.is_hidden else (
            item_no(item), item_title(item), unit_name(item),
            "、".join(one.name for one in line.officers),
        )  # fmt: skip
        return (
            str(item.position),
            *what,
            "" if line.is_hidden else item_when(item),
            *(said(line.answers.get(one["code"])) for one in check.questions),
            "是" if line.looked else "否",
            item.note,
            item.checker.name if item.checker else "",
        )


def said(answer: str | None) -> str:
    return SAID[Answer(answer)] if answer else ""


def foot_of(check: SpotCheck) -> str:
    return "\n".join([*facts_of(check), RULE, *commands_of(check).splitlines(), "", SIGNED])


def facts_of(check: SpotCheck) -> list[str]:
    """How it came about, in sentences: also what had been announced before for these days."""
    with translation.override("zh-hans"):
        rule, strata = rule_text(check), strata_text(check)
    told = [
        f"公布：{minute(check.announced_at)}，{check.announced_by.name}；"
        f"名册共 {check.frame_size} 项，校验值 {check.frame_sha256}；"
        f"{rule}，分组：{strata}。"
    ]
    if check.reason:
        told.append(f"理由：{check.reason}")
    if check.repeats:
        told.append(f"同一期间此前已公布的抽查：{'、'.join(check.repeats)}。")
    if check.drawn_at and check.drawn_by:
        told.append(
            f"抽取：{minute(check.drawn_at)}，{check.drawn_by.name}；"
            f"检查点 {check.checkpoint_size}，根哈希 {check.root}。"
        )
    if check.closed_at and check.closed_by:
        what = "放弃理由" if check.state == SpotState.ABANDONED else "抽查结论"
        told.append(
            f"{what}：{check.conclusion}（{minute(check.closed_at)}，{check.closed_by.name}）"
        )
    return told


def commands_of(check: SpotCheck) -> str:
    """What to type to draw again; nothing before it was drawn."""
    if not check.root:
        return ""
    frame = frames.Frame(check.number, check.percent, check.least, (), ())
    return frames.commands(frame, check.root, FRAME_FILE)


def blank_of(agency: Agency) -> Register:
    """To be filled in by hand."""
    heads = (*FIRST, *BLANK_QUESTIONS, *LAST)
    rows = [(str(n), *[""] * (len(heads) - 1)) for n in range(1, BLANK_LINES + 1)]
    under = (f"单位：{agency}", "编号：", "期间：　　年　月　日至　　年　月　日")
    return Register(TITLE, under, heads, widths_of(len(BLANK_QUESTIONS)), rows, SIGNED)
