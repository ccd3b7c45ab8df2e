"""The table in which a bureau states its working days: 日期, 是否工作日, 说明."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook

from liuhen.regulations import errors, office_files

HEAD = ("日期", "是否工作日", "说明")
SAMPLES = (
    ("2026-02-14", "是", "单位安排春节前加班"),
    ("2026-04-07", "否", "局内调休"),
    ("2026-04-08", "按国家安排", "取消本单位此前的安排"),
)
WORDS: dict[str, bool | None] = {
    "是": True, "工作日": True, "上班": True, "否": False, "休息日": False, "休息": False,
    "按国家安排": None,
}  # fmt: skip
DATE_FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
MOST_ROWS = 1000
MOST_NOTE = 100
YEARS = range(2010, 2101)


@dataclass(frozen=True)
class Row:
    """`is_working` None: the bureau's own word on this day is taken back."""

    day: date
    is_working: bool | None
    note: str


@dataclass(frozen=True)
class RowError:
    """`number` as the spreadsheet counts, the head being row 1."""

    number: int
    text: str


def template() -> bytes:
    """An Excel file with the head and a few sample rows."""
    book = Workbook()
    sheet = book.active
    sheet.title = "工作日安排"
    for row in (HEAD, *SAMPLES):
        sheet.append(row)
    for column, width in zip("ABC", (14, 14, 36), strict=True):
        sheet.column_dimensions[column].width = width
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def read(content: bytes, file_name: str) -> list[Row]:
    """Every row, or a Refusal that names each bad one.

    Refuses: FileTooLarge, FileEmpty, FileTypeUnknown, FileUnreadable, FileBloated, TableRefused.
    """
    kind = office_files.checked(content, file_name, ("xlsx", "csv"))
    cells = of_csv(content) if kind == "csv" else of_excel(content)
    lines = [(n, line) for n, line in cells if any(text_of(cell) for cell in line)]
    if not lines or tuple(text_of(cell) for cell in lines[0][1][:3]) != HEAD:
        wrong = [RowError(1, _("首行应为：日期、是否工作日、说明。请下载模板填写。"))]
        raise errors.TableRefused(n=1, rows=wrong)
    return checked(lines[1:])


def checked(lines: list[tuple[int, list[Any]]]) -> list[Row]:
    rows: dict[date, Row] = {}
    wrong: list[RowError] = []
    if not lines:
        wrong.append(RowError(2, _("表中没有任何日期。")))
    for number, line in lines:
        try:
            row = row_of(line)
            if row.day in rows:
                raise ValueError(_("日期 %(day)s 重复。") % {"day": row.day})
            rows[row.day] = row
        except ValueError as problem:
            wrong.append(RowError(number, str(problem)))
    if wrong:
        raise errors.TableRefused(n=len(wrong), rows=wrong)
    return list(rows.values())


def row_of(line: list[Any]) -> Row:
    """Raises ValueError with what is wrong, in words for the screen."""
    day_cell, word_cell, note_cell = [*line, "", "", ""][:3]
    word, note = text_of(word_cell), text_of(note_cell)
    day = day_of(day_cell)
    if word not in WORDS:
        raise ValueError(_("“是否工作日”应填“是”“否”或“按国家安排”。"))
    if len(note) > MOST_NOTE:
        raise ValueError(_("说明超过 %(most)d 字。") % {"most": MOST_NOTE})
    return Row(day, WORDS[word], note)


def day_of(cell: Any) -> date:
    found: date | None = cell.date() if isinstance(cell, datetime) else None
    for form in DATE_FORMS:
        found = found or read_day(text_of(cell), form)
    if found is None or found.year not in YEARS:
        raise ValueError(_("日期应写成 2026-02-14 的形式，年份在 2010 至 2100 之间。"))
    return found


def read_day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        return None


def text_of(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def of_csv(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    try:
        lines = list(csv.reader(io.StringIO(office_files.text_in(content)), strict=True))
    except csv.Error:
        raise errors.FileUnreadable() from None
    return numbered(lines)


def of_excel(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    """The first sheet's cells. Formulas count with the value Excel stored."""
    with office_files.damage_refused():
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = [
            list(line)
            for line in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=len(HEAD), values_only=True)
        ]
    return numbered(lines)


def numbered(lines: Iterable[list[Any]]) -> Iterator[tuple[int, list[Any]]]:
    for number, line in enumerate(lines, start=1):
        if number > MOST_ROWS + 1:
            too_many = _("一次最多导入 %(most)d 行，请分几次导入。") % {"most": MOST_ROWS}
            raise errors.TableRefused(n=1, rows=[RowError(number, too_many)])
        yield number, line
