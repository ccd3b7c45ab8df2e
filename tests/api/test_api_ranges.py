"""Byte ranges of RFC 9110 section 14."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.api.ranges import NotSatisfiable, Span, wanted


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("bytes=0-0", Span(0, 1)),
        ("bytes=2-5", Span(2, 4)),
        ("bytes=8-", Span(8, 2, is_open=True)),
        ("bytes=8-99", Span(8, 2)),
        ("bytes=-3", Span(7, 3)),
        ("bytes=-99", Span(0, 10)),
        ("bytes= 2-5", Span(2, 4)),
    ],
)
def test_one_range_is_understood(header, span):
    assert wanted(header, 10) == span


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "bytes=",
        "bytes=-",
        "bytes=5-2",
        "bytes=1-2,4-5",
        "lines=1-2",
        "bytes=٣-5",
        "bytes=a-b",
        "bytes=1-2x",
        "bytes=--1",
        f"bytes={'9' * 5000}-",
    ],
)
def test_what_is_no_single_range_means_everything(header):
    assert wanted(header, 10) is None


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=10-12", "bytes=-0"])
def test_beyond_the_end_there_is_nothing(header):
    with pytest.raises(NotSatisfiable):
        wanted(header, 10)


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=-5"])
def test_an_empty_file_has_no_range(header):
    with pytest.raises(NotSatisfiable):
        wanted(header, 0)


@given(first=st.integers(0, 99), last=st.integers(0, 99), size=st.integers(1, 60))
def test_a_span_is_the_slice_it_names(first, last, size):
    content = bytes(range(size))
    expected = content[first : last + 1]
    try:
        span = wanted(f"bytes={first}-{last}", size)
    except NotSatisfiable:
        assert not expected
        return
    assert span is None or content[span.start :][: span.count] == expected
