"""A table people fill in, as an Excel file: read from what they send, and made for filling in.

What is wrong with the file as a whole is raised; what is wrong in one cell stands in its row. Both
are codes: who asks puts them into words. The file's own words are Chinese whatever language the
reader's pages have: files are passed on.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

FAULTS, NOTES, CHOICES = "错误说明", "填写说明", "选项"
EXAMPLE = "（示例）"
"""A row whose first cell begins so is the template's own and is not read."""

MOST_BYTES = 2 << 20
MOST_UNPACKED_BYTES = 8 << 20
"""Of a few hundred rows it is well under 1 MB; so much is parsed in a few seconds."""

MOST_ROWS, MOST_COLUMNS = 1 << 20, 64
"""Excel's own last row, and more columns than a table has. What the file says may be any number,
and openpyxl makes every blank row and cell up to it."""

MOST_SHOWN = 200
"""Characters kept of a cell unless a table asks for more; Excel's may have 32,767."""

EXACT_INTEGERS = 10**15
"""Excel keeps 15 digits of a number and makes the rest zeros."""

MERGED = re.compile(rb"<(\w+:)?mergeCell\b")
FAULTS_WIDTH, NOTES_WIDTH = 60, 100


class TableFault(Exception):
    """Something is wrong with the file as a whole; nothing of it was read."""


class TooLarge(TableFault):
    """More than MOST_BYTES."""


class Unreadable(TableFault):
    """No workbook, a damaged one, or one that unpacks to more than MOST_UNPACKED_BYTES."""


class WrongHeads(TableFault):
    """The first row is not the table's."""


class Merged(TableFault):
    """A merged cell has one row's value only, so the rows can't be told apart."""


class Empty(TableFault):
    """No row beneath the heads."""


class TooLong(TableFault):
    """More rows than the table takes."""


class Wrong(StrEnum):
    """Why a cell can't be taken for text."""

    FORMULA = "formula"
    ERROR = "error"
    NOT_TEXT = "not_text"


@dataclass(frozen=True)
class Table:
    """A form: `sheet` is its sheet's title, `heads` its first row, `widths` in characters.

    `most` rows are taken at once, and `most_shown` characters of a cell. Under the heads in
    `decimals` a number with a fraction is taken as its digits, under those in `dates` a date as
    2026-01-05; anywhere else neither is text, for Excel may show it otherwise than it keeps it.
    `beside` are columns an export has behind the heads; they are passed over.
    """

    sheet: str
    heads: tuple[str, ...]
    widths: tuple[int, ...]
    most: int
    most_shown: int = MOST_SHOWN
    decimals: frozenset[str] = frozenset()
    dates: frozenset[str] = frozenset()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """A row that is not blank. `number` as Excel counts; `texts` as the heads; "" is nothing.

    `wrong`: head → what is wrong in its cell.
    """

    number: int
    texts: tuple[str, ...]
    wrong: Mapping[str, Wrong]


def read(table: Table, content: bytes) -> list[Line]:
    """The file's rows. Raises: TooLarge, Unreadable, WrongHeads, Merged, Empty, TooLong."""
    if len(content) > MOST_BYTES:
        raise TooLarge
    check_unpacked(content)
    lines = []
    # openpyxl and the XML beneath raise nearly anything at a damaged file.
    try:
        for number, cells in enumerate(cells_of(table, content), 1):
            if number == 1:
                check_heads(table, cells)
            elif line := line_of(table, number, cells):
                lines.append(line)
            if len(lines) > table.most:
                raise TooLong
    except (TableFault, MemoryError):
        raise
    except Exception as damage:
        raise Unreadable from damage
    if not lines:
        raise Empty
    return lines


def check_unpacked(content: bytes) -> None:
    """zipfile unpacks no entry past the size its directory states, so the sum binds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Unreadable from None
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise Unreadable


def cells_of(table: Table, content: bytes) -> Iterator[tuple[Any, ...]]:
    """Row by row. Raises: Merged."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's about parts it leaves out
        book = load_workbook(io.BytesIO(content), read_only=True)
    sheet = book[table.sheet] if table.sheet in book.sheetnames else book.worksheets[0]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        # Read-only sheets do not tell of merged cells.
        if MERGED.search(package.read(sheet._worksheet_path)):
            raise Merged
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    yield from sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)


def check_heads(table: Table, cells: Sequence[Any]) -> None:
    found = [str(cell.value or "").strip() for cell in cells]
    n = len(table.heads)
    if found[:n] != list(table.heads) or set(found[n:]) - {"", FAULTS, *table.beside}:
        raise WrongHeads


