"""A form for any parameter's value, made from its pydantic class: a new parameter needs no page."""

import string
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from liuhen.engines.policy.pack import Pack
from liuhen.engines.policy.values import PARAMETERS, Part
from liuhen.web.forms.look import Form, dress
from liuhen.web.forms.value_shapes import Shape, field_of, shapes_of
from liuhen.web.rules_text import article_choice, field_label, problem_of

MOST_ROWS = 60
ACTS = ("add", "remove", "up", "down")
GROUND = ("article", "see", "reading")
"""What every value has beside its content: the article it rests on."""


class PartForm(Form):
    """The fields of one pydantic class; lists of parts within it are `Rows`.

    `start` is the value as in a pack; `data`, if given, is what was posted.
    """

    def __init__(
        self,
        kind: type[Part],
        start: Mapping[str, Any],
        data: Any = None,
        prefix: str = "value",
        without: tuple[str, ...] = (),
    ) -> None:
        self.kind, self.shapes = kind, shapes_of(kind, without)
        super().__init__(data, initial=dict(start), prefix=prefix)
        self.rows = {
            shape.key: Rows(shape, kind, start.get(shape.key) or [], data, f"{prefix}-{shape.key}")
            for shape in self.shapes
            if shape.is_rows
        }
        for shape in self.shapes:
            if not shape.is_rows:
                self.fields[shape.key] = field_of(shape, kind, start.get(shape.key))
                dress(self.fields[shape.key])

    def __iter__(self) -> Iterator[Any]:
        """Bound fields and `Rows`, in the order of the class."""
        for shape in self.shapes:
            yield self.rows.get(shape.key) or self[shape.key]

    def full_clean(self) -> None:
        """Adding or moving a line asks for no verdict yet on what else is filled in."""
        if self.is_bound and "act" in self.data:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def is_valid(self) -> bool:
        rows_valid = [rows.is_valid() for rows in self.rows.values()]
        return super().is_valid() and all(rows_valid)

    def raw(self) -> dict[str, Any]:
        """What was filled in, as a pack states it; what was left empty is left out."""
        said: dict[str, Any] = {}
        for shape in self.shapes:
            rows = self.rows.get(shape.key)
            value = rows.raw() if rows else self.cleaned_data.get(shape.key)
            if value not in (None, ""):
                said[shape.key] = value
        return said


class Rows:
    """A list of parts: one sub-form each, in an order a person can change without a script."""

    is_rows = True

    def __init__(
        self,
        shape: Shape,
        owner: type[Part],
        start: list[Mapping[str, Any]],
        data: Any,
        prefix: str,
    ) -> None:
        self.shape, self.prefix, self.data, self.error = shape, prefix, data, ""
        self.label = field_label(owner, shape.key)
        self.start = dict(enumerate(start))
        self.order = list(self.start) if data is None else self.posted()
        self.act(data.get("act", "") if data is not None else "")

    def posted(self) -> list[int]:
        said = [key for key in self.data.getlist(f"{self.prefix}-row") if is_key(key)]
        return list(dict.fromkeys(map(int, said)))[:MOST_ROWS]

    def act(self, said: str) -> None:
        """`add:<prefix>`, or `up`, `down`, `remove` with `:<prefix>:<key>`."""
        verb, _colon, rest = said.partition(":")
        prefix, _colon, key = rest.partition(":")
        if prefix != self.prefix or verb not in ACTS:
            return
        if verb == "add":
            if len(self.order) < MOST_ROWS:
                self.order.append(max(self.order, default=-1) + 1)
        elif is_key(key) and int(key) in self.order:
            place = self.order.index(int(key))
            row = self.order.pop(place)
            if verb != "remove":
                self.order.insert(max(0, place + (1 if verb == "down" else -1)), row)

    @property
    def forms(self) -> list[tuple[int, PartForm]]:
        if not hasattr(self, "made"):
            self.made = [(key, self.form(key)) for key in self.order]
        return self.made

    def form(self, key: int) -> PartForm:
        prefix = f"{self.prefix}-{key}"
        is_new = self.data is not None and not any(
            name.startswith(f"{prefix}-") for name in self.data
        )
        data = None if is_new else self.data
        return PartForm(self.shape.of, self.start.get(key, {}), data, prefix)

    def is_valid(self) -> bool:
        valid = [form.is_valid() for _key, form in self.forms]
        self.error = _("请至少填写一行。") if self.shape.required and not valid else ""
        return all(valid) and not self.error

    def raw(self) -> list[dict[str, Any]]:
        rows = [form.raw() for _key, form in self.forms]
        if any(shape.is_code for shape in shapes_of(self.shape.of)):
            give_codes(rows)
        return rows


def is_key(said: str) -> bool:
    return said.isdecimal() and len(said) < 6


def give_codes(rows: list[dict[str, Any]]) -> None:
    """A new line's code: stable from then on, and no other line's."""
    taken = {row["code"] for row in rows if "code" in row}
    free = (f"own_{a}{b}" for a in string.ascii_lowercase for b in string.ascii_lowercase)
    for row in rows:
        if "code" not in row:
            row["code"] = next(code for code in free if code not in taken)


class ValueForm(PartForm):
    """One parameter's whole value with the article it rests on.

    `articles` are those of the regulation followed on the day it is to hold from.
    """

    def __init__(
        self, parameter: str, pack: Pack, start: Mapping[str, Any], data: Any = None
    ) -> None:
        self.parameter = parameter
        super().__init__(PARAMETERS[parameter], start, data, without=("from_date",))
        self.fields["article"] = forms.TypedChoiceField(
            coerce=int,
            label=self.fields["article"].label,
            choices=[article_choice(article) for article in pack.articles.values()],
        )
        dress(self.fields["article"])

    @property
    def content(self) -> list[Any]:
        return [line for line in self if getattr(line, "name", "") not in GROUND]

    @property
    def ground(self) -> list[Any]:
        return [self[name] for name in GROUND]

    def is_valid(self) -> bool:
        return super().is_valid() and self.holds_together()

    def holds_together(self) -> bool:
        """The class's own word on what was filled in, said beside the field it is about."""
        try:
            self.kind.model_validate(self.raw())
        except ValidationError as invalid:
            for problem in invalid.errors():
                self.complain(problem)
            return False
        return True

    def complain(self, problem: Any) -> None:
        key = str(next(iter(problem["loc"]), ""))
        if key in self.rows:
            self.rows[key].error = problem_of(problem)
        else:
            self.add_error(key if key in self.fields else None, problem_of(problem))
