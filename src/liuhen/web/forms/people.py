"""People: adding, putting right, finding, suspending, turning off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.kernel.clock import in_china, now
from liuhen.people.models import Agency, Officer
from liuhen.people.queries import StaffFilters, units_of
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer, OfficerFacts
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.passwords import TwicePasswordForm
from liuhen.web.forms.set_up import login_field

ANY = [("", _("全部"))]
STATES = [("active", _("启用")), ("off", _("停用")), ("suspended", _("停止执法"))]


def cert_field() -> forms.CharField:
    return forms.CharField(
        label=_("执法证号"),
        required=False,
        max_length=50,
        help_text=_("执法人员必填其证号，其他人员可不填。"),
    )


def unit_field(empty: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(None, label=_("科室"), required=False, empty_label=empty)


class StaffFilterForm(Form):
    """Everything is optional; what can't be understood is left out, and said beside the field."""

    words = search_field(_("姓名、登录名、执法证号"))
    unit = unit_field(_("全部"))
    role = forms.ChoiceField(label=_("岗位"), required=False, choices=[*ANY, *Role.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[*ANY, *STATES])

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(agency)

    def filters(self) -> StaffFilters:
        self.is_valid()
        said = self.cleaned_data
        unit = said.get("unit")
        return StaffFilters(
            today=in_china(now()).date(),
            words=said.get("words", ""),
            unit=unit.pk if unit else None,
            role=said.get("role", ""),
            state=said.get("state", ""),
        )


class NewPersonForm(TwicePasswordForm):
    name = forms.CharField(label=_("姓名"), max_length=50)
    login = login_field()
    officer_cert_no = cert_field()
    unit = unit_field(_("未指定"))
    roles = forms.MultipleChoiceField(
        label=_("岗位"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一个岗位。")},
    )
    field_order = ("name", "login", "officer_cert_no", "unit", "roles", "password", "again")

    def __init__(self, agency: Agency, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(agency)

    def person(self) -> NewOfficer:
        said = self.cleaned_data
        return NewOfficer(
            login=said["login"],
            name=said["name"],
            password=said["password"],
            roles=frozenset(map(Role, said["roles"])),
            officer_cert_no=said["officer_cert_no"] or None,
            unit=said["unit"],
        )


class PersonFactsForm(Form):
    name = forms.CharField(label=_("姓名"), max_length=50)
    officer_cert_no = cert_field()
    unit = unit_field(_("未指定"))

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        now_said = {
            "name": officer.name,
            "officer_cert_no": officer.officer_cert_no,
            "unit": officer.unit_id,
        }
        super().__init__(*args, initial=now_said, **kwargs)
        self.fields["unit"].queryset = units_of(officer.agency)

    def facts(self) -> OfficerFacts:
        said = self.cleaned_data
        return OfficerFacts(said["name"], said["officer_cert_no"] or None, said["unit"])


class SuspendForm(Form):
    until = forms.DateField(
        label=_("停止执法至（含当日）"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = forms.CharField(label=_("原因"), max_length=200)


class LiftForm(Form):
    reason = forms.CharField(label=_("恢复原因"), max_length=200)


class SwitchForm(Form):
    """On or off must be said: a request that says neither turns nobody off."""

    active = forms.ChoiceField(choices=[("1", ""), ("0", "")])
