"""One recording: look at it, verify it, say whose it is, read what happened to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.access import viewing
from liuhen.cases import evidence, timeline
from liuhen.cases.models import ActivityRecording, Aside
from liuhen.cases.queries import activities_for, cases_for
from liuhen.custody import queries as custody
from liuhen.devices import ledger
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission, may
from liuhen.recordings import assigning, integrity, playing, queries, sharing
from liuhen.recordings.models import MediaKind, Recording
from liuhen.retention import disc_queries
from liuhen.web import disposal_shown, keeping_panel, timeline_shown
from liuhen.web.access_shown import secrecy_shown, stage
from liuhen.web.cases_text import required_told
from liuhen.web.doors import SEEING, needs
from liuhen.web.facts import Facts, claims_of
from liuhen.web.findings_text import findings_of
from liuhen.web.forms.recordings import AssignForm, ShareForm
from liuhen.web.keeping_text import keeping_told
from liuhen.web.pages import show
from liuhen.web.placing_shown import clock_told, was_not_compared


@needs(*SEEING)
def recording(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    return show(
        request,
        "recordings/detail.html",
        number,
        recording=found,
        facts=Facts(found),
        keeping=keeping_told(found),
        kept=keeping_panel.told(found, request.user),
        **disposal_shown.of(found, request.user),
        required=required_told(found),
        findings=findings_of(found),
        claims=claims_of(found),
        clock=clock_told(found),
        use_is_seen=ledger.visible_to(request.user).filter(pk=found.checkout_id).exists(),
        clock_not_compared=was_not_compared(found),
        playback=playing.playback_of(found),
        history=custody.history_of(subject_of(found)),
        item=found.items.select_related("batch").order_by("pk").first(),
        assign_form=AssignForm(request.user) if may_assign(request) else None,
        of=activity_of(found),
        activity_is_seen=is_seen(request, found),
        aside=Aside.objects.filter(recording=found).select_related("set_by").first(),
        **evidence_of(request, found),
        discs=disc_queries.of_recording(found, request.user),
        shared_with=sharing.shared_with(found),
        share_form=ShareForm(found) if sharing.may_share(found, request.user) else None,
        secrecy=secrecy_shown(found, request.user),
        **stage(found, request.user, at=now(), serves=request.GET.get("request", "")),
    )


def activity_of(found: Recording) -> ActivityRecording | None:
    """The activity it belongs to, and who said so."""
    rows = ActivityRecording.objects.select_related("activity", "linked_by")
    return rows.filter(recording=found).first()


def evidence_of(request: HttpRequest, found: Recording) -> dict[str, Any]:
    """The cases it is evidence in, and which of them are seen."""
    exhibits = list(evidence.uses_of(found))
    seen = cases_for(request.user).filter(pk__in=[one.case_id for one in exhibits])
    keys = set(seen.values_list("pk", flat=True)) if exhibits else set()
    return {"exhibits": exhibits, "exhibits_seen": keys}


def is_seen(request: HttpRequest, found: Recording) -> bool:
    return activities_for(request.user).filter(activity_recordings__recording=found).exists()


def subject_of(found: Recording) -> str:
    return f"recording:{found.number}"


def may_assign(request: HttpRequest) -> bool:
    officer = request.user
    return may(officer, Permission.SEE_AGENCY) and may(officer, Permission.TAKE_IN)


@needs(*SEEING)
def player(request: HttpRequest, number: str) -> HttpResponse:
    """The poster with its button, or how far the picture is from being shown. Opens nothing."""
    found = queries.get_visible(number, request.user)
    return show(
        request,
        "recordings/poster.html",
        recording=found,
        facts=Facts(found),
        playback=playing.playback_of(found),
        **stage(found, request.user, at=now(), serves=request.GET.get("request", "")),
    )


@require_POST
@needs(*SEEING)
def open_player(request: HttpRequest, number: str) -> HttpResponse:
    """The player, with a ticket: the look is in the log before a byte leaves."""
    address = request.META.get("REMOTE_ADDR")
    serves = request.POST.get("request", "")
    opening = viewing.open_recording(
        number, by=request.user, at=now(), address=address, request=serves
    )
    found = opening.recording
    lines = timeline.of_one(found, by=request.user)
    facts = Facts(found)
    is_sound = found.kind == MediaKind.AUDIO and facts.has_waveform
    shown: dict[str, Any] = {
        "recording": found,
        "facts": facts,
        "waveform": resolve_url("api:waveform", number) if is_sound else None,
        **timeline_shown.desk(lines, request.user, opening, serves=serves),
    }
    if not request.htmx:
        return show(request, "recordings/opened.html", number, **shown)
    shown["history"] = custody.history_of(subject_of(found))
    return show(request, "recordings/opening.html", **shown)


@require_POST
@needs(*SEEING)
def verify(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    verdict = integrity.verify(found, by=request.user, at=now())
    return show(
        request,
        "recordings/verdict.html",
        _("核验结果"),
        recording=found,
        verdict=verdict,
        history=custody.history_of(subject_of(found)),
    )


@require_POST
@needs(Permission.SEE_AGENCY)
@needs(Permission.TAKE_IN)
def assign(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    form = AssignForm(request.user, request.POST)
    if form.is_valid():
        assigning.assign(found, form.cleaned_data["officer"], by=request.user, at=now())
        messages.success(request, _("归属已确认，并记入保管链。"))
    else:
        messages.error(request, _("请选择录制人。"))
    return redirect("web:recording", number)


@require_POST
@needs(*SEEING)
def share(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    sharing.check_may_share(found, request.user)
    form = ShareForm(found, request.POST)
    if form.is_valid():
        sharing.share(found, form.cleaned_data["officer"], by=request.user, at=now())
        messages.success(request, _("已登记共同执法人员，并记入保管链。"))
    else:
        messages.error(request, _("请选择本单位的共同执法人员。"))
    return redirect("web:recording", number)


@require_POST
@needs(*SEEING)
def unshare(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    officer = get_object_or_404(found.agency.officers, pk=pk)
    sharing.unshare(found, officer, by=request.user, at=now())
    messages.success(request, _("已取消共同执法人员，并记入保管链。"))
    return redirect("web:recording", number)


@needs(*SEEING)
def history(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    return show(
        request,
        "recordings/history.html",
        recording=found,
        history=custody.history_of(subject_of(found)),
    )
