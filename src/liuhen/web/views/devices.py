from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from liuhen.devices import queries, register
from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs
from liuhen.web.forms.devices import DeviceForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import show

PER_PAGE = 50


@needs(Permission.MANAGE_DEVICES)
def devices(request: HttpRequest) -> HttpResponse:
    rows = queries.devices_of(request.user.agency)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return show(request, "devices/list.html", _("设备管理"), page=page)


@needs(Permission.MANAGE_DEVICES)
def add_device(request: HttpRequest) -> HttpResponse:
    agency = request.user.agency
    form = DeviceForm(agency, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            device = register.add(agency, **form.cleaned_data, by=request.user, at=now())
            messages.success(request, _("设备 %(no)s 已登记。") % {"no": device.device_no})
            return redirect("web:devices")
    return show(request, "devices/add.html", _("登记设备"), form=form)
