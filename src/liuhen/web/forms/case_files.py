"""The filter bar of cases, a case's facts, closing it, papers, filling in what lacks."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.cases import case_files, case_terms, queries
from liuhen.cases.case_files import CaseFacts
from liuhen.cases.documents import MOST_MIB
from liuhen.cases.models import Case, CaseParty, DocumentKind, Party
from liuhen.cases.paper_kinds import SUFFIXES
from liuhen.engines.policy.vocabulary import Field
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.people.queries import those_who_enforce, units_of
from liuhen.regulations.words import label as word_of
from liuhen.web.forms.look import Form, search_field
from liuhen.web.forms.mending import line, words
from liuhen.web.forms.parties import PartyField, party_meant
from liuhen.web.forms.recordings import OfficerChoice, day

ANY = ("", gettext_lazy("全部"))
STATES = [ANY, ("open", gettext_lazy("办理中")), ("closed", gettext_lazy("已结案"))]
TERMS = [("", gettext_lazy("结案时再定")), *case_terms.CHOICES]


class CaseFilterForm(Form):
    """Everything is optional; what can't be understood is left out, and said beside the field."""

    words = search_field(gettext_lazy("案号、案名、当事人、办案人员"))
    state = forms.ChoiceField(label=gettext_lazy("状态"), required=False, choices=STATES)
    unit = forms.ModelChoiceField(
        None, label=gettext_lazy("科室"), required=False, empty_label=gettext_lazy("全部")
    )
    since = day(gettext_lazy("立案日期自"))
    until = day(gettext_lazy("至"))

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units_of(officer.agency)
        if Permission.SEE_AGENCY not in permissions_of(officer):
            del self.fields["unit"]

    def apply(self, rows: QuerySet[Case]) -> QuerySet[Case]:
        self.is_valid()
        said = self.cleaned_data
        for word in said.get("words", "").split():
            rows = rows.filter(
                Q(search_text__icontains=word)
                | Q(search_text__icontains=case_files.case_number(word))
            )
        if said.get("state"):
            rows = rows.filter(closed_date__isnull=said["state"] == "open")
        wanted = {
            "unit": said.get("unit"),
            "opened_date__gte": said.get("since"),
            "opened_date__lte": said.get("until"),
        }
        return rows.filter(**{name: value for name, value in wanted.items() if value})


class OfficersChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class CaseForm(Form):
    case_no = line(
        gettext_lazy("案号"), 100, help_text=gettext_lazy("括号、空格不必讲究，系统统一书写。")
    )
    name = line(gettext_lazy("案件名称"), 200)
    unit = forms.ModelChoiceField(
        None, label=gettext_lazy("承办科室"), empty_label=gettext_lazy("请选择")
    )
    opened_date = day(gettext_lazy("立案日期"))
    lead = OfficerChoice(None, label=gettext_lazy("主办人员"), empty_label=gettext_lazy("请选择"))
    others = OfficersChoice(
        None,
        label=gettext_lazy("协办人员"),
        widget=forms.SelectMultiple(attrs={"size": 5}),
        help_text=gettext_lazy("办案人员不少于两人。按住 Ctrl 键可选多人。"),
    )
    term = forms.ChoiceField(label=gettext_lazy("案卷保管期限"), required=False, choices=TERMS)
    is_major = forms.BooleanField(label=gettext_lazy("重大、复杂案件"), required=False)
    summary = words(gettext_lazy("案情摘要"), most=1000, rows=3)

    def __init__(
        self, officer: Officer, *args: Any, case: Case | None = None, **kwargs: Any
    ) -> None:
        if case is not None:
            kwargs["initial"] = initial_of(case)
        super().__init__(*args, **kwargs)
        self.fields["summary"].required = False
        self.fields["opened_date"].required = True
        self.fields["unit"].queryset = units_of(officer.agency)
        people = those_who_enforce(officer.agency)
        if case is not None:
            # Who was named before stays named, also when they have left.
            there = case.case_officers.values("officer_id")
            people = Officer.objects.filter(Q(pk__in=people.values("pk")) | Q(pk__in=there))
        people = people.order_by("name", "pk")
        for name in ("lead", "others"):
            self.fields[name].queryset = people.select_related("unit")
        known = case.term if case else ""
        if known and known not in dict(TERMS):
            self.fields["term"].choices = [*TERMS, (known, case_terms.told(known))]

    def facts(self, parties: tuple[tuple[Party, str], ...] = ()) -> CaseFacts:
        said = dict(self.cleaned_data)
        lead, others = said.pop("lead"), said.pop("others")
        return CaseFacts(
            lead=lead, officers=tuple({lead, *others}), parties=parties,
            **{name: said[name] for name in said if name in CaseFacts.__dataclass_fields__},
        )  # fmt: skip


