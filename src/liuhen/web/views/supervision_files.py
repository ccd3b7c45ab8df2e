"""抽查, 评查, 评查表 and 我的监督记录 as Excel files."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission
from liuhen.supervision.breaches import records
from liuhen.supervision.models import SpotCheck
from liuhen.supervision.reviews import basis as bases
from liuhen.supervision.reviews import seeing
from liuhen.web.breach_text import Told
from liuhen.web.cells import day, name
from liuhen.web.doors import needs, signed_in
from liuhen.web.forms.reviews import ReviewFilterForm
from liuhen.web.forms.spot import SpotFilterForm
from liuhen.web.rules_text import article_title
from liuhen.web.sheets import Column, listed, whole
from liuhen.web.spot_text import rule_text
from liuhen.web.templatetags.screen import minute
from liuhen.web.views import breach_own, reviews, spot_checks


def once_drawn(which: str) -> Any:
    """Nothing is counted before the drawing."""
    return lambda one: getattr(one, which) if one.root else None


def repeats(check: SpotCheck) -> Any:
    return _("是") if check.repeats else ""


def points_of(told: tuple[int, dict[str, Any]]) -> Any:
    line = told[1]
    return _("一票否决") if line["knock_out"] else line["points"]


CHECKS = (
    Column(_("抽查编号"), 18, lambda one: one.number),
    Column(_("期间自"), 12, lambda one: day(one.since_date)),
    Column(_("期间至"), 12, lambda one: day(one.until_date)),
    Column(_("同一期间再次抽查"), 16, repeats),
    Column(_("规则"), 50, rule_text),
    Column(_("名册"), 8, lambda one: one.frame_size),
    Column(_("抽取"), 8, once_drawn("drawn")),
    Column(_("已检查"), 8, once_drawn("done")),
    Column(_("有问题"), 8, once_drawn("failed")),
    Column(_("公布人"), 10, lambda one: name(one.announced_by)),
    Column(_("公布时间"), 17, lambda one: minute(one.announced_at)),
    Column(_("状态"), 10, lambda one: one.get_state_display()),
)
REVIEWS = (
    Column(_("编号"), 18, lambda one: one.number),
    Column(_("名称"), 40, lambda one: one.title),
    Column(_("评查期间自"), 12, lambda one: day(one.since_date)),
    Column(_("评查期间至"), 12, lambda one: day(one.until_date)),
    Column(_("组织时间"), 17, lambda one: minute(one.opened_at)),
    Column(_("异议期限"), 12, lambda one: day(one.object_by_date)),
    Column(_("状态"), 12, lambda one: one.get_state_display()),
)
FORM = (
    Column(_("序号"), 6, lambda told: told[0]),
    Column(_("评查内容"), 50, lambda told: told[1]["content"]),
    Column(_("用语和行为"), 12, lambda told: _("是") if told[1].get("is_conduct") else ""),
    Column(_("分值"), 10, points_of),
    Column(_("扣分标准"), 60, lambda told: told[1]["deduct"]),
    Column(_("依据"), 12, lambda told: article_title(no) if (no := told[1]["article"]) else ""),
)
RECORD = (
    Column(_("编号"), 18, lambda told: told.breach.number),
    Column(_("违规行为"), 50, lambda told: told.item),
    Column(_("决定"), 20, lambda told: told.breach.decision_no),
    Column(_("决定时间"), 17, lambda told: minute(told.breach.decided_at)),
    Column(_("状态"), 14, lambda told: told.breach.get_state_display()),
)


@needs(*spot_checks.SEEING_CHECKS)
def export_spot_checks(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    rows = spot_checks.rows_of(request.user, SpotFilterForm(request.GET))
    return listed(_("抽查"), CHECKS, whole(rows.order_by("-announced_at", "-pk")))


@needs(*seeing.LOOKING)
def export_reviews(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    rows = reviews.rows_of(request.user, ReviewFilterForm(request.GET))
    return listed(_("评查"), REVIEWS, whole(rows.order_by("-opened_at", "-pk")))


@needs(Permission.RUN_REVIEWS)
def export_review_form(request: HttpRequest) -> FileResponse:
    """The form in force today."""
    form = bases.form_for(request.user.agency, in_china(now()).date())
    return listed(_("评查表"), FORM, enumerate(form.lines, 1))


@signed_in
def export_my_record(request: HttpRequest) -> FileResponse:
    """Of the year shown."""
    year = breach_own.year_asked(request, in_china(now()).year)
    rows = map(Told, records.record_of(request.user, year).rows)
    return listed(_("我的监督记录"), RECORD, rows)
