"""On site with a phone: register, arrive, read the notice out, tick, leave. Or afterwards."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.cases import activities, activity_queries, grouping, on_site, points
from liuhen.cases.activity_queries import Beginning, state_of
from liuhen.cases.grouping import Group
from liuhen.cases.models import Activity
from liuhen.cases.queries import activity_for
from liuhen.engines.policy.values import Notice, Span
from liuhen.engines.policy.vocabulary import Moment
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission
from liuhen.recordings.models import Recording
from liuhen.regulations import current
from liuhen.web import unrecorded_panel
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.activities import ActivityForm, Start
from liuhen.web.forms.belonging import chosen
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import is_part, show
from liuhen.web.views.activity import rules_of

MINUTE = timedelta(minutes=1)


@needs(Permission.RECORD_ACTIVITIES)
def new_activity(request: HttpRequest) -> HttpResponse:
    """On site, with one press; `afterwards` with typed times; `recording` from what was found."""
    officer, at = request.user, now()
    recordings = recordings_of(request)
    afterwards = bool(recordings) or bool(request.GET.get("afterwards"))
    begins = activity_queries.beginning(officer)
    form = ActivityForm(
        officer,
        request.POST or None,
        rules=current.rules_if_any(officer.agency, in_china(at).date()),
        start=start_of(begins, recordings, afterwards=afterwards),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            return redirect(registered(request, form, recordings, afterwards))
    return show(
        request,
        "activities/new.html",
        _("登记执法活动"),
        status=422 if form.errors else 200,
        form=form,
        afterwards=afterwards,
        recordings=recordings,
        places=list(places_of(request)),
        under_way=None if afterwards else activity_queries.under_way(officer, at=at),
    )


def recordings_of(request: HttpRequest) -> list[Recording]:
    """Those it is registered from. Refuses: NoSuchRecording."""
    sent = request.POST if request.method == "POST" else request.GET
    numbers = sent.getlist("recording")
    return chosen(numbers, request.user) if numbers else []


def start_of(begins: Beginning, recordings: list[Recording], *, afterwards: bool) -> Start:
    if not recordings:
        # What one has in hand now says nothing of an activity of another day.
        devices = [] if afterwards else begins.devices
        return Start(begins.officers, devices, begins.recent, begins.last)
    group = Group(tuple(sorted(recordings, key=lambda one: (one.recorded_at, one.pk))))
    return Start(
        officers=group.officers,
        devices=group.devices,
        recent=begins.recent,
        last=begins.last,
        arrived_at=group.start.replace(second=0, microsecond=0),
        left_at=min((group.end + MINUTE).replace(second=0, microsecond=0), now()),
        more={"unit": group.unit.pk} if group.unit else {},
    )


def registered(
    request: HttpRequest, form: ActivityForm, recordings: list[Recording], afterwards: bool
) -> Any:
    """The page that follows."""
    officer, at = request.user, now()
    if recordings:
        made = grouping.register(form.facts(), recordings, by=officer, at=at)
        said = _("已登记执法活动 %(no)s，归入 %(n)d 份资料。")
        messages.success(request, said % {"no": made.number, "n": len(recordings)})
        return made_page("web:activity", made)
    # On site the press is the time, to the second; nothing is typed.
    known = {"arrived_at": at} if request.POST.get("act") == "arrive" and not afterwards else {}
    made = activities.register(form.facts(**known), by=officer, at=at)
    if afterwards:
        messages.success(request, _("已登记执法活动 %(no)s。") % {"no": made.number})
        return made_page("web:activity", made)
    return made_page("web:on_site", made)


def made_page(name: str, made: Activity) -> str:
    return reverse(name, args=[made.number])


def places_of(request: HttpRequest) -> Any:
    """Where one was last, to choose instead of typing."""
    rows = Activity.objects.filter(registered_by=request.user).order_by("-pk")
    return dict.fromkeys(rows.values_list("place", flat=True)[:20])


@needs(*SEEING)
def site(request: HttpRequest, number: str) -> HttpResponse:
    found = activity_for(number, request.user)
    return show(request, "activities/site.html", _("现场"), **site_told(request, found))


def site_told(request: HttpRequest, found: Activity) -> dict[str, Any]:
    rules = rules_of(found)
    entries = found.activity_officers.select_related("officer").order_by("-is_lead", "pk")
    officers = [entry.officer for entry in entries]
    span = rules.get(Span) if rules else None
    return {
        **points_told(request, found),
        "officers": officers,
        "devices": list(found.devices.order_by("device_no")),
        "state": state_of(found),
        "phrase": points.notice_phrase(rules, [officer.name for officer in officers]),
        "notice": rules.get(Notice) if rules else None,
        "ends_with_inspection": span is not None and span.end == Moment.INSPECTION_END,
        "unrecorded": unrecorded_panel.told(found, request.user),
    }


def points_told(request: HttpRequest, found: Activity) -> dict[str, Any]:
    standing = points.standing(found, rules_of(found), by=request.user)
    return {
        "activity": found,
        "points": standing,
        "kept": sum(one.is_kept for one in standing),
        "may_change": activities.may_change(found, request.user),
    }


STEPS = {
    "arrive": on_site.arrive,
    "end": on_site.end_inspection,
    "leave": on_site.leave,
}


@require_POST
@needs(Permission.RECORD_ACTIVITIES)
def step(request: HttpRequest, number: str, act: str) -> HttpResponse:
    """Arrived, inspection over, left: now."""
    found = activity_for(number, request.user)
    STEPS[act](found, by=request.user, at=now())
    back = "web:activity" if request.POST.get("back") == "activity" else "web:on_site"
    return redirect(back, number)


@require_POST
@needs(Permission.RECORD_ACTIVITIES)
def point(request: HttpRequest, number: str) -> HttpResponse:
    """Tick a point, or take the tick back; to htmx the list of points again."""
    found, rules = activity_for(number, request.user), None
    part, code = request.POST.get("part", ""), request.POST.get("code", "")
    if request.POST.get("on") == "0":
        on_site.unsay(found, part, code, by=request.user, at=now())
    else:
        rules = current.rules(found.agency, activities.day_of(found))
        on_site.say(found, part, code, rules=rules, by=request.user, at=now())
    if is_part(request, "points"):
        return show(request, "activities/points.html", **points_told(request, found))
    return redirect("web:on_site", number)
