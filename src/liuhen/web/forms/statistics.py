"""Which stretch of time and whose figures are asked for; what can't be understood is left out."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Officer, Unit
from liuhen.people.queries import units_of
from liuhen.statistics.periods import Length
from liuhen.statistics.scopes import Scope, narrowed
from liuhen.web.forms.look import Form
from liuhen.web.forms.recordings import OfficerChoice, day

NO_UNIT = "0"
LENGTHS = [(Length.DAY, _("日")), (Length.MONTH, _("月")), (Length.YEAR, _("年"))]


class WhoseForm(Form):
    """No choice is offered beyond what the viewer may see."""

    unit = forms.ChoiceField(label=_("科室"), required=False)
    officer = OfficerChoice(None, label=_("执法人员"), required=False, empty_label=_("全部"))

    def __init__(self, widest: Scope, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.widest = widest
        self.units = {str(unit.pk): unit for unit in units_of(widest.agency)}
        names = [(key, unit.name) for key, unit in self.units.items()]
        self.fields["unit"].choices = [("", _("全部")), *names, (NO_UNIT, _("未定科室"))]
        # Also who has left: their figures are still asked for.
        people = Officer.objects.filter(agency=widest.agency).order_by("name", "pk")
        self.fields["officer"].queryset = people
        if widest.unit is not None or widest.officer is not None:
            del self.fields["unit"]
        if widest.officer is not None:
            del self.fields["officer"]
        self.is_valid()
        if "officer" in self.fields:
            self.offer_people()

    def offer_people(self) -> None:
        """To choose from: those of the unit chosen. A large bureau's are hundreds, and a page that
        lists them all is slow to make and to use."""
        field, scope = self.fields["officer"], self.scope
        offered = {officer.pk: officer for officer in [scope.officer] if officer}
        if scope.unit is not None:
            people = field.queryset.filter(unit=scope.unit, is_active=True)
            offered |= {officer.pk: officer for officer in people}
        names = [(pk, str(officer)) for pk, officer in offered.items()]
        field.widget.choices = [("", _("全部") if scope.unit else _("请先选科室")), *names]

    @property
    def scope(self) -> Scope:
        said = self.cleaned_data
        unit: Unit | None = self.units.get(said.get("unit", ""))
        officer: Officer | None = said.get("officer")
        is_unitless = said.get("unit") == NO_UNIT
        return narrowed(self.widest, unit=unit, officer=officer, is_unitless=is_unitless)


class DashboardForm(WhoseForm):
    length = forms.ChoiceField(label=_("统计周期"), choices=LENGTHS, required=False)
    day = day(_("日期"))

    field_order = ("length", "day", "unit", "officer")


class StretchForm(WhoseForm):
    since = day(_("自"))
    until = day(_("至"))

    field_order = ("since", "until", "unit", "officer")

    def stretch(self, today: date) -> tuple[date, date]:
        """This year so far, where nothing is said; no later than today, in the right order."""
        since = self.cleaned_data.get("since") or today.replace(month=1, day=1)
        until = min(self.cleaned_data.get("until") or today, today)
        return min(since, until), until
