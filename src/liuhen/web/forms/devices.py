from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.devices.models import DeviceKind
from liuhen.people.models import Agency
from liuhen.people.queries import units_of
from liuhen.web.forms.look import Form


class DeviceForm(Form):
    device_no = forms.CharField(
        label=_("设备编号"), max_length=50, help_text=_("机身或资产标签上的编号。")
    )
    kind = forms.ChoiceField(label=_("设备类型"), choices=DeviceKind.choices)
    unit = forms.ModelChoiceField(
        None, label=_("使用科室"), required=False, empty_label=_("未指定")
    )
    maker = forms.CharField(label=_("制造商"), required=False, max_length=50)
    model = forms.CharField(label=_("型号"), required=False, max_length=50)
    serial_no = forms.CharField(label=_("序列号"), required=False, max_length=50)

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(agency)
