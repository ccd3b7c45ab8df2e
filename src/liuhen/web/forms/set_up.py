"""The first visit: the bureau, its regulation, and the four who run the system."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuhen.packs import catalogue
from liuhen.people.roles import Role
from liuhen.people.spelling import LOGIN
from liuhen.people.staff import NewOfficer
from liuhen.web.forms.look import Form
from liuhen.web.forms.passwords import TwicePasswordForm

LOGIN_RULE = RegexValidator(
    LOGIN, _("登录名只能使用文字、字母、数字以及 . _ - @，中间不能有空格。")
)


@dataclass(frozen=True)
class Part:
    """What one of the first four does, in a sentence."""

    role: Role
    duty: str | Promise


PARTS = (
    Part(Role.SYSTEM_ADMIN, _("负责设备、存储与运行状态，确认岗位调整，看不到音像资料。")),
    Part(Role.SECURITY_ADMIN, _("负责建立账号、提出岗位调整，看不到音像资料，也改不了日志。")),
    Part(Role.AUDITOR, _("负责查阅存证日志，监督包括前两位在内的所有人，看不到音像资料。")),
    Part(Role.CUSTODIAN, _("负责采集、保管与核验全部音像资料，不能建立账号。")),
)


def login_field() -> forms.CharField:
    return forms.CharField(
        label=_("登录名"),
        max_length=50,
        validators=[LOGIN_RULE],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class BureauForm(Form):
    agency_name = forms.CharField(
        label=_("单位全称"),
        max_length=100,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "organization"}),
    )
    pack_id = forms.ChoiceField(
        label=_("执行的音像记录制度"),
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择本单位执行的制度。")},
    )

    from_date = forms.DateField(
        label=_("制度施行日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("自该日起计算移交时限等要求；“自印发之日起施行”的，填写印发日期。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pack_id"].choices = [(p.pack_id, p.title) for p in catalogue.offered()]


class PersonForm(TwicePasswordForm):
    login = login_field()
    name = forms.CharField(label=_("姓名"), max_length=50)
    field_order = ("login", "name", "password", "again")

    def __init__(self, part: Part, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, prefix=str(part.role), **kwargs)
        self.part = part

    def person(self) -> NewOfficer:
        said = self.cleaned_data
        return NewOfficer(
            login=said["login"],
            name=said["name"],
            password=said["password"],
            roles=frozenset({self.part.role}),
        )


class SetUpForms:
    """The page's five forms as one: all are valid, and the four logins differ."""

    def __init__(self, data: Any = None, *, agency_name: str = "") -> None:
        self.bureau = BureauForm(data, initial={"agency_name": agency_name})
        self.people = [PersonForm(part, data) for part in PARTS]

    def is_valid(self) -> bool:
        verdicts = [form.is_valid() for form in (self.bureau, *self.people)]
        return all(verdicts) and self.logins_differ()

    def logins_differ(self) -> bool:
        seen: set[str] = set()
        for form in self.people:
            login = form.cleaned_data["login"].casefold()
            if login in seen:
                form.add_error("login", _("四个账号必须由不同人员使用，登录名不能相同。"))
            seen.add(login)
        return len(seen) == len(self.people)
