"""What stands in a page's address comes back, and nothing else is believed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.kernel import cursors

INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(INSTANTS, st.integers(0, 2**63 - 1), st.booleans())
def test_a_cursor_is_read_as_it_was_written(at, pk, backwards):
    assert cursors.read(cursors.write(at, pk, backwards=backwards)) == (backwards, (at, pk))


@given(st.text())
def test_any_other_text_is_no_error(text):
    cursors.read(text)


@pytest.mark.parametrize("text", ["", None, "!!!", "W10", "bnVsbA", "WzEsIjIwMjYtMDEtMDEiLDFd"])
def test_what_is_no_cursor_is_the_first_page(text):
    assert cursors.read(text) == (False, None)
