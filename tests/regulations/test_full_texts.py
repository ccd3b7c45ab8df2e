"""The regulation's own words: taken from a file, told apart by article, never replaced."""

import hashlib
import io
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest
from docx import Document

import factories
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.engines.policy.pack import Article, Pack
from liuhen.kernel.refusal import Refusal
from liuhen.regulations import full_texts
from liuhen.regulations.models import FullText

SHARED = Path(__file__).resolve().parents[3] / "shared" / "regulations"
ARTICLES = {n: Article(n, f"第{n}条概括") for n in (1, 2, 3)}
PACK = Pack("neiqiu-health", "某规定", "卫生健康", None, date(2019, 7, 1), ARTICLES, {})
TEXT = """某规定
第一章 总则
　　第一条 为了规范，制定本规定。
第二条 本规定所称设备，是指：
（一）照相机；
第一条规定的设备除外。
第二章 附则
  第四条　自印发之日起施行。
"""


def keep(content: bytes, name: str, who: str = "fa") -> FullText:
    by = factories.officer(who)
    return full_texts.keep(
        factories.agency(), PACK, content, file_name=name, by=by, at=factories.NOON
    )


def as_docx(text: str) -> bytes:
    document = Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_articles_are_told_apart(bureau):
    assert full_texts.split(TEXT) == {
        1: "第一条 为了规范，制定本规定。",
        2: "第二条 本规定所称设备，是指：\n（一）照相机；\n第一条规定的设备除外。",
        4: "第四条　自印发之日起施行。",
    }


@pytest.mark.parametrize(
    "line", ["第三条规定的除外。", "第三条、第四条除外。", "见第三条", "第三条第二款", "第两条 x"]
)
def test_a_line_that_speaks_of_an_article_starts_none(line):
    assert full_texts.split(f"第一条 甲\n{line}\n") == {1: f"第一条 甲\n{line}"}


@pytest.mark.parametrize("start", [full_texts.START, full_texts.CHAPTER])
def test_a_search_from_an_empty_line_stays_on_it(start):
    # Else each of 300,000 empty lines is searched to the end: a minute of one process for a file.
    words = "\n \n第一条" if start is full_texts.START else "\n \n第一章"
    assert start.search(words).start() == 3


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", TEXT.encode()),
        ("a.TXT", TEXT.encode("gbk")),
        ("a.txt", TEXT.replace("第一条 ", "**第一条** ").encode("utf-8-sig")),
        ("a.docx", as_docx(TEXT)),
    ],
)
def test_text_and_word_files_are_read(bureau, name, content):
    kept = keep(content, name)
    assert list(kept.articles) == ["1", "2", "4"]
    assert bytes(kept.content) == content


def test_a_pdf_is_kept_and_not_read(bureau):
    keep(TEXT.encode(), "a.txt")
    assert keep(b"%PDF-1.7 x", "a.pdf").articles == {}
    assert full_texts.newest_readable(bureau, PACK.pack_id).file_name == "a.txt"


def test_earlier_uploads_stay_and_the_newest_counts(bureau):
    keep(TEXT.encode(), "a.txt")
    newer = keep(TEXT.replace("甲", "乙").encode(), "b.txt")
    assert [kept.file_name for kept in full_texts.uploads(bureau, PACK.pack_id)] == [
        "b.txt",
        "a.txt",
    ]
    assert full_texts.newest_readable(bureau, PACK.pack_id) == newer


def test_what_only_one_of_text_and_pack_has_is_told():
    assert full_texts.gaps(PACK, ["1", "2", "4"]) == full_texts.Gaps((3,), (4,))


def test_the_upload_is_in_the_log_with_its_digest(bureau):
    keep(TEXT.encode(), "../a\u202eb\n.txt")
    event = CustodyEvent.objects.get(kind=Kind.FULL_TEXT_KEPT)
    facts = json.loads(bytes(event.entry))["facts"]
    assert facts["sha256"] == hashlib.sha256(TEXT.encode()).hexdigest()
    assert (facts["file_name"], facts["articles"]) == ("ab.txt", 3)


def bloated(part: str = "word/document.xml") -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(part, b" " * (41 << 20))
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.txt", "file_empty"),
        (b"x" * ((5 << 20) + 1), "a.txt", "file_too_large"),
        (b"MZ", "a.exe", "file_type"),
        (b"MZ", "noname", "file_type"),
        (b"plain", "a.pdf", "file_type"),
        (b"plain", "a.docx", "file_type"),
        (bloated("xl/workbook.xml"), "a.docx", "file_type"),
        (bloated(), "a.docx", "file_bloated"),
        (as_docx(TEXT)[:3000], "a.docx", "file_type"),
        (as_docx(TEXT).replace(b"PK\x03\x04", b"PK\x03\x05"), "a.docx", "file_unreadable"),
        (b"\xff\xff\xff\xff", "a.txt", "file_unreadable"),
        (("第一条 " + "长" * 20_001).encode(), "a.txt", "file_bloated"),
        (("长" * 300_001).encode(), "a.txt", "file_bloated"),
        (as_docx("长" * 300_001), "a.docx", "file_bloated"),
    ],
)
def test_what_is_no_regulation_is_refused(bureau, content, name, code):
    with pytest.raises(Refusal) as no:
        keep(content, name)
    assert no.value.code == f"regulations.{code}"
    assert not FullText.objects.exists()


def test_who_may_not_keep_the_rules_uploads_nothing(bureau):
    with pytest.raises(Refusal) as no:
        keep(TEXT.encode(), "a.txt", who="qian")
    assert no.value.code == "people.not_permitted"


def test_no_event_no_text(bureau, monkeypatch):
    monkeypatch.setattr(full_texts.log, "record", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        keep(TEXT.encode(), "a.txt")
    assert not FullText.objects.exists()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the full texts are not in this checkout")
@pytest.mark.parametrize(
    ("start", "numbers"),
    [
        ("000", range(1, 20)),
        ("001", range(1, 19)),
        ("002", [n for n in range(1, 30) if n != 14]),
        ("003", range(1, 25)),
        ("004", range(1, 25)),
    ],
)
def test_the_five_regulations_lose_no_article(start, numbers):
    (path,) = SHARED.glob(f"{start}_*.txt")
    assert list(full_texts.read(path.read_bytes(), "txt")) == list(numbers)
