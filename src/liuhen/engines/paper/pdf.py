"""A form as PDF, with its font in it: it looks alike everywhere, and its text can be searched."""

import logging
from datetime import datetime
from functools import cached_property
from pathlib import Path

from fpdf import FPDF, XPos, YPos

from liuhen.engines.paper.breaking import lines_of
from liuhen.engines.paper.fonts import carried_font, office_font
from liuhen.engines.paper.slips import Line, Slip

MARGIN_MM, FOOT_MM = 25.0, 20.0
NAME_MM, PAD_MM, LINE_MM = 28.0, 2.0, 6.0
NUMBER_MM, NUMBER_FOOT_MM = 5.0, 12.0
LEAST_MM, LEAST_WORDS_MM = 11.0, 27.0
TITLE_PT, BODY_PT, SMALL_PT = 18, 11, 9
SERIF, SPARE = "office", "spare"

# fontTools tells of every table it leaves out of a subset.
logging.getLogger("fontTools").setLevel(logging.ERROR)


def slip_pdf(slip: Slip, *, at: datetime, font: Path | None = None) -> bytes:
    """The form as one A4 document, further pages where its texts are long.

    Args:
        at: when it was made, aware; stands in the file's own facts.
        font: None: the office's own, see `fonts`.
    """
    paper = Paper(font, at)
    paper.head(slip)
    for line in slip.lines:
        paper.line(line)
    paper.tail(slip)
    return paper.done()


class Sheets(FPDF):
    """Sheets that count themselves: a paper of which one is missing shows it."""

    def footer(self) -> None:
        self.set_y(-NUMBER_FOOT_MM)
        self.set_font(SERIF, size=SMALL_PT)
        self.cell(0, NUMBER_MM, f"第 {self.page_no()} 页　共 {{nb}} 页", align="C")


def document(
    font: Path | None, at: datetime, *, orientation: str = "portrait", is_numbered: bool = True
) -> FPDF:
    """An A4 document without a page yet, set in `font`; nothing breaks a page by itself.
    font: None: the office's own, see `fonts`."""
    font = font or office_font()
    pdf = (Sheets if is_numbered else FPDF)(orientation=orientation, unit="mm", format="A4")
    pdf.set_auto_page_break(False)
    pdf.c_margin = 0
    pdf.set_creation_date(at)
    pdf.set_lang("zh-CN")
    pdf.set_creator("Liuhen")
    pdf.add_font(SERIF, fname=str(font))
    if font != carried_font():
        # Signs the office's font lacks: rare ones in names.
        pdf.add_font(SPARE, fname=str(carried_font()))
        pdf.set_fallback_fonts([SPARE])
    pdf.set_font(SERIF, size=BODY_PT)
    return pdf


class Paper:
    """One document under way; the pen is at the left margin below what is written."""

    def __init__(self, font: Path | None, at: datetime) -> None:
        self.pdf = document(font, at)
        self.pdf.set_margins(MARGIN_MM, 22, MARGIN_MM)
        self.pdf.add_page()
        self.widths: dict[str, float] = {}

    @cached_property
    def width(self) -> float:
        return float(self.pdf.epw)

    @property
    def room(self) -> float:
        return float(self.pdf.h) - FOOT_MM - float(self.pdf.get_y())

    def measure(self, text: str) -> float:
        """At the body's size; signs are measured once."""
        if text not in self.widths:
            self.widths[text] = float(self.pdf.get_string_width(text))
        return self.widths[text]

    def head(self, slip: Slip) -> None:
        self.pdf.set_title(slip.title)
        self.pdf.set_font_size(TITLE_PT)
        self.write(slip.title, 13, align="C")
        self.pdf.set_font_size(BODY_PT)
        left, right = slip.under
        y = self.pdf.get_y()
        self.write(left, 8)
        self.pdf.set_y(y)
        self.write(right, 8, align="R")

    def write(self, text: str, height: float, *, align: str = "L") -> None:
        self.pdf.cell(0, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def line(self, line: Line) -> None:
        """A row as high as its longest text or name; one too long for the page goes on on the
        next."""
        each = self.width / len(line.cells) - NAME_MM - 2 * PAD_MM
        texts = [lines_of(said, each, self.measure) for _name, said in line.cells]
        least = LEAST_WORDS_MM if line.is_words else LEAST_MM
        names = [name for name, _said in line.cells]
        called = [lines_of(name, NAME_MM - 2 * PAD_MM, self.measure) for name in names]
        height = max(max(map(len, texts + called)) * LINE_MM + 2 * PAD_MM, least)
        if height > self.room and not (line.is_single and self.room > 2 * least):
            self.pdf.add_page()
        while height > self.room:
            fit = int((self.room - 2 * PAD_MM) // LINE_MM)
            self.row(names, [texts[0][:fit]], fit * LINE_MM + 2 * PAD_MM, is_words=True)
            texts = [texts[0][fit:]]
            height = max(len(texts[0]) * LINE_MM + 2 * PAD_MM, LEAST_MM)
            self.pdf.add_page()
        self.row(names, texts, height, is_words=line.is_words)

    def row(
        self, names: list[str], texts: list[list[str]], height: float, *, is_words: bool
    ) -> None:
        pdf, top = self.pdf, self.pdf.get_y()
        share = self.width / len(names)
        for n, (name, lines) in enumerate(zip(names, texts, strict=True)):
            left = MARGIN_MM + n * share
            pdf.rect(left, top, NAME_MM, height)
            pdf.rect(left + NAME_MM, top, share - NAME_MM, height)
            called = lines_of(name, NAME_MM - 2 * PAD_MM, self.measure)
            self.block(called, left, top, NAME_MM, height, align="C")
            self.block(lines, left + NAME_MM, top, share - NAME_MM, 0 if is_words else height)
        pdf.set_xy(MARGIN_MM, top + height)

    def block(
        self,
        lines: list[str],
        left: float,
        top: float,
        width: float,
        height: float,
        *,
        align: str = "L",
    ) -> None:
        """Lines in the middle of a cell's height; of 0: at its top."""
        spare = (height - len(lines) * LINE_MM) / 2 if height else PAD_MM
        for n, text in enumerate(lines):
            self.pdf.set_xy(left + PAD_MM, top + spare + n * LINE_MM)
            self.pdf.cell(width - 2 * PAD_MM, LINE_MM, text, align=align)

    def tail(self, slip: Slip) -> None:
        if slip.foot:
            self.pdf.set_font_size(SMALL_PT)
            self.widths.clear()
            for text in lines_of(slip.foot, self.width, self.measure):
                self.write(text, 6)
            self.pdf.set_font_size(BODY_PT)
        if self.room < 20:
            self.pdf.add_page()
        top, share = self.pdf.get_y() + 6, self.width / max(len(slip.signs), 1)
        for n, said in enumerate(slip.signs):
            self.pdf.set_xy(MARGIN_MM + n * share, top)
            self.pdf.cell(share, 8, said)

    def done(self) -> bytes:
        return bytes(self.pdf.output())
