"""待检查的光盘, 借出的光盘 and 导出文件夹 as Excel files."""

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission
from liuhen.retention import disc_queries, tree_runs
from liuhen.retention.disc_identity import disc_no
from liuhen.retention.models import Disc, DiscLoan
from liuhen.web.cells import day, name
from liuhen.web.doors import needs
from liuhen.web.rules_text import article_title
from liuhen.web.sheets import Column, listed, whole
from liuhen.web.templatetags.discs import last_day
from liuhen.web.templatetags.screen import minute
from liuhen.web.views.disc_sets import SEEING_DISCS, rows_due


def due_day(disc: Disc) -> str:
    due_at = disc_queries.due_at(disc)
    return last_day(due_at) if due_at else ""


def basis_of(loan: DiscLoan) -> str:
    if loan.request_no:
        return loan.request_no
    return article_title(loan.article) if loan.article else ""


def is_overdue(loan: DiscLoan) -> str:
    back_by = loan.back_by_date
    return _("已超期") if back_by and back_by < in_china(now()).date() else ""


DUE = (
    Column(_("光盘"), 20, disc_no),
    Column(_("名称"), 36, lambda one: one.image.disc_set.title),
    Column(_("存放地点"), 24, lambda one: one.place),
    Column(_("上次读取无误"), 17, lambda one: minute(one.read_at)),
    Column(_("应在此日前检查"), 16, due_day),
)
OUT = (
    Column(_("光盘"), 20, lambda one: disc_no(one.disc)),
    Column(_("借用人"), 16, lambda one: one.to_whom),
    Column(_("用途"), 36, lambda one: one.purpose),
    Column(_("审批依据"), 20, basis_of),
    Column(_("借出时间"), 17, lambda one: minute(one.lent_at)),
    Column(_("经办"), 10, lambda one: name(one.lent_by)),
    Column(_("应还日期"), 12, lambda one: day(one.back_by_date)),
    Column(_("已超期"), 10, is_overdue),
)
TREES = (
    Column(_("时间"), 17, lambda run: minute(run.asked_at)),
    Column(_("经办"), 10, lambda run: name(run.asked_by)),
    Column(_("文件夹"), 40, lambda run: run.folder or run.place),
    Column(_("事由"), 36, lambda run: run.reason),
    Column(_("录制日期自"), 12, lambda run: day(run.since_date)),
    Column(_("录制日期至"), 12, lambda run: day(run.until_date)),
    Column(_("状态"), 10, lambda run: run.get_state_display()),
    Column(_("新增（个）"), 10, lambda run: run.copied),
    Column(_("原有（个）"), 10, lambda run: run.there),
    Column(_("改放（个）"), 10, lambda run: run.moved),
    Column(_("未作改动（个）"), 14, lambda run: run.conflicts),
    Column(_("问题"), 50, lambda run: run.problem),
)


@needs(SEEING_DISCS)
def export_discs_due(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    return listed(_("待检查的光盘"), DUE, whole(rows_due(request, now())))


@needs(SEEING_DISCS)
def export_discs_out(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    return listed(_("借出的光盘"), OUT, whole(disc_queries.out(request.user)))


@needs(Permission.KEEP_DISCS)
def export_trees(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    rows = tree_runs.runs_of(request.user).order_by("-asked_at", "-pk")
    return listed(_("导出文件夹"), TREES, whole(rows))
