"""日常检查, 远程督查 and 调阅回放: what is looked at day by day."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.custody import keyset
from liuhen.kernel.clock import in_china, now
from liuhen.people.permissions import Permission
from liuhen.recordings import queries as recordings
from liuhen.supervision.models import DailyCheck
from liuhen.supervision.watching import daily, lookbacks, remote
from liuhen.web.doors import needs
from liuhen.web.forms.dates import DatesForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.watching import DailyForm, LookbackForm
from liuhen.web.pages import is_part, show
from liuhen.web.windows_text import STATES

PAGE_SIZE = 25


@needs(Permission.ORDER_CORRECTIONS)
def daily_check(request: HttpRequest) -> HttpResponse:
    """Today's figures with the form, for who heads a unit; and what was checked before."""
    return daily_page(request, DailyForm(request.user))


@require_POST
@needs(Permission.ORDER_CORRECTIONS)
def enter_daily_check(request: HttpRequest) -> HttpResponse:
    form = DailyForm(request.user, request.POST)
    if form.is_valid():
        with refusals_on(form):
            _made, duty = daily.enter(**form.cleaned_data, by=request.user, at=now())
            done = (
                _("今天的日常检查已登记，应办事项一并办结。")
                if duty
                else _("今天的日常检查已登记。")
            )
            messages.success(request, done)
            return redirect("web:daily_check")
    return daily_page(request, form, status=422)


def daily_page(request: HttpRequest, form: DailyForm, *, status: int = 200) -> HttpResponse:
    by, today = request.user, in_china(now()).date()
    units = list(daily.units_of(by))
    checks = daily.checks_on(units, today)
    dates = DatesForm(request.GET)
    rows = dates.within(daily.visible_to(by), "checked_at")
    page = keyset.take(rows, request.GET.get("cursor"), by="checked_at", size=PAGE_SIZE)
    return show(
        request,
        "watching/daily.html",
        _("日常检查"),
        status=status,
        form=form,
        today=today,
        units=[(unit, daily.seen(unit, by, today), checks.get(unit.pk)) for unit in units],
        is_left=any(unit.pk not in checks for unit in units),
        article=daily.article_of(by, today),
        page=page,
        rows=[(one, wrong_of(one), order_link(one)) for one in page.rows],
        dates=dates,
    )


def wrong_of(check: DailyCheck) -> list[str]:
    said = dict(daily.POINTS)
    return [str(said[code]) for code in check.wrong if code in said]


def order_link(check: DailyCheck) -> str:
    """To an order of correction that has what was found filled in."""
    said = {"source": "daily_check", "reference": f"{check.day}", "unit": check.unit_id,
            "problem": check.note}  # fmt: skip
    return f"{reverse('web:order_correction')}?{urlencode(said)}"


@needs(Permission.WATCH_REMOTELY)
def remote_supervision(request: HttpRequest) -> HttpResponse:
    """Today as it stands; to htmx, which asks every half minute, the figures alone."""
    at = now()
    found = remote.today(request.user, at=at)
    part = is_part(request, "now")
    return show(
        request,
        "watching/now.html" if part else "watching/remote.html",
        _("远程督查"),
        at=at,
        found=found,
        totals=totals_of(found),
        cameras=[(row, *STATES[row.state]) for row in found.cameras],
    )


def totals_of(found: remote.Today) -> dict[str, int]:
    names = ("activities", "recordings", "seconds", "judged", "whole")
    return {name: sum(getattr(row, name) for row in found.units) for name in names}


@needs(Permission.LOOK_BACK)
def playback(request: HttpRequest) -> HttpResponse:
    return playback_page(request, LookbackForm(initial={"number": request.GET.get("no", "")}))


@require_POST
@needs(Permission.LOOK_BACK)
def enter_playback(request: HttpRequest) -> HttpResponse:
    form = LookbackForm(request.POST)
    if form.is_valid():
        with refusals_on(form):
            found = recordings.get_visible(form.cleaned_data["number"].strip(), request.user)
            lookbacks.enter(found, **form.facts(), by=request.user, at=now())
            messages.success(request, _("回放情况已登记。"))
            return redirect("web:playback")
    return playback_page(request, form, status=422)


@require_POST
@needs(Permission.LOOK_BACK)
def finish_playback(request: HttpRequest) -> HttpResponse:
    duty = lookbacks.owed(request.user)
    if duty is None:
        messages.warning(request, _("本期没有待办的调阅回放检查。"))
        return redirect("web:playback")
    lookbacks.finish(duty, by=request.user, at=now())
    messages.success(request, _("本期调阅回放检查已办结。"))
    return redirect("web:playback")


def playback_page(request: HttpRequest, form: LookbackForm, *, status: int = 200) -> HttpResponse:
    by, at = request.user, now()
    dates = DatesForm(request.GET)
    rows = dates.within(lookbacks.visible_to(by), "looked_at")
    page = keyset.take(rows, request.GET.get("cursor"), by="looked_at", size=PAGE_SIZE)
    return show(
        request,
        "watching/playback.html",
        _("调阅回放"),
        status=status,
        form=form,
        offered=lookbacks.offered(by, at=at),
        duty=lookbacks.owed(by),
        article=lookbacks.basis_for(by, at=at)[1],
        page=page,
        dates=dates,
    )
