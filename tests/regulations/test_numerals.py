"""Numbers as regulations write them."""

import pytest

from liuhen.regulations.numerals import number_of, words_of


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (29, "二十九"), (100, "一百"),
        (101, "一百零一"), (110, "一百一十"), (111, "一百一十一"), (120, "一百二十"),
        (999, "九百九十九"),
    ],
)  # fmt: skip
def test_a_number_in_words(number, words):
    assert words_of(number) == words


def test_words_lead_back_to_every_number():
    assert [number_of(words_of(n)) for n in range(1, 1000)] == list(range(1, 1000))


@pytest.mark.parametrize("nonsense", ["", "零", "两", "十百", "一二", "20"])
def test_what_is_no_numeral_is_refused(nonsense):
    with pytest.raises(ValueError, match=nonsense or None):
        number_of(nonsense)


@pytest.mark.parametrize("number", [0, -1, 1000])
def test_no_article_has_such_a_number(number):
    with pytest.raises(ValueError, match=str(number)):
        words_of(number)
