"""Viewing requests: asking, deciding, revoking; the register's filter bar; stand-ins; secrecy."""

import re
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.access.asking import MOST_WORDS, USUAL_DAYS, Outsider
from liuhen.access.deciding import MOST_COMMENT
from liuhen.access.models import Request, RequestItem, RequestState
from liuhen.access.papers import WITH_LETTER
from liuhen.access.register import Filters
from liuhen.people import standins
from liuhen.people.models import Officer
from liuhen.people.queries import those_who_record
from liuhen.recordings.models import SecretKind
from liuhen.regulations.wording import label
from liuhen.web.access_chosen import Offer
from liuhen.web.access_words import KINDS
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.mending import RADIOS, line, words
from liuhen.web.forms.recordings import OfficerChoice, day

ANY = ("", gettext_lazy("全部"))
KIND_CHOICES = [(kind.value, label(kind)) for kind in KINDS]
OUTSIDE_FIELDS = (*Outsider.__dataclass_fields__, "wants_copy")


def split(typed: str) -> list[str]:
    """Several numbers as people part them."""
    return [one for one in re.split(r"[\s,，、;；]+", typed) if one]


class AskForm(Form):
    """What outsiders have to show is asked only of who serves them."""

    kind = forms.ChoiceField(
        label=gettext_lazy("类别"),
        widget=RADIOS,
        error_messages={"required": gettext_lazy("请选择调阅的类别。")},
    )
    purpose = words(
        gettext_lazy("事由"), gettext_lazy("为办理什么事项、需要看什么、怎样使用"), most=MOST_WORDS
    )
    wanted_until = day(gettext_lazy("查看至"))
    sought = words(
        gettext_lazy("不知道编号的，写明要查找的内容"),
        gettext_lazy("时间、地点、当事人、执法人员、事项等，由资料保管员查找"),
        most=MOST_WORDS,
    )
    more = line(gettext_lazy("按编号添加"), 2000, required=False)
    person = line(gettext_lazy("调阅人员姓名"), 50, required=False)
    identity = line(gettext_lazy("有效证件号码"), 50, required=False)
    organ = line(gettext_lazy("调阅单位"), 100, required=False)
    letter_no = line(gettext_lazy("调阅函、介绍信文号"), 100, required=False)
    wants_copy = forms.BooleanField(label=gettext_lazy("需要带走复制件"), required=False)

    def __init__(
        self, *args: Any, offers: list[Offer], serves: bool, today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers = offers
        self.fields["kind"].choices = [(one.kind.value, one.title) for one in offers]
        self.fields["sought"].required = False
        self.fields["wanted_until"].required = True
        self.fields["wanted_until"].initial = today + timedelta(USUAL_DAYS)
        if not serves:
            for name in OUTSIDE_FIELDS:
                del self.fields[name]

    def outsider(self) -> Outsider:
        said = self.cleaned_data
        return Outsider(**{name: said.get(name, "") for name in Outsider.__dataclass_fields__})


class OpinionForm(Form):
    """`until` is asked of whoever decides last: a grant may end sooner than was wished for."""

    comment = words(
        gettext_lazy("意见"), gettext_lazy("退回补正、不同意的，写明理由"), most=MOST_COMMENT
    )
    until = day(gettext_lazy("准许至"))

    def __init__(self, found: Request, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="opinion_%s", **kwargs)
        self.fields["comment"].required = False
        self.fields["until"].initial = found.wanted_until

    def said(self, deed: str) -> dict[str, Any]:
        """What the operation of that name takes."""
        if deed == "approve":
            return dict(self.cleaned_data)
        return {"comment": self.cleaned_data["comment"]}


class RevokeForm(Form):
    reason = words(gettext_lazy("收回的理由"), most=200, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="revoke_%s", **kwargs)


class FoundForm(Form):
    numbers = line(
        gettext_lazy("查得的资料编号"), 4000, help_text=gettext_lazy("多个编号用空格隔开。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="found_%s", **kwargs)

    def split(self) -> list[str]:
        return split(self.cleaned_data["numbers"])


class PaperForm(Form):
    """The letter or the proof of identity, scanned."""

    kind = forms.ChoiceField(
        label=gettext_lazy("材料"), choices=[(one.value, one.label) for one in WITH_LETTER]
    )
    file = forms.FileField(label=gettext_lazy("扫描件"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="paper_%s", **kwargs)


class NoSuchForm(Form):
    search = words(
        gettext_lazy("查找经过"),
        gettext_lazy("按什么条件、在什么范围查找，为什么没有"),
        most=MOST_WORDS,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="search_%s", **kwargs)


class FilterForm(Form):
    """Everything is optional; what can't be understood is left out, and said beside the field."""

    words = search_field(gettext_lazy("编号、事由、申请人、资料编号"))
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"), required=False, choices=[ANY, *KIND_CHOICES]
    )
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), required=False, choices=[ANY, *RequestState.choices]
    )

    def apply(self, rows: QuerySet[Request]) -> QuerySet[Request]:
        self.is_valid()
        said = self.cleaned_data
        for word in said.get("words", "").split():
            rows = rows.filter(about(word))
        wanted = {name: said.get(name) for name in ("kind", "state")}
        return rows.filter(**{name: value for name, value in wanted.items() if value})


def about(word: str) -> Q:
    items = RequestItem.objects.filter(recording__number__startswith=word)
    found = Q(number__icontains=word) | Q(pk__in=items.values("request_id"))
    for field in ("purpose", "asked_by__name", "organ", "person"):
        found |= Q(**{f"{field}__icontains": word})
    return found


class RegisterForm(Form):
    """The register's filter bar."""

    words = search_field(gettext_lazy("资料、申请编号，姓名，事由"))
    since = day(gettext_lazy("查看日期自"))
    until = day(gettext_lazy("至"))
    viewer = OfficerChoice(
        None, label=gettext_lazy("查阅人"), required=False, empty_label=gettext_lazy("全部")
    )
    for_outsiders = forms.BooleanField(label=gettext_lazy("只看外单位、当事人"), required=False)

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["viewer"].queryset = those_who_record(officer.agency)

    def filters(self) -> Filters:
        self.is_valid()
        said = self.cleaned_data
        viewer = said.get("viewer")
        return Filters(
            words=said.get("words", "").strip(),
            since=said.get("since"),
            until=said.get("until"),
            viewer=viewer.pk if viewer else None,
            for_outsiders=bool(said.get("for_outsiders")),
        )


class SecrecyForm(Form):
    kind = forms.ChoiceField(label=gettext_lazy("种类"), choices=SecretKind.choices)
    reason = words(gettext_lazy("理由"), gettext_lazy("涉及什么内容，依据什么"), most=200, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="secrecy_%s", **kwargs)


class StandInForm(Form):
    """Who acts for whom, and when; one's own place, or, for the bureau's head, anybody's and a
    post's."""

    instead_of = forms.ChoiceField(label=gettext_lazy("代理谁"))
    officer = OfficerChoice(None, label=gettext_lazy("代理人"), empty_label=gettext_lazy("请选择"))
    from_date = day(gettext_lazy("自"))
    until_date = day(gettext_lazy("至"))
    reason = line(gettext_lazy("原因"), standins.MOST_REASON, required=False)

    def __init__(
        self, by: Officer, *args: Any, today: date, names_others: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = standins.candidates(by.agency).select_related("unit")
        self.fields["officer"].queryset = people.exclude(pk=by.pk) if not names_others else people
        self.by, self.people = by, {str(one.pk): one for one in people}
        self.fields["instead_of"].choices = self.places() if names_others else [self.own()]
        for name in ("from_date", "until_date"):
            self.fields[name].required = True
        self.fields["from_date"].initial = today

    def own(self) -> tuple[str, Any]:
        return f"officer:{self.by.pk}", _("本人（%(name)s）") % {"name": self.by.name}

    def places(self) -> list[Any]:
        others = [one for one in self.people.values() if one != self.by]
        return [
            self.own(),
            (_("其他人员"), [(f"officer:{one.pk}", str(one)) for one in others]),
            (_("岗位"), [(f"post:{post}", label(post)) for post in standins.POSTS]),
        ]

    def said(self) -> dict[str, Any]:
        """What `standins.appoint` takes."""
        said = dict(self.cleaned_data)
        what, _colon, key = said.pop("instead_of").partition(":")
        if what == "post":
            return said | {"for_post": key}
        return said | {"for_officer": self.by if key == str(self.by.pk) else self.people[key]}
