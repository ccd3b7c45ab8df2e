"""Reviews: the filter bar, opening one, a reviewer's sheet, and what is said at each step."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.supervision.models import Review, ReviewScore, ReviewState
from liuhen.supervision.reviews import basis as bases
from liuhen.supervision.reviews.opening import Plan
from liuhen.supervision.reviews.scoring import Sheet
from liuhen.supervision.reviews.steps import MOST_WORDS
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.mending import ANY, RADIOS, line, words
from liuhen.web.forms.recordings import OfficerChoice, day

USUAL_PERCENT = 5
USUAL_TIME = timedelta(days=7)


class ReviewFilterForm(Form):
    words = search_field(_("编号、名称"))
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ANY, *ReviewState.choices])


class PlanForm(Form):
    """By sample, or by numbers with the reason why these."""

    title = line(_("评查名称"), 100)
    since = day(_("评查期间自"))
    until = day(_("至"))
    percent = forms.IntegerField(
        label=_("每个科室随机抽取（%）"), min_value=1, max_value=100, required=False,
        help_text=_("每个科室至少一项；不填的，在下面指定评查对象。"),
    )  # fmt: skip
    numbers = forms.CharField(
        label=_("指定评查对象"), required=False, max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}), help_text=_("执法活动或者资料编号，每行一个。"),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("指定的理由"), required=False, max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    reviewers = forms.ModelMultipleChoiceField(
        None,
        label=_("评查人"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )

    def __init__(
        self, by: Officer, basis: bases.Basis, *args: Any, at: datetime, **kwargs: Any
    ) -> None:
        today = in_china(at).date()
        begun = {
            "title": _now("%(year)d年度音像记录资料评查") % {"year": today.year},
            "since": today.replace(month=1, day=1),
            "until": today,
            "percent": USUAL_PERCENT,
        }
        super().__init__(*args, initial=begun, **kwargs)
        keys = [one.pk for one in bases.reviewers(by.agency, basis)]
        self.fields["reviewers"].queryset = Officer.objects.filter(pk__in=keys).order_by("name")
        self.fields["reviewers"].help_text = _now("两人以上的，各自打分，取平均分。")
        for name in ("since", "until"):
            self.fields[name].required = True

    def plan(self) -> Plan:
        said = self.cleaned_data
        return Plan(
            title=said["title"],
            since=said["since"],
            until=said["until"],
            reviewers=list(said["reviewers"]),
            percent=said["percent"],
            numbers=said["numbers"].split(),
            reason=said["reason"],
        )


class SheetForm(Form):
    """A field for each line of the form: points taken off, or whether it was found."""

    note = forms.CharField(
        label=_("说明"), required=False, max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(
        self, review: Review, sheet: ReviewScore | None, *args: Any, **kwargs: Any
    ) -> None:
        self.review = review
        begun: dict[str, Any] = {"note": sheet.note} if sheet else {}
        if sheet:
            begun |= {f"lost_{n}": points for n, points in sheet.lost}
            begun |= {f"out_{n}": True for n in sheet.out}
        super().__init__(*args, initial=begun, **kwargs)
        for n, said in enumerate(review.form_lines, 1):
            if said["knock_out"]:
                self.fields[f"out_{n}"] = forms.BooleanField(
                    label=said["content"], required=False,
                    widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
                )  # fmt: skip
            else:
                self.fields[f"lost_{n}"] = forms.IntegerField(
                    label=said["content"], required=False, min_value=0, max_value=said["points"],
                    widget=forms.NumberInput(
                        attrs={"class": "form-control form-control-sm", "placeholder": "0"}
                    ),
                )  # fmt: skip

    @property
    def rows(self) -> list[tuple[int, dict[str, Any], Any]]:
        """Number, line, field, in the form's order."""
        return [
            (n, said, self[f"{'out' if said['knock_out'] else 'lost'}_{n}"])
            for n, said in enumerate(self.review.form_lines, 1)
        ]

    def sheet(self) -> Sheet:
        said = self.cleaned_data
        lines = range(1, len(self.review.form_lines) + 1)
        return Sheet(
            lost={n: said[f"lost_{n}"] for n in lines if said.get(f"lost_{n}")},
            out=[n for n in lines if said.get(f"out_{n}")],
            note=said["note"],
        )


class AnnounceForm(Form):
    object_by = day(_("异议期限"))

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="announce_%s", **kwargs)
        self.fields["object_by"].required = True
        self.fields["object_by"].initial = in_china(at).date() + USUAL_TIME


class CloseForm(Form):
    conclusion = words(_("评查结论"), _("总体情况、主要问题和改进要求"), most=MOST_WORDS)


class AbandonForm(Form):
    reason = words(_("放弃理由"), most=MOST_WORDS, rows=2)


class ReplaceForm(Form):
    """One of the review's reviewers, and who takes the place."""

    former = OfficerChoice(None, label=_("原评查人"), empty_label=_("请选择"))
    successor = OfficerChoice(None, label=_("接替人"), empty_label=_("请选择"))
    reason = words(_("更换理由"), _("如调离、请假；不写病情等个人情况"), most=MOST_WORDS, rows=2)

    def __init__(self, review: Review, basis: bases.Basis, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="replace_%s", **kwargs)
        may = {one.pk for one in bases.reviewers(review.agency, basis)}
        own = review.reviewers.order_by("name", "pk")
        others = Officer.objects.filter(pk__in=may).exclude(pk__in=own.values("pk"))
        self.fields["former"].queryset = own
        self.fields["successor"].queryset = others.order_by("name", "pk")


class ObjectionForm(Form):
    reason = words(_("异议理由"), _("对哪一项有异议，事实和依据是什么"), most=MOST_WORDS)


class AnswerForm(Form):
    verdict = forms.ChoiceField(
        label=_("答复"), widget=RADIOS,
        choices=[("rejected", _("维持原结果")), ("upheld", _("异议成立，更正得分"))],
    )  # fmt: skip
    score = forms.DecimalField(
        label=_("更正后的得分"), required=False, min_value=0, max_value=100, decimal_places=1
    )
    is_out = forms.BooleanField(
        label=_("仍有一票否决情形"), required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )  # fmt: skip
    reply = words(_("答复意见"), most=MOST_WORDS)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("verdict") == "upheld" and said.get("score") is None:
            self.add_error("score", _now("异议成立的，请填写更正后的得分。"))
        return said

    def answer(self) -> dict[str, Any]:
        said = self.cleaned_data
        is_upheld = said["verdict"] == "upheld"
        return {
            "reply": said["reply"],
            "score": said["score"] if is_upheld else None,
            "is_out": said["is_out"],
        }
