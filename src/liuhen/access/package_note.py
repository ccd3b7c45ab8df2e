"""文字说明 of an extraction as a paper: what was typed, and what the system knows by itself."""

from collections.abc import Iterator, Sequence

from liuhen.access.extraction_note import EvidenceNote
from liuhen.access.models import Extraction, ExtractionItem
from liuhen.access.package_files import clock, device_words, maker_words, named, recorded_span
from liuhen.engines.paper.pdf import slip_pdf
from liuhen.engines.paper.slips import Line, Slip
from liuhen.kernel.clock import in_china

FOOT = (
    "校验值由文件的全部内容算出，改动任何一个字节都会不同。核验方法见证据包中的 index.html；"
    "签名处由提取人、原始载体持有人分别签名并注明日期。"
)


def pdf(extraction: Extraction, items: Sequence[ExtractionItem]) -> bytes:
    return slip_pdf(slip(extraction, items), at=extraction.made_at)


def note_of(extraction: Extraction) -> EvidenceNote:
    return EvidenceNote(**extraction.note)


def slip(extraction: Extraction, items: Sequence[ExtractionItem]) -> Slip:
    note, case = note_of(extraction), extraction.case
    at = f"{in_china(extraction.made_at):%Y-%m-%d %H:%M}"
    head = (
        Line((("案件名称", case.name), ("案号", case.case_no))),
        Line((("提取人", extractors(extraction)), ("提取时间", at))),
        Line((("提取地点", note.place), ("复制份数", f"{note.copies} 份"))),
        Line((("证明对象", note.proves),)),
        Line((("制作方法", note.method),), is_words=True),
        Line((("原始载体存放地点", note.original_place),)),
        Line((("无法调取原件原因", note.why_copy),)),
        Line((("内容摘要", note.summary),), is_words=True),
    )
    pieces = [line for item in items for line in piece_lines(item, note, len(items))]
    return Slip(
        title="音像资料提取文字说明",
        under=(extraction.agency.name, f"编号：{extraction.number}"),
        lines=(*head, *pieces),
        signs=("提取人：", "提取人：", "持有人："),
        foot=FOOT,
    )


def piece_lines(item: ExtractionItem, note: EvidenceNote, count: int) -> Iterator[Line]:
    recording = item.recording
    what = f"{recording.number}　{kind_words(item)}（第 {item.position} 份，共 {count} 份）"
    yield Line((("音像资料", what),))
    maker = maker_words(recording, note.maker)
    yield Line((("制作人", maker), ("设备", device_words(recording))))
    yield Line((("制作时间", recorded_span(recording)),))
    if item.is_excerpt:
        yield Line((("节选时段", stretch_words(item)),))
        yield Line((("原件 SHA-256", recording.sha256),))
    yield Line((("SHA-256", item.sha256),))
    yield Line((("SM3", item.sm3),))


def kind_words(item: ExtractionItem) -> str:
    kind = str(item.recording.get_kind_display())
    return f"{kind}，{'节选' if item.is_excerpt else '原件的复制件'}"


def stretch_words(item: ExtractionItem) -> str:
    """What it holds; before it is cut, what was asked for."""
    since = item.held_from if item.held_from is not None else item.asked_from
    until = item.held_until if item.held_until is not None else item.asked_until
    if since is None or until is None:
        return ""
    return f"自录制开始后 {clock(since)} 至 {clock(until)}，由原件无损截取，未重新编码"


def extractors(extraction: Extraction) -> str:
    return "、".join(named(one) for one in (extraction.made_by, extraction.witness))
