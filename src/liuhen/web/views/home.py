from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.kernel.clock import now
from liuhen.people.permissions import permissions_of
from liuhen.recordings import overview
from liuhen.web.doors import SEEING, signed_in
from liuhen.web.pages import show


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The newest recordings for those who see any; the administrators find their own doors."""
    officer = request.user
    if not permissions_of(officer) & set(SEEING):
        return show(request, "home_plain.html", _("工作台"))
    return show(
        request,
        "home.html",
        _("工作台"),
        counters=overview.counters(officer, at=now()),
        recordings=overview.latest_recordings(officer),
        batches=overview.latest_batches(officer),
    )
