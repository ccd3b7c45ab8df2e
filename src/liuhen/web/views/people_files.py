"""人员, 科室, 岗位调整 and 增设单位 as Excel files."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.kernel.clock import in_china, now
from liuhen.people import invitations, queries
from liuhen.people.invitations import State
from liuhen.people.models import Decision, Invitation, Officer, RoleChange
from liuhen.people.permissions import Permission
from liuhen.web.cells import called, day, name
from liuhen.web.doors import needs
from liuhen.web.forms.people import StaffFilterForm
from liuhen.web.sheets import Column, listed, whole
from liuhen.web.templatetags.screen import moment
from liuhen.web.views.role_changes import waits

INVITED = {
    State.OPEN: _("待设置"),
    State.USED: _("已设置"),
    State.WITHDRAWN: _("已撤回"),
    State.EXPIRED: _("已过期"),
}


def roles_of(officer: Officer) -> str:
    return "、".join(str(one.get_role_display()) for one in officer.role_holdings.all())


def suspended_until(officer: Officer) -> str:
    """Nothing once it is over."""
    until = officer.suspended_until
    return day(until) if until and until >= in_china(now()).date() else ""


def result_of(change: RoleChange) -> Any:
    return _("待确认") if change.decision == Decision.PENDING else change.get_decision_display()


def invited(invitation: Invitation) -> Any:
    return INVITED[invitations.state_of(invitation, at=now())]


PEOPLE = (
    Column(_("姓名"), 12, lambda one: one.name),
    Column(_("登录名"), 16, lambda one: one.login),
    Column(_("执法证号"), 18, lambda one: one.officer_cert_no),
    Column(_("科室"), 18, lambda one: called(one.unit)),
    Column(_("岗位"), 36, roles_of),
    Column(_("状态"), 8, lambda one: _("启用") if one.is_active else _("停用")),
    Column(_("停止执法至"), 12, suspended_until),
)
UNITS = (
    Column(_("科室"), 20, lambda one: one.name),
    Column(_("类型"), 14, lambda one: one.get_kind_display()),
    Column(_("执法任务较重"), 14, lambda one: _("是") if one.is_busy else ""),
    Column(_("负责人"), 12, lambda one: name(one.head)),
    Column(_("分管局领导"), 12, lambda one: name(one.leader)),
    Column(_("在用账号"), 10, lambda one: one.people),
)
CHANGES = (
    Column(_("人员"), 12, lambda one: one.officer.name),
    Column(_("登录名"), 16, lambda one: one.officer.login),
    Column(_("科室"), 18, lambda one: called(one.officer.unit)),
    Column(_("调整"), 8, lambda one: _("授予") if one.is_grant else _("收回")),
    Column(_("岗位"), 18, lambda one: one.get_role_display()),
    Column(_("原因"), 36, lambda one: one.reason),
    Column(_("提出"), 10, lambda one: name(one.proposed_by)),
    Column(_("提出时间"), 20, lambda one: moment(one.proposed_at)),
    Column(_("办理"), 10, lambda one: name(one.decided_by)),
    Column(_("办理时间"), 20, lambda one: moment(one.decided_at) if one.decided_at else ""),
    Column(_("结果"), 12, result_of),
    Column(_("不同意的理由"), 36, lambda one: one.objection),
)
BUREAUS = (
    Column(_("单位"), 30, lambda one: one.name),
    Column(_("经办"), 12, lambda one: name(one.invited_by)),
    Column(_("时间"), 20, lambda one: moment(one.invited_at)),
    Column(_("有效至"), 20, lambda one: moment(one.expires_at)),
    Column(_("状态"), 10, invited),
)


@needs(Permission.MANAGE_PEOPLE)
def export_people(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    agency = request.user.agency
    rows = StaffFilterForm(agency, request.GET).filters().apply(queries.staff_of(agency))
    return listed(_("人员"), PEOPLE, whole(rows))


@needs(Permission.MANAGE_PEOPLE)
def export_units(request: HttpRequest) -> FileResponse:
    return listed(_("科室"), UNITS, queries.units_with_numbers(request.user.agency))


@needs(Permission.MANAGE_PEOPLE, Permission.CONFIRM_ROLES)
def export_role_changes(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    rows = queries.changes_of(request.user.agency, pending=waits(request))
    return listed(_("岗位调整"), CHANGES, whole(rows))


@needs(Permission.MANAGE_AGENCIES)
def export_bureaus(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    return listed(_("增设单位"), BUREAUS, whole(invitations.those_of(request.user.agency)))
