from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Agency
from liuhen.people.queries import units_of
from liuhen.people.roles import Role
from liuhen.people.staff import NewOfficer
from liuhen.web.forms.look import Form
from liuhen.web.forms.passwords import TwicePasswordForm
from liuhen.web.forms.set_up import login_field


class NewPersonForm(TwicePasswordForm):
    name = forms.CharField(label=_("姓名"), max_length=50)
    login = login_field()
    officer_cert_no = forms.CharField(
        label=_("执法证号"),
        required=False,
        max_length=50,
        help_text=_("执法人员必填其证号，其他人员可不填。"),
    )
    unit = forms.ModelChoiceField(None, label=_("科室"), required=False, empty_label=_("未指定"))
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


class NewUnitForm(Form):
    name = forms.CharField(label=_("科室名称"), max_length=100)
