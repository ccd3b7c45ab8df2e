"""A list of people as an Excel file: what is read from it, and the template to fill in.

The file's own words are Chinese whatever language the reader's pages have: files are passed on.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from liuhen.kernel.refusal import Refusal
from liuhen.people import errors
from liuhen.people.roles import Role

HEADS = ("姓名", "登录名", "执法证号", "科室", "岗位一", "岗位二", "岗位三")
WIDTHS = (16, 20, 22, 24, 18, 18, 18)
FAULTS = "错误说明"
SHEET, NOTES, CHOICES = "人员", "填写说明", "选项"
EXAMPLE = "（示例）"
"""A row whose name begins so is the template's own and is not read."""

MOST_BYTES = 2 << 20
MOST_UNPACKED_BYTES = 8 << 20
"""Of a list of this many people it is well under 1 MB; so much is parsed in a few seconds."""

MOST_ROWS, MOST_COLUMNS = 1 << 20, 64
"""Excel's own last row, and more columns than a list has. What the file says may be any number,
and openpyxl makes every blank row and cell up to it."""

MOST_SHOWN = 200
"""Characters kept of a cell; Excel's may have 32,767, and a refused list is kept in the session."""

MOST_PEOPLE = 300
"""A county bureau has fewer people; a larger one sends two files."""

EXACT_INTEGERS = 10**15
"""Excel keeps 15 digits of a number and makes the rest zeros."""

MERGED = re.compile(rb"<(\w+:)?mergeCell\b")


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell, or, with no `column`, in the row."""

    column: str
    said: str


@dataclass(frozen=True)
class Row:
    """A row that is not blank. `number` as Excel counts; `texts` as HEADS; "" is nothing."""

    number: int
    texts: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


def read(content: bytes) -> list[Row]:
    """The file's people. Refuses: RosterTooLarge, NotARoster, RosterHeads, RosterMerged,
    RosterEmpty, RosterTooLong."""
    if len(content) > MOST_BYTES:
        raise errors.RosterTooLarge(most=MOST_BYTES >> 20)
    check_unpacked(content)
    rows = []
    # openpyxl and the XML beneath raise nearly anything at a damaged file.
    try:
        for number, cells in enumerate(cells_of(content), 1):
            if number == 1:
                check_heads(cells)
            elif row := row_of(number, cells):
                rows.append(row)
            if len(rows) > MOST_PEOPLE:
                raise errors.RosterTooLong(most=MOST_PEOPLE)
    except (Refusal, MemoryError):
        raise
    except Exception as damage:
        raise errors.NotARoster() from damage
    if not rows:
        raise errors.RosterEmpty()
    return rows


def check_unpacked(content: bytes) -> None:
    """zipfile unpacks no entry past the size its directory states, so the sum binds."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise errors.NotARoster() from None
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED_BYTES:
        raise errors.NotARoster()


def cells_of(content: bytes) -> Iterator[tuple[Any, ...]]:
    """Row by row. Refuses: RosterMerged."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl's about parts it leaves out
        book = load_workbook(io.BytesIO(content), read_only=True)
    sheet = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        # A merged cell has one row's value only; read-only sheets do not tell of it.
        if MERGED.search(package.read(sheet._worksheet_path)):
            raise errors.RosterMerged()
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    yield from sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS)


def check_heads(cells: Sequence[Any]) -> None:
    found = [str(cell.value or "").strip() for cell in cells]
    if found[: len(HEADS)] != list(HEADS) or set(found[len(HEADS) :]) - {"", FAULTS}:
        raise errors.RosterHeads(heads="、".join(HEADS))


def row_of(number: int, cells: Sequence[Any]) -> Row | None:
    texts, faults = [], []
    for head, cell in zip(HEADS, cells, strict=False):
        text, fault = text_of(cell)
        texts.append(text[:MOST_SHOWN])
        if fault:
            faults.append(Fault(head, fault))
    texts += [""] * (len(HEADS) - len(texts))
    if not any(texts) and not faults:
        return None
    return None if texts[0].startswith(EXAMPLE) else Row(number, tuple(texts), tuple(faults))


def text_of(cell: Any) -> tuple[str, str]:
    """What a cell says, and what is wrong with it if that can't be taken for text."""
    value, kind = cell.value, cell.data_type
    if kind == "f":
        return str(value), _("不能填写公式，请改为文字。")
    if kind == "e":
        return str(value), _("单元格为错误值，请改为文字。")
    if value is None or isinstance(value, str):
        return (value or "").strip(), ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if type(value) is int and abs(value) < EXACT_INTEGERS:
        return str(value), ""
    return str(value), _("请将单元格设为文本格式后重新填写。")


def template(units: Sequence[str]) -> bytes:
    """The file to fill in: an example, drop-downs for units and roles, how to do it."""
    with translation.override("zh-hans"):
        roles = [str(role.label) for role in Role]
        sample_unit = units[0] if units else ""
        example = (f"{EXAMPLE}张三", "zhangsan", "HB1234567", sample_unit, roles[0], "", "")
    book = book_of([example])
    sheet = book[SHEET]
    listed = book.create_sheet(CHOICES)
    for column, values in (("A", units), ("B", roles)):
        for n, value in enumerate(values, 1):
            put(listed[f"{column}{n}"], value)
    listed.sheet_state = "hidden"
    for column, cells, n in (("A", "D", len(units)), ("B", "E:G", len(roles))):
        if n:
            first, last = cells[0], cells[-1]
            offered = DataValidation("list", f"{CHOICES}!${column}$1:${column}${n}")
            offered.add(f"{first}2:{last}{MOST_PEOPLE + 1}")
            sheet.add_data_validation(offered)
    explain(book)
    return saved(book)


def with_faults(rows: Iterable[tuple[Row, str]]) -> bytes:
    """The same rows again, each with what is wrong with it; may be put right and sent in."""
    return saved(book_of([(*row.texts, said) for row, said in rows], heads=(*HEADS, FAULTS)))


def book_of(rows: Iterable[Sequence[str]], heads: Sequence[str] = HEADS) -> Workbook:
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    for n, (head, width) in enumerate(zip(heads, (*WIDTHS, 60), strict=False), 1):
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


def explain(book: Workbook) -> None:
    notes = book.create_sheet(NOTES)
    notes.column_dimensions["A"].width = 100
    lines = (
        "一、在“人员”表中填写，每人一行，不要改动第一行的表头，不要合并单元格，不要填写公式。",
        "二、姓名、登录名必填。登录名只能使用文字、字母、数字以及 . _ - @，全系统不能重复。",
        "三、执法人员应填写执法证号；证号全系统不能重复，没有的不填。",
        "四、科室从下拉列表中选择，须先在“科室管理”中添加；没有的不填。",
        "五、岗位从下拉列表中选择，至多三个；系统、安全、审计三类管理员只能单独担任。",
        "六、岗位经主要负责人或系统管理员在“岗位调整”中确认后生效。",
        f"七、一次至多导入 {MOST_PEOPLE} 人。名字以“{EXAMPLE}”开头的行不导入。",
        "八、导入后显示一次初始口令，请打印或逐一告知本人；本人首次登录时须修改。",
    )
    for n, line in enumerate(lines, 1):
        notes.cell(n, 1, line).alignment = Alignment(wrap_text=True)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
