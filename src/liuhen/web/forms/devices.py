"""Devices: finding them, entering one, putting its facts right, scrapping it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liuhen.devices import facts, keepers, passwords
from liuhen.devices.facts import ASSET_FIELDS, GB, AssetFacts, DeviceFacts
from liuhen.devices.models import Device, DeviceKind, DeviceState
from liuhen.devices.queries import DeviceFilters
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission, may
from liuhen.people.queries import those_who_record, units_of
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.recordings import ANY, OfficerChoice, day, key


class DeviceFilterForm(Form):
    """Everything is optional; what can't be understood is left out, and said beside the field."""

    words = search_field(_("编号、型号、序列号、资产编号"))
    kind = forms.ChoiceField(
        label=_("设备类型"), required=False, choices=[*ANY, *DeviceKind.choices]
    )
    unit = forms.ModelChoiceField(None, label=_("使用科室"), required=False, empty_label=_("全部"))
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[*ANY, *DeviceState.choices])
    keeper = OfficerChoice(None, label=_("设备管理员"), required=False, empty_label=_("全部"))
    explosion_proof = forms.BooleanField(label=_("只看防爆设备"), required=False)
    lacks_keeper = forms.BooleanField(label=_("只看未指定管理员"), required=False)

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(officer.agency)
        self.fields["keeper"].queryset = keepers.candidates(officer.agency)
        if not may(officer, Permission.SEE_DEVICES):
            del self.fields["unit"]

    def filters(self) -> DeviceFilters:
        self.is_valid()
        said = self.cleaned_data
        return DeviceFilters(
            words=said.get("words", ""),
            kind=said.get("kind", ""),
            unit=key(said.get("unit")),
            state=said.get("state", ""),
            keeper=key(said.get("keeper")),
            explosion_proof=bool(said.get("explosion_proof")),
            lacks_keeper=bool(said.get("lacks_keeper")),
        )


def text(label: Any, most: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, **more)


class DeviceFactsForm(Form):
    """What the register says of a device; without `device`, of a new one."""

    kind = forms.ChoiceField(label=_("设备类型"), choices=DeviceKind.choices)
    unit = forms.ModelChoiceField(
        None, label=_("使用科室"), required=False, empty_label=_("未指定")
    )
    maker = text(_("品牌（制造商）"), 50)
    model = text(_("型号"), 50)
    serial_no = text(_("序列号"), 50)
    capacity = forms.DecimalField(
        label=_("存储容量（GB）"),
        required=False,
        max_digits=9,
        decimal_places=3,
        min_value=Decimal("0.001"),
        help_text=_("按厂家标称填写。"),
    )
    remarks = text(_("备注"), 200)
    is_explosion_proof = forms.BooleanField(label=_("防爆设备"), required=False)
    keeper = OfficerChoice(None, label=_("设备管理员"), required=False, empty_label=_("未指定"))
    first_responsible = OfficerChoice(
        None,
        label=_("第一责任人"),
        required=False,
        empty_label=_("按制度确定"),
        help_text=_("不指定的，由制度规定的人员担任。"),
    )
    asset_no = text(_("资产编号"), 50)
    asset_name = text(_("资产名称"), 100)
    category_code = text(_("分类代码"), 30, help_text=_("按 GB/T 14885 填写。"))
    specification = text(_("规格"), 100)
    unit_price = forms.DecimalField(
        label=_("单价（元）"), required=False, max_digits=12, decimal_places=2, min_value=0
    )
    quantity = forms.IntegerField(
        label=_("数量"), min_value=1, max_value=999999, required=False, initial=1
    )
    invoice_no = text(_("发票号"), 50)
    funds = text(_("经费来源"), 50)
    procurement_form = text(_("采购组织形式"), 50)
    managing_unit = text(_("管理部门"), 100)
    place = text(_("存放地点"), 100, help_text=_("采集、存储设备必填。"))
    acquired_date = day(_("购置日期"))

    def __init__(
        self, agency: Agency, *args: Any, device: Device | None = None, **kwargs: Any
    ) -> None:
        if device:
            kwargs["initial"] = now_said(device)
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(agency)
        # Whoever is named stays a choice: leaving the post must not empty the form unasked.
        for name, fit in (
            ("keeper", keepers.candidates(agency)),
            ("first_responsible", those_who_record(agency)),
        ):
            named = getattr(device, f"{name}_id", None)
            self.fields[name].queryset = Officer.objects.filter(
                pk__in=[*fit.values_list("pk", flat=True), named]
            ).order_by("name", "pk")

    @property
    def own_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name not in (*ASSET_FIELDS, *ANSWERING)]

    @property
    def answering_fields(self) -> list[Any]:
        return [self[name] for name in ANSWERING]

    @property
    def asset_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name in ASSET_FIELDS]

    def facts(self) -> DeviceFacts:
        said = self.cleaned_data
        own = {name: said[name] for name in facts.OWN_FIELDS if name in said}
        asset = {name: said[name] for name in ASSET_FIELDS}
        capacity = said["capacity"]
        return DeviceFacts(
            **own | {"kind": DeviceKind(said["kind"])},
            capacity_bytes=None if capacity is None else int(capacity * GB),
            asset=AssetFacts(**asset | {"quantity": said["quantity"] or 1}),
        )


ANSWERING = ("keeper", "first_responsible")


def now_said(device: Device) -> dict[str, Any]:
    registered = facts.of(device)
    own = {name: getattr(registered, name) for name in facts.OWN_FIELDS}
    asset = {name: getattr(registered.asset, name) for name in ASSET_FIELDS}
    capacity = registered.capacity_bytes
    return own | asset | {"capacity": None if capacity is None else gb(capacity)}


def gb(capacity_bytes: int) -> Decimal:
    """Without the zeros a division leaves behind."""
    value = (Decimal(capacity_bytes) / GB).quantize(Decimal("0.001"))
    return value.to_integral() if value == value.to_integral() else value.normalize()


class NewDeviceForm(DeviceFactsForm):
    device_no = forms.CharField(
        label=_("设备编号"),
        max_length=50,
        help_text=_("机身或资产标签上的编号。登记后不能修改，报废后也不再使用。"),
    )
    field_order = ("device_no",)


class ScrapForm(Form):
    reason = forms.CharField(label=_("报废原因"), max_length=200)


class DevicePasswordForm(Form):
    """Typed in the clear: it is read off the device's papers, and nobody's own."""

    password = forms.CharField(
        label=_("设备口令"),
        required=False,
        max_length=passwords.LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    forget = forms.BooleanField(label=_("清除已登记的口令"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if bool(said.get("password")) == bool(said.get("forget")):
            raise forms.ValidationError(gettext("请填写口令，或勾选清除，二者择一。"))
        return said


class ImportForm(Form):
    file = forms.FileField(
        label=_("填写好的模板（.xlsx）"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("请选择文件。"), "empty": _("文件是空的，请重新选择。")},
    )
