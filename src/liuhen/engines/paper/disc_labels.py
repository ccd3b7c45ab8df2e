"""Labels of discs: round ones of 120 mm, two on an A4 sheet, and cards for the cases.

The round one keeps its text off the hub and the rim: between 46 and 116 mm, as printable discs
and label sheets have it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import segno
from fpdf import FPDF

from liuhen.engines.paper.breaking import lines_of
from liuhen.engines.paper.pdf import SERIF, document

RIM_MM, PRINTED_MM, HUB_MM, HOLE_MM = 120.0, 116.0, 46.0, 15.0
PAGE_MM = 210.0, 297.0
CARD_MM = 90.0, 62.0
CARDS = 2, 4
QR_MM = 20.0
PAD_MM = 3.0


@dataclass(frozen=True)
class DiscLabel:
    """`lines`: (name, what it says), the most important first; `qr` is what its code holds."""

    number: str
    title: str
    part: str
    lines: tuple[tuple[str, str], ...]
    qr: str


def round_pdf(labels: Sequence[DiscLabel], *, at: datetime, font: Path | None = None) -> bytes:
    """Two on a page, to be printed at 100 %."""
    pdf = document(font, at, is_numbered=False)
    for n, label in enumerate(labels):
        if n % 2 == 0:
            pdf.add_page()
        Round(pdf, label, PAGE_MM[0] / 2, 78 + (n % 2) * 141).draw()
    return bytes(pdf.output())


def card_pdf(labels: Sequence[DiscLabel], *, at: datetime, font: Path | None = None) -> bytes:
    """Eight on a page."""
    pdf = document(font, at, is_numbered=False)
    across, down = CARDS
    left = (PAGE_MM[0] - across * CARD_MM[0]) / (across + 1)
    top = (PAGE_MM[1] - down * CARD_MM[1]) / (down + 1)
    for n, label in enumerate(labels):
        place = n % (across * down)
        if place == 0:
            pdf.add_page()
        column, row = place % across, place // across
        x = left + column * (CARD_MM[0] + left)
        y = top + row * (CARD_MM[1] + top)
        card(pdf, label, x, y)
    return bytes(pdf.output())


class Round:
    """One label about its middle; a line's width is the circle's at its height."""

    def __init__(self, pdf: FPDF, label: DiscLabel, x: float, y: float) -> None:
        self.pdf, self.label, self.x, self.y = pdf, label, x, y

    def draw(self) -> None:
        self.pdf.set_draw_color(150)
        for across in (RIM_MM, HOLE_MM):
            self.pdf.circle(self.x, self.y, across / 2)
        self.pdf.set_draw_color(0)
        self.text(self.label.title, self.y - 49, 12, most=2)
        self.text(self.label.part, self.y - 30, 10)
        qr(self.pdf, self.label.qr, self.x - 52, self.y - QR_MM / 2, QR_MM)
        self.beside()
        self.below()

    def width_at(self, top: float, height: float) -> float:
        """Of the circle where it is narrower: at the line's upper or its lower edge."""
        off = max(abs(top - self.y), abs(top + height - self.y))
        radius = PRINTED_MM / 2 - 1
        return 2 * math.sqrt(max(radius**2 - off**2, 0))

    def text(self, words: str, top: float, size: float, *, most: int = 1) -> float:
        """Centred lines from `top` on, at most so many; answers where the next begins."""
        self.pdf.set_font(SERIF, size=size)
        height = size * 0.45
        width = self.width_at(top, height)
        lines = lines_of(words, width, self.pdf.get_string_width)
        for line in cut(lines, most):
            self.pdf.set_xy(self.x - width / 2, top)
            self.pdf.cell(width, height, line, align="C")
            top += height
        return top

    def beside(self) -> None:
        """The number, right of the hub."""
        self.pdf.set_font(SERIF, size=9)
        self.pdf.set_xy(self.x + HUB_MM / 2 + 1, self.y - 4)
        self.pdf.cell(30, 8, self.label.number, align="L")

    def below(self) -> None:
        top = self.y + HUB_MM / 2 + 1
        for name, said in self.label.lines:
            if top > self.y + 50:
                return
            top = self.text(f"{name}：{said}", top, 8, most=2) + 0.6


def card(pdf: FPDF, label: DiscLabel, x: float, y: float) -> None:
    wide, high = CARD_MM
    pdf.rect(x, y, wide, high)
    qr(pdf, label.qr, x + wide - QR_MM - PAD_MM, y + PAD_MM, QR_MM)
    beside = wide - QR_MM - 3 * PAD_MM
    top = block(pdf, label.title, x + PAD_MM, y + PAD_MM, beside, 12, most=2)
    top = block(pdf, f"{label.number}　{label.part}", x + PAD_MM, top + 1, beside, 9, most=2)
    top = max(top + 1, y + QR_MM + 2 * PAD_MM)
    for name, said in label.lines:
        if top + 4 > y + high - PAD_MM:
            return
        top = block(pdf, f"{name}：{said}", x + PAD_MM, top, wide - 2 * PAD_MM, 9, most=2)


def block(
    pdf: FPDF, words: str, x: float, y: float, width: float, size: float, *, most: int
) -> float:
    """Lines from the left; answers where the next begins."""
    pdf.set_font(SERIF, size=size)
    height = size * 0.45
    for line in cut(lines_of(words, width, pdf.get_string_width), most):
        pdf.set_xy(x, y)
        pdf.cell(width, height, line)
        y += height
    return y


def cut(lines: list[str], most: int) -> list[str]:
    """No more than there is room for; what is left out is said to be."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], f"{lines[most - 1][:-1]}…"]


def qr(pdf: FPDF, content: str, x: float, y: float, size: float) -> None:
    """Drawn as squares: sharp on any printer."""
    rows = list(segno.make(content, error="m", micro=False).matrix)
    step = size / (len(rows) + 4)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                left, top = x + (across + 2) * step, y + (down + 2) * step
                pdf.rect(left, top, step, step, style="F")
