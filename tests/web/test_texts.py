"""Every code has its words, and no words are left over."""

import re
from pathlib import Path

import pytest

from liuhen.engines.media import kinds
from liuhen.engines.media.clocks import How
from liuhen.engines.media.facts import Code
from liuhen.engines.media.programs import Nature
from liuhen.engines.media.traits import ALIKE
from liuhen.engines.vault.errors import SourceReason
from liuhen.recordings import scanning
from liuhen.web import structure_text
from liuhen.web.evidence_text import MEASURED_BY, rows_of
from liuhen.web.findings_text import SEVERITY, TEXTS, text_of
from liuhen.web.reasons_text import REASONS, reason_of
from liuhen.web.templatetags import screen

RECORDINGS = Path(scanning.__file__).parent


def codes_in(name: str, pattern: str) -> set[str]:
    return set(re.findall(pattern, (RECORDINGS / name).read_text("utf-8")))


def test_every_finding_has_its_words():
    ours = codes_in("claims.py", r'"(time_[a-z_]+)"')
    ours |= codes_in("examination.py", r'code="([a-z_]+)"')
    ours |= codes_in("placing.py", r'code="([a-z_]+)"')
    ours |= codes_in("likeness.py", r'code="([a-z_]+)"')
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
    ("offset", "told"),
    [
        ("28980.000", "快 8:03:00"),
        ("28980.600", "快 8:03:00.600"),
        ("-4.250", "慢 4.25 秒"),
        ("0.000", "准确"),
    ],
)
def test_a_clock_is_ahead_or_behind(offset, told):
    assert list(rows_of({"offset_seconds": offset})) == [("设备时钟", told)]


def test_every_way_of_measuring_has_its_words():
    assert MEASURED_BY.keys() == set(How)


def test_instants_are_told_by_the_officers_clocks():
    [(_name, told)] = rows_of({"returned_at": "2026-01-05T09:00:00+00:00"})
    assert told == "2026-01-05 17:00:00"


@pytest.mark.parametrize(
    ("number", "told"),
    [(None, "—"), (0, "0 字节"), (1536, "1.5 KB"), (300 << 20, "300 MB"), (5 << 40, "5.0 TB")],
)
def test_sizes_read_as_officers_read_them(number, told):
    assert screen.size(number) == told


@pytest.mark.parametrize(("seconds", "told"), [(None, "—"), (7, "0:07"), (3661.4, "1:01:01")])
def test_lengths_read_as_a_clock(seconds, told):
    assert screen.clock(seconds) == told


def test_how_a_file_differs_from_its_devices_others_is_said_in_words():
    evidence = {
        "confidence": "low",
        "traits": [["gop", "250", "30", 5], ["program", "x264", "", 5]],
    }
    assert list(rows_of(evidence)) == [
        ("把握", "较低"),
        (
            "不同之处",
            "关键帧间隔（帧）：本文件为“250”，其他 5 个文件为“30”；"
            "软件标识：本文件为“x264”，其他 5 个文件为“无”",
        ),
    ]


def test_every_trait_and_nature_has_its_words():
    assert structure_text.TRAITS.keys() == set(ALIKE)
    assert structure_text.WORDS["nature"].keys() == set(Nature)
