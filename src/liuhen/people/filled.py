"""Rows of a table people filled in, with words for what in them can't be read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from liuhen.engines.paper import tables
from liuhen.engines.paper.tables import Table, Wrong


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell, or, with no `column`, in the row."""

    column: str
    said: str


@dataclass(frozen=True)
class Row:
    """A row that is not blank. `number` as Excel counts; `texts` as the heads; "" is nothing."""

    number: int
    texts: tuple[str, ...]
    faults: tuple[Fault, ...] = ()


def rows_of(table: Table, content: bytes) -> list[Row]:
    """The file's rows. Raises: TableFault, which each kind of table says in words of its own."""
    return [
        Row(
            line.number,
            line.texts,
            tuple(Fault(head, in_words(wrong)) for head, wrong in line.wrong.items()),
        )
        for line in tables.read(table, content)
    ]


def in_words(wrong: Wrong) -> str:
    if wrong == Wrong.FORMULA:
        return _("不能填写公式，请改为文字。")
    if wrong == Wrong.ERROR:
        return _("单元格为错误值，请改为文字。")
    return _("请将单元格设为文本格式后重新填写。")


def said_of(faults: Iterable[Fault]) -> str:
    """All that is wrong with a row, in one line."""
    return "；".join(f"{one.column}：{one.said}" if one.column else one.said for one in faults)
