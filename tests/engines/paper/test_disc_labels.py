"""Labels of discs as PDF: what stands on them, what their code holds, that words stay inside."""

import math
from datetime import UTC, datetime

import pypdfium2
import pytest
import zxingcpp

from liuhen.engines.paper.disc_labels import DiscLabel, card_pdf, round_pdf
from liuhen.engines.paper.fonts import carried_font

NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)
DOTS = 300 / 72
LONG = "未按规定公示卫生许可证并且拒不配合现场检查案（内卫罚〔2026〕1号）" * 3


def label(n: int = 1, **more: str) -> DiscLabel:
    facts = {"title": "未公示卫生许可证案", "part": "第1张/共2张　正本"} | more
    lines = (("制作单位", "某县卫健局"), ("制作人", "周保管"), ("制作时间", "2026年1月5日"))
    number = f"GP-2026-000001-{n}/1"
    return DiscLabel(number=number, lines=lines, qr=f"https://zf.local/discs/piece/{n}/", **facts)


def made(draw, *labels: DiscLabel) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(draw(labels, at=NOON, font=carried_font()))


def picture(document: pypdfium2.PdfDocument):
    return document[0].render(scale=DOTS).to_pil().convert("L")


@pytest.mark.enforces("disc", article="jiaxian-health:16")
@pytest.mark.parametrize("draw", [round_pdf, card_pdf])
def test_every_word_can_be_read_back(draw):
    text = made(draw, label())[0].get_textpage().get_text_range().replace("\n", "")
    for words in ("未公示卫生许可证案", "某县卫健局", "周保管", "2026年1月5日",
                  "GP-2026-000001-1/1", "第1张/共2张", "正本"):  # fmt: skip
        assert words in text.replace("\r", "")


@pytest.mark.parametrize("draw", [round_pdf, card_pdf])
def test_the_code_leads_to_the_disc(draw):
    found = zxingcpp.read_barcodes(picture(made(draw, label(1), label(2))))
    assert {one.text for one in found} == {f"https://zf.local/discs/piece/{n}/" for n in (1, 2)}


@pytest.mark.parametrize(("draw", "on_a_page"), [(round_pdf, 2), (card_pdf, 8)])
def test_a_full_page_is_followed_by_another(draw, on_a_page):
    assert len(made(draw, *map(label, range(on_a_page)))) == 1
    assert len(made(draw, *map(label, range(on_a_page + 1)))) == 2


def test_the_longest_title_stays_on_the_round_label():
    """Between what prints and the rim nothing is drawn, nor in the hub."""
    drawn = picture(made(round_pdf, label(title=LONG, part=LONG)))
    mm = 300 / 25.4
    for angle in range(0, 360, 2):
        for radius in (59.0, 59.4, 9.0, 12.0):
            x = 105 + radius * math.cos(math.radians(angle))
            y = 78 + radius * math.sin(math.radians(angle))
            assert drawn.getpixel((round(x * mm), round(y * mm))) == 255, (angle, radius)
