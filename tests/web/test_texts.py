"""Every code has its words, and no words are left over."""

import re
from pathlib import Path

import pytest

from liuhen.engines.media import kinds
from liuhen.engines.media.facts import Code
from liuhen.engines.vault.errors import SourceReason
from liuhen.recordings import scanning
from liuhen.web.evidence_text import rows_of
from liuhen.web.findings_text import SEVERITY, TEXTS, text_of
from liuhen.web.reasons_text import REASONS, reason_of
from liuhen.web.templatetags import screen

RECORDINGS = Path(scanning.__file__).parent


def codes_in(name: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, (RECORDINGS / name).read_text("utf-8")))


def test_every_finding_has_its_words():
    ours = codes_in("claims.py", r'"(time_[a-z_]+)"')
    ours |= codes_in("examination.py", r'code="([a-z_]+)"')
    assert {"time_implausible", "time_of_copy", "device_disagreement"} <= ours
    assert TEXTS.keys() == {code.value for code in Code} | ours


def test_every_finding_has_a_severity():
    assert {text.colour for text in TEXTS.values()} == set(SEVERITY)


def test_an_unknown_code_is_shown_as_it_is():
    assert text_of("invented").title == "invented"
    assert reason_of("invented") == "invented"


def test_every_reason_has_its_words():
    known = {*kinds.Reason, *SourceReason, *scanning.REASONS.values()}
    known |= codes_in("clearing.py", r'keep\(item, "([a-z_]+)"\)')
    known |= codes_in("recovery.py", r'reason="([a-z_]+)"')
    known |= codes_in("intake.py", r'reason="([a-z_]+)"')
    assert {str(code) for code in known} - REASONS.keys() == set()


def test_the_stores_own_faults_share_a_sentence():
    assert reason_of("store_eio") == reason_of("store_erofs") != "store_eio"


def test_evidence_is_named_and_empty_pieces_left_out():
    evidence = {"first": "header/exif:DateTime", "seconds": "90061", "why": None}
    assert list(rows_of(evidence)) == [
        ("其一", "文件内部信息 exif:DateTime"),
        ("相差", "1 天 1:01:01"),
    ]


@pytest.mark.parametrize(
    ("number", "told"),
    [(None, "—"), (0, "0 字节"), (1536, "1.5 KB"), (300 << 20, "300 MB"), (5 << 40, "5.0 TB")],
)
def test_sizes_read_as_officers_read_them(number, told):
    assert screen.size(number) == told


@pytest.mark.parametrize(("seconds", "told"), [(None, "—"), (7, "0:07"), (3661.4, "1:01:01")])
def test_lengths_read_as_a_clock(seconds, told):
    assert screen.clock(seconds) == told
