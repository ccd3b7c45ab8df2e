"""A list as an Excel file, written row by row; only the packed file lies in memory as a whole."""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from liuhen.kernel.refusal import Refusal

T = TypeVar("T", bound=Model)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 20_000
AT_ONCE = 500
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class TooManyToExport(Refusal):
    code = "web.too_many_to_export"
    message = _(
        "符合条件的记录超过 {most} 条，不能一次导出。请按日期、科室等条件缩小范围后再导出。"
    )


def whole(rows: QuerySet[T]) -> Iterator[T]:
    """All rows of a query, a few at a time: a file that left some out would pass for all of them.

    Refuses: TooManyToExport.
    """
    if rows.order_by()[: MOST_ROWS + 1].count() > MOST_ROWS:
        raise TooManyToExport(most=MOST_ROWS)
    return rows.iterator(chunk_size=AT_ONCE)


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