def line_of(table: Table, number: int, cells: Sequence[Any]) -> Line | None:
    texts, wrong = [], {}
    for head, cell in zip(table.heads, cells, strict=False):
        text, fault = text_of(cell)
        if fault == Wrong.NOT_TEXT and (known := known_as(table, head, cell.value)):
            text, fault = known, None
        texts.append(text[: table.most_shown])
        if fault:
            wrong[head] = fault
    texts += [""] * (len(table.heads) - len(texts))
    if not any(texts) and not wrong:
        return None
    return None if texts[0].startswith(EXAMPLE) else Line(number, tuple(texts), wrong)


def text_of(cell: Any) -> tuple[str, Wrong | None]:
    """What a cell says, and what is wrong with it if that can't be taken for text."""
    value, kind = cell.value, cell.data_type
    if kind == "f":
        return str(value), Wrong.FORMULA
    if kind == "e":
        return str(value), Wrong.ERROR
    if value is None or isinstance(value, str):
        return (value or "").strip(), None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if type(value) is int and abs(value) < EXACT_INTEGERS:
        return str(value), None
    return str(value), Wrong.NOT_TEXT


def known_as(table: Table, head: str, value: Any) -> str:
    """A fraction or a date as text, under a head that takes it; else ""."""
    if head in table.decimals and type(value) is float and abs(value) < EXACT_INTEGERS:
        return f"{value:.15g}"
    if head in table.dates and isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return ""


def template(
    table: Table,
    *,
    example: Sequence[str],
    offered: Mapping[str, Sequence[str]],
    notes: Sequence[str],
) -> bytes:
    """The file to fill in: an example, drop-downs, how to do it.

    Args:
        example: one row; its first cell is marked so that it is never read.
        offered: head → what its drop-down offers; none where there is nothing to offer.
        notes: how to fill it in, a line each.
    """
    book = book_of(table, [(EXAMPLE + example[0], *example[1:])])
    offer(book, table, offered)
    explain(book, notes)
    return saved(book)


def offer(book: Workbook, table: Table, offered: Mapping[str, Sequence[str]]) -> None:
    """Drop-downs; heads that offer the same share one list."""
    listed = book.create_sheet(CHOICES)
    lists: dict[tuple[str, ...], DataValidation] = {}
    sheet = book[table.sheet]
    for head, values in offered.items():
        if not values:
            continue
        chosen = lists.get(tuple(values))
        if chosen is None:
            column = letter(len(lists))
            for n, value in enumerate(values, 1):
                put(listed[f"{column}{n}"], value)
            chosen = DataValidation("list", f"{CHOICES}!${column}$1:${column}${len(values)}")
            lists[tuple(values)] = chosen
            sheet.add_data_validation(chosen)
        here = letter(table.heads.index(head))
        chosen.add(f"{here}2:{here}{table.most + 1}")
    listed.sheet_state = "hidden"


def letter(n: int) -> str:
    """A column's name; tables are narrower than an alphabet."""
    return chr(ord("A") + n)


def with_faults(table: Table, rows: Iterable[tuple[Sequence[str], str]]) -> bytes:
    """The same rows again, each with what is wrong with it; may be put right and sent in."""
    said = [(*texts, fault) for texts, fault in rows]
    return saved(book_of(table, said, more=(FAULTS,)))


def book_of(table: Table, rows: Iterable[Sequence[str]], more: Sequence[str] = ()) -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = table.sheet
    heads = (*table.heads, *more)
    for n, (head, width) in enumerate(zip(heads, (*table.widths, FAULTS_WIDTH), strict=False), 1):
        cell = sheet.cell(1, n, head)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DCE6F1")
        sheet.column_dimensions[cell.column_letter].width = width
        sheet.column_dimensions[cell.column_letter].number_format = "@"
    for line, texts in enumerate(rows, 2):
        for n, text in enumerate(texts, 1):
            put(sheet.cell(line, n), text)
    sheet.freeze_panes = "A2"
    return book


def put(cell: Any, text: str) -> None:
    """Text stays text, in Excel and when it is edited there: `=`, `+`, `-`, `@` run nothing."""
    cell.value = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@"
    cell.number_format = "@"


def explain(book: Workbook, lines: Sequence[str]) -> None:
    notes = book.create_sheet(NOTES)
    notes.column_dimensions["A"].width = NOTES_WIDTH
    for n, line in enumerate(lines, 1):
        notes.cell(n, 1, line).alignment = Alignment(wrap_text=True)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
