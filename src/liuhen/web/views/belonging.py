"""未归入活动的资料: confirm what is proposed, register from what belongs together, set aside."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.cases import asides, belonging, linking
from liuhen.cases.linking import Pair
from liuhen.cases.models import Aside
from liuhen.cases.queries import activity_for
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission, may
from liuhen.recordings import sharing
from liuhen.recordings.queries import get_visible
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.belonging import (
    AsideFilterForm,
    AsideForm,
    AssignForm,
    LooseFilterForm,
    chosen,
    pairs_of,
    told,
)
from liuhen.web.pages import is_part, show


@needs(*SEEING)
def loose(request: HttpRequest) -> HttpResponse:
    """What nobody has said of to what it belongs; to htmx only the list."""
    form = LooseFilterForm(request.user, request.GET)
    cursor = request.GET.get("cursor")
    work = belonging.worklist(request.user, form.filters(), cursor, at=now())
    part = is_part(request, "results")
    return show(
        request,
        "belonging/results.html" if part else "belonging/list.html",
        _("未归入活动的资料"),
        form=form,
        work=work,
        page=work,
        tab="loose",
        assign_form=AssignForm(),
        aside_form=AsideForm(),
        may_register=may(request.user, Permission.RECORD_ACTIVITIES),
    )


@require_POST
@needs(*SEEING)
def confirm(request: HttpRequest) -> HttpResponse:
    """All proposals ticked, of however many activities; or declined, by the other button."""
    pairs = pairs_of(request.POST.getlist("pair"), request.user)
    if request.POST.get("act") == "decline":
        n = linking.decline_all(pairs, by=request.user, at=now())
        messages.success(request, _("已标为不属于所提示的活动 %(n)d 份，不再提示。") % {"n": n})
    else:
        done = linking.link_all(pairs, by=request.user, at=now())
        messages.success(request, told(len(done.linked), len(done.skipped)))
    return back(request)


@require_POST
@needs(*SEEING)
def assign(request: HttpRequest) -> HttpResponse:
    """Those ticked to the activity typed, or set aside, by the button pressed."""
    recordings = chosen(request.POST.getlist("recording"), request.user)
    if request.POST.get("act") == "aside":
        form = AsideForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("请选择原因，并写明这些资料是怎样形成的。"))
            return back(request)
        said = {"why": Aside.Why(form.cleaned_data["why"]), "reason": form.cleaned_data["reason"]}
        asides.set_aside(recordings, **said, by=request.user, at=now())
        said_so = _("已将 %(n)d 份资料列为不属于执法活动。")
        messages.success(request, said_so % {"n": len(recordings)})
        return back(request)
    number = request.POST.get("activity", "").strip().upper()
    activity = activity_for(number, request.user)
    pairs = [Pair(activity, recording) for recording in recordings]
    done = linking.link_all(pairs, by=request.user, at=now())
    messages.success(request, told(len(done.linked), len(done.skipped)))
    return back(request)


@needs(*SEEING)
def set_aside(request: HttpRequest) -> HttpResponse:
    """What belongs to no enforcement activity, for supervision and those who made it."""
    form = AsideFilterForm(request.GET)
    found = form.narrow(belonging.set_aside(request.user))
    page = belonging.asides(found, request.GET.get("cursor"))
    rows = [(one, sharing.may_share(one.recording, request.user)) for one in page.rows]
    part = is_part(request, "results")
    return show(
        request,
        "belonging/aside_rows.html" if part else "belonging/asides.html",
        _("不属于执法活动的资料"),
        form=form,
        page=page,
        rows=rows,
        tab="asides",
    )


@require_POST
@needs(*SEEING)
def take_back(request: HttpRequest, number: str) -> HttpResponse:
    recording = get_visible(number, request.user)
    asides.take_back(recording, by=request.user, at=now())
    messages.success(request, _("已撤销，资料 %(no)s 重新列为未归入活动。") % {"no": number})
    return redirect("web:asides")


def back(request: HttpRequest) -> HttpResponse:
    """To the page of the list it was sent from."""
    way = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(way, allowed_hosts={request.get_host()}):
        return redirect(way)
    return redirect("web:loose")
