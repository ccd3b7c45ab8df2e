"""Files as people fill them in."""

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from liuhen.people.roster import HEADS, TABLE

ZHANG = ("张三", "zhangsan", "HB-1", "监督一科", "执法人员")
SI = ("李四", "lisi", "", "", "")


def workbook(*rows: Sequence[Any], heads: Sequence[str] = HEADS) -> Workbook:
    book = Workbook()
    book.active.title = TABLE.sheet
    for row in (heads, *rows):
        book.active.append(row)
    return book


def as_file(*rows: Sequence[Any], heads: Sequence[str] = HEADS) -> bytes:
    return saved(workbook(*rows, heads=heads))


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))
