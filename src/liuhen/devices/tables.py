"""Tables about devices that people fill in: read, checked row by row, taken in whole or not."""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from liuhen.devices import table_errors as errors
from liuhen.engines.paper import tables
from liuhen.engines.paper.tables import Table
from liuhen.kernel.refusal import Refusal
from liuhen.people import filled
from liuhen.people.filled import Fault, Row
from liuhen.people.spelling import half_width, seen


class Checked(Protocol):
    """A row understood; `faults` empty when it can be taken in."""

    @property
    def row(self) -> Row: ...
    @property
    def faults(self) -> tuple[Fault, ...]: ...


def read(table: Table, content: bytes) -> list[Row]:
    """Refuses: TableTooLarge, NotATable, TableHeads, TableMerged, TableEmpty, TableTooLong."""
    try:
        rows = filled.rows_of(table, content)
    except tables.TableFault as fault:
        raise refusal_of(table, fault) from fault
    return [Row(row.number, tuple(map(seen, row.texts)), row.faults) for row in rows]


def refusal_of(table: Table, fault: tables.TableFault) -> Refusal:
    match fault:
        case tables.TooLarge():
            return errors.TableTooLarge(most=tables.MOST_BYTES >> 20)
        case tables.WrongHeads():
            return errors.TableHeads(heads="、".join(table.heads))
        case tables.Merged():
            return errors.TableMerged()
        case tables.Empty():
            return errors.TableEmpty()
        case tables.TooLong():
            return errors.TableTooLong(most=table.most)
    return errors.NotATable()


def refuse_faulty(checked: Sequence[Checked]) -> None:
    """Refuses: TableFaulty, when any row is wrong."""
    wrong = sum(bool(one.faults) for one in checked)
    if wrong:
        raise errors.TableFaulty(wrong=wrong, all=len(checked))


def with_faults(table: Table, checked: Iterable[Checked]) -> bytes:
    """The same rows again, each with what is wrong with it; may be put right and sent in."""
    return tables.with_faults(
        table, ((one.row.texts, filled.said_of(one.faults)) for one in checked)
    )


def whole_number(text: str, most: int) -> int | None:
    """0 to `most` in digits, full-width ones too; None: it is none."""
    plain = half_width(text)
    if not (plain.isascii() and plain.isdigit() and len(plain) <= len(str(most))):
        return None
    number = int(plain)
    return number if number <= most else None


def amount(text: str) -> Decimal | None:
    """Yuan with at most two decimals, a comma between thousands allowed; None: it is none."""
    plain = half_width(text).replace(",", "")
    return Decimal(plain) if YUAN.fullmatch(plain) else None


YUAN = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?")


def too_long(head: str, text: str, most: int) -> list[Fault]:
    return [Fault(head, _("不能超过 %d 个字。") % most)] if len(text) > most else []


def missing(head: str, text: str) -> list[Fault]:
    return [] if text else [Fault(head, _("不能为空。"))]
