"""How one field of a parameter's value is asked for in a form, by its type alone."""

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen
from django import forms
from django.utils.translation import gettext_lazy as _
from pydantic.fields import FieldInfo

from liuhen.duties.models import DutyKind
from liuhen.engines.policy.periods import Period
from liuhen.engines.policy.values import Part
from liuhen.regulations.numerals import number_of
from liuhen.regulations.wording import label
from liuhen.web.rules_text import HINTS, field_label

LONG_TEXT = 500
MOST_NUMBER = 100_000


@dataclass(frozen=True)
class Shape:
    """One field of a pydantic class: `key` as in a pack, `of` the bare type, `many` a tuple."""

    key: str
    of: type
    many: bool
    required: bool
    limits: tuple[Any, ...]

    @property
    def is_rows(self) -> bool:
        return self.many and issubclass(self.of, Part)

    @property
    def is_code(self) -> bool:
        """A stable code nobody types: new lines get one."""
        return self.key == "code" and self.of is str

    def limit(self, kind: type, name: str) -> int | None:
        return next((getattr(one, name) for one in self.limits if isinstance(one, kind)), None)


def shapes_of(kind: type[Part], without: Iterable[str] = ()) -> list[Shape]:
    """Every field of the class that a form asks for, in its order."""
    found = kind.model_fields.items()
    return [shape_of(name, info) for name, info in found if name not in without]


def shape_of(name: str, info: FieldInfo) -> Shape:
    bare, limits = unwrapped(info.annotation, tuple(info.metadata))
    many = get_origin(bare) is tuple
    if many:
        bare, _inner = unwrapped(get_args(bare)[0], ())
    needed = (
        info.is_required() if not many else any(getattr(one, "min_length", 0) for one in limits)
    )
    return Shape(info.alias or name, bare, many, needed, limits)


def unwrapped(annotation: Any, limits: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """The type itself without `Annotated` and `| None`, and what was said about it there."""
    if get_origin(annotation) is Annotated:
        inner, *said = get_args(annotation)
        more = [limit for one in said for limit in getattr(one, "metadata", [one])]
        return unwrapped(inner, (*limits, *more))
    if get_origin(annotation) in (Union, types.UnionType):
        (inner,) = (one for one in get_args(annotation) if one is not types.NoneType)
        return unwrapped(inner, limits)
    return annotation, limits


class PeriodWidget(forms.MultiWidget):
    """Years, months, days in one line. Whole months and days are kept apart, as a term is."""

    template_name = "web/rules/period.html"

    def __init__(self) -> None:
        number = {"class": "form-control", "min": 0, "inputmode": "numeric"}
        named = {"years": _("年"), "months": _("个月"), "days": _("日")}
        parts = {
            name: forms.NumberInput({**number, "aria-label": said}) for name, said in named.items()
        }
        super().__init__(parts)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for part in context["widget"]["subwidgets"]:
            part["said"] = part["attrs"]["aria-label"]
        return context

    def decompress(self, value: Any) -> list[int | None]:
        period = Period.parse(value) if isinstance(value, str) and value else value
        if not isinstance(period, Period):
            return [None, None, None]
        return [period.years or None, period.months or None, period.days or None]


class PeriodField(forms.MultiValueField):
    """Cleans to an ISO 8601 period, e.g. `P2Y`, or None."""

    def __init__(self, **more: Any) -> None:
        parts = [forms.IntegerField(min_value=0, max_value=limit) for limit in (200, 2400, 3660)]
        super().__init__(parts, widget=PeriodWidget(), require_all_fields=False, **more)
        for part in self.fields:
            part.required = False

    def compress(self, parts: list[int | None]) -> str | None:
        if not any(parts or []):
            return None
        years, months, days = (part or 0 for part in parts)
        return str(Period(months, days, years))


class NumbersField(forms.CharField):
    """Article numbers in a line, `16、17` or `第十六条`; cleans to a list of ints."""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> list[int]:
        words = str(value or "").replace("，", "、").replace(",", "、").replace(" ", "、")
        try:
            return [number_in(word) for word in words.split("、") if word]
        except ValueError:
            raise forms.ValidationError(_("请填写条号，多条之间用顿号隔开，如：16、17。")) from None


def number_in(word: str) -> int:
    bare = word.removeprefix("第").removesuffix("条")
    return int(bare) if bare.isdecimal() else number_of(bare)


def choices_of(kind: type[StrEnum], first: Iterable[str] = ()) -> list[tuple[str, Any]]:
    """Every member with its words. The chosen ones come first: their order means something."""
    order = [kind(value) for value in first]
    order += [member for member in kind if member not in order]
    return [(member.value, label(member)) for member in order]


def duty_choices(chosen: Iterable[str]) -> list[tuple[str, Any]]:
    known = dict(DutyKind.choices)
    return [(one, known.get(one, one)) for one in dict.fromkeys([*chosen, *known])]


def field_of(shape: Shape, owner: type[Part], value: Any) -> forms.Field:
    """The form field for a shape, `value` being what it starts from."""
    said = {
        "label": field_label(owner, shape.key),
        "required": shape.required,
        "help_text": HINTS.get(shape.key, ""),
    }
    if shape.is_code:
        return forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    if shape.many:
        return many_field(shape, value or (), said)
    if issubclass(shape.of, StrEnum):
        empty = [] if shape.required else [("", _("未规定"))]
        return forms.ChoiceField(choices=[*empty, *choices_of(shape.of)], **said)
    if shape.of is bool:
        return forms.BooleanField(label=said["label"], required=False)
    if shape.of is int:
        least, most = shape.limit(Ge, "ge") or 0, shape.limit(Le, "le") or MOST_NUMBER
        return forms.IntegerField(min_value=least, max_value=most, **said)
    if shape.of is Period:
        return PeriodField(**said)
    most = shape.limit(MaxLen, "max_length") or LONG_TEXT
    return forms.CharField(max_length=most, widget=forms.Textarea({"rows": 2}), **said)


def many_field(shape: Shape, chosen: Iterable[str], said: Mapping[str, Any]) -> forms.Field:
    if shape.of is int:
        return NumbersField(**said)
    is_enum = issubclass(shape.of, StrEnum)
    choices = choices_of(shape.of, chosen) if is_enum else duty_choices(chosen)
    return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **said)
