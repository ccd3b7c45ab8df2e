"""遗失登记 and 赔偿事项 as Excel files."""

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.devices.models import CompensationCase, LossReport
from liuhen.web.cells import called, name
from liuhen.web.doors import signed_in
from liuhen.web.forms.mending import CASE_STATES, LOSS_STATES, FilterForm
from liuhen.web.mending_text import case_no, handed_in
from liuhen.web.sheets import Column, listed, whole
from liuhen.web.templatetags.screen import minute
from liuhen.web.views import compensations, losses


def found_again(loss: LossReport) -> str:
    return _("已找回") if loss.found_at else _("未找回")


def what_of(case: CompensationCase) -> str:
    return _("遗失") if case.loss_id else _("损坏")


LOSSES = (
    Column(_("设备编号"), 14, lambda one: one.device.device_no),
    Column(_("使用科室"), 16, lambda one: called(one.device.unit)),
    Column(_("使用人或保管人"), 14, lambda one: name(one.officer)),
    Column(_("发现遗失的时间"), 17, lambda one: minute(one.missed_at)),
    Column(_("遗失经过"), 50, lambda one: one.story),
    Column(_("音像资料"), 24, handed_in),
    Column(_("登记人"), 10, lambda one: name(one.reported_by)),
    Column(_("登记时间"), 17, lambda one: minute(one.reported_at)),
    Column(_("状态"), 10, found_again),
    Column(_("找回时间"), 17, lambda one: minute(one.found_at)),
)
CASES = (
    Column(_("编号"), 16, case_no),
    Column(_("立案时间"), 17, lambda one: minute(one.opened_at)),
    Column(_("责任人"), 10, lambda one: name(one.officer)),
    Column(_("科室"), 16, lambda one: called(one.officer.unit)),
    Column(_("设备编号"), 14, lambda one: one.device.device_no),
    Column(_("事由"), 8, what_of),
    Column(_("经过"), 50, lambda one: one.story),
    Column(_("原价（元）"), 12, lambda one: one.full_price),
    Column(_("情形"), 12, lambda one: one.get_fault_display()),
    Column(_("赔偿金额（元）"), 14, lambda one: one.amount),
    Column(_("收据号"), 14, lambda one: one.receipt_no),
    Column(_("状态"), 10, lambda one: one.get_state_display()),
)


@signed_in
def export_losses(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    form = FilterForm(request.user, LOSS_STATES, request.GET)
    return listed(_("遗失登记"), LOSSES, whole(losses.rows_of(request, form)))


@signed_in
def export_compensations(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    form = FilterForm(request.user, CASE_STATES, request.GET)
    return listed(_("赔偿事项"), CASES, whole(compensations.rows_of(request, form)))
