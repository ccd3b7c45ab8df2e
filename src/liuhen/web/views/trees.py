"""导出文件夹: the originals on an external disk, by year, month, day and case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from liuhen.custody import keyset
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.retention import tree_runs as operations
from liuhen.retention.models import TreeState
from liuhen.web.doors import needs
from liuhen.web.forms.discs import TreeForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import show

PAGE_SIZE = 25


@needs(Permission.KEEP_DISCS)
def trees(request: HttpRequest) -> HttpResponse:
    form = TreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            operations.ask(**form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("已安排导出，导出期间不要拔出移动硬盘。"))
            return redirect("web:trees")
    status = 422 if form.errors else 200
    return show(
        request, "discs/trees.html", _("导出文件夹"), status=status, form=form, **runs(request)
    )


@needs(Permission.KEEP_DISCS)
def tree_runs(request: HttpRequest) -> HttpResponse:
    """The list alone, asked for again while one runs."""
    return show(request, "discs/tree_rows.html", **runs(request))


def runs(request: HttpRequest) -> dict[str, Any]:
    rows = operations.runs_of(request.user)
    page = keyset.take(rows, request.GET.get("cursor"), by="asked_at", size=PAGE_SIZE)
    running = (TreeState.QUEUED, TreeState.RUNNING)
    return {"page": page, "is_running": any(one.state in running for one in page.rows)}
