"""疑似重复当事人: pairs that may be one, and merging by two people."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.cases import merging, party_errors, queries, twins
from liuhen.cases.models import PartyMerge
from liuhen.custody import keyset
from liuhen.kernel.clock import now
from liuhen.people.models import Decision
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.parties import DecideMergeForm, MergeForm
from liuhen.web.pages import show
from liuhen.web.views.parties import party_page

PER_PAGE = 50


@needs(Permission.HANDLE_CASES)
def party_twins(request: HttpRequest) -> HttpResponse:
    rows = twins.seen_by(request.user)
    return show(
        request,
        "parties/twins.html",
        _("疑似重复当事人"),
        page=keyset.take(rows, request.GET.get("cursor"), by="found_at", size=PER_PAGE),
        tab="twins",
    )


@require_POST
@needs(Permission.HANDLE_CASES)
def hold_apart(request: HttpRequest, pk: int) -> HttpResponse:
    twin = twins.seen_by(request.user).filter(pk=pk).first()
    if twin is None:
        raise party_errors.NoSuchMerge()
    twins.hold_apart(twin, by=request.user, at=now())
    said = _("已认定“%(one)s”和“%(other)s”不是同一当事人。")
    messages.success(request, said % {"one": twin.one.name, "other": twin.other.name})
    return redirect("web:party_twins")


@require_POST
@needs(Permission.HANDLE_CASES)
def propose_merge(request: HttpRequest, pk: int) -> HttpResponse:
    party = queries.party_for(pk, request.user)
    form = MergeForm(party, request.user, request.POST)
    if form.is_valid():
        with refusals_on(form):
            kept, dropped = form.pair()
            reason = form.cleaned_data["reason"]
            merging.propose(kept, dropped, reason=reason, by=request.user, at=now())
            messages.success(request, _("合并已提出，由另一人核对后决定。"))
            return redirect("web:party", pk)
    return party_page(request, party, status=422, merge_form=form)


@needs(Permission.HANDLE_CASES)
def party_merges(request: HttpRequest) -> HttpResponse:
    """Those that wait, or with `?tab=done` those that were decided."""
    return page(request, DecideMergeForm())


def merges_asked(request: HttpRequest) -> tuple[bool, QuerySet[PartyMerge]]:
    """Whether those that wait were asked for, and the rows."""
    rows = merging.seen_by(request.user)
    if request.GET.get("tab") == "done":
        done = rows.exclude(decision=Decision.PENDING)
        return False, done.order_by("-decided_at", "-pk")
    return True, rows.filter(decision=Decision.PENDING).order_by("pk")


def page(request: HttpRequest, form: DecideMergeForm, status: int = 200) -> HttpResponse:
    is_pending, rows = merges_asked(request)
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    told = [(merge, merging.may_decide(merge, request.user)) for merge in found]
    return show(
        request,
        "parties/merges.html",
        _("合并当事人"),
        status=status,
        page=found,
        merges=told,
        form=form,
        is_pending=is_pending,
        tab="merges" if is_pending else "done",
    )


@require_POST
@needs(Permission.HANDLE_CASES)
def decide_merge(request: HttpRequest, pk: int) -> HttpResponse:
    merge, form = merging.merge_for(pk, request.user), DecideMergeForm(request.POST)
    merging.check_decides(merge, request.user)
    if form.is_valid():
        with refusals_on(form):
            decide(request, merge, form)
            return redirect("web:party_merges")
    return page(request, form, status=422)


def decide(request: HttpRequest, merge: PartyMerge, form: DecideMergeForm) -> None:
    said = form.cleaned_data
    if said["decision"] == "confirm":
        merging.confirm(merge, by=request.user, at=now())
        told = _("“%(dropped)s”已合并到“%(kept)s”，名下的案件、活动和材料一并转入。")
        names = {"dropped": merge.dropped.name, "kept": merge.kept.name}
        messages.success(request, told % names)
    else:
        merging.refuse(merge, reason=said["reason"], by=request.user, at=now())
        messages.success(request, _("已决定不合并，提出人可在“已办”中看到理由。"))


@require_POST
@needs(Permission.HANDLE_CASES)
def withdraw_merge(request: HttpRequest, pk: int) -> HttpResponse:
    merging.withdraw(merging.merge_for(pk, request.user), by=request.user, at=now())
    messages.success(request, _("合并已撤回。"))
    return redirect("web:party_merges")
