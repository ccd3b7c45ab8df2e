"""Appraisal and the disposal register: what is said at each step."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Officer
from liuhen.people.queries import units_of
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import Filters, visible_to
from liuhen.retention.appraisal import MOST_WORDS, Word
from liuhen.retention.models import DisposalState, Worth
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.mending import RADIOS, line, words
from liuhen.web.forms.recordings import day, key

ANY = ("", _("全部"))


class DueFilterForm(Form):
    words = search_field(_("编号、文件名、姓名、设备"))
    unit = forms.ModelChoiceField(None, label=_("科室"), required=False, empty_label=_("全部"))
    since = day(_("录制日期自"))
    until = day(_("至"))

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(officer.agency)

    def filters(self) -> Filters:
        self.is_valid()
        said = self.cleaned_data
        return Filters(
            words=said.get("words", ""),
            unit=key(said.get("unit")),
            since=said.get("since"),
            until=said.get("until"),
        )


class ListFilterForm(Form):
    words = search_field(_("清册编号、理由"))
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[ANY, *DisposalState.choices]
    )


class AppraiseForm(Form):
    worth = forms.ChoiceField(label=_("鉴定意见"), choices=Worth.choices, widget=RADIOS)
    until = day(_("继续保存至"))
    reason = words(_("理由"), _("为什么继续保存，或者为什么没有保存价值"), most=MOST_WORDS, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="appraise_%s", **kwargs)
        self.fields["until"].help_text = _("继续保存的填写；不填为不定期限。")

    def word(self) -> Word:
        said = self.cleaned_data
        return Word(Worth(said["worth"]), said["reason"], said.get("until"))


class DrawForm(Form):
    reason = words(_("销毁理由"), most=MOST_WORDS, rows=2)
    fonds_no = line(_("全宗号"), 50, required=False, help_text=_("没有全宗号的不填。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="draw_%s", **kwargs)


class OpinionForm(Form):
    opinion = words(_("意见"), most=MOST_WORDS, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="opinion_%s", **kwargs)


class CopiesForm(Form):
    how = words(_("收回和销毁情况"), _("何时何地、以何种方式销毁，谁在场"), most=MOST_WORDS, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="copies_%s", **kwargs)


class ReasonForm(Form):
    """Why it is revoked, or lines are taken out: two forms on one page."""

    reason = words(_("理由"), most=MOST_WORDS, rows=2)

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{name}_%s", **kwargs)


class WitnessForm(Form):
    password = forms.CharField(
        label=_("本人登录口令"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("确认由本人监销。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="witness_%s", **kwargs)


def chosen(sent: QueryDict, officer: Officer) -> list[Recording]:
    """The recordings ticked, as far as the officer sees them."""
    return list(visible_to(officer).filter(number__in=sent.getlist("recording")))


def positions(sent: QueryDict) -> list[int]:
    """The lines ticked; what is no number is none."""
    return [int(said) for said in sent.getlist("line") if said.isascii() and said.isdecimal()]
