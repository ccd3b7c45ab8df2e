"""无法继续记录: reporting it from the site, taking note of it, the written statement."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.cases import deciders, interruptions, papers, stops
from liuhen.cases import unrecorded_queries as queries
from liuhen.cases.models import StopReport
from liuhen.cases.queries import activity_for
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.mending import at_minute
from liuhen.web.forms.unrecorded import StatementForm, StopForm
from liuhen.web.pages import show
from liuhen.web.unrecorded_text import cause_of, steps_of_stop, title_of, waited


@needs(Permission.RECORD_ACTIVITIES)
def report_stop(request: HttpRequest, number: str) -> HttpResponse:
    """Where the regulation asks for no report, the page says so and leads to an interruption."""
    activity = activity_for(number, request.user)
    papers.check_enters(activity, request.user)
    rules = papers.rules_for(activity, now())
    asked = stops.asked(rules)
    initial = {"stopped_at": at_minute(now())}
    form = StopForm(interruptions.causes(rules), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            made = stops.report(activity, form.stopped(), by=request.user, at=now())
            messages.success(request, told_of(made))
            return redirect("web:stop", made.pk)
    posts = deciders.reaching(asked.report_to, activity, request.user) if asked else ()
    return show(
        request,
        "unrecorded/report_stop.html",
        _("报告无法继续记录"),
        status=422 if form.errors else 200,
        activity=activity,
        asked=asked,
        posts=papers.posts_text(deciders.joined(posts)),
        receivers=[one.name for one in deciders.holders(posts, activity, request.user)],
        form=form,
    )


def told_of(made: StopReport) -> str:
    said = _("已报告%(posts)s。") % {"posts": papers.posts_text(made.posts)}
    return said + _("请在活动结束后提交书面说明。") if made.needs_statement else said


@needs(*SEEING)
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    return page_of(request, queries.one_for(pk, request.user, StopReport))


def page_of(
    request: HttpRequest, row: StopReport, *, status: int = 200, **sent: Any
) -> HttpResponse:
    at = now()
    posts = deciders.posts_in(row.posts)
    unseen = row.seen_at is None
    readers = deciders.holders(posts, row.activity, row.reported_by) if unseen else []
    forms = {"statement_form": StatementForm()} if stops.may_state(row, request.user) else {}
    return show(
        request,
        "unrecorded/stop.html",
        title_of(row),
        status=status,
        row=row,
        cause=cause_of(row),
        posts=papers.posts_text(row.posts),
        readers=[one.name for one in readers],
        steps=steps_of_stop(row),
        waited=waited(row.reported_at, at),
        may_see=stops.may_see(row, request.user),
        **forms | sent,
    )


@require_POST
@needs(*SEEING)
def see_stop(request: HttpRequest, pk: int) -> HttpResponse:
    row = queries.one_for(pk, request.user, StopReport)
    stops.see(row, by=request.user, at=now())
    messages.success(request, _("已阅知，时间已记入存证日志。"))
    return redirect("web:stop", pk)


@require_POST
@needs(Permission.RECORD_ACTIVITIES)
def state_stop(request: HttpRequest, pk: int) -> HttpResponse:
    row = queries.one_for(pk, request.user, StopReport)
    papers.check_enters(row.activity, request.user)
    form = StatementForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            stops.state(row, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("书面说明已提交。"))
            return redirect("web:stop", pk)
    return page_of(request, row, status=422, statement_form=form)
