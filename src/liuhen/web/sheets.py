"""A list as an Excel file, written row by row; only the packed file lies in memory as a whole."""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def answer(
    name: str, heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Any]]
) -> FileResponse:
    """`name` is without suffix; 20,000 rows of a dozen cells are about 1.5 MB."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])
    for n, width in enumerate(widths):
        sheet.column_dimensions[chr(ord("A") + n)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([cell(sheet, head, bold=True) for head in heads])
    for row in rows:
        sheet.append([cell(sheet, value) for value in row])
    file = BytesIO()
    book.save(file)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=EXCEL)


def file(content: bytes, name: str) -> HttpResponse:
    """A file that is made already; `name` with its suffix."""
    said = HttpResponse(content, content_type=EXCEL)
    said.headers["Content-Disposition"] = content_disposition_header(True, name)
    return said


def cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """Text stays text: what begins with `=` is no formula here, whoever typed it."""
    if value is None:
        value = ""
    if isinstance(value, str):
        value = UNPRINTABLE.sub("", value)
    made = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        made.data_type = "s"
        # Excel keeps the cell text when it is edited again, too.
        made.number_format = "@"
    if bold:
        made.font = Font(bold=True)
    return made
