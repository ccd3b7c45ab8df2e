"""The filter bar of parties, their facts, merging two of them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.cases import parties, queries
from liuhen.cases.models import IdKind, Party, PartyKind
from liuhen.cases.parties import PartyFacts
from liuhen.people.models import Officer
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.mending import RADIOS, line, words

ANY = ("", gettext_lazy("全部"))


class PartyFilterForm(Form):
    words = search_field(gettext_lazy("名称、负责人，或者完整证件号码"))
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"), required=False, choices=[ANY, *PartyKind.choices]
    )


class PartyForm(Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"), choices=PartyKind.choices, widget=RADIOS, initial="organisation"
    )
    name = line(gettext_lazy("姓名或者单位全称"), 200)
    id_kind = forms.ChoiceField(
        label=gettext_lazy("证件类型"),
        required=False,
        choices=[("", gettext_lazy("暂无证件")), *IdKind.choices],
    )
    id_no = line(
        gettext_lazy("证件号码"),
        60,
        required=False,
        help_text=gettext_lazy("居民身份证和统一社会信用代码当场校验。"),
    )
    representative = line(gettext_lazy("法定代表人或者负责人"), 50, required=False)
    phone = line(gettext_lazy("联系电话"), 50, required=False)
    address = line(gettext_lazy("住所或者经营地址"), 200, required=False)
    remark = words(gettext_lazy("备注"), most=500, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].required = False

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("id_no") and not said.get("id_kind"):
            self.add_error("id_kind", _("填写了证件号码的，请选择证件类型。"))
        if said.get("id_kind") and not said.get("id_no"):
            self.add_error("id_no", _("选择了证件类型的，请填写证件号码；没有的，选“暂无证件”。"))
        return said

    def facts(self) -> PartyFacts:
        return PartyFacts(**self.cleaned_data)


class PartyField(forms.CharField):
    """A party by its whole number, its name, or #and the number its page shows."""

    def __init__(self, **more: Any) -> None:
        looks = {"autocomplete": "off", "placeholder": gettext_lazy("完整证件号码或者名称")}
        super().__init__(max_length=200, widget=forms.TextInput(attrs=looks), **more)


def party_meant(typed: str, officer: Officer) -> Party:
    """Raises: ValidationError, in words, where nobody or several are meant."""
    if typed.startswith("#") and typed[1:].isascii() and typed[1:].isdigit():
        found = list(queries.parties_for(officer).filter(pk=int(typed[1:][:18])))
    else:
        found = parties.named(typed, officer)
    if len(found) == 1:
        return found[0]
    if not found:
        said = _("没有找到“%(typed)s”。请核对证件号码或者名称；没有登记过的，请先登记当事人。")
        raise forms.ValidationError(said, params={"typed": typed})
    choices = "、".join(f"#{one.pk}" for one in found)
    said = _("有 %(n)d 个名为“%(typed)s”的当事人，请改填完整证件号码，或者填写编号：%(choices)s。")
    raise forms.ValidationError(said, params={"n": len(found), "typed": typed, "choices": choices})


class MergeForm(Form):
    other = PartyField(label=gettext_lazy("与哪个当事人是同一个"))
    keep = forms.ChoiceField(label=gettext_lazy("合并后保留"), widget=RADIOS)
    reason = line(gettext_lazy("理由"), 200, help_text=gettext_lazy("由另一人核对后决定。"))

    def __init__(self, party: Party, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.party, self.officer = party, officer
        self.fields["keep"].choices = [
            ("this", _("本页当事人“%(name)s”") % {"name": party.name}),
            ("other", _("另一个当事人")),
        ]
        self.fields["keep"].initial = "this"

    def clean_other(self) -> Party:
        return party_meant(self.cleaned_data["other"].strip(), self.officer)

    def pair(self) -> tuple[Party, Party]:
        """Kept, dropped."""
        other = self.cleaned_data["other"]
        return (self.party, other) if self.cleaned_data["keep"] == "this" else (other, self.party)


class DecideMergeForm(Form):
    decision = forms.ChoiceField(choices=[("confirm", ""), ("refuse", "")])
    reason = line(gettext_lazy("不同意的理由"), 200, required=False)


class ReasonForm(Form):
    """`label`: what the reason is for."""

    reason = line(gettext_lazy("理由"), 200)
