"""The bureau's matter list (音像记录事项清单): taken in as a whole from Excel, kept line by line.

A new list stands in place of the old one, whose lines leave it by date: what was recorded under
one of them still says so. The file's own words are Chinese whatever language the reader's pages
have.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import rfc8785
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from liuhen.cases import matter_errors as errors
from liuhen.cases.matter_kinds import kind_of
from liuhen.cases.models import ListedMatter, MatterKind
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.devices import tables
from liuhen.engines.paper import tables as paper
from liuhen.engines.paper.tables import Table
from liuhen.people import permissions
from liuhen.people.filled import Fault, Row
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission

COLUMNS = {
    "序号": "seq",
    "执法类别": "category",
    "执法事项": "name",
    "执法环节": "stage",
    "记录方式": "method",
    "记录场合": "occasion",
    "记录内容": "content",
    "开始记录时间": "begins",
    "记录过程": "course",
    "结束记录时间": "ends",
    "记录部门": "department",
    "记录人员": "staff",
    "存储期限": "term",
    "备注": "remark",
}
"""Head of the bureaus' own lists → column of `ListedMatter`."""

HEADS = tuple(COLUMNS)
SEQ, CATEGORY, NAME, STAGE = HEADS[:4]
MOST_ROWS = 500
"""A bureau's powers, several stages each; the longest lists in practice have two hundred lines."""

MOST_SEQ = 9999
MOST_CHARACTERS = 500
TABLE = Table(
    "音像记录事项清单",
    HEADS,
    widths=(8, 14, 34, 16, 16, 22, 34, 22, 30, 22, 16, 18, 18, 20),
    most=MOST_ROWS,
    most_shown=MOST_CHARACTERS + 1,
    beside=("系统归类",),
)
EXAMPLE = (
    "1", "行政检查", "医疗卫生机构监督检查", "现场检查", "执法记录仪", "执法现场",
    "出示证件、现场检查、制作笔录", "到达现场时", "检查全过程", "离开现场时", "监督一科",
    "执法人员", "同案卷保留期限", "",
)  # fmt: skip
OFFERED = {
    STAGE: ("现场检查", "抽样检查", "调查取证", "证据保全", "行政强制", "询问调查",
            "处罚事先告知", "听证", "留置送达", "公告送达"),
    "记录方式": ("执法记录仪", "照相机", "摄像机", "录音笔"),
    "存储期限": ("同案卷保留期限", "永久"),
}  # fmt: skip
NOTES = (
    "一、在“音像记录事项清单”表中填写，每个事项（环节）一行，不要改动表头，不要合并单元格，不要填写公式。",
    "二、“执法事项”必填；其他各栏按本单位公布的清单填写，可不填。同一类别、事项、环节只填一行。",
    "三、“执法环节”写明现场检查、询问调查、留置送达等，系统据此归类；归类不当的，导入后可逐项更正。",
    f"四、一次至多导入 {MOST_ROWS} 行，每格不超过 {MOST_CHARACTERS} 字。"
    f"序号以“{paper.EXAMPLE}”开头的行不导入。",
    "五、导入后整表替换现行清单，原清单自导入之时起停用；有一行不正确的，全部不导入，现行清单不变。",
)
MOST_SAID = 60
"""Lines told in the event, which has to stay below 64 KB; the digest stands for all of them."""


@dataclass(frozen=True)
class Hopeful:
    """A row understood; `faults` empty when it can be taken in."""

    row: Row
    seq: int | None = None
    faults: tuple[Fault, ...] = ()

    @property
    def texts(self) -> dict[str, str]:
        """By column, without the number."""
        return dict(zip(list(COLUMNS.values())[1:], self.row.texts[1:], strict=True))


def current(agency: Agency) -> QuerySet[ListedMatter]:
    """The list that holds now, in its own order."""
    rows = ListedMatter.objects.filter(agency=agency, dropped_at=None)
    return rows.order_by("seq", "pk")


def read(content: bytes) -> list[Row]:
    """Refuses: as tables.read."""
    return tables.read(TABLE, content)


def template() -> bytes:
    """The file to fill in: an example, drop-downs, how to do it."""
    return paper.template(TABLE, example=EXAMPLE, offered=OFFERED, notes=NOTES)


def check(rows: Sequence[Row]) -> list[Hopeful]:
    """Each row with all that is wrong with it."""
    twice = Counter(key(row.texts) for row in rows)
    return [understood(n, row, twice[key(row.texts)] > 1) for n, row in enumerate(rows, 1)]


