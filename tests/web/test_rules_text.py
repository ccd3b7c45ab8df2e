"""Every field a form may ask for has its Chinese name."""

import pytest
from django.utils import translation

from liuhen.engines.policy import values
from liuhen.web.forms.value_shapes import shapes_of
from liuhen.web.rules_text import FIELDS, article_title, field_label, problem_of

PARTS = [
    kind
    for kind in vars(values).values()
    if isinstance(kind, type) and issubclass(kind, values.Part) and kind is not values.Part
]


@pytest.mark.parametrize("kind", PARTS)
def test_every_field_has_a_name(kind):
    assert all(field_label(kind, shape.key) for shape in shapes_of(kind, ["from_date"]))


def test_no_name_is_kept_for_nothing():
    asked = {shape.key for kind in PARTS for shape in shapes_of(kind, ["from_date"])}
    assert FIELDS.keys() == asked


def test_what_has_no_words_of_its_own_is_said_in_general():
    assert "不符合要求" in problem_of({"msg": "Field required"})


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "第二十条"), ("en", "Article 20")])
def test_an_article_is_named_in_the_readers_language(language, said):
    with translation.override(language):
        assert article_title(20) == said
