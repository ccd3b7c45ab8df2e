"""What is said of an activity, or a stretch of one, that was not recorded."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liuhen.cases import papers, stops
from liuhen.cases.exemptions import Offer
from liuhen.cases.interruptions import Stretch
from liuhen.cases.models import PaperState
from liuhen.cases.stops import Stopped
from liuhen.cases.unrecorded_queries import PENDING, Filters
from liuhen.engines.policy.vocabulary import Cause
from liuhen.recordings.models import Mark
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.mending import RADIOS, words
from liuhen.web.forms.recordings import moment

ANY = ("", _("全部"))
PAPER_STATES = [ANY, (PENDING, _("未办结")), *PaperState.choices]
STOP_STATES = [
    ANY,
    (PENDING, _("未办结")),
    ("seen", _("已阅知")),
    ("stated", _("已提交书面说明")),
]
REASON_HINT = _("发生了什么、为什么没有记录。不得写入涉密内容。")
BASIS_HINT = _("符合制度哪一项规定的情形，有什么材料可以证明")


class FilterForm(Form):
    words = search_field(_("活动编号、地点、当事人、原因"))
    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, *args: Any, states: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = states

    def filters(self) -> Filters:
        self.is_valid()
        said = self.cleaned_data
        return Filters(said.get("words", "").strip(), said.get("state", ""))


def cause_field(choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=_("事由"), choices=choices, widget=RADIOS)


def basis_field(*, required: bool) -> forms.CharField:
    field = words(_("依据"), BASIS_HINT, most=papers.MOST_BASIS, rows=2)
    field.required = required
    return field


class ExemptionForm(Form):
    """The causes the regulation names, in its words. The basis may wait where the record may."""

    cause = forms.ChoiceField(label=_("事由"), widget=RADIOS)
    reason = words(_("原因"), REASON_HINT, most=papers.MOST_REASON)
    basis = basis_field(required=False)

    def __init__(self, offer: Offer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = list(offer.causes)
        if not offer.work_record:
            del self.fields["basis"]

    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"cause": Cause(self.cleaned_data["cause"])}


class MarkChoice(forms.ModelChoiceField):
    """Recording and moment: 2026-000012 00:03:15."""

    def label_from_instance(self, obj: Any) -> str:
        return mark_text(obj)


def mark_text(mark: Mark) -> str:
    seconds = int(mark.start_seconds)
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{mark.recording.number} {clock} {mark.note}".strip()


class InterruptionForm(Form):
    """Every cause there is; those the regulation does not name are entered all the same."""

    from_at = moment(_("停止记录的时间"))
    until_at = moment(
        _("恢复记录的时间"), required=False, help_text=_("尚未恢复或者未再恢复的，不填。")
    )
    cause = forms.ChoiceField(label=_("事由"), widget=RADIOS)
    reason = words(_("原因"), REASON_HINT, most=papers.MOST_REASON)
    basis = basis_field(required=False)
    mark = MarkChoice(
        None,
        label=_("语音说明标记"),
        required=False,
        empty_label=_("暂无"),
        help_text=_("恢复记录时口述的原因，在播放页面标记为“说明中断原因”后可在此选择。"),
    )

    def __init__(
        self,
        causes: list[tuple[Cause, str, bool]],
        marks: Any,
        *args: Any,
        asks_basis: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not asks_basis:
            del self.fields["basis"]
        unlisted = _("（制度未列）")
        self.fields["cause"].choices = [
            (cause, text if allowed else f"{text}{unlisted}") for cause, text, allowed in causes
        ]
        self.fields["mark"].queryset = marks
        if not marks.exists():
            del self.fields["mark"]

    def stretch(self) -> Stretch:
        said = self.cleaned_data
        return Stretch(
            said["from_at"],
            said["until_at"],
            Cause(said["cause"]),
            said["reason"],
            # What is not asked for stays as it was.
            said.get("basis", self.initial.get("basis", "")),
            said.get("mark"),
        )


class StopForm(Form):
    """One form on the phone, at the site."""

    cause = forms.ChoiceField(label=_("事由"), widget=RADIOS)
    reason = words(_("情况"), _("出了什么问题、现场怎么办"), most=papers.MOST_REASON, rows=2)
    stopped_at = moment(_("停止记录的时间"))

    def __init__(self, causes: list[tuple[Cause, str, bool]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"].choices = [(cause, text) for cause, text, _allowed in causes]

    def stopped(self) -> Stopped:
        said = self.cleaned_data
        return Stopped(said["stopped_at"], Cause(said["cause"]), said["reason"])


class RecordForm(Form):
    """A work record: handed in, or handed in again."""

    reason = words(_("原因"), REASON_HINT, most=papers.MOST_REASON)
    basis = basis_field(required=True)

    def __init__(self, *args: Any, needs_basis: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="record_%s", **kwargs)
        if not needs_basis:
            del self.fields["basis"]


class OpinionForm(Form):
    opinion = words(_("审核意见"), most=papers.MOST_OPINION, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="opinion_%s", **kwargs)
        # Agreeing needs no words; what is lacking then, the operation says.
        self.fields["opinion"].required = False
        self.fields["opinion"].help_text = _("退回补正和不同意的，须写明意见。")


class StatementForm(Form):
    statement = words(
        _("书面说明"),
        _("经过、原因、现场采取的替代措施、设备现状"),
        most=stops.MOST_STATEMENT,
        rows=6,
    )
