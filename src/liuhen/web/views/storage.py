"""存储情况: how full the store is, how fast it fills, what comes to its end when."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from liuhen.kernel.clock import now
from liuhen.people.permissions import Permission
from liuhen.recordings import copy_words
from liuhen.retention import log_time
from liuhen.retention.storage import Month, storage
from liuhen.web.doors import needs
from liuhen.web.pages import show
from liuhen.web.store_warning import store_warning

UNITS = (("MB", 1024**2), ("GB", 1024**3), ("TB", 1024**4))
NEARLY_FULL_PERCENT = 90
SOON_DAYS = 90


@needs(Permission.SEE_STORAGE)
def storage_page(request: HttpRequest) -> HttpResponse:
    at = now()
    told = storage(request.user.agency, log_time.clocks(at=at))
    full = told.forecast.full_date
    return show(
        request,
        "storage.html",
        _("存储情况"),
        told=told,
        at=at,
        store_warning=store_warning(request.user),
        second_state=copy_words.state_of(told.second) if told.second else "",
        second_total=told.second.kept + told.second.waiting if told.second else 0,
        is_nearly_full=told.disk.percent >= NEARLY_FULL_PERCENT,
        is_full_soon=full is not None and (full - at.date()).days < SOON_DAYS,
        has_past=any(month.amount.count for month in told.past),
        has_coming=any(month.amount.count for month in told.coming),
        past_chart=chart(told.past, _("入库"), "azure"),
        coming_chart=chart(told.coming, _("期满"), "orange"),
    )


def chart(months: list[Month], name: str, colour: str) -> dict[str, Any]:
    """Bars beside the table: by month, to a tenth of the unit the largest of them is told in."""
    most = max(month.amount.size_bytes for month in months)
    unit, each = next((one for one in reversed(UNITS) if most >= one[1]), UNITS[0])
    values = [round(month.amount.size_bytes / each, 1) for month in months]
    series = [{"name": name, "values": values, "colour": colour}]
    names = [month.name for month in months]
    return {"names": names, "series": series, "unit": unit, "dense": True}
