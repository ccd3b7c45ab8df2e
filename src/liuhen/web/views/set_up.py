from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from liuhen.kernel.clock import now
from liuhen.packs import catalogue
from liuhen.people import agencies
from liuhen.regulations import setting_up
from liuhen.web.doors import open_to_all
from liuhen.web.forms.set_up import SetUpForms
from liuhen.web.pages import show


@open_to_all
def set_up(request: HttpRequest) -> HttpResponse:
    """The first visit, once: name the bureau, choose its regulation, make the first accounts."""
    if agencies.is_set_up():
        return redirect("web:sign_in")
    forms = SetUpForms(request.POST or None)
    if request.method == "POST" and forms.is_valid():
        bureau = forms.bureau.cleaned_data
        people = [form.person() for form in forms.people]
        setting_up.set_up(**bureau, people=people, at=now())
        messages.success(request, _("初始设置已完成，四个账号已建立。请登录。"))
        return redirect("web:sign_in")
    packs = catalogue.offered()
    return show(request, "set_up.html", _("初始设置"), forms=forms, packs=packs)
