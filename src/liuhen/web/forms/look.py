"""The look of every form: Tabler's classes, and refusals shown beside the fields."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.kernel.refusal import Refusal
from liuhen.web.rules_text import article_number, article_title

CLASSES = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.CheckboxSelectMultiple, ""),
    (forms.RadioSelect, ""),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


def search_field(placeholder: Any) -> forms.CharField:
    """Words of a filter bar, reached by the key "/"."""
    looks = {"placeholder": placeholder, "data-search": "", "autocomplete": "off"}
    return forms.CharField(
        label=gettext_lazy("搜索"),
        required=False,
        max_length=100,
        widget=forms.SearchInput(attrs=looks),
    )


class Form(forms.Form):
    """A form whose widgets carry Tabler's classes and name their error for screen readers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            dress(field)

    @property
    def is_used(self) -> bool:
        """Of a filter bar, once it was looked at: is anything asked for?"""
        return any(self.cleaned_data.values())

    def full_clean(self) -> None:
        super().full_clean()
        for name in self.errors:
            if name in self.fields:
                attrs = self.fields[name].widget.attrs
                attrs["class"] = f"{attrs.get('class', '')} is-invalid"


def dress(field: forms.Field) -> None:
    """Give a field's widget Tabler's class; for fields a form adds by itself."""
    css = next(css for kind, css in CLASSES if isinstance(field.widget, kind))
    field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} {css}".strip()


@contextmanager
def refusals_on(form: forms.Form) -> Iterator[None]:
    """An operation's Refusal becomes the form's own error: what was typed is not lost."""
    try:
        yield
    except Refusal as no:
        form.add_error(None, with_article(no))


def with_article(no: Refusal) -> str:
    """What the refusal says, and the way to the article it rests on."""
    number = article_number(no.article)
    if number is None:
        return no.text
    way = reverse("web:rule_article", args=[number])
    link = format_html('<a href="{}">{}</a>', way, article_title(number))
    return format_html("{} {}{}", no.text, _("依据："), link)
