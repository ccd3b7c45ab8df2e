"""One activity: its page, putting it right, voiding it, and what belongs to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.cases import (
    activities,
    activity_facts,
    linking,
    matching,
    points,
    sites,
    voiding,
)
from liuhen.cases.activity_queries import state_of
from liuhen.cases.linking import Pair
from liuhen.cases.models import Activity
from liuhen.cases.queries import activity_for
from liuhen.custody import queries as custody
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import Span
from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import but_secrets, get_visible, visible_to
from liuhen.regulations import current
from liuhen.web import activity_parts
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.activities import ActivityForm, UnlinkForm, VoidForm
from liuhen.web.forms.belonging import chosen, told
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import show


@needs(*SEEING)
def activity(request: HttpRequest, number: str) -> HttpResponse:
    return page_of(request, activity_for(number, request.user))


def page_of(
    request: HttpRequest, found: Activity, *, status: int = 200, **sent: Any
) -> HttpResponse:
    officer, rules = request.user, rules_of(found)
    shown = {
        "activity": found,
        "officers": list(found.activity_officers.select_related("officer").order_by("-is_lead")),
        "devices": list(found.devices.order_by("device_no")),
        "state": state_of(found),
        "rules": rules,
        "span": rules.get(Span) if rules else None,
        "span_times": activities.span_of(found, rules),
        "requirement": activities.requirement_of(found, rules) if rules else None,
        "points": points.standing(found, rules, by=officer),
        "site": sites.of(found, rules),
        "history": custody.history_of(activities.subject_of(found)),
        "may_change": activities.may_change(found, officer),
        "parts": activity_parts.of(found, officer),
        "void_form": VoidForm(),
        "unlink_form": UnlinkForm(),
        **belonging_to(found, officer),
    }
    return show(request, "activities/detail.html", found.number, **shown)


def belonging_to(found: Activity, officer: Officer) -> dict[str, Any]:
    """What belongs to it and what may; of the latter what the officer sees, and whose the rest
    is."""
    may_link = linking.may_link(found, officer)
    rows = but_secrets(linking.recordings_of(found), officer)
    rows = rows.select_related("officer", "device", "unit")
    proposals = matching.proposals_for(found, at=now()) if may_link else []
    keys = [one.recording.pk for one in proposals]
    known = but_secrets(Recording.objects.filter(pk__in=keys), officer).values_list("pk", flat=True)
    keys = list(known) if keys else []
    seen = set(visible_to(officer).filter(pk__in=keys).values_list("pk", flat=True))
    others = [one.recording for one in proposals if one.recording.pk in {*keys} - seen]
    return {
        "recordings": list(rows.defer("examination")),
        "may_link": may_link,
        "proposals": [one for one in proposals if one.recording.pk in seen],
        "others": len(others),
        "others_names": _("、").join(sorted({r.officer.name for r in others if r.officer})),
    }


def rules_of(found: Activity) -> Rules | None:
    return current.rules_if_any(found.agency, activities.day_of(found))


@needs(Permission.RECORD_ACTIVITIES)
def edit_activity(request: HttpRequest, number: str) -> HttpResponse:
    found = activity_for(number, request.user)
    activities.check_changes(found, request.user)
    was = activity_facts.of(found)
    form = ActivityForm(request.user, request.POST or None, rules=rules_of(found), was=was)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            seen = request.POST.get("seen") or None
            activities.change(found, form.facts(), by=request.user, at=now(), seen=seen)
            messages.success(request, _("已保存，修改前后的内容均已记入日志。"))
            return redirect("web:activity", number)
    return show(
        request,
        "activities/edit.html",
        _("修改执法活动"),
        status=422 if form.errors else 200,
        form=form,
        activity=found,
        seen=request.POST.get("seen") or activity_facts.fingerprint(found),
    )


@require_POST
@needs(Permission.RECORD_ACTIVITIES)
def void_activity(request: HttpRequest, number: str) -> HttpResponse:
    found = activity_for(number, request.user)
    reason = request.POST.get("reason", "")
    voiding.void(found, reason=reason, by=request.user, at=now())
    messages.success(request, _("执法活动已作废，原归入的资料已移出。"))
    return redirect("web:activity", number)


@require_POST
@needs(*SEEING)
def confirm_recordings(request: HttpRequest, number: str) -> HttpResponse:
    """The proposals that are ticked, or that one."""
    found = activity_for(number, request.user)
    linking.check_links(found, request.user)
    recordings = chosen(request.POST.getlist("recording"), request.user)
    pairs = [Pair(found, recording, was_proposed=True) for recording in recordings]
    done = linking.link_all(pairs, by=request.user, at=now())
    messages.success(request, told(len(done.linked), len(done.skipped)))
    return redirect("web:activity", number)


@require_POST
@needs(*SEEING)
def decline_recordings(request: HttpRequest, number: str) -> HttpResponse:
    found = activity_for(number, request.user)
    linking.check_links(found, request.user)
    recordings = chosen(request.POST.getlist("recording"), request.user)
    n = linking.decline(found, recordings, by=request.user, at=now())
    messages.success(request, _("已标为不属于本次活动 %(n)d 份，不再提示。") % {"n": n})
    return redirect("web:activity", number)


@require_POST
@needs(*SEEING)
def add_recording(request: HttpRequest, number: str) -> HttpResponse:
    """One nobody proposed, by its number."""
    found = activity_for(number, request.user)
    linking.check_links(found, request.user)
    recording = get_visible(request.POST.get("recording", "").strip(), request.user)
    linking.link(found, recording, by=request.user, at=now())
    messages.success(request, told(1, 0))
    return redirect("web:activity", number)


@require_POST
@needs(*SEEING)
def unlink_recording(request: HttpRequest, number: str) -> HttpResponse:
    found = activity_for(number, request.user)
    linking.check_links(found, request.user)
    recording = get_visible(request.POST.get("recording", ""), request.user)
    reason = request.POST.get("reason", "")
    linking.unlink(found, recording, reason=reason, by=request.user, at=now())
    messages.success(request, _("资料 %(no)s 已移出。") % {"no": recording.number})
    return redirect("web:activity", number)
