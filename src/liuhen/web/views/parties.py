"""当事人: the list, entering one, one with its dossier, its number on request."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from liuhen.cases import dossier, dossier_export, merging, parties, queries, twins
from liuhen.cases.dossier import Sort
from liuhen.cases.models import Party
from liuhen.custody import keyset
from liuhen.custody import queries as custody
from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may
from liuhen.web.cases_text import SORTS
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.parties import MergeForm, PartyFilterForm, PartyForm, ReasonForm
from liuhen.web.pages import is_part, show

PER_PAGE = 50
ENTERING = (Permission.HANDLE_CASES, Permission.RECORD_ACTIVITIES)


@needs(*SEEING)
def party_list(request: HttpRequest) -> HttpResponse:
    """The list; to htmx only its results, under the same address."""
    form = PartyFilterForm(request.GET)
    rows = found(request.user, form)
    part = is_part(request, "results")
    return show(
        request,
        "parties/results.html" if part else "parties/list.html",
        _("当事人"),
        form=form,
        page=keyset.take(rows, request.GET.get("cursor"), by="added_at", size=PER_PAGE),
        **{} if part else {"twins": twins_waiting(request.user)},
    )


def found(officer: Officer, form: PartyFilterForm) -> QuerySet[Party]:
    """A whole number finds its one party by index; other words are looked for in what it is
    called."""
    form.is_valid()
    said = form.cleaned_data
    rows = queries.parties_for(officer)
    words = said.get("words", "").strip()
    if known := parties.with_number(words, officer):
        rows = rows.filter(pk=known.pk)
    else:
        for word in words.split():
            rows = rows.filter(search_text__icontains=word)
    return rows.filter(kind=said["kind"]) if said.get("kind") else rows


def twins_waiting(officer: Officer) -> bool:
    return may(officer, Permission.HANDLE_CASES) and twins.seen_by(officer).exists()


@sensitive_post_parameters("id_no", "phone")
@needs(*ENTERING)
def add_party(request: HttpRequest) -> HttpResponse:
    offered = {"name": request.GET.get("name", "")[:200]}
    form = PartyForm(request.POST or None, initial=offered)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = parties.add(form.facts(), by=request.user, at=now())
            messages.success(request, _("当事人“%(name)s”已登记。") % {"name": made.name})
            return redirect("web:party", made.pk)
    return show(
        request,
        "parties/add.html",
        _("登记当事人"),
        status=422 if form.errors else 200,
        form=form,
    )


@sensitive_post_parameters("id_no", "phone")
@needs(Permission.HANDLE_CASES)
def edit_party(request: HttpRequest, pk: int) -> HttpResponse:
    """Entered for the first time here, the number is shown on request: the form opens with it
    only after that look is in the log."""
    party = queries.party_for(pk, request.user)
    if request.method != "POST" and (party.id_no or party.phone):
        parties.show_number(party, by=request.user, at=now())
    initial = vars(parties.facts_of(party))
    form = PartyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            parties.change(party, form.facts(), by=request.user, at=now())
            messages.success(request, _("当事人信息已修改。"))
            return redirect("web:party", pk)
    return show(
        request,
        "parties/edit.html",
        _("修改当事人"),
        status=422 if form.errors else 200,
        form=form,
        party=party,
    )


@needs(*SEEING)
def party(request: HttpRequest, pk: int) -> HttpResponse:
    return party_page(request, queries.party_for(pk, request.user))


def party_page(
    request: HttpRequest, party: Party, *, status: int = 200, **forms: Any
) -> HttpResponse:
    """One party with its dossier; `forms` are those sent and not accepted."""
    officer = request.user
    handles = may(officer, Permission.HANDLE_CASES)
    merge = merging.pending_about(party).select_related("kept", "dropped").first()
    shown = {
        "merge_form": merge_form(request, party) if handles and merge is None else None,
        "export_form": ReasonForm() if dossier_export.may_export(officer) else None,
    } | forms
    return show(
        request,
        "parties/detail.html",
        party.name,
        status=status,
        party=party,
        handles=handles,
        merge=merge,
        merged=party.merged.order_by("pk"),
        history=custody.history_of(parties.subject_of(party)),
        **line_of(request, party),
        **shown,
    )


def merge_form(request: HttpRequest, party: Party) -> MergeForm:
    """`?other=` fills in whom it may be the same as."""
    other = request.GET.get("other", "")
    return MergeForm(party, request.user, initial={"other": f"#{other[:18]}"} if other else None)


def line_of(request: HttpRequest, party: Party) -> dict[str, Any]:
    """The dossier as the filters in the address ask for it."""
    scope = dossier.seen_by(request.user, party)
    typed, asked = request.GET.get("year", ""), request.GET.get("kind", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else None
    year = year if year and date.min.year <= year < date.max.year else None
    only = Sort(asked) if asked in list(Sort) else None
    entries = parties_entries(request.user, party)
    return {
        "timeline": dossier.timeline(scope, year=year, only=only),
        "years": dossier.years(scope),
        "year": year,
        "only": only,
        "sorts": list(SORTS),
        "cases": entries,
    }


def parties_entries(officer: Officer, party: Party) -> list[Any]:
    """The cases it has a part in, as far as they are seen, newest first."""
    rows = party.case_parties.filter(case__in=queries.cases_for(officer).values("pk"))
    return list(rows.select_related("case").order_by("-case__opened_date", "-pk"))


@needs(*SEEING)
def print_dossier(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.party_for(pk, request.user)
    shown = line_of(request, found)
    return show(request, "parties/print.html", _("一户式档案目录"), party=found, **shown)


@require_POST
@never_cache
@needs(Permission.HANDLE_CASES)
def show_party_number(request: HttpRequest, pk: int) -> HttpResponse:
    """In this one answer and nowhere else; the look is in the log before."""
    found = queries.party_for(pk, request.user)
    parties.show_number(found, by=request.user, at=now())
    return show(request, "parties/number.html", _("完整证件号码"), party=found)
