"""One more bureau in this installation: the system administrator lets it in."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from liuhen.kernel.clock import now
from liuhen.people import invitations
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs
from liuhen.web.forms.bureaus import InviteForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import show

PER_PAGE = 50


@never_cache
@needs(Permission.MANAGE_AGENCIES)
@sensitive_variables("code", "told")
def bureaus(request: HttpRequest) -> HttpResponse:
    """Who was let in. The code is in the answer to the one request that asked for it."""
    form = InviteForm(request.POST or None)
    told: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            invited, code = invitations.invite(form.cleaned_data["name"], by=request.user, at=now())
            url = request.build_absolute_uri(reverse("web:set_up_another", args=[code]))
            told = {"invited": invited, "code": code, "code_url": url}
            form = InviteForm()
    invited_so_far = Paginator(invitations.those_of(request.user.agency), PER_PAGE)
    page, at = invited_so_far.get_page(request.GET.get("page")), now()
    rows = [(one, invitations.state_of(one, at=at)) for one in page]
    status = 422 if form.errors else 200
    return show(
        request,
        "bureaus.html",
        _("增设单位"),
        status=status,
        form=form,
        page=page,
        rows=rows,
        **told,
    )


@require_POST
@needs(Permission.MANAGE_AGENCIES)
def withdraw_bureau(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(invitations.those_of(request.user.agency), pk=pk)
    invitations.withdraw(invitation, by=request.user, at=now())
    messages.success(request, _("已撤回，原地址不能再使用。"))
    return redirect("web:bureaus")