def key(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(texts[1:4])


def understood(n: int, row: Row, is_twice: bool) -> Hopeful:
    if row.faults:
        return Hopeful(row, faults=row.faults)
    number = tables.whole_number(row.texts[0], MOST_SEQ) if row.texts[0] else n
    wrong = list(tables.missing(NAME, row.texts[2]))
    for head, text in zip(HEADS[1:], row.texts[1:], strict=True):
        wrong += tables.too_long(head, text, most_of(head))
    if number is None:
        wrong.append(Fault(SEQ, _("应为 0 至 %d 的整数，或者不填。") % MOST_SEQ))
    if is_twice and row.texts[2]:
        wrong.append(Fault(NAME, _("同一类别、事项、环节在表中重复。")))
    return Hopeful(row, number, tuple(wrong))


def most_of(head: str) -> int:
    """Characters its column takes."""
    most = getattr(ListedMatter._meta.get_field(COLUMNS[head]), "max_length", None)
    assert isinstance(most, int)
    return most


@transaction.atomic
def take_in(agency: Agency, rows: Sequence[Row], *, by: Officer, at: datetime) -> int:
    """Put this list in place of the one before; answers how many lines it has.

    Refuses: NotPermitted, NotOurList, TableFaulty (any row is wrong).
    """
    permissions.check(by, Permission.KEEP_MATTERS)
    if agency.pk != by.agency_id:
        raise errors.NotOurList()
    log.wait_for_turn()
    hopefuls = check(rows)
    tables.refuse_faulty(hopefuls)
    # A line that comes again keeps how somebody has classed it.
    known: dict[tuple[str, ...], str] = {
        (old.category, old.name, old.stage): old.kind for old in current(agency)
    }
    dropped = current(agency).update(dropped_at=at)
    made = ListedMatter.objects.bulk_create(
        matter_of(agency, one, known, by=by, at=at) for one in hopefuls
    )
    told = said(made) | {"dropped": dropped}
    log.record(Kind.MATTERS_IMPORTED, subject=f"agency:{agency.pk}", by=by, at=at, **told)
    return len(made)


def matter_of(
    agency: Agency, one: Hopeful, known: dict[tuple[str, ...], str], *, by: Officer, at: datetime
) -> ListedMatter:
    assert one.seq is not None
    texts = one.texts
    kind = known.get(key(one.row.texts)) or kind_of(
        texts["stage"], texts["name"], texts["category"]
    )
    return ListedMatter(agency=agency, seq=one.seq, kind=kind, listed_at=at, listed_by=by, **texts)


def said(lines: Iterable[ListedMatter]) -> dict[str, Any]:
    """The first MOST_SAID as [number, matter, stage, kind], and a digest of all columns of all.

    The digest: SHA-256 of the RFC 8785 array of each line's fourteen columns and its kind.
    """
    whole: list[Any] = [
        [*(getattr(line, column) for column in COLUMNS.values()), str(line.kind)] for line in lines
    ]
    first = [[line[0], line[2][:60], line[3][:60], line[-1]] for line in whole[:MOST_SAID]]
    digest = hashlib.sha256(rfc8785.dumps(whole)).hexdigest()
    return {"lines": len(whole), "first": first, "sha256": digest}


@transaction.atomic
def classify(line: ListedMatter, kind: str, *, by: Officer, at: datetime) -> None:
    """Say what kind of enforcement a line is. As it is already: no event.

    Refuses: NotPermitted, NotOurList, KindUnknown, NoSuchMatter (it has left the list).
    """
    permissions.check(by, Permission.KEEP_MATTERS)
    if line.agency_id != by.agency_id:
        raise errors.NotOurList()
    if kind not in MatterKind.values:
        raise errors.KindUnknown()
    log.wait_for_turn()
    rows = ListedMatter.objects.filter(pk=line.pk, dropped_at=None)
    was = rows.values_list("kind", flat=True).first()
    if was is None:
        raise errors.NoSuchMatter()
    if was == kind:
        return
    rows.update(kind=kind)
    log.record(
        Kind.MATTER_CORRECTED,
        subject=f"agency:{line.agency_id}",
        by=by,
        at=at,
        matter=str(line),
        matter_row=line.pk,
        classed=[was, str(kind)],
    )
