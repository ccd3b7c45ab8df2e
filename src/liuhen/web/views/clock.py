"""The server's time, large: to set a device's clock by, and to film with it."""

import segno
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs
from liuhen.web.pages import show

CODE = "LHCLOCK1:{ms}"
"""What a filmed code says: the server's time in milliseconds since 1970."""


@needs(Permission.MANAGE_DEVICES)
def clock(request: HttpRequest) -> HttpResponse:
    return show(request, "kiosk/clock_page.html", _("大时钟"))


@never_cache
@needs(Permission.MANAGE_DEVICES)
def clock_code(request: HttpRequest) -> HttpResponse:
    """This instant as a picture a device can film; renewed every second by the page."""
    ms = round(now().timestamp() * 1000)
    svg = segno.make(CODE.format(ms=ms), error="m", micro=False).svg_inline(
        scale=10, border=4, dark="#000", light="#fff", omitsize=True
    )
    answer = HttpResponse(svg, content_type="image/svg+xml")
    answer.headers["X-Liuhen-Time"] = str(ms)
    return answer
