"""The dossier as a tree of folders: 当事人/案件/年-月-日 活动/{文书材料,音像资料}.

Pure naming over rows that were read; whoever writes the files is `dossier_export`.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from liuhen.cases.dossier import Scope
from liuhen.cases.models import Activity, Case, Document
from liuhen.cases.paper_kinds import by_media_type
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import Recording

PAPERS, FOOTAGE = "文书材料", "音像资料"
NO_CASE = "未立案"
INDEX, MANIFEST, SM3_MANIFEST = "目录.csv", "manifest-sha256.txt", "manifest-sm3.txt"

# What Windows, whose desks these folders end up on, allows in no name.
FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
LONGEST = 60
"""Characters of one name: 180 bytes of Chinese; a file system allows 255."""

FORMULA = ("=", "+", "-", "@")
HEADS = (
    "序号", "时间", "类别", "案件", "执法活动", "名称", "文件", "大小（字节）", "SHA-256", "SM3",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DossierFile:
    """One original and where it lies in the tree, below the party's folder."""

    path: str
    key: str
    size_bytes: int
    sha256: str
    sm3: str
    at: datetime
    sort: str
    case: str
    activity: str
    title: str
    subject: str


def safe(name: str) -> str:
    """A name for a folder or file that every system takes and nobody is misled by."""
    seen = "".join(c for c in unicodedata.normalize("NFC", name) if c.isprintable())
    plain = FORBIDDEN.sub("_", seen).strip(" .")[:LONGEST].strip(" .")
    return f"_{plain}" if RESERVED.fullmatch(plain) else plain or "_"


def folder_of(of: Scope) -> str:
    """The party's own folder."""
    return safe(of.party.name)


def case_folder(case: Case | None) -> str:
    return safe(f"{case.case_no} {case.name}") if case else NO_CASE


def activity_folder(activity: Activity) -> str:
    day = in_china(activity.arrived_at or activity.registered_at).date()
    kind = str(activity.get_kind_display())
    name = f"{day.isoformat()} {activity.number} {kind}"
    return f"{case_folder(activity.case)}/{safe(name)}"


def files_of(of: Scope) -> list[DossierFile]:
    """In the order of the tree. Two queries; no two have one path."""
    found = [*footage_of(of.recordings), *papers_of(of.documents)]
    return sorted(found, key=lambda one: one.path)


def footage_of(rows: QuerySet[Recording]) -> Iterator[DossierFile]:
    beside = ("activity_recording__activity__case",)
    kept = rows.filter(disposed_at=None)
    for row in kept.select_related(*beside).defer("examination").order_by("pk"):
        activity = row.activity_recording.activity
        at = in_china(row.recorded_at)
        name = f"{at:%Y%m%d-%H%M%S}_{row.device_no or '设备不详'}_{row.number}"
        suffix = row.suffix.lstrip(".") or "bin"
        yield DossierFile(
            path=f"{activity_folder(activity)}/{FOOTAGE}/{safe(name)}.{suffix}",
            key=row.vault_key,
            size_bytes=row.size_bytes,
            sha256=row.sha256,
            sm3=row.sm3,
            at=row.recorded_at,
            sort=FOOTAGE,
            case=activity.case.case_no if activity.case else "",
            activity=activity.number,
            title=row.number,
            subject=f"recording:{row.number}",
        )


def papers_of(rows: QuerySet[Document]) -> Iterator[DossierFile]:
    beside = ("case", "activity__case")
    for row in rows.select_related(*beside).order_by("pk"):
        day = row.made_date or in_china(row.added_at).date()
        kind = by_media_type(row.media_type)
        suffix = kind.suffixes[0] if kind else "bin"
        case = row.case or (row.activity and row.activity.case)
        yield DossierFile(
            path=f"{paper_folder(row)}/{safe(f'{day.isoformat()} {row.title}')}_{row.pk}.{suffix}",
            key=row.vault_key,
            size_bytes=row.size_bytes,
            sha256=row.sha256,
            sm3=row.sm3,
            at=row.added_at,
            sort=PAPERS,
            case=case.case_no if case else "",
            activity=row.activity.number if row.activity else "",
            title=row.title,
            subject=f"document:{row.pk}",
        )


def paper_folder(row: Document) -> str:
    """With its activity, else its case, else the party alone."""
    if row.activity:
        return f"{activity_folder(row.activity)}/{PAPERS}"
    return f"{case_folder(row.case)}/{PAPERS}" if row.case else PAPERS


def index_of(files: Iterable[DossierFile]) -> bytes:
    """A table of contents Excel opens; what begins like a formula is text."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(HEADS)
    for no, one in enumerate(files, 1):
        at = f"{in_china(one.at):%Y-%m-%d %H:%M:%S}"
        said = (one.sort, one.case, one.activity, one.title, one.path)
        told = [f"'{word}" if word.startswith(FORMULA) else word for word in said]
        table.writerow([no, at, *told, one.size_bytes, one.sha256, one.sm3])
    return text.getvalue().encode("utf-8-sig")


def manifest(lines: Iterable[tuple[str, str]]) -> bytes:
    """As `sha256sum -c` reads it, from within the party's folder."""
    return "".join(f"{digest}  {path}\n" for digest, path in lines).encode()
