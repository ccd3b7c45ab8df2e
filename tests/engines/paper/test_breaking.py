"""Where a line of Chinese may end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.engines.paper.breaking import NO_END, NO_START, lines_of


def width(text: str) -> float:
    """As a printed page has it: half a square for Latin, a whole one for the rest."""
    return sum(0.5 if sign.isascii() else 1 for sign in text)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("现场检查", ["现场检查"]),
        ("", [""]),
        ("甲乙丙丁戊己", ["甲乙丙丁戊", "己"]),
        ("甲乙丙丁戊，己", ["甲乙丙丁", "戊，己"]),
        ("甲乙丙丁（己）", ["甲乙丙丁", "（己）"]),
        ("甲乙丙丁戊）。己", ["甲乙丙丁", "戊）。己"]),
        ("甲乙丙2026年", ["甲乙丙2026", "年"]),
        ("甲乙丙丁2026年", ["甲乙丙丁", "2026年"]),
        ("ABCDEFGHIJKLMN", ["ABCDEFGHIJ", "KLMN"]),
        ("一\n二", ["一", "二"]),
        ("一\r\n\n二", ["一", "", "二"]),
        ("，，，，，，", ["，", "，，，，，"]),
    ],
)
def test_a_line_ends_where_it_may(text, lines):
    assert lines_of(text, 5, width) == lines


SIGNS = st.text("甲乙丙（《，。）》：;aB1- ", max_size=60)


@given(SIGNS, st.integers(4, 20))
def test_nothing_is_lost_and_nothing_sticks_out(text, room):
    lines = lines_of(text, room, width)
    assert "".join(lines) == text
    assert all(width(line) <= room for line in lines)


@given(st.text("甲乙丙", min_size=1, max_size=30), st.sampled_from(sorted(NO_START - {"."})))
def test_one_closing_sign_never_begins_a_line(words, sign):
    lines = lines_of(words + sign, 5, width)
    assert not any(line and line[0] in NO_START for line in lines)


@given(st.text("甲乙丙", min_size=1, max_size=30), st.sampled_from("（《“"))
def test_one_opening_sign_never_ends_a_line(words, sign):
    lines = lines_of(words + sign + "丁戊", 5, width)
    assert not any(line and line[-1] in NO_END for line in lines)
