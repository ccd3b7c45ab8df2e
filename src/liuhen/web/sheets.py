"""A list as an Excel file, written row by row; only the packed file lies in memory as a whole."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db.models import Model, QuerySet
from django.http import FileResponse, HttpResponse
from django.utils.functional import Promise
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from liuhen.kernel.clock import in_china, now
from liuhen.kernel.refusal import Refusal

T = TypeVar("T", bound=Model)
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 20_000
AT_ONCE = 500
LONGEST_TITLE = 31
NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
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


def some_at_once(rows: Iterator[T]) -> Iterator[list[T]]:
    """For what is read beside the rows: a few queries for each some, not for each row."""
    while some := list(islice(rows, AT_ONCE)):
        yield some


class Column(NamedTuple):
    """`of` says what stands in it for a row of the list."""

    head: str | Promise
    width: int
    of: Callable[[Any], Any]


class Table(NamedTuple):
    """One sheet of a book."""

    title: str
    heads: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Any]]


def table(title: str | Promise, columns: Sequence[Column], rows: Iterable[Any]) -> Table:
    heads, widths = [str(one.head) for one in columns], [one.width for one in columns]
    return Table(str(title), heads, widths, ([one.of(row) for one in columns] for row in rows))


def listed(name: str | Promise, columns: Sequence[Column], rows: Iterable[Any]) -> FileResponse:
    """What a list shows, all pages of it, named by the list and the day."""
    return book(name, table(name, columns, rows))


def answer(
    name: str, heads: Sequence[str], widths: Sequence[int], rows: Iterable[Sequence[Any]]
) -> FileResponse:
    """`name` is without suffix; 20,000 rows of a dozen cells are about 1.5 MB."""
    return saved(name, [Table(name, heads, widths, rows)])


def book(name: str | Promise, *tables: Table) -> FileResponse:
    """Several tables of one page, a sheet each."""
    return saved(f"{name}-{in_china(now()):%Y%m%d}", tables)


def saved(name: str, tables: Iterable[Table]) -> FileResponse:
    made, file = Workbook(write_only=True), BytesIO()
    try:
        for one in tables:
            write(made.create_sheet(sheet_title(one.title)), one)
        made.save(file)
    except BaseException:
        drop(made)
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=EXCEL)


def drop(unfinished: Workbook) -> None:
    """Sheets are written to temporary files, which the library removes only when it saves them."""
    for sheet in unfinished.worksheets:
        with suppress(Exception):  # what stopped the writing is what is told, not what follows
            sheet.close()
        with suppress(FileNotFoundError):
            if sheet._writer is not None:
                sheet._writer.cleanup()


def sheet_title(wanted: str) -> str:
    """What Excel takes as a sheet's name. Nor may an apostrophe begin or end it."""
    return NOT_IN_TITLES.sub(" ", wanted)[:LONGEST_TITLE].strip(" '") or "Sheet"


def write(sheet: Any, told: Table) -> None:
    for n, width in enumerate(told.widths):
        sheet.column_dimensions[get_column_letter(n + 1)].width = width
    sheet.freeze_panes = "A2"
    sheet.append([cell(sheet, head, bold=True) for head in told.heads])
    for row in told.rows:
        sheet.append([cell(sheet, value) for value in row])


def file(content: bytes, name: str) -> HttpResponse:
    """A file that is made already; `name` with its suffix."""
    said = HttpResponse(content, content_type=EXCEL)
    said.headers["Content-Disposition"] = content_disposition_header(True, name)
    return said


def cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """Text stays text: what begins with `=` is no formula here, whoever typed it."""
    if value is None:
        value = ""
    if isinstance(value, Promise):
        value = str(value)
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
