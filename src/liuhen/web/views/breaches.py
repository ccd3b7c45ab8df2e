"""违规线索, 责任追究: the lists, entering a lead, dismissing several alike."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from liuhen.custody import keyset
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission, may
from liuhen.supervision.breaches import seeing, sifting, suspecting
from liuhen.supervision.breaches.seeing import WORKING
from liuhen.web.breach_text import DECISIONS, TABS, Told, of_tab, tabs_of
from liuhen.web.doors import needs
from liuhen.web.forms.breaches import BreachFilterForm, DismissForm, EnterForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.mending import at_minute
from liuhen.web.pages import is_part, show

PER_PAGE = 30


@needs(*WORKING)
def leads(request: HttpRequest) -> HttpResponse:
    """The list by tab; to htmx only its results, under the same address."""
    return lead_page(request)


def lead_page(
    request: HttpRequest, *, status: int = 200, dismiss_form: DismissForm | None = None
) -> HttpResponse:
    tab = tab_of(request)
    form = BreachFilterForm(request.user, request.GET)
    rows = form.filters().apply(of_tab(seeing.visible_to(request.user), tab))
    page = keyset.take(
        rows.select_related("officer", "unit"),
        request.GET.get("cursor"),
        by="found_at",
        size=PER_PAGE,
    )
    handles = may(request.user, Permission.HANDLE_BREACHES)
    part = is_part(request, "results")
    return show(
        request,
        "breaches/results.html" if part else "breaches/list.html",
        _("违规线索"),
        status=status,
        form=form,
        tab=tab,
        tabs=tabs_of(request.user),
        page=page,
        rows=[Told(one) for one in page.rows],
        may_enter=handles,
        dismiss_form=(dismiss_form or DismissForm()) if handles and tab == "leads" else None,
    )


def tab_of(request: HttpRequest) -> str:
    asked = request.GET.get("tab", "")
    if asked in TABS:
        return asked
    # A leader's desk begins where leads have become inquiries.
    return "leads" if may(request.user, Permission.HANDLE_BREACHES) else "open"


@needs(*WORKING)
def decisions(request: HttpRequest) -> HttpResponse:
    """The register of what was decided."""
    form = BreachFilterForm(request.user, request.GET)
    page = keyset.take(
        decision_rows(request, form), request.GET.get("cursor"), by="decided_at", size=PER_PAGE
    )
    part = is_part(request, "results")
    return show(
        request,
        "breaches/decision_results.html" if part else "breaches/decisions.html",
        _("责任追究"),
        form=form,
        page=page,
        rows=[Told(one) for one in page.rows],
    )


def decision_rows(request: HttpRequest, form: BreachFilterForm) -> Any:
    rows = seeing.visible_to(request.user).filter(state__in=DECISIONS)
    rows = form.filters().apply(rows).select_related("officer", "unit", "decided_by", "agency")
    return rows.prefetch_related("sanctions")


@needs(Permission.HANDLE_BREACHES)
def enter_breach(request: HttpRequest) -> HttpResponse:
    """One form: what was reported or ordered, and whom it names."""
    officer, at = request.user, now()
    offered = {name: request.GET[name] for name in ("recording", "activity", "device")
               if name in request.GET}  # fmt: skip
    initial = {"happened_at": at_minute(at)} | offered
    form = EnterForm(officer, at, request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = suspecting.enter(form.told(), by=officer, at=now())
            messages.success(request, _("已登记，请核实后立案或者排除。"))
            return redirect("web:breach", made.number)
    status = 422 if form.errors else 200
    return show(request, "breaches/enter.html", _("登记违规线索"), status=status, form=form)


@require_POST
@needs(Permission.HANDLE_BREACHES)
def dismiss_breaches(request: HttpRequest) -> HttpResponse:
    """Those ticked, with one reason."""
    numbers = [one for one in request.POST.getlist("breach") if "\0" not in one]
    form = DismissForm(numbers, request.POST)
    if form.is_valid():
        rows = seeing.visible_to(request.user).filter(number__in=numbers)
        with refusals_on(form):
            chosen = list(rows.order_by("pk"))
            reason = form.cleaned_data["reason"]
            sifting.dismiss_all(chosen, reason=reason, by=request.user, at=now())
            n = len(chosen)
            said = ngettext("已排除 %(n)d 条线索。", "已排除 %(n)d 条线索。", n) % {"n": n}
            messages.success(request, said)
            return redirect("web:breaches")
    return lead_page(request, status=422, dismiss_form=form)
