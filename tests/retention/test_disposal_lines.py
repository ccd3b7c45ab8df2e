"""What stands in a register's columns, in whole years and months."""

from datetime import UTC, date, datetime

import pytest

from liuhen.engines.policy.answers import Why
from liuhen.engines.policy.periods import Period
from liuhen.engines.policy.terms import Keeping, Term
from liuhen.retention.disposal_lines import period_text, span_text, term_text

ENDED = datetime(2024, 1, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "said"),
    [
        (date(2026, 1, 5), "2年"),
        (date(2026, 1, 4), "1年11个月"),
        (date(2024, 6, 5), "5个月"),
        (date(2024, 1, 20), "不满1个月"),
    ],
)
def test_how_long_it_was_kept(last, said):
    assert span_text(date(2024, 1, 5), last) == said


@pytest.mark.parametrize(
    ("period", "said"),
    [("P2Y", "2年"), ("P12M", "12个月"), ("P1Y6M", "1年6个月"), ("P30D", "30天")],
)
def test_a_term_in_words(period, said):
    assert period_text(Period.parse(period)) == said


def keeping(*terms: Term) -> Keeping:
    return Keeping(None, (), False, False, terms, ())


def test_of_several_the_one_that_ends_last_is_named():
    year = Term(Why.TERM_AT_LEAST, 20, Period.parse("P2Y"))
    file = Term(Why.EVIDENCE_CASE_FILE, 20, case_file_until=datetime(2034, 1, 1, tzinfo=UTC))
    assert term_text(keeping(year), ENDED) == "2年"
    assert term_text(keeping(year, file), ENDED) == "同案卷"
