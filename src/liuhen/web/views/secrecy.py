"""保密标记 on a recording's page: marking, and lifting by another person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.engines.policy.vocabulary import Secret
from liuhen.kernel.clock import now
from liuhen.recordings import queries, secrecy
from liuhen.web.doors import SEEING, needs
from liuhen.web.forms.access import SecrecyForm


@require_POST
@needs(*SEEING)
def mark_secrecy(request: HttpRequest, number: str) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    form = SecrecyForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        kind, reason = Secret(said["kind"]), said["reason"]
        secrecy.mark(found, kind, reason=reason, by=request.user, at=now())
        messages.success(request, _("已作保密标记，知悉范围随即缩小。"))
    else:
        messages.error(request, _("请选择种类并写明理由。"))
    return redirect("web:recording", number)


@require_POST
@needs(*SEEING)
def lift_secrecy(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    found = queries.get_visible(number, request.user)
    marked = get_object_or_404(secrecy.marks_of(found), pk=pk)
    secrecy.lift(marked, reason=request.POST.get("reason", ""), by=request.user, at=now())
    messages.success(request, _("保密标记已解除，并记入保管链。"))
    return redirect("web:recording", number)
