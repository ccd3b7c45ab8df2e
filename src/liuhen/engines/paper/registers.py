"""A book kept line by line (登记簿, 清册) as PDF: A4 on its side, heads on every sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fpdf import FPDF, XPos, YPos

from liuhen.engines.paper.breaking import lines_of
from liuhen.engines.paper.pdf import document

MARGIN_MM, TOP_MM, FOOT_MM = 12.0, 14.0, 14.0
PAD_MM, LINE_MM, LEAST_MM = 1.2, 4.6, 8.0
TITLE_PT, BODY_PT = 16, 9


@dataclass(frozen=True)
class Register:
    """`widths` are shares of the sheet's width, one for each head; `under` stands below the title
    from left to right; every row has a cell for each head."""

    title: str
    under: tuple[str, ...]
    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: Sequence[tuple[str, ...]]
    foot: str = ""


def register_pdf(register: Register, *, at: datetime, font: Path | None = None) -> bytes:
    """As many A4 sheets as it takes, each with the heads and its number.

    Args:
        at: when it was made, aware; stands in the file's own facts.
        font: None: the office's own, see `fonts`.
    """
    return registers_pdf([register], at=at, font=font)


def registers_pdf(
    registers: Sequence[Register], *, at: datetime, font: Path | None = None
) -> bytes:
    """Several behind each other, e.g. a report and its annex, each beginning on its own sheet;
    otherwise as `register_pdf`. At least one."""
    pdf = document(font, at, orientation="landscape")
    for register in registers:
        book = Book(register, pdf)
        book.open_sheet(is_first=True)
        for row in register.rows:
            book.line(row)
        book.close()
    pdf.set_title(registers[0].title)
    return bytes(pdf.output())


class Book:
    """One register under way; the pen is at the left margin below what is written."""

    def __init__(self, register: Register, pdf: FPDF) -> None:
        pdf.set_margins(MARGIN_MM, TOP_MM, MARGIN_MM)
        pdf.set_title(register.title)
        self.pdf, self.register = pdf, register
        self.measured: dict[str, float] = {}

    @property
    def room(self) -> float:
        return float(self.pdf.h) - FOOT_MM - float(self.pdf.get_y())

    @property
    def widths(self) -> list[float]:
        whole = sum(self.register.widths)
        return [float(self.pdf.epw) * share / whole for share in self.register.widths]

    def measure(self, text: str) -> float:
        """At the body's size; signs are measured once."""
        if text not in self.measured:
            self.measured[text] = float(self.pdf.get_string_width(text))
        return self.measured[text]

    def open_sheet(self, *, is_first: bool = False) -> None:
        pdf = self.pdf
        pdf.add_page()
        if is_first:
            pdf.set_font_size(TITLE_PT)
            self.write(self.register.title, 11, align="C")
            pdf.set_font_size(BODY_PT)
            self.under()
        pdf.set_font_size(BODY_PT)
        self.cells(self.broken(self.register.heads), align="C")

    def under(self) -> None:
        top, share = self.pdf.get_y(), self.pdf.epw / max(len(self.register.under), 1)
        sides = ["L", *["C"] * (len(self.register.under) - 2), "R"]
        for n, said in enumerate(self.register.under):
            self.pdf.set_xy(MARGIN_MM + n * share, top)
            self.pdf.cell(share, 7, said, align=sides[n])
        self.pdf.set_xy(MARGIN_MM, top + 7)

    def line(self, row: Sequence[str]) -> None:
        """A row stays on one sheet; one longer than a sheet goes on on the next."""
        lines = self.broken(row)
        if height_of(lines) > self.room:
            self.open_sheet()
        while height_of(lines) > self.room:
            fit = int((self.room - 2 * PAD_MM) // LINE_MM)
            self.cells([one[:fit] for one in lines])
            lines = [one[fit:] for one in lines]
            self.open_sheet()
        self.cells(lines)

    def broken(self, row: Sequence[str]) -> list[list[str]]:
        return [
            lines_of(said, width - 2 * PAD_MM, self.measure)
            for said, width in zip(row, self.widths, strict=True)
        ]

    def cells(self, row: list[list[str]], *, align: str = "L") -> None:
        pdf, top, left = self.pdf, self.pdf.get_y(), MARGIN_MM
        height = height_of(row)
        for lines, width in zip(row, self.widths, strict=True):
            pdf.rect(left, top, width, height)
            spare = (height - len(lines) * LINE_MM) / 2
            for n, text in enumerate(lines):
                pdf.set_xy(left + PAD_MM, top + spare + n * LINE_MM)
                pdf.cell(width - 2 * PAD_MM, LINE_MM, text, align=align)
            left += width
        pdf.set_xy(MARGIN_MM, top + height)

    def close(self) -> None:
        if not self.register.foot:
            return
        self.pdf.set_xy(MARGIN_MM, self.pdf.get_y() + 1.5)
        for text in lines_of(self.register.foot, self.pdf.epw, self.measure):
            if self.room < LINE_MM:
                self.open_sheet()
            self.write(text, LINE_MM)

    def write(self, text: str, height: float, *, align: str = "L") -> None:
        self.pdf.cell(0, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def height_of(row: list[list[str]]) -> float:
    return max(max(map(len, row)) * LINE_MM + 2 * PAD_MM, LEAST_MM)
