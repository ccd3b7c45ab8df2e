"""Which recordings are evidence of a case: entered and withdrawn on the case's page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.cases import case_files, evidence, queries
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.recordings.queries import get_visible
from liuhen.web.doors import needs
from liuhen.web.forms.extractions import ExhibitForm
from liuhen.web.forms.parties import ReasonForm
from liuhen.web.views.case_files import act


@require_POST
@needs(Permission.HANDLE_CASES)
def add_exhibit(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.case_for(pk, request.user)
    case_files.check_handles(found, request.user)

    def use(said: dict[str, str]) -> None:
        recording = get_visible(said["recording"], request.user)
        evidence.use_as_evidence(recording, found, proves=said["proves"], by=request.user, at=now())

    told = _("已列为本案证据，保存期限随案卷。")
    return act(request, found, "exhibit_form", ExhibitForm(request.POST), use, told)


@require_POST
@needs(Permission.HANDLE_CASES)
def withdraw_exhibit(request: HttpRequest, pk: int, exhibit: int) -> HttpResponse:
    found = queries.case_for(pk, request.user)
    case_files.check_handles(found, request.user)
    row, form = evidence.exhibit_for(found, exhibit), ReasonForm(request.POST)
    if form.is_valid():
        evidence.withdraw(row, **form.cleaned_data, by=request.user, at=now())
        messages.success(request, _("已撤销列为证据。"))
    else:
        messages.error(request, _("请写明撤销的理由。"))
    return redirect("web:case", pk)
