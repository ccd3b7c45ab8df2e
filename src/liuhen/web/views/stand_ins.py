"""代理设置: who decides in whose place, from when to when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.kernel.clock import in_china, now
from liuhen.people import standins
from liuhen.people.permissions import Permission, may
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.access import StandInForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import show

SHOWN = 100
"""The newest; what is older is in the log."""


@needs(*SEEING)
def stand_ins(request: HttpRequest) -> HttpResponse:
    """Those that are about oneself, or all for the bureau's head; and naming one."""
    officer, at = request.user, now()
    today = in_china(at).date()
    names_others = may(officer, Permission.APPOINT_STAND_INS)
    form = StandInForm(officer, request.POST or None, today=today, names_others=names_others)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            standins.appoint(**form.said(), by=officer, at=at)
            messages.success(request, _("代理人已指定，并记入存证日志。"))
            return redirect("web:stand_ins")
    rows = list(standins.seen_by(officer)[:SHOWN])
    return show(
        request,
        "access/stand_ins.html",
        _("代理设置"),
        status=422 if form.errors else 200,
        form=form,
        rows=rows,
        today=today,
        may_end={
            one.pk for one in rows if standins.may_end(one, officer) and one.until_date >= today
        },
    )


@require_POST
@needs(*SEEING)
def end_stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(standins.seen_by(request.user), pk=pk)
    standins.end(row, by=request.user, at=now())
    messages.success(request, _("代理已提前结束。"))
    return redirect("web:stand_ins")
