"""The ledger's filter bar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.devices.ledger import Filters
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.people.queries import those_who_record, units_of
from liuhen.web.forms.look import Form
from liuhen.web.forms.recordings import OfficerChoice, day


class LedgerForm(Form):
    """Everything is optional; what can't be understood is left out, and said beside the field."""

    since = day(_("领用日期自"))
    until = day(_("至"))
    device_no = forms.CharField(
        label=_("设备编号"),
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    unit = forms.ModelChoiceField(None, label=_("科室"), required=False, empty_label=_("全部"))
    officer = OfficerChoice(None, label=_("使用人"), required=False, empty_label=_("全部"))
    is_out = forms.BooleanField(label=_("只看未归还"), required=False)

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if Permission.SEE_DEVICES in permissions_of(officer):
            self.fields["unit"].queryset = units_of(officer.agency)
            self.fields["officer"].queryset = those_who_record(officer.agency)
        else:
            del self.fields["unit"], self.fields["officer"]

    def filters(self) -> Filters:
        self.is_valid()
        said = self.cleaned_data
        unit, officer = said.get("unit"), said.get("officer")
        return Filters(
            since=said.get("since"),
            until=said.get("until"),
            device_no=said.get("device_no", ""),
            unit=unit.pk if unit else None,
            officer=officer.pk if officer else None,
            is_out=said.get("is_out", False),
        )
