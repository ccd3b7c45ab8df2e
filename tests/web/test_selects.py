"""The select field's template is ours, for speed; what it writes is what Django's writes."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

CHOICES = [("", "全部"), ("a", "甲 & 乙"), ("组", [("b", '丙"'), (3, "丁")])]


class Disabled(forms.Select):
    def create_option(self, name, value, *rest, **more):
        made = super().create_option(name, value, *rest, **more)
        made["attrs"] |= {"disabled": value == "b", "data-no": 1234567}
        return made


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, Disabled])
@pytest.mark.parametrize("value", [None, "", "a", "3"])
def test_it_writes_what_django_writes(widget, value):
    asked = (
        "unit",
        [value] if widget is forms.SelectMultiple else value,
        {"id": "x", "class": "y"},
    )
    field = widget(choices=CHOICES)
    assert field.render(*asked).split() == field.render(*asked, DjangoTemplates()).split()
