from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.devices.queries import suggested_of
from liuhen.people.models import Officer
from liuhen.people.queries import those_who_record
from liuhen.people.roles import Role
from liuhen.web.forms.look import Form
from liuhen.web.forms.recordings import OfficerChoice


class OriginForm(Form):
    """Whose recordings, from which device. Both may stay unknown: evidence is taken in first."""

    device_no = forms.CharField(
        label=_("设备编号"),
        required=False,
        max_length=50,
        help_text=_("可选。未登记的编号也照样记下。"),
        widget=forms.TextInput(attrs={"list": "device-numbers", "autocomplete": "off"}),
    )
    officer = OfficerChoice(
        None,
        label=_("录制人"),
        required=False,
        empty_label=_("暂不确定"),
        help_text=_("可选。可在入库后再确认归属。"),
    )

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = those_who_record(officer.agency)
        self.devices = suggested_of(officer.agency)
        if Role.OFFICER in officer.role_names:
            self.initial.setdefault("officer", officer.pk)


class StartForm(OriginForm):
    place = forms.CharField(
        max_length=8192, error_messages={"required": _("请先选择存储卡或文件夹。")}
    )
    clear_source = forms.BooleanField(required=False)
