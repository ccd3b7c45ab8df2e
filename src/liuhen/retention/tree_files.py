"""Where each recording lies in the tree: 年/月/日/案件/文件, as neiqiu-health 14 has it.

Pure naming over rows that were read.
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from liuhen.cases.dossier_files import FOOTAGE, DossierFile, case_folder, safe
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import Recording

UNPLACED = "未归入执法活动"
CHUNK = 500


def files_of(rows: QuerySet[Recording]) -> Iterator[DossierFile]:
    """In the order of recording; no two have one path: each has its number in its name."""
    beside = ("activity_recording__activity__case",)
    rows = rows.select_related(*beside).defer("examination", "search_text")
    for row in rows.order_by("recorded_at", "pk").iterator(chunk_size=CHUNK):
        yield file_of(row)


def file_of(row: Recording) -> DossierFile:
    link = getattr(row, "activity_recording", None)
    activity = link.activity if link else None
    case = activity.case if activity else None
    at = in_china(row.recorded_at)
    name = f"{at:%Y%m%d-%H%M%S}_{row.device_no or '设备不详'}_{row.number}"
    suffix = row.suffix.lstrip(".") or "bin"
    folder = f"{at:%Y}/{at:%m}/{at:%d}/{case_folder(case) if activity else UNPLACED}"
    return DossierFile(
        path=f"{folder}/{safe(name)}.{suffix}",
        key=row.vault_key,
        size_bytes=row.size_bytes,
        sha256=row.sha256,
        sm3=row.sm3,
        at=row.recorded_at,
        sort=FOOTAGE,
        case=case.case_no if case else "",
        activity=activity.number if activity else "",
        title=row.number,
        subject=f"recording:{row.number}",
    )
