"""当事人, 疑似重复当事人 and 合并 as Excel files. Numbers are masked here as on the page."""

from typing import Any

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.cases import twins
from liuhen.cases.models import Party, PartyMerge
from liuhen.people.models import Decision
from liuhen.people.permissions import Permission
from liuhen.web.cases_text import number_shown
from liuhen.web.cells import name
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.parties import PartyFilterForm
from liuhen.web.sheets import Column, listed, whole
from liuhen.web.templatetags.cases import masked
from liuhen.web.templatetags.screen import minute
from liuhen.web.views import parties, party_merging


def in_short(party: Party) -> str:
    """What tells two of the same name apart."""
    phone = masked(party.phone) if party.phone else ""
    said = (number_shown(party), party.representative, phone, party.address)
    return " · ".join(filter(None, said))


def result_of(merge: PartyMerge) -> Any:
    return _("待决定") if merge.decision == Decision.PENDING else merge.get_decision_display()


PARTIES = (
    Column(_("名称"), 30, lambda one: one.name),
    Column(_("类别"), 12, lambda one: one.get_kind_display()),
    Column(_("证件"), 34, number_shown),
    Column(_("负责人"), 12, lambda one: one.representative),
    Column(_("联系电话"), 16, lambda one: masked(one.phone)),
    Column(_("住所或者经营地址"), 40, lambda one: one.address),
    Column(_("登记时间"), 17, lambda one: minute(one.added_at)),
)
TWINS = (
    Column(_("先登记的"), 24, lambda twin: twin.one.name),
    Column(_("先登记的（证件、联系方式）"), 50, lambda twin: in_short(twin.one)),
    Column(_("后登记的"), 24, lambda twin: twin.other.name),
    Column(_("后登记的（证件、联系方式）"), 50, lambda twin: in_short(twin.other)),
    Column(_("相同之处"), 16, lambda twin: twin.get_why_display()),
)
MERGES = (
    Column(_("保留"), 24, lambda one: one.kept.name),
    Column(_("保留（证件）"), 34, lambda one: number_shown(one.kept)),
    Column(_("并入"), 24, lambda one: one.dropped.name),
    Column(_("并入（证件）"), 34, lambda one: number_shown(one.dropped)),
    Column(_("理由"), 36, lambda one: one.reason),
    Column(_("提出"), 10, lambda one: name(one.proposed_by)),
    Column(_("提出时间"), 17, lambda one: minute(one.proposed_at)),
    Column(_("办理"), 10, lambda one: name(one.decided_by)),
    Column(_("办理时间"), 17, lambda one: minute(one.decided_at)),
    Column(_("结果"), 12, result_of),
    Column(_("不同意的理由"), 36, lambda one: one.objection),
)


@needs(*SEEING)
def export_parties(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    rows = parties.found(request.user, PartyFilterForm(request.GET))
    return listed(_("当事人"), PARTIES, whole(rows.order_by("-added_at", "-pk")))


@needs(Permission.HANDLE_CASES)
def export_twins(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    rows = twins.seen_by(request.user).order_by("-found_at", "-pk")
    return listed(_("疑似重复当事人"), TWINS, whole(rows))


@needs(Permission.HANDLE_CASES)
def export_merges(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    _is_pending, rows = party_merging.merges_asked(request)
    return listed(_("合并当事人"), MERGES, whole(rows))
