"""应办事项: the inbox, one duty, and what a person does about it."""

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from liuhen.custody import queries as custody
from liuhen.devices.models import Checkout
from liuhen.duties import closing, collecting, paging, queries
from liuhen.duties.models import Duty, DutyKind
from liuhen.duties.overdue import subject_of
from liuhen.engines.policy.vocabulary import Post
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission, permissions_of
from liuhen.regulations import posts
from liuhen.web import sheets
from liuhen.web.doors import needs, signed_in
from liuhen.web.duties_text import Told, steps_of
from liuhen.web.forms.duties import CompleteForm, FilterForm, WaiveForm
from liuhen.web.pages import is_part, show
from liuhen.web.templatetags.screen import moment
from liuhen.web.urgent import Urgent, urgent_for

TABS: dict[str, tuple[str | Promise, Permission | None]] = {
    "mine": (gettext_lazy("我的待办"), None),
    "unit": (gettext_lazy("本科室"), Permission.SEE_UNIT_DUTIES),
    "agency": (gettext_lazy("全局"), Permission.SEE_AGENCY_DUTIES),
    "done": (gettext_lazy("已办"), None),
}


@signed_in
def duties(request: HttpRequest) -> HttpResponse:
    """The list; to htmx only its results, under the same address."""
    at, tab = now(), tab_of(request)
    form = FilterForm(request.user, tab, request.GET)
    found = form.apply(rows_of(request, tab), at=at)
    page = paging.page(found, request.GET.get("cursor"), closed=form.filters().shows_closed)
    part = is_part(request, "results")
    return show(
        request,
        "duties/results.html" if part else "duties/list.html",
        _("应办事项"),
        form=form,
        tab=tab,
        tabs=tabs_of(request),
        page=page,
        rows=[Told(duty, at) for duty in page.rows],
        # A part is only the table.
        urgent=Urgent(at) if part else urgent_for(request.user, at),
    )


def tabs_of(request: HttpRequest) -> list[tuple[str, str | Promise]]:
    held = {None, *permissions_of(request.user)}
    return [(name, said) for name, (said, needed) in TABS.items() if needed in held]


def tab_of(request: HttpRequest) -> str:
    asked = request.GET.get("tab", "")
    return asked if asked in dict(tabs_of(request)) else "mine"


def rows_of(request: HttpRequest, tab: str) -> QuerySet[Duty]:
    officer = request.user
    if tab == "unit":
        return queries.of_unit(officer)
    if tab == "agency":
        return queries.of_agency(officer.agency)
    if tab == "done":
        return queries.done_by(officer)
    return queries.mine(officer)


@signed_in
def export(request: HttpRequest) -> HttpResponse:
    """What the filter bar shows, all pages of it, as Excel. Refuses: TooManyToExport."""
    at, tab = now(), tab_of(request)
    form = FilterForm(request.user, tab, request.GET)
    found = form.apply(rows_of(request, tab), at=at)
    closed = form.filters().shows_closed
    order = F("closed_at").desc() if closed else F("due_at").asc(nulls_last=True)
    rows = sheets.whole(found.select_related(*queries.BESIDE).order_by(order, "pk"))
    heads = (_("事项"), _("说明"), _("条款"), _("科室"), _("承办"), _("起算"), _("期限"),
             _("状态"), _("办结时间"), _("办理人"), _("办理情况或理由"), _("备注"))  # fmt: skip
    widths = (32, 24, 10, 16, 14, 20, 18, 10, 20, 12, 40, 40)
    name = _("应办事项") + f"-{in_china(at):%Y%m%d}"
    return sheets.answer(name, heads, widths, (line_of(Told(duty, at)) for duty in rows))


def line_of(told: Told) -> list[str]:
    duty = told.duty
    return [
        told.title,
        told.under_title,
        told.article,
        duty.unit.name if duty.unit else "",
        told.whose,
        moment(duty.started_at),
        told.due,
        told.state,
        moment(duty.closed_at) if duty.closed_at else "",
        duty.closed_by.name if duty.closed_by else "",
        duty.reason,
        " ".join(str(part) for part in (told.stands_in, told.breach) if part),
    ]


@signed_in
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.get_visible(pk, request.user)
    return page_of(request, found, CompleteForm(), WaiveForm())


def page_of(
    request: HttpRequest, found: Duty, complete_form: CompleteForm, waive_form: WaiveForm
) -> HttpResponse:
    at, officer = now(), request.user
    told = Told(found, at)
    return show(
        request,
        "duties/detail.html",
        told.title,
        told=told,
        duty=found,
        holders=holders_of(found),
        out=devices_out(found),
        steps=steps_of(found, custody.history_of(subject_of(found))),
        complete_form=complete_form if closing.may_complete(found, officer) else None,
        waive_form=waive_form if closing.may_waive(found, officer) else None,
    )


def devices_out(found: Duty) -> list[Checkout]:
    """Which devices an open collection still waits for."""
    if found.kind != DutyKind.COLLECTION or found.closed_at:
        return []
    return list(collecting.still_out(found)[:MOST_OUT])


MOST_NAMES = 5
MOST_OUT = 50


def holders_of(found: Duty) -> list[str]:
    """Who holds the post it falls to, where nobody is named; a few of them.

    Of a closed one nothing: who holds the post today need not have held it then.
    """
    if found.owner or found.closed_at:
        return []
    held = posts.holders(found.agency, Post(found.post), found.unit)
    return [officer.name for officer in held[:MOST_NAMES]]


@require_POST
@signed_in
def complete(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.get_visible(pk, request.user)
    form = CompleteForm(request.POST)
    if form.is_valid():
        closing.complete(found, note=form.cleaned_data["note"], by=request.user, at=now())
        messages.success(request, _("已办结，并记入存证日志。"))
        return redirect("web:duty", pk)
    return page_of(request, found, form, WaiveForm())


@require_POST
@needs(Permission.WAIVE_DUTIES)
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.get_visible(pk, request.user)
    form = WaiveForm(request.POST)
    if form.is_valid():
        closing.waive(found, reason=form.cleaned_data["reason"], by=request.user, at=now())
        messages.success(request, _("已免办，理由记入存证日志。"))
        return redirect("web:duty", pk)
    return page_of(request, found, CompleteForm(), form)
