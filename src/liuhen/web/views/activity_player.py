"""Everything recorded in one activity, every device in step on one clock."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.cases import queries, timeline
from liuhen.web import timeline_shown
from liuhen.web.doors import SEEING, needs
from liuhen.web.pages import show


@needs(*SEEING)
def activity_player(request: HttpRequest, number: str) -> HttpResponse:
    """Opens nothing: each recording is opened, and the look registered, when it is first played."""
    activity = queries.activity_for(number, request.user)
    lines = timeline.of(activity, by=request.user)
    return show(
        request,
        "player/activity.html",
        _("同步播放"),
        activity=activity,
        timeline=lines,
        **timeline_shown.desk(lines, request.user),
    )
