"""A register as PDF: every row can be read back, every sheet has the heads."""

from datetime import UTC, datetime

import pypdfium2

from liuhen.engines.paper.fonts import carried_font
from liuhen.engines.paper.registers import Register, register_pdf

NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)
HEADS = ("序号", "查阅人", "事由")


def made(*rows: tuple[str, str, str], foot: str = "") -> pypdfium2.PdfDocument:
    under = ("单位：某县卫健局", "期间：2026年", "共 2 条")
    register = Register("执法信息调阅登记簿", under, HEADS, (1, 3, 8), rows, foot)
    return pypdfium2.PdfDocument(register_pdf(register, at=NOON, font=carried_font()))


def texts_of(document: pypdfium2.PdfDocument) -> list[str]:
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def test_every_word_can_be_read_back():
    [text] = texts_of(made(("1", "李执法", "复核询问笔录"), foot="由系统自动形成。"))
    for said in ("执法信息调阅登记簿", "期间：2026年", *HEADS, "李执法", "复核询问笔录", "由系统"):
        assert said in text


def test_it_lies_on_its_side():
    [page] = made(("1", "李执法", "复核"))
    assert [round(side) for side in page.get_size()] == [842, 595]


def test_every_sheet_has_the_heads_and_its_number():
    texts = texts_of(made(*((str(n), "李执法", f"事由{n}") for n in range(60))))
    assert len(texts) == 3
    for number, text in enumerate(texts, 1):
        assert "序号查阅人事由" in text
        assert f"第{number}页共3页" in text
    assert all(f"事由{n}" in "".join(texts) for n in range(60))


def test_a_row_longer_than_a_sheet_loses_nothing():
    words = "".join(f"〔{n:04}〕" for n in range(1200))
    texts = texts_of(made(("1", "李执法", words)))
    assert len(texts) > 1
    assert all(f"〔{n:04}〕" in "".join(texts) for n in (0, 599, 1199))


def test_an_empty_register_still_says_what_it_is():
    [text] = texts_of(made())
    assert "执法信息调阅登记簿" in text


def test_a_long_foot_goes_on_on_the_next_sheet():
    foot = "\n".join(f"第{n}款。" for n in range(1, 90))
    texts = texts_of(made(("1", "李执法", "复核"), foot=foot))
    assert len(texts) > 1
    assert all(f"第{n}款。" in "".join(texts) for n in range(1, 90))
    assert "第89款。" in texts[-1]
