"""The first visit, and that of one more bureau's own people."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from liuhen.kernel.clock import now
from liuhen.packs import catalogue
from liuhen.people import agencies, invitations
from liuhen.people.errors import InvitationUsed
from liuhen.people.models import Invitation
from liuhen.regulations import setting_up
from liuhen.web.doors import open_to_all
from liuhen.web.forms.look import refusals_on
from liuhen.web.forms.set_up import SetUpForms
from liuhen.web.pages import show


@open_to_all
@sensitive_post_parameters()
def set_up(request: HttpRequest) -> HttpResponse:
    """The first visit, once: name the bureau, choose its regulation, make the first accounts."""
    if agencies.is_set_up():
        return redirect("web:sign_in")
    return page(request)


@never_cache
@open_to_all
@sensitive_post_parameters()
def set_up_another(request: HttpRequest, code: str) -> HttpResponse:
    """The same for a bureau that was invited; the code opens the page until it is used."""
    try:
        invitation = invitations.open_with(code, at=now())
    except InvitationUsed as no:
        return show(request, "set_up_closed.html", _("设置码无效"), status=410, refusal=no)
    return page(request, invitation)


def page(request: HttpRequest, invitation: Invitation | None = None) -> HttpResponse:
    name = invitation.name if invitation else ""
    forms = SetUpForms(request.POST or None, agency_name=name)
    if request.method == "POST" and forms.is_valid():
        bureau = forms.bureau.cleaned_data
        people = [form.person() for form in forms.people]
        with refusals_on(forms.bureau):
            setting_up.set_up(**bureau, people=people, at=now(), invitation=invitation)
            messages.success(request, _("初始设置已完成，四个账号已建立。请登录。"))
            return redirect("web:sign_in")
    return show(
        request,
        "set_up.html",
        _("初始设置"),
        forms=forms,
        packs=catalogue.offered(),
        invitation=invitation,
    )
