"""Starting an intake: from a card or folder of the server, or from this browser."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.recordings import batches, places, uploads
from liuhen.web.doors import needs
from liuhen.web.forms.intake import OriginForm, StartForm
from liuhen.web.forms.look import refusals_on
from liuhen.web.pages import show


@needs(Permission.TAKE_IN)
def intake(request: HttpRequest) -> HttpResponse:
    return page(request, StartForm(request.user))


def page(request: HttpRequest, form: StartForm, status: int = 200) -> HttpResponse:
    return show(
        request,
        "intake/page.html",
        _("采集入库"),
        status=status,
        form=form,
        upload_form=OriginForm(request.user, auto_id="upload_%s"),
        cards=places.cards(request.user.agency),
        roots=places.roots(request.user.agency),
        watch=batches.letter_box_of(request.user.agency),
    )


@needs(Permission.TAKE_IN)
def folder(request: HttpRequest) -> HttpResponse:
    """The inside of one folder, for the folder chooser."""
    place = places.place_named(request.GET.get("place", ""))
    return show(request, "intake/folder.html", folder=places.browse(place, request.user.agency))


@require_POST
@needs(Permission.TAKE_IN)
def start(request: HttpRequest) -> HttpResponse:
    form = StartForm(request.user, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        with refusals_on(form):
            batch = batches.ask_from_page(
                places.place_named(said["place"]),
                by=request.user,
                at=now(),
                device_no=said["device_no"] or None,
                officer=said["officer"],
                clear_source=said["clear_source"],
            )
            return redirect("web:batch", batch.uid)
    return page(request, form, status=422)


@require_POST
@needs(Permission.TAKE_IN)
def finish_upload(request: HttpRequest, group: str) -> HttpResponse:
    """All files of the group are here: make them a batch. Answers where to follow it."""
    form = OriginForm(request.user, request.POST)
    if not form.is_valid():
        return JsonResponse({"message": _("设备编号或录制人有误，请核对。")}, status=422)
    batch = uploads.finish(
        group=group,
        by=request.user,
        at=now(),
        device_no=form.cleaned_data["device_no"] or None,
        officer=form.cleaned_data["officer"],
    )
    return JsonResponse({"page": resolve_url("web:batch", batch.uid)})
