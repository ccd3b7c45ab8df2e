"""存证日志, as the page filters it, as an Excel file. What proves it is the log itself."""

from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext_lazy as _

from liuhen.access import own_log
from liuhen.custody import queries
from liuhen.people.permissions import Permission
from liuhen.web.doors import needs
from liuhen.web.forms.custody import FILTERS, EventFilterForm
from liuhen.web.sheets import Column, listed, whole
from liuhen.web.templatetags.screen import hexed, moment

EVENTS = (
    Column(_("序号"), 10, lambda event: event.index),
    Column(_("时间"), 20, lambda event: moment(event.at)),
    Column(_("事项"), 24, lambda event: event.get_kind_display()),
    Column(_("对象"), 30, lambda event: event.subject),
    Column(_("操作人"), 16, lambda event: event.actor),
    Column(_("叶哈希"), 68, lambda event: hexed(event.leaf_hash)),
)


@needs(Permission.READ_CUSTODY)
def export_custody(request: HttpRequest) -> FileResponse:
    """Refuses: TooManyToExport."""
    asked = EventFilterForm(request.GET).wanted()
    wanted = {key: asked[key] for key in FILTERS}
    rows = queries.matching(own_log.readable_by(request.user), **wanted)
    return listed(_("存证日志"), EVENTS, whole(rows.order_by("-index")))
