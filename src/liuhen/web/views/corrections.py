"""整改: the list, an order, and one with each of its steps."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.cases.documents import MOST_MIB
from liuhen.cases.paper_errors import PaperTooLarge
from liuhen.custody import keyset
from liuhen.kernel.clock import in_china, now
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.regulations import current
from liuhen.supervision.breaches import correcting
from liuhen.supervision.corrections import ordering, proof, seeing
from liuhen.supervision.corrections.states import Step, allows
from liuhen.supervision.models import Correction
from liuhen.web.correction_text import Told, steps_of
from liuhen.web.doors import needs
from liuhen.web.forms.corrections import (
    AcceptForm,
    CorrectionFilterForm,
    OrderForm,
    ProofForm,
    ReportForm,
    ReturnForm,
    WithdrawForm,
)
from liuhen.web.forms.look import Form, refusals_on
from liuhen.web.pages import is_part, show
from liuhen.web.upload_limit import TOO_LARGE

PAGE_SIZE = 25
BEGUN = ("source", "reference", "unit", "officer", "problem", "demand", "article")
"""What a page that orders a correction may fill in beforehand, in its link."""


@needs(*seeing.LOOKING)
def corrections(request: HttpRequest) -> HttpResponse:
    """Newest first; to htmx only the results."""
    officer, at = request.user, now()
    form = CorrectionFilterForm(officer, request.GET)
    rows = form.apply(seeing.visible_to(officer), at=at).select_related("unit", "officer")
    page = keyset.take(rows, request.GET.get("cursor"), by="ordered_at", size=PAGE_SIZE)
    return show(
        request,
        "corrections/results.html" if is_part(request, "results") else "corrections/list.html",
        _("整改"),
        form=form,
        page=page,
        rows=[Told(one, at) for one in page.rows],
    )


@needs(Permission.ORDER_CORRECTIONS)
def order_correction(request: HttpRequest) -> HttpResponse:
    by, at = request.user, now()
    rules = current.rules(by.agency, in_china(at).date())
    begun = {name: request.GET[name] for name in BEGUN if request.GET.get(name)}
    form = OrderForm(by, rules, request.POST or None, at=at, begun=begun)
    if form.is_bound and form.is_valid():
        with refusals_on(form):
            made = ordering.order(form.order(), by=by, at=at)
            messages.success(request, _("整改通知已发出，并列为应办事项。"))
            return redirect("web:correction", made.number)
    status = 422 if form.errors else 200
    return show(request, "corrections/new.html", _("发出整改通知"), status=status, form=form)


@needs(*seeing.LOOKING)
def correction(request: HttpRequest, number: str) -> HttpResponse:
    return page_of(request, seeing.correction_for(number, request.user))


def page_of(
    request: HttpRequest, found: Correction, *, status: int = 200, **sent: Any
) -> HttpResponse:
    """One with the forms of the steps this person may take; `sent`: those refused."""
    return show(
        request,
        "corrections/detail.html",
        _("整改 %(no)s") % {"no": found.number},
        status=status,
        found=found,
        told=Told(found, now()),
        steps=steps_of(found),
        papers=proof.papers_of(found),
        comes_from=decision_way(found, request.user),
        **forms_for(request, found) | sent,
    )


def decision_way(found: Correction, officer: Officer) -> str:
    """To the breach by whose decision it was ordered, for who may know it; "" for anybody else."""
    breach = correcting.decision_of(found, officer)
    if breach is None:
        return ""
    page = "web:own_breach" if breach.officer_id == officer.pk else "web:breach"
    return reverse(page, args=[breach.number])


def forms_for(request: HttpRequest, found: Correction) -> dict[str, Any]:
    shown: dict[str, Any] = {}
    if seeing.is_whose(found, request.user) and allows(Step.SUBMIT, found.state):
        shown |= {"report_form": ReportForm(), "proof_form": ProofForm()}
    if seeing.decides(found, request.user):
        if allows(Step.ACCEPT, found.state):
            shown |= {"accept_form": AcceptForm(), "return_form": ReturnForm(at=now())}
        if allows(Step.WITHDRAW, found.state) and not seeing.is_by_decision(found):
            shown["withdraw_form"] = WithdrawForm()
    return shown


@require_POST
@needs(*seeing.LOOKING)
def add_proof(request: HttpRequest, number: str) -> HttpResponse:
    found, form = (
        seeing.correction_for(number, request.user),
        ProofForm(request.POST, request.FILES),
    )
    if getattr(request, TOO_LARGE, False):
        form.add_error(None, PaperTooLarge(most=MOST_MIB).text)
    elif form.is_valid():
        with refusals_on(form):
            file = form.cleaned_data["file"]
            proof.add(found, file.name, file.chunks(1 << 20), by=request.user, at=now())
            messages.success(request, _("已保存并核对。"))
            return redirect("web:correction", number)
    return page_of(request, found, status=422, proof_form=form)


@require_POST
@needs(*seeing.LOOKING)
def submit_correction(request: HttpRequest, number: str) -> HttpResponse:
    return step(
        request, number, ReportForm(request.POST), "report_form", ordering.submit,
        _("整改情况已提交，等待验收。"),
    )  # fmt: skip


@require_POST
@needs(Permission.ORDER_CORRECTIONS)
def accept_correction(request: HttpRequest, number: str) -> HttpResponse:
    done = _("已验收合格，整改办结。")
    return step(request, number, AcceptForm(request.POST), "accept_form", ordering.accept, done)


@require_POST
@needs(Permission.ORDER_CORRECTIONS)
def return_correction(request: HttpRequest, number: str) -> HttpResponse:
    form = ReturnForm(request.POST, at=now())
    return step(request, number, form, "return_form", ordering.send_back, _("已退回，继续整改。"))


@require_POST
@needs(Permission.ORDER_CORRECTIONS)
def withdraw_correction(request: HttpRequest, number: str) -> HttpResponse:
    form, done = WithdrawForm(request.POST), _("整改通知已撤回。")
    return step(request, number, form, "withdraw_form", ordering.withdraw, done)


def step(
    request: HttpRequest,
    number: str,
    form: Form,
    name: str,
    operation: Callable[..., None],
    done: str,
) -> HttpResponse:
    found = seeing.correction_for(number, request.user)
    if form.is_valid():
        with refusals_on(form):
            operation(found, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, done)
            return redirect("web:correction", number)
    return page_of(request, found, status=422, **{name: form})
