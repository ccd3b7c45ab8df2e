"""The inbox's filter bar, and what is written on closing a duty."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liuhen.duties.closing import MOST_WORDS
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.duties.queries import OVERDUE, Filters
from liuhen.people.models import Officer
from liuhen.people.queries import units_of
from liuhen.web.forms.look import Form
from liuhen.web.forms.recordings import FIRST_DAY, LAST_DAY

OPEN_STATES = [("", _("待办")), (OVERDUE, _("已逾期"))]
CLOSED_STATES = [
    (state.value, state.label) for state in (DutyState.DONE, DutyState.DONE_LATE, DutyState.WAIVED)
]


class FilterForm(Form):
    """Everything is optional; what can't be understood is left out, and said beside the field."""

    state = forms.ChoiceField(label=_("状态"), required=False)
    kind = forms.ChoiceField(
        label=_("事项"), required=False, choices=[("", _("全部")), *DutyKind.choices]
    )
    unit = forms.ModelChoiceField(None, label=_("科室"), required=False, empty_label=_("全部"))
    article = forms.IntegerField(label=_("条款"), required=False, min_value=1, max_value=999)
    month = forms.DateField(
        label=_("月份"),
        required=False,
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        input_formats=["%Y-%m"],
        validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)],
    )

    def __init__(self, officer: Officer, tab: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_done_tab = tab == "done"
        states = [("", _("全部"))] if self.is_done_tab else OPEN_STATES
        self.fields["state"].choices = [*states, *CLOSED_STATES]
        self.fields["unit"].queryset = units_of(officer.agency)
        if tab != "agency":
            del self.fields["unit"]

    def filters(self) -> Filters:
        self.is_valid()
        said = self.cleaned_data
        return Filters(
            closed=self.is_done_tab,
            state=said.get("state", ""),
            kind=said.get("kind", ""),
            unit=said["unit"].pk if said.get("unit") else None,
            article=said.get("article"),
            month=said.get("month"),
        )

    def apply(self, duties: QuerySet[Duty], *, at: datetime) -> QuerySet[Duty]:
        return self.filters().apply(duties, at=at)


def words(label: Any, hint: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3, "placeholder": hint})
    return forms.CharField(label=label, max_length=MOST_WORDS, widget=widget)


class CompleteForm(Form):
    note = words(_("办理情况"), _("检查内容、发现的问题和处理情况"))


class WaiveForm(Form):
    reason = words(_("免办理由"), _("写明免办的原因和依据"))
