"""销毁清册 and 销毁证明 as they are filed: one source for print, PDF and Excel.

Papers are passed on, so they speak Chinese whatever language the reader's pages have.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils import translation

from liuhen.custody import queries as custody
from liuhen.custody.kinds import Kind
from liuhen.engines.paper.registers import Register
from liuhen.engines.paper.slips import Line, Slip
from liuhen.engines.vault.contract import Removal
from liuhen.recordings.models import Store
from liuhen.recordings.names import shown
from liuhen.retention import disposal_proofs, left_copies
from liuhen.retention.disposal import subject_of
from liuhen.retention.disposal_queries import lines_of
from liuhen.retention.guards import WHY
from liuhen.retention.models import DisposalItem, DisposalList, DisposalState, ItemState
from liuhen.web.templatetags.screen import size
from liuhen.web.unrecorded_slips import BLANK_DATE, day, moment

TITLE = "音像资料销毁清册"
HEADS = ("序号", "题名", "年度", "档号", "应保管期限", "已保管期限", "备注")
WIDTHS = (4.0, 34.0, 6.0, 13.0, 11.0, 11.0, 21.0)
EXCEL_WIDTHS = (8, 60, 8, 18, 16, 16, 40)
BLANK_NAME = "　　　　"
NUMBER_ONLY = "保密资料，只列档号"
MOST_NAMED = 40
"""On the certificate; the register has them all."""


@dataclass(frozen=True)
class Sign:
    """Who answers for what, with the day; a line to fill in where it has not been done."""

    part: str
    name: str
    date: str


def signs_of(found: DisposalList) -> list[Sign]:
    signed = [
        Sign("鉴定负责人", found.drawn_by.name, day(found.submitted_at)),
        Sign("审核人", found.reviewed_by.name if found.reviewed_by else "", day(found.reviewed_at)),
        Sign("批准人", found.approved_by.name if found.approved_by else "", day(found.approved_at)),
    ]
    two = list(found.witnesses.select_related("officer").order_by("place"))
    for n in range(2):
        one = two[n] if n < len(two) else None
        name, at = (one.officer.name, one.confirmed_at) if one else ("", None)
        signed.append(Sign("监销人", name, day(at)))
    return signed


def items_of(found: DisposalList) -> list[DisposalItem]:
    """What is on the paper: all but what was taken out before it was handed in."""
    rows = lines_of(found).exclude(state=ItemState.TAKEN_OUT)
    return list(rows)


def copies_of(found: DisposalList) -> Counter[str]:
    """How many copies of each recording are out and not said to be destroyed."""
    still_out = [one for one in left_copies.of(found) if one.done is None]
    return Counter(number for one in still_out for number in set(one.recordings))


def cells_of(item: DisposalItem, no: int, copies: Counter[str]) -> tuple[str, ...]:
    """`copies`: from `copies_of`."""
    out = copies[item.archive_no]
    more = f"；另有副本 {out} 份须人工收回、销毁" if out else ""
    return (
        str(no),
        NUMBER_ONLY if is_secret(item) else item.title,
        str(item.year),
        item.archive_no,
        item.term_text,
        item.kept_text,
        remarks_of(item) + more,
    )


def is_secret(item: DisposalItem) -> bool:
    return bool(getattr(item, "is_secret"))  # noqa: B009 (`lines_of` annotates it)


def remarks_of(item: DisposalItem) -> str:
    with translation.override("zh-hans"):
        name = shown(bytes(item.recording.original_name)).rpartition("/")[2]
        if item.state == ItemState.SPARED:
            return f"未予销毁：{WHY.get(item.why, item.why)}"
        done = f"；{day(item.settled_at)}销毁" if item.state == ItemState.GONE else ""
        if item.why:
            done = f"；{day(item.settled_at)}{WHY.get(item.why, item.why)}"
        return f"{name}，{size(item.recording.size_bytes)}{done}"


def under_of(found: DisposalList, n: int) -> tuple[str, ...]:
    fonds = found.fonds_no or BLANK_NAME
    return (
        f"单位：{found.agency}",
        f"全宗号：{fonds}",
        f"清册编号：{found.number}",
        f"数量：{n} 件",
    )


def register_of(found: DisposalList) -> Register:
    items = items_of(found)
    signs = [f"{one.part}：{one.name or BLANK_NAME}　{one.date}" for one in signs_of(found)]
    signed = "\n".join("　　".join(row) for row in (signs[:3], signs[3:]))
    foot = f"{reason_of(found)}\n{signed}\n{state_of(found)}"
    copies = copies_of(found)
    rows = [cells_of(item, no, copies) for no, item in enumerate(items, 1)]
    return Register(TITLE, under_of(found, len(items)), HEADS, WIDTHS, rows, foot)


def reason_of(found: DisposalList) -> str:
    return f"销毁理由：{found.reason}"


def state_of(found: DisposalList) -> str:
    """What a reader must know who finds the paper without the system."""
    if found.state == DisposalState.DONE:
        return f"本清册已于{day(found.done_at)}执行完毕，每一步办理均记入存证日志。"
    if found.state == DisposalState.REVOKED:
        return f"本清册已于{day(found.revoked_at)}撤销，所列资料未销毁。"
    return "本清册尚未执行，所列资料未销毁。"


def certificate_of(found: DisposalList) -> Slip:
    """销毁证明: what went, by whose word, and where the proof of it stands."""
    items = items_of(found)
    gone = [item for item in items if item.state == ItemState.GONE]
    spared = [item for item in items if item.state == ItemState.SPARED]
    lost = [item for item in gone if item.why]
    two = list(found.witnesses.select_related("officer").order_by("place"))
    told = custody.history_of(subject_of(found), kind=Kind.DISPOSAL_DONE)
    event = f"第 {told[-1].event.index} 号" if told else ""
    return Slip(
        "音像资料销毁证明",
        (f"单位：{found.agency}", f"清册编号：{found.number}"),
        (
            Line((("全宗号", found.fonds_no), ("销毁数量", f"{len(gone)} 件，{total(gone)}"))),
            Line((("销毁理由", found.reason),)),
            Line((("鉴定负责人", named(found.drawn_by.name, found.drawn_at)),)),
            Line((("审核人", by(found.reviewed_by, found.reviewed_at)),)),
            Line((("批准人", by(found.approved_by, found.approved_at)),)),
            *(Line((("监销人", named(one.officer.name, one.confirmed_at)),)) for one in two),
            Line((("执行时间", span_of(found)), ("存证事件", event))),
            Line((("销毁方式", METHOD),)),
            Line((("存储副本", stores_text(gone)),)),
            Line((("档号", numbers(gone)),), is_words=True),
            Line((("未予销毁", spared_text(spared)),), is_words=True),
            *(Line((("执行中断", interrupted_text(lost)),), is_words=True) for _ in lost[:1]),
            Line((("外存副本", left_text(found)),), is_words=True),
        ),
        tuple(f"监销人签名：{one.officer.name}" for one in two),
        "登记信息、校验值和存证记录继续保存，可证明所销毁的资料曾经封存、内容未被改动。",
    )


METHOD = "核对校验值与封存时一致后，从全部存储副本中删除原件，并删除由其生成的转码件、缩略图和截图"


def stores_text(gone: list[DisposalItem]) -> str:
    """From which store how many were removed, as the log has it of each."""
    counted: Counter[str] = Counter()
    for facts in disposal_proofs.disposed_facts(gone):
        counted.update(store for store, said in facts["copies"].items() if said == Removal.REMOVED)
    with translation.override("zh-hans"):
        told = [f"{store.label} {counted[store]} 件" for store in Store if counted[store]]
    return "、".join(told) or "无"


def interrupted_text(lost: list[DisposalItem]) -> str:
    return f"{numbers(lost)}：续办时原件已不在资料库中，未能再次核对校验值"


def named(name: str, at: datetime | None) -> str:
    return f"{name}　{moment(at) or BLANK_DATE}"


def by(officer: object, at: datetime | None) -> str:
    return named(getattr(officer, "name", ""), at)


def total(items: list[DisposalItem]) -> str:
    return size(sum(item.recording.size_bytes for item in items)) if items else "0"


def span_of(found: DisposalList) -> str:
    return f"{moment(found.begun_at)}至{moment(found.done_at)}" if found.done_at else "正在执行"


def numbers(items: list[DisposalItem]) -> str:
    named_here = "、".join(item.archive_no for item in items[:MOST_NAMED])
    more = len(items) - MOST_NAMED
    return f"{named_here}等 {len(items)} 件，详见销毁清册" if more > 0 else named_here or "无"


def spared_text(items: list[DisposalItem]) -> str:
    with translation.override("zh-hans"):
        told = [f"{item.archive_no}（{WHY.get(item.why, item.why)}）" for item in items]
    return "、".join(told) or "无"


def left_text(found: DisposalList) -> str:
    """Which copies are outside: those destroyed by hand, and honestly those nobody answers for."""
    with translation.override("zh-hans"):
        left = left_copies.of(found)
    done = [f"{one.what}（{end_of(one.done)}）" for one in left if one.done]
    still_out = [f"{one.what}（{where_of(one)}）" for one in left if one.done is None]
    said = ["已人工销毁：" + "、".join(done)] if done else []
    said += ["尚未确认销毁：" + "、".join(still_out)] if still_out else []
    return "；".join(said) or "无"


def end_of(done: left_copies.Done) -> str:
    return f"{done.by}{day(done.at)}登记：{done.how}"


def where_of(one: left_copies.Left) -> str:
    taken = f"{day(one.at)}由{one.whom}取得" if one.at else ""
    return "，".join(filter(None, (one.where, taken)))
