"""The counter: who takes a device, what was found on it; how it comes back."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liuhen.devices.checking import Found
from liuhen.devices.clocks import Reading
from liuhen.devices.handing_out import HandOut
from liuhen.devices.models import Condition, Device
from liuhen.devices.taking_back import Return
from liuhen.engines.policy import describing
from liuhen.engines.policy.issuing import GIB
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import PreUseCheck
from liuhen.people.queries import enforcer_named, those_who_enforce
from liuhen.web.forms.look import Form, dress
from liuhen.web.forms.recordings import moment
from liuhen.web.readings import reading_of

STEP = {"data-step": "", "autocomplete": "off"}
LIVE_CONDITIONS = [choice for choice in Condition.choices if choice[0] != Condition.LOST]


class ScanForm(Form):
    no = forms.CharField(
        label=_("扫描或输入设备编号"),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": ""}),
    )


class ClockForm(Form):
    """Both forms of the counter measure the device's clock in the same way."""

    shown = forms.CharField(
        label=_("设备显示时间"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs=STEP | {"placeholder": "20:03:05", "inputmode": "numeric"}),
    )
    reading = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)

    def __init__(self, device: Device, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.device = device

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("shown") and not said.get("reading"):
            # Typed at one moment and sent at another: nobody could say how far it is off.
            self.add_error("shown", gettext("请在设备显示到所填时刻时按回车，完成测定。"))
        return said

    def measured(self) -> Reading | None:
        """Refuses: ReadingStale."""
        return reading_of(self.device, self.cleaned_data["reading"])


class HandOutForm(ClockForm):
    """Its check items are the regulation's of today."""

    who = forms.CharField(
        label=_("使用人（执法证号、登录名或姓名）"),
        max_length=50,
        widget=forms.TextInput(attrs=STEP | {"list": "users"}),
    )
    battery = forms.IntegerField(
        label=_("电量（%）"),
        required=False,
        min_value=0,
        max_value=100,
        widget=forms.NumberInput(attrs=STEP),
    )
    free = forms.DecimalField(
        label=_("剩余空间（GB）"),
        required=False,
        min_value=0,
        max_value=100_000,
        decimal_places=1,
        widget=forms.NumberInput(attrs=STEP | {"step": "0.1"}),
    )
    task = forms.CharField(
        label=_("活动或案件"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=STEP),
    )
    is_explosive_area = forms.BooleanField(label=_("在爆炸危险区域内使用"), required=False)
    second_reason = forms.CharField(
        label=_("同时领用第二台的理由"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, device: Device, rules: Rules, *args: Any, **kwargs: Any) -> None:
        super().__init__(device, *args, **kwargs)
        asked = describing.pre_use_items(rules)
        self.items = asked.items if asked else ()
        self.article = asked.grounds[0].article if asked else None
        for item in self.items:
            box = forms.CheckboxInput(attrs=STEP | {"aria-label": item.text})
            field = forms.BooleanField(label=item.text, required=False, widget=box)
            dress(field)
            self.fields[f"ok_{item.code}"] = field
        self.floors = rules.get(PreUseCheck)
        self.users = those_who_enforce(device.agency).select_related("unit")

    def takes_nobody(self) -> None:
        """The check alone is entered; whoever was typed stays in the field, should it come back."""
        self.fields["who"].required = False

    def clean_who(self) -> Any:
        if not self.fields["who"].required:
            return None
        officer = enforcer_named(self.cleaned_data["who"], self.device.agency)
        if officer is None:
            raise forms.ValidationError(
                gettext("没有这名执法人员，或有同名人员。请扫描执法证，或从列表中选择。")
            )
        return officer

    def found(self) -> Found:
        said = self.cleaned_data
        free: Decimal | None = said["free"]
        return Found(
            ok={item.code: said[f"ok_{item.code}"] for item in self.items},
            battery_percent=said["battery"],
            free_bytes=None if free is None else int(free * GIB),
        )

    def hand_out(self) -> HandOut:
        """Refuses: ReadingStale."""
        said = self.cleaned_data
        return HandOut(
            officer=said["who"],
            found=self.found(),
            reading=self.measured(),
            task=said["task"],
            is_explosive_area=said["is_explosive_area"],
            second_reason=said["second_reason"],
        )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Each item with the figure it is judged by, in the regulation's order; figures a floor
        asks for beside them."""
        figures = {"battery": "battery", "storage": "free", "clock": "shown"}
        rows = [
            {"box": self[f"ok_{item.code}"], "figure": figures.pop(item.code, None)}
            for item in self.items
        ]
        rows += [{"box": None, "figure": name} for name in self.wanted(figures)]
        return [row | {"figure": row["figure"] and self[row["figure"]]} for row in rows]

    def wanted(self, figures: dict[str, str]) -> list[str]:
        """Figures no item of the regulation has; the clock is always read."""
        floors = self.floors
        asked = {
            "battery": floors and floors.battery_at_least,
            "free": floors and floors.free_at_least,
            "shown": True,
        }
        return [name for name in figures.values() if asked[name]]


class ReturnForm(ClockForm):
    condition = forms.ChoiceField(
        label=_("设备状况"),
        choices=LIVE_CONDITIONS,
        initial=Condition.GOOD,
        widget=forms.RadioSelect(attrs={"class": "form-selectgroup-input"}),
    )
    condition_note = forms.CharField(
        label=_("故障或损坏情况"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    content = forms.CharField(
        label=_("记录内容"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs=STEP),
    )
    arrived_at = moment(_("到达现场"), STEP, required=False)
    left_at = moment(_("离开现场"), STEP, required=False)
    card_handed = forms.BooleanField(label=_("存储卡随设备交回"), required=False, initial=True)
    place = forms.CharField(required=False, max_length=8192)
    clear_source = forms.BooleanField(label=_("采集核验后清除存储卡"), required=False)

    def given(self) -> Return:
        """Refuses: ReadingStale."""
        said = self.cleaned_data
        return Return(
            condition=Condition(said["condition"]),
            condition_note=said["condition_note"],
            card_handed=said["card_handed"],
            content=said["content"],
            arrived_at=said["arrived_at"],
            left_at=said["left_at"],
            reading=self.measured(),
        )
