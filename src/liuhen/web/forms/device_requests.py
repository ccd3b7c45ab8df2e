"""Asking for devices, answering, allocating."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liuhen.devices import request_queries
from liuhen.devices.models import Device, DeviceKind, DeviceRequest, RequestState
from liuhen.devices.request_queries import Filters
from liuhen.devices.requests import MOST_DEVICES, MOST_WORDS
from liuhen.people.models import Officer
from liuhen.people.queries import units_of
from liuhen.web.forms.look import Form

ANY = [("", _("全部"))]
LONGEST_KEY = 18
"""Digits of a primary key."""


class RequestFilterForm(Form):
    """Everything is optional; what can't be understood is left out, and said beside the field."""

    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[*ANY, *RequestState.choices]
    )
    kind = forms.ChoiceField(
        label=_("设备类别"), required=False, choices=[*ANY, *DeviceKind.choices]
    )
    unit = forms.ModelChoiceField(None, label=_("科室"), required=False, empty_label=_("全部"))

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(officer.agency)

    def filters(self) -> Filters:
        self.is_valid()
        said = self.cleaned_data
        unit = said.get("unit")
        return Filters(said.get("state", ""), said.get("kind", ""), unit.pk if unit else None)


class AskForm(Form):
    unit = forms.ModelChoiceField(
        None,
        label=_("申请科室"),
        empty_label=None,
        error_messages={"required": _("请选择您所在或负责的科室。")},
    )
    kind = forms.ChoiceField(label=_("设备类别"), choices=DeviceKind.choices)
    quantity = forms.IntegerField(label=_("台数"), min_value=1, max_value=MOST_DEVICES, initial=1)
    reason = forms.CharField(
        label=_("申请理由"),
        max_length=MOST_WORDS,
        widget=forms.Textarea(
            attrs={"rows": 4, "placeholder": _("例如新增人员、设备报废、任务加重")}
        ),
    )

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = request_queries.units_for(officer)


class DecideForm(Form):
    decision = forms.ChoiceField(choices=[("grant", ""), ("refuse", "")])
    answer = forms.CharField(
        label=_("答复"),
        required=False,
        max_length=MOST_WORDS,
        help_text=_("不予配备的必须写明理由。"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DeviceChoices(forms.ModelMultipleChoiceField):
    """A device with its model, and the unit it would be taken from."""

    def clean(self, value: Any) -> Any:
        # SQLite counts no further, and Django does not look before it asks for several.
        if any(len(str(pk)) > LONGEST_KEY for pk in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_choice"])
        return super().clean(value)

    def label_from_instance(self, obj: Device) -> str:
        words = " ".join(filter(None, [obj.device_no, obj.maker, obj.model]))
        unit = obj.unit.name if obj.unit else ""
        return words + (gettext("（现归 %(unit)s）") % {"unit": unit} if unit else "")


class AllocateForm(Form):
    devices = DeviceChoices(
        None,
        label=_("可配发的设备"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("没有选择设备，请勾选要配发的设备。"),
            "invalid_choice": _("所选设备已被领用或调走，请重新选择。"),
        },
    )

    def __init__(self, request: DeviceRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = request_queries.free_for(request).select_related("unit")
        self.fields["devices"].queryset = free
