"""配备申请: the list, asking, one request and what is done about it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.custody import queries as custody
from liuhen.devices import request_queries, requests
from liuhen.devices.models import DeviceRequest, RequestState
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission, may
from liuhen.web.doors import needs
from liuhen.web.forms.device_requests import (
    AllocateForm,
    AskForm,
    DecideForm,
    RequestFilterForm,
)
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import is_part, show
from liuhen.web.requests_text import steps_of, waits_for

PER_PAGE = 50
SEEING = (Permission.SEE_DEVICES, Permission.REQUEST_DEVICES)


@needs(*SEEING)
def device_requests(request: HttpRequest) -> HttpResponse:
    """One's own and the own unit's, or all one may see; to htmx only the results."""
    form, tab = RequestFilterForm(request.user, request.GET), tab_of(request)
    part = is_part(request, "results")
    return show(
        request,
        "supply/request_results.html" if part else "supply/requests.html",
        _("配备申请"),
        form=form,
        tab=tab,
        sees_all=may(request.user, Permission.SEE_DEVICES),
        page=Paginator(rows_of(request, form), PER_PAGE).get_page(request.GET.get("page")),
    )


def tab_of(request: HttpRequest) -> str:
    if not may(request.user, Permission.SEE_DEVICES):
        return "mine"
    return "mine" if request.GET.get("tab") == "mine" else "all"


def rows_of(request: HttpRequest, form: RequestFilterForm) -> QuerySet[DeviceRequest]:
    officer = request.user
    rows = form.filters().apply(request_queries.visible_to(officer))
    if tab_of(request) == "mine":
        rows = rows.filter(Q(asked_by=officer) | Q(unit__in=request_queries.units_for(officer)))
    return rows


@needs(Permission.REQUEST_DEVICES)
def ask_devices(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = requests.ask(**form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("配备申请已提交，可在本页查看办理过程。"))
            return redirect("web:device_request", made.pk)
    status = 422 if form.errors else 200
    return show(request, "supply/ask.html", _("申请配备设备"), status=status, form=form)


@needs(*SEEING)
def device_request(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, request_queries.get_visible(pk, request.user))


def page_of(
    request: HttpRequest,
    found: DeviceRequest,
    *,
    status: int = 200,
    decide_form: DecideForm | None = None,
    allocate_form: AllocateForm | None = None,
) -> HttpResponse:
    """One request; the forms are those sent and not accepted, in place of empty ones."""
    officer = request.user
    decides = requests.may_decide(found, officer)
    is_open, is_granted = (found.state == one for one in (RequestState.OPEN, RequestState.GRANTED))
    return show(
        request,
        "supply/request.html",
        _("配备申请第 %(no)d 号") % {"no": found.pk},
        status=status,
        found=found,
        left=found.quantity - found.given,
        given=found.devices.order_by("device_no"),
        steps=steps_of(custody.history_of(requests.subject_of(found))),
        waits=waits_for(found),
        decide_form=(decide_form or DecideForm()) if decides and is_open else None,
        allocate_form=(allocate_form or AllocateForm(found)) if decides and is_granted else None,
        may_withdraw=requests.may_withdraw(found, officer),
    )


@require_POST
@needs(Permission.ALLOCATE_DEVICES)
def decide_request(request: HttpRequest, pk: int) -> HttpResponse:
    found = request_queries.get_visible(pk, request.user)
    form = DecideForm(request.POST)
    requests.check_decides(found, request.user)
    if form.is_valid():
        with refusals_on(form):
            said = {"answer": form.cleaned_data["answer"], "by": request.user, "at": now()}
            if form.cleaned_data["decision"] == "grant":
                requests.grant(found, **said)
            else:
                requests.refuse(found, **said)
            messages.success(request, _("答复已登记，并记入存证日志。"))
            return redirect("web:device_request", pk)
    return page_of(request, found, status=422, decide_form=form)


@require_POST
@needs(Permission.ALLOCATE_DEVICES)
def allocate_devices(request: HttpRequest, pk: int) -> HttpResponse:
    found = request_queries.get_visible(pk, request.user)
    form = AllocateForm(found, request.POST)
    requests.check_decides(found, request.user)
    if form.is_valid():
        with refusals_on(form):
            chosen = list(form.cleaned_data["devices"])
            requests.allocate(found, chosen, by=request.user, at=now())
            told = _("已配发 %(n)d 台，设备已归入 %(unit)s。")
            messages.success(request, told % {"n": len(chosen), "unit": found.unit.name})
            return redirect("web:device_request", pk)
    return page_of(request, found, status=422, allocate_form=form)


@require_POST
@needs(Permission.REQUEST_DEVICES)
def withdraw_request(request: HttpRequest, pk: int) -> HttpResponse:
    found = request_queries.get_visible(pk, request.user)
    requests.withdraw(found, by=request.user, at=now())
    messages.success(request, _("申请已撤回。"))
    return redirect("web:device_request", pk)
