"""A list narrowed by days, where nothing else narrows it."""

from datetime import timedelta
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from liuhen.kernel.clock import midnight
from liuhen.web.forms.look import Form
from liuhen.web.forms.recordings import day

T = TypeVar("T", bound=Model)


class DatesForm(Form):
    """Both are optional; what can't be understood is left out, and said beside the field."""

    since = day(_("日期自"))
    until = day(_("至"))

    def within(self, rows: QuerySet[T], instant: str) -> QuerySet[T]:
        """Those whose `instant` lies in the days asked for, both included, by China's clock."""
        self.is_valid()
        since, until = (self.cleaned_data.get(name) for name in ("since", "until"))
        if since:
            rows = rows.filter(**{f"{instant}__gte": midnight(since)})
        if until:
            rows = rows.filter(**{f"{instant}__lt": midnight(until + timedelta(days=1))})
        return rows
