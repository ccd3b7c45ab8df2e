"""案件: the list, its Excel file, opening one, one case, closing it and opening it again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.access import extraction
from liuhen.cases import case_files as operations
from liuhen.cases import case_terms, documents, evidence, queries
from liuhen.cases.errors import PartyNotInCase
from liuhen.cases.models import Case, CaseParty
from liuhen.custody import keyset
from liuhen.custody import queries as custody
from liuhen.kernel.clock import in_china, now
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.recordings import queries as recordings
from liuhen.web import keeping_panel, sheets
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.case_files import (
    AddPartyForm,
    CaseFilterForm,
    CaseForm,
    CloseForm,
    OpenCaseForm,
    PaperForm,
)
from liuhen.web.forms.extractions import ExhibitForm
from liuhen.web.forms.look import Form, refusals_on
from liuhen.web.forms.parties import ReasonForm
from liuhen.web.pages import is_part, show

PER_PAGE = 50
SHOWN = 60
"""Activities and recordings on a case's page; the whole of them stands in the party's dossier."""

BESIDE = ("case_parties__party", "case_officers__officer")


@needs(*SEEING)
def case_list(request: HttpRequest) -> HttpResponse:
    """The list; to htmx only its results, under the same address."""
    form = CaseFilterForm(request.user, request.GET)
    rows = rows_of(request, form)
    part = is_part(request, "results")
    return show(
        request,
        "cases/results.html" if part else "cases/list.html",
        _("案件"),
        form=form,
        page=keyset.take(rows, request.GET.get("cursor"), by="added_at", size=PER_PAGE),
    )


def rows_of(request: HttpRequest, form: CaseFilterForm) -> QuerySet[Case]:
    rows = form.apply(queries.cases_for(request.user))
    return rows.select_related("unit").prefetch_related(*BESIDE)


@needs(*SEEING)
def export_cases(request: HttpRequest) -> HttpResponse:
    """What the filter bar shows, all of it. Refuses: TooManyToExport."""
    rows = rows_of(request, CaseFilterForm(request.user, request.GET))
    heads = (
        _("案号"), _("案件名称"), _("当事人"), _("主办人员"), _("协办人员"), _("承办科室"),
        _("立案日期"), _("结案日期"), _("案卷保管期限"), _("重大、复杂案件"), _("案情摘要"),
    )  # fmt: skip
    widths = (24, 36, 30, 12, 24, 16, 12, 12, 14, 14, 40)
    title = _("案件登记表") + f"-{in_china(now()):%Y%m%d}"
    told = map(line_of, sheets.whole(rows.order_by("-added_at", "-pk")))
    return sheets.answer(title, heads, widths, told)


def line_of(case: Case) -> list[Any]:
    people = [(one.is_lead, one.officer.name) for one in case.case_officers.all()]
    return [
        case.case_no,
        case.name,
        "、".join(one.party.name for one in case.case_parties.all()),
        "、".join(name for is_lead, name in people if is_lead),
        "、".join(name for is_lead, name in people if not is_lead),
        case.unit.name if case.unit else "",
        case.opened_date.isoformat(),
        case.closed_date.isoformat() if case.closed_date else "",
        case_terms.told(case.term),
        _("是") if case.is_major else "",
        case.summary,
    ]


@needs(Permission.HANDLE_CASES)
def open_case(request: HttpRequest) -> HttpResponse:
    """`?party=` names whom it is about."""
    officer: Any = request.user
    offered: dict[str, Any] = {"unit": officer.unit_id, "opened_date": in_china(now()).date()}
    if officer.unit_id:
        offered["lead"] = officer.pk
    if (typed := request.GET.get("party", "")).isdigit():
        offered["party"] = f"#{typed[:18]}"
    form = OpenCaseForm(officer, request.POST or None, initial=offered)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            case = operations.open(form.case_facts(), by=officer, at=now())
            messages.success(request, _("案件“%(no)s”已登记。") % {"no": case.case_no})
            return redirect("web:case", case.pk)
    return show(
        request,
        "cases/open.html",
        _("登记案件"),
        status=422 if form.errors else 200,
        form=form,
    )


@needs(*SEEING)
def case(request: HttpRequest, pk: int) -> HttpResponse:
    return case_page(request, queries.case_for(pk, request.user))


def case_page(
    request: HttpRequest, found: Case, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """One case; `forms` are those sent and not accepted, in place of empty ones."""
    officer = request.user
    handles = operations.may_handle(found, officer)
    is_open = found.closed_date is None
    shown = {
        "party_form": AddPartyForm(officer) if handles and is_open else None,
        "paper_form": PaperForm() if handles else None,
        "exhibit_form": ExhibitForm() if handles else None,
        "close_form": CloseForm(initial=closing(found)) if handles and is_open else None,
        "reopen_form": ReasonForm() if handles and not is_open else None,
    } | forms
    return show(
        request,
        "cases/detail.html",
        found.case_no,
        status=status,
        case=found,
        handles=handles,
        entries=found.case_parties.select_related("party").order_by("pk"),
        people=found.case_officers.select_related("officer__unit").order_by("-is_lead", "pk"),
        **lists_of(found, officer),
        place=f"case={found.pk}",
        history=custody.history_of(operations.subject_of(found)),
        told=keeping_panel.told(found, officer),
        **shown,
    )


def lists_of(found: Case, officer: Officer) -> dict[str, Any]:
    """What belongs to the case, as far as the officer knows of it."""
    known = ~recordings.hides(officer, "activity_recordings__recording_id")
    activities = queries.activities_for(officer).filter(case=found).select_related("unit")
    activities = activities.annotate(footage=Count("activity_recordings", filter=known))
    footage = recordings.visible_to(officer).filter(activity_recording__activity__case=found)
    footage = footage.select_related("officer", "unit").defer("examination")
    papers = documents.documents_for(officer).filter(case=found).select_related("added_by")
    taken = extraction.extractions_for(officer).filter(case=found).select_related("made_by")
    return {
        "activities": activities.order_by("-pk")[:SHOWN],
        "recordings": footage.order_by("-recorded_at", "-pk")[:SHOWN],
        "papers": papers.order_by("-added_at", "-pk"),
        "exhibits": evidence.exhibits_for(found, officer),
        "extractions": taken.order_by("-made_at", "-pk")[:SHOWN],
    }


def closing(found: Case) -> dict[str, Any]:
    return {"closed_date": in_china(now()).date(), "term": found.term}


@needs(Permission.HANDLE_CASES)
def edit_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.case_for(pk, request.user)
    operations.check_handles(found, request.user)
    operations.check_open(found)
    form = CaseForm(request.user, request.POST or None, case=found)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            operations.change(found, form.facts(), by=request.user, at=now())
            messages.success(request, _("案件信息已修改。"))
            return redirect("web:case", pk)
    return show(
        request,
        "cases/edit.html",
        _("修改案件"),
        status=422 if form.errors else 200,
        form=form,
        case=found,
    )


def act(
    request: HttpRequest,
    found: Case,
    name: str,
    form: Form,
    do: Callable[[dict[str, Any]], None],
    told: str,
) -> HttpResponse:
    """Do it and go back to the case; what is refused is said in its own form on the page."""
    if form.is_valid():
        with refusals_on(form):
            do(form.cleaned_data)
            messages.success(request, told)
            return redirect("web:case", found.pk)
    return case_page(request, found, status=422, **{name: form})


@require_POST
@needs(Permission.HANDLE_CASES)
def close_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.case_for(pk, request.user)
    operations.check_handles(found, request.user)
    return act(
        request,
        found,
        "close_form",
        CloseForm(request.POST),
        lambda said: operations.close(found, **said, by=request.user, at=now()),
        _("案件已结案。"),
    )


@require_POST
@needs(Permission.HANDLE_CASES)
def reopen_case(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.case_for(pk, request.user)
    operations.check_handles(found, request.user)
    return act(
        request,
        found,
        "reopen_form",
        ReasonForm(request.POST),
        lambda said: operations.reopen(found, **said, by=request.user, at=now()),
        _("已撤销结案，案件恢复办理。"),
    )


@require_POST
@needs(Permission.HANDLE_CASES)
def add_case_party(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.case_for(pk, request.user)
    operations.check_handles(found, request.user)
    return act(
        request,
        found,
        "party_form",
        AddPartyForm(request.user, request.POST),
        lambda said: operations.add_party(
            found, said["party"], said["part"], by=request.user, at=now()
        ),
        _("当事人已添加。"),
    )


@require_POST
@needs(Permission.HANDLE_CASES)
def remove_case_party(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    found = queries.case_for(pk, request.user)
    row = CaseParty.objects.filter(case=found, pk=entry).select_related("party").first()
    if row is None:
        raise PartyNotInCase()
    operations.remove_party(found, row.party, by=request.user, at=now())
    messages.success(request, _("已将“%(name)s”移出本案。") % {"name": row.party.name})
    return redirect("web:case", pk)
