"""Changing the rules: proposing, seeing what it would do, deciding."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.duties.simulating import simulate
from liuhen.engines.policy.pack import Adopted, Change, Rules
from liuhen.engines.policy.values import PARAMETERS
from liuhen.kernel.clock import in_china, now
from liuhen.kernel.refusal import Refusal
from liuhen.packs import catalogue
from liuhen.people.permissions import Permission
from liuhen.regulations import proposing, queries
from liuhen.regulations.current import change_of
from liuhen.regulations.models import Proposal, ProposalState
from liuhen.regulations.queries import Standing
from liuhen.regulations.wording import parameter_label
from liuhen.web import rules_shown
from liuhen.web.doors import needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.rules import AdoptionForm, FromForm, NoteForm
from liuhen.web.forms.values import ValueForm
from liuhen.web.pages import is_part, show
from liuhen.web.views.rules import frame

PER_PAGE = 30
INVOLVED = (Permission.PROPOSE_RULES, Permission.APPROVE_RULES, Permission.KEEP_RULES)


def tomorrow(at: datetime) -> date:
    return in_china(at).date() + timedelta(days=1)


def start_form(said: QueryDict | None, at: datetime) -> FromForm:
    """From when and why; while lines are still being added, kept as typed without a verdict."""
    if said is None or "act" in said:
        return FromForm(initial={"from_date": tomorrow(at), **(said or QueryDict()).dict()})
    return FromForm(said)


@needs(Permission.PROPOSE_RULES)
def change_rule(request: HttpRequest, parameter: str) -> HttpResponse:
    if parameter not in PARAMETERS:
        raise Http404
    agency, at, said = request.user.agency, now(), request.POST or None
    start_from = start_form(said, at)
    # The articles to choose from are those of the regulation that will be followed then.
    says_when = start_from.is_valid()
    day = getattr(start_from, "cleaned_data", {}).get("from_date") or tomorrow(at)
    rules = Standing(agency).on(day)
    held = rules.values.get(parameter)
    form = ValueForm(parameter, rules.pack, proposing.as_stored(held) if held else {}, said)
    if said and "act" not in said and all([says_when, form.is_valid()]):
        with refusals_on(form):
            made = proposing.propose(
                agency, parameter, form.raw(), **start_from.cleaned_data, by=request.user, at=at
            )
            messages.success(request, _("已提出调整申请，待批准后生效。"))
            return redirect("web:rule_proposal", made.pk)
    return show(
        request,
        "rules/change_form.html" if is_part(request, "change") else "rules/change.html",
        _("调整：%(name)s") % {"name": parameter_label(parameter)},
        parameter=parameter,
        form=form,
        start_from=start_from,
        held=rules_shown.told(held) if held else None,
        pack=rules.pack,
        **frame(request, at),
    )


@needs(Permission.PROPOSE_RULES)
def change_regulation(request: HttpRequest) -> HttpResponse:
    agency, at = request.user.agency, now()
    standing = Standing(agency)
    followed = standing.followed_on(in_china(at).date())
    # Where another one is adopted for later, today's may be wanted again.
    last = standing.adopted[-1]
    stays = last.pack.pack_id == followed.pack.pack_id
    others = [
        pack for pack in catalogue.offered() if not stays or pack.pack_id != followed.pack.pack_id
    ]
    form = AdoptionForm(others, request.POST or None, initial={"from_date": tomorrow(at)})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = proposing.propose_adoption(agency, **form.cleaned_data, by=request.user, at=at)
            messages.success(request, _("已提出更换制度的申请，待批准后执行。"))
            return redirect("web:rule_proposal", made.pk)
    return show(
        request,
        "rules/adopt.html",
        _("更换制度"),
        form=form,
        packs={pack.pack_id: pack for pack in others},
        followed=followed,
        **frame(request, at),
    )


@needs(*INVOLVED)
def rule_proposals(request: HttpRequest) -> HttpResponse:
    done = is_done(request)
    rows = queries.proposals(request.user.agency, pending=not done)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return show(
        request,
        "rules/proposals.html",
        _("调整申请"),
        page=page,
        rows=[(row, title_of(row)) for row in page],
        done=done,
        **frame(request, now()),
    )


def is_done(request: HttpRequest) -> bool:
    return request.GET.get("done") == "1"


def title_of(proposal: Proposal) -> str:
    if proposal.pack_id:
        return _("改为执行《%(title)s》") % {"title": catalogue.pack(proposal.pack_id).title}
    return str(parameter_label(proposal.parameter))


def proposal_of(request: HttpRequest, pk: int) -> Proposal:
    rows = Proposal.objects.select_related("agency", "proposed_by", "decided_by")
    return get_object_or_404(rows, pk=pk, agency_id=request.user.agency_id)


@needs(*INVOLVED)
def rule_proposal(request: HttpRequest, proposal: int) -> HttpResponse:
    return page(request, proposal_of(request, proposal), NoteForm())


def page(
    request: HttpRequest, proposal: Proposal, note_form: NoteForm, status: int = 200
) -> HttpResponse:
    at = now()
    old, new = sides(proposal)
    waits = proposal.state == ProposalState.PROPOSED
    differences = list(rules_shown.differences(old, new))
    # Another regulation numbers its articles otherwise; that alone changes nothing for anybody.
    shown = [one for one in differences if one.is_in_words] if proposal.pack_id else differences
    return show(
        request,
        "rules/proposal.html",
        title_of(proposal),
        status=status,
        proposal=proposal,
        old=old.pack,
        new=new.pack,
        differences=shown,
        n_alike=len(differences) - len(shown),
        note_form=note_form,
        waits=waits,
        is_own=proposal.proposed_by_id == request.user.pk,
        has_passed=waits and proposal.from_date < in_china(at).date(),
        **frame(request, at),
    )


def sides(proposal: Proposal) -> tuple[Rules, Rules]:
    """The rules of its first day without it and with it, as they stood when it was decided."""
    standing = Standing(proposal.agency, before=proposal)
    book, tried = standing.book, trial(proposal)
    if isinstance(tried, Adopted):
        adopted = sorted((*book.adopted, tried), key=lambda one: one.from_date)
        with_it = replace(book, adopted=tuple(adopted))
    else:
        with_it = replace(book, changes=(*book.changes, tried))
    return book.on(proposal.from_date), with_it.on(proposal.from_date)


def trial(proposal: Proposal) -> Change | Adopted:
    if proposal.pack_id:
        return Adopted(catalogue.pack(proposal.pack_id), proposal.from_date)
    return change_of(proposal)


@needs(*INVOLVED)
def simulation(request: HttpRequest, proposal: int) -> HttpResponse:
    """What the change would have done to the last twelve months; fetched beside its page."""
    found = proposal_of(request, proposal)
    result = simulate(found.agency, [trial(found)], at=now())
    return show(request, "rules/simulation.html", result=result)


@require_POST
@needs(Permission.APPROVE_RULES)
def approve_rule(request: HttpRequest, proposal: int) -> HttpResponse:
    found, form = proposal_of(request, proposal), NoteForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            note = form.cleaned_data["note"]
            proposing.approve(found, by=request.user, at=now(), note=note)
            told = _("已批准，自 %(day)s 起生效。") % {"day": found.from_date}
            messages.success(request, told)
            return redirect("web:rule_proposal", found.pk)
    return page(request, proposal_of(request, proposal), form, status=422)


@require_POST
@needs(Permission.APPROVE_RULES)
def refuse_rule(request: HttpRequest, proposal: int) -> HttpResponse:
    found, form = proposal_of(request, proposal), NoteForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            proposing.refuse(found, by=request.user, at=now(), note=form.cleaned_data["note"])
            messages.success(request, _("已退回，未予批准。"))
            return redirect("web:rule_proposal", found.pk)
    return page(request, proposal_of(request, proposal), form, status=422)


@require_POST
@needs(Permission.PROPOSE_RULES)
def withdraw_rule(request: HttpRequest, proposal: int) -> HttpResponse:
    found = proposal_of(request, proposal)
    try:
        proposing.withdraw(found, by=request.user, at=now())
        messages.success(request, _("申请已撤回。"))
    except Refusal as no:
        messages.error(request, no.text)
    return redirect("web:rule_proposal", found.pk)
