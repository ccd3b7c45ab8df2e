"""A form as PDF: what it says can be read back, and its font is in it."""

import re
from datetime import UTC, datetime

import pypdfium2
import pytest

from liuhen.engines.paper import fonts
from liuhen.engines.paper.fonts import best, carried_font
from liuhen.engines.paper.pdf import slip_pdf
from liuhen.engines.paper.slips import Line, Slip

NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)


def slip(*lines: Line, **more: str) -> Slip:
    facts = {"title": "未进行音像记录情况说明", "under": ("单位：某县卫健局", "编号：1")} | more
    return Slip(**facts, lines=lines, signs=("填表人签名：", "日期："))


def made(*lines: Line, **more: str) -> pypdfium2.PdfDocument:
    """As Chromium's viewer reads it."""
    return pypdfium2.PdfDocument(slip_pdf(slip(*lines, **more), at=NOON, font=carried_font()))


def text_of(document: pypdfium2.PdfDocument) -> str:
    texts = (page.get_textpage().get_text_range() for page in document)
    return "".join("".join(text.split()) for text in texts)


def test_every_word_can_be_read_back():
    party = Line((("当事人", "某某餐饮店"), ("时间", "2026年1月5日")))
    said = text_of(
        made(party, Line((("原因", "爆炸危险区域"),), is_words=True), foot="依据第六条。")
    )
    for words in (
        *("未进行音像记录情况说明", "单位：某县卫健局", "编号：1", "当事人", "某某餐饮店"),
        *("2026年1月5日", "爆炸危险区域", "依据第六条。", "填表人签名：", "日期："),
    ):
        assert words in said


def test_rare_signs_of_names_are_there():
    assert "䶮喆堃玥邾" in text_of(made(Line((("执法人员", "䶮喆堃玥邾"),))))


def test_it_is_one_a4_page_with_its_font_inside():
    content = slip_pdf(slip(Line((("地点", "中兴路12号"),))), at=NOON, font=carried_font())
    document = pypdfium2.PdfDocument(content)
    [page] = document
    assert [round(side) for side in page.get_size()] == [595, 842]
    assert b"/FontFile3" in content
    assert b"/Lang (zh-CN)" in content
    assert document.get_metadata_value("Title") == "未进行音像记录情况说明"


def test_its_signs_are_drawn():
    """Black on white: a font that was not found would leave the sheet empty or boxed."""
    [page] = made()
    grey = page.render(scale=1).to_pil().convert("L")
    title = grey.crop((200, 60, 400, 100))
    assert 300 < sum(title.histogram()[:128]) < 4000


@pytest.mark.parametrize("n", [100, 400])
def test_a_long_account_goes_on_on_the_next_page(n):
    words = "".join(f"第{one}句，现场情况如前所述。" for one in range(n))
    document = made(Line((("原因", words),), is_words=True), Line((("依据", "第六条"),)))
    assert len(document) > 1
    said = text_of(document)
    # The field's name stands on each page beside the text, its number below it.
    words = re.sub(r"原因|第\d+页共\d+页", "", said)
    assert all(f"第{one}句" in words for one in range(n))
    assert said.count("填表人签名：") == 1


def test_the_same_form_made_at_the_same_time_is_the_same_file():
    one, same = (slip_pdf(slip(), at=NOON, font=carried_font()) for _ in range(2))
    assert one == same


@pytest.mark.parametrize(
    ("there", "taken"),
    [
        (["simsun.ttc", "simfang.ttf"], "simfang.ttf"),
        (["SIMSUN.TTC", "arial.ttf"], "SIMSUN.TTC"),
        (["arial.ttf"], None),
        ([], None),
    ],
)
def test_the_offices_own_font_comes_first(tmp_path, there, taken):
    below = tmp_path / "truetype"
    below.mkdir()
    for name in there:
        (below / name).touch()
    assert best([tmp_path, tmp_path / "none"]) == (below / taken if taken else carried_font())


def test_the_carried_font_is_a_file():
    assert carried_font().is_file()
    assert fonts.office_font().is_file()


def test_a_long_name_makes_its_row_higher():
    def foot(*lines: Line) -> float:
        page = made(*lines, foot="备注")[0]
        text = page.get_textpage()
        found = text.search("备注").get_next()
        return text.get_charbox(found[0])[1]

    short, long = (("原件", "库"),), (("无法调取原件的原因", "库"),)
    assert foot(Line(long)) < foot(Line(short))
