from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy.pack import Pack
from liuhen.web.forms.look import Form

LONG_TEXT = 500


class FromForm(Form):
    """From when, and why: what every change of the rules is asked for."""

    from_date = forms.DateField(
        label=_("生效日期"),
        help_text=_("从这一天起按新规定办理，此前的事项仍按原规定办理。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("请填写正确的日期。")},
    )
    reason = forms.CharField(
        label=_("调整理由"),
        max_length=LONG_TEXT,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("如：上级文件名称和文号、会议决定、工作实际。"),
    )


class AdoptionForm(FromForm):
    pack_id = forms.ChoiceField(label=_("新执行的制度"), widget=forms.RadioSelect)
    field_order = ("pack_id", "from_date", "reason")

    def __init__(self, packs: list[Pack], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pack_id"].choices = [(pack.pack_id, pack.title) for pack in packs]


class NoteForm(Form):
    note = forms.CharField(
        label=_("办理意见"),
        required=False,
        max_length=LONG_TEXT,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("不批准的必须写明理由。"),
    )


class FullTextForm(Form):
    file = forms.FileField(
        label=_("制度全文"),
        help_text=_("支持 .txt、.docx、.pdf，不超过 5 MB。PDF 只供下载，不能逐条显示。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".txt,.docx,.pdf"}),
    )


class CalendarForm(Form):
    file = forms.FileField(
        label=_("工作日安排表"),
        help_text=_("按模板填写的 .xlsx 或 .csv，一次最多 1000 行。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
