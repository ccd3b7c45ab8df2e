"""index.html and 请先看我.txt of an evidence package: what it holds, how to check it."""

from collections.abc import Mapping, Sequence

from liuhen.access.extraction_note import EvidenceNote
from liuhen.access.models import Extraction, ExtractionItem
from liuhen.access.package_files import (
    HISTORY,
    MOMENTS,
    NOTE,
    PROOFS,
    clock,
    device_words,
    history_line,
    item_path,
    maker_words,
    mark_words,
    moments_of,
    points_of,
    recorded_span,
)
from liuhen.access.package_note import extractors, kind_words, note_of, stretch_words
from liuhen.custody.queries import Told
from liuhen.engines.paper.offline import Command, Contents, Event, Moment, Paper, Piece, page
from liuhen.kernel.clock import in_china

README, INDEX = "请先看我.txt", "index.html"

WELCOME = """音像资料证据包 {number}
{agency}

一、怎样看
双击“index.html”，用浏览器打开：可以播放音像资料，可以核验资料有没有被改动。
不需要联网，不需要安装软件。建议用谷歌浏览器、微软 Edge、360 极速等浏览器的较新版本。

二、里面有什么
data/音像资料    音像文件
data/文字说明.pdf  制作人、提取人、提取时间、证明对象等
data/重点时刻    资料中已标记的重点时刻
data/证据流转    每份资料自入库以来的全部经手记录
data/存证      存证事件及其证明、公钥

三、不用本页怎样核验
{commands}
"""

PAPERS = (
    (NOTE, "文字说明：制作人、提取人、时间、地点、证明对象、校验值等，供打印签名"),
    (MOMENTS, "重点时刻：资料中已标记的时刻，可用表格软件打开"),
    (HISTORY, "证据流转：每份资料自封存入库以来的全部经手记录"),
    (PROOFS, "存证：存证事件、证明文件和公钥，供其他工具核验"),
)


def contents(
    extraction: Extraction,
    items: Sequence[ExtractionItem],
    *,
    events: Mapping[int, Sequence[Event]],
    extracted: Event,
    histories: Mapping[int, Sequence[Told]],
    views: Mapping[int, tuple[str, str]],
    vkey: str,
    others: str,
) -> Contents:
    """`events`, `histories` and `views` (what is played, and a word on it) by item's key."""
    note = note_of(extraction)
    return Contents(
        number=extraction.number,
        agency=extraction.agency.name,
        facts=(
            ("案件", f"{extraction.case.case_no}　{extraction.case.name}"),
            ("证明对象", note.proves),
            ("提取人", extractors(extraction)),
            ("提取时间", f"{in_china(extraction.made_at):%Y-%m-%d %H:%M}（北京时间）"),
            ("提取地点", note.place),
            ("内容摘要", note.summary),
        ),
        vkey=vkey,
        others=others,
        extraction=extracted,
        pieces=[
            piece(item, note, events[item.pk], histories[item.pk], views[item.pk]) for item in items
        ],
        papers=[Paper(path, words) for path, words in PAPERS],
        commands=commands(),
    )


def piece(
    item: ExtractionItem,
    note: EvidenceNote,
    events: Sequence[Event],
    history: Sequence[Told],
    view: tuple[str, str],
) -> Piece:
    recording, points = item.recording, points_of(item.recording)
    shift = item.held_from if item.is_excerpt and item.held_from is not None else 0
    facts = [
        ("文件", item_path(item)),
        ("录制时间", recorded_span(recording)),
        ("制作人", maker_words(recording, note.maker)),
        ("设备", device_words(recording)),
        ("SHA-256", item.sha256),
        ("SM3", item.sm3),
    ]
    if item.is_excerpt:
        facts.insert(1, ("节选时段", stretch_words(item)))
    moments = [
        Moment(float(one.start_seconds - shift), clock(one.start_seconds), mark_words(one, points))
        for one in moments_of(item)
    ]
    return Piece(
        no=item.position,
        number=recording.number,
        title=kind_words(item),
        tag="节选，非全程" if item.is_excerpt else "",
        path=item_path(item),
        kind=recording.kind,
        view=view[0],
        view_note=view[1],
        facts=facts,
        marks=moments,
        events=events,
        history=[history_line(one) for one in history],
    )


def commands() -> list[Command]:
    """Tools that are not ours, each run from within the package's folder."""
    return [
        Command("全部文件的 SHA-256（Linux、macOS）", "sha256sum -c manifest-sha256.txt"),
        Command(
            "单个文件的 SHA-256（Windows 命令提示符，文件名请替换）",
            'certutil -hashfile "data\\音像资料\\文件名" SHA256',
        ),
        Command("单个文件的 SM3（文件名请替换）", 'openssl dgst -sm3 "data/音像资料/文件名"'),
        Command("文件夹是否完整（BagIt 标准，Python 程序 bagit）", "bagit.py --validate ."),
        Command(
            "检查点的签名（OpenSSL 3）",
            "openssl pkeyutl -verify -pubin -inkey data/存证/log.pem -rawin"
            " -in data/存证/checkpoint.txt -sigfile data/存证/checkpoint.sig",
        ),
    ]


def readme(extraction: Extraction) -> bytes:
    told = "\n".join(f"{one.title}：\n    {one.text}" for one in commands())
    text = WELCOME.format(number=extraction.number, agency=extraction.agency.name, commands=told)
    # With a BOM and Windows' line ends: the oldest Notepad reads it.
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def index(told: Contents) -> bytes:
    return page(told)