def initial_of(case: Case) -> dict[str, Any]:
    facts = case_files.facts_of(case)
    said = {name: getattr(facts, name) for name in CaseForm.base_fields if hasattr(facts, name)}
    others = [one for one in facts.officers if one.pk != facts.lead.pk]
    return said | {"lead": facts.lead, "others": others}


class OpenCaseForm(CaseForm):
    party = PartyField(
        label=gettext_lazy("当事人"),
        required=False,
        help_text=gettext_lazy("可先不填，登记后在案件页面添加；有多个的也在案件页面添加。"),
    )

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(officer, *args, **kwargs)
        self.officer = officer

    def clean_party(self) -> Party | None:
        typed = self.cleaned_data["party"].strip()
        return party_meant(typed, self.officer) if typed else None

    def case_facts(self) -> CaseFacts:
        party = self.cleaned_data["party"]
        return self.facts(((party, CaseParty.Part.PARTY),) if party else ())


class AddPartyForm(Form):
    party = PartyField(label=gettext_lazy("当事人"))
    part = forms.ChoiceField(label=gettext_lazy("身份"), choices=CaseParty.Part.choices)

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="add_%s", **kwargs)
        self.officer = officer

    def clean_party(self) -> Party:
        return party_meant(self.cleaned_data["party"].strip(), self.officer)


class CloseForm(Form):
    closed_date = day(gettext_lazy("结案日期"))
    term = forms.ChoiceField(
        label=gettext_lazy("案卷保管期限"),
        choices=[("", gettext_lazy("请选择")), *case_terms.CHOICES],
        help_text=gettext_lazy("随案卷保存的音像资料，以此为保存期限。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed_date"].required = True


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several at once; answers a list."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        single = super().clean
        return [single(one, initial) for one in (data or [None])]


class PaperForm(Form):
    files = FilesField(
        label=gettext_lazy("文件"),
        max_length=255,
        allow_empty_file=True,  # said by the operation, in words
        widget=Files(attrs={"accept": ",".join(f".{one}" for one in SUFFIXES)}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("文书种类"), choices=DocumentKind.choices)
    title = line(
        gettext_lazy("题名"),
        200,
        required=False,
        help_text=gettext_lazy("不填则用文件名；一次选了多个文件的，各用文件名。"),
    )
    doc_no = line(gettext_lazy("文号"), 100, required=False)
    made_date = day(gettext_lazy("形成日期"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="paper_%s", **kwargs)
        self.fields["files"].help_text = _(
            "PDF、OFD、图片、Word、Excel、PowerPoint、WPS 或者纯文本，每个不超过 %(n)d MB。"
        ) % {"n": MOST_MIB}


class RequiredFilterForm(Form):
    field = forms.ChoiceField(label=gettext_lazy("缺少的项目"), required=False)
    unit = forms.ModelChoiceField(
        None, label=gettext_lazy("科室"), required=False, empty_label=gettext_lazy("全部")
    )
    words = search_field(gettext_lazy("编号、文件名、姓名"))

    def __init__(self, officer: Officer, fields: list[Field], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"].choices = [ANY, *[(one.value, word_of(one)) for one in fields]]
        self.fields["unit"].queryset = units_of(officer.agency)
        if Permission.SEE_AGENCY not in permissions_of(officer):
            del self.fields["unit"]


class FillForm(Form):
    case = line(
        gettext_lazy("案号"), 100, required=False, help_text=gettext_lazy("本人办理的案件。")
    )
    party = PartyField(label=gettext_lazy("当事人"), required=False)

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="fill_%s", **kwargs)
        self.officer = officer

    def clean_case(self) -> Case | None:
        typed = case_files.case_number(self.cleaned_data["case"])
        if not typed:
            return None
        found = queries.cases_for(self.officer).filter(case_no=typed).first()
        if found is None:
            said = _("没有案号为“%(no)s”的案件，或者您无权查看。请核对案号。")
            raise forms.ValidationError(said, params={"no": typed})
        return found

    def clean_party(self) -> Party | None:
        typed = self.cleaned_data["party"].strip()
        return party_meant(typed, self.officer) if typed else None
