"""What makers' file names claim."""

import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.engines.media.names import (
    DEFAULT_PATTERNS,
    LONGEST_NAME,
    BadPattern,
    NameClaim,
    NamePattern,
    claim_from_name,
)

AT = datetime(2024, 1, 5, 9, 30, 15)

MAKERS = {
    "DSJ-A1_000123_20240105093015.MP4": ("DSJ-A1", "000123"),
    "0000012_012345_20240105093015_0003.mp4": ("0000012", "012345"),
    "DSJ-A1_000123_20240105_093015.mp4": ("DSJ-A1", "000123"),
    "0000012_2024-01-05_09-30-15.mp4": ("0000012", None),
    "2024-01-05/001/dav/09/09.30.15-09.40.15[R][0@0][0].dav": (None, None),
    "mnt/2024-01-05/001/dav/09/09.30.15-09.40.15[M][0@0][0].dav": (None, None),
    "NVR_ch1_main_20240105093015_20240105094015.dav": (None, None),
    "CH01_20240105_093015.mp4": (None, None),
    "IMG_20240105_093015.jpg": (None, None),
    "VID_20240105_093015_1.mp4": (None, None),
    "20240105_093015.mp4": (None, None),
    "20240105093015_000123A.MP4": (None, None),
    "DSJ-A1_20240105093015.mp4": ("DSJ-A1", None),
    "DCIM/100MEDIA/DSJ-A1_000123_20240105093015.MP4": ("DSJ-A1", "000123"),
    "DSJ-A1_000123_20240105093015_现场检查.MP4": ("DSJ-A1", "000123"),
}


@pytest.mark.parametrize(("name", "numbers"), MAKERS.items())
def test_a_makers_name_claims_device_officer_and_time(name, numbers):
    claim = claim_from_name(name.encode())
    assert claim is not None
    assert (claim.device_no, claim.officer_no, claim.recorded_at) == (*numbers, AT)


def test_a_name_in_gbk_is_read():
    claim = claim_from_name("DSJ-A1_000123_20240105093015_现场.MP4".encode("gbk"))
    assert claim is not None
    assert claim.recorded_at == AT


@pytest.mark.parametrize(
    "name",
    [
        b"", b".", b"/", b"MVI_4823.AVI", b"karma.mp4", b"\xff\xfe\x00", b"GOPR0001.MP4",
        b"DSJ_000123_20241305093015.mp4", b"DSJ_000123_20240230093015.mp4",
        b"20240105_253015.mp4", b"IMG_19990105_093015.jpg", b"00000000000000.mp4",
    ],
)  # fmt: skip
def test_an_impossible_date_or_no_pattern_claims_nothing(name):
    assert claim_from_name(name) is None


def test_a_number_of_zeros_claims_nobody():
    claim = claim_from_name(b"0000000_000000_20240105093015.mp4")
    assert claim == NameClaim(None, None, AT, "device-officer-time")


def test_the_end_of_a_path_counts_when_a_folder_looks_alike():
    old, new = b"2020-01-01/1/dav/08/08.00.00-1.1.1[R]", b"2024-01-05/1/dav/09/09.30.15-9.40.15[R]"
    claim = claim_from_name(old + b"x" * 80 + b"/" + new + b".dav")
    assert claim is not None
    assert claim.recorded_at == AT


@pytest.mark.parametrize("start", [b"1", b"A-", b"_", b"{", b"2024-01-05/", b"ch1_", b"\xe7\x8e"])
def test_a_very_long_name_claims_nothing(start):
    assert claim_from_name(start * 100_000) is None


def test_only_the_end_of_a_long_path_is_read():
    claim = claim_from_name(b"folder/" * LONGEST_NAME + b"IMG_20240105_093015.jpg")
    assert claim is not None
    assert claim.recorded_at == AT


@pytest.mark.parametrize("pattern", DEFAULT_PATTERNS, ids=lambda one: one.name)
def test_no_repetition_can_give_back(pattern):
    assert re.findall(r"[*+?](?![*+?:])|\{\d+,\d+\}(?!\+)", bounded(pattern)) == []


def bounded(pattern):
    """The expression without what is quoted and without its possessive bounds."""
    return re.sub(r"\\.|\(\?\w*|\{\d+,\d+\}\+", "", pattern.matcher.pattern)


@pytest.mark.parametrize(
    ("template", "part"),
    [
        ("", "empty"),
        ("{device", "stray brace"),
        ("device}", "stray brace"),
        ("{}", "unknown field"),
        ("{colour}", "{colour}"),
        ("{device}_{device}", "twice"),
        ("{tail}_{Y}", "last"),
        ("{tail}x", "last"),
        ("_".join(["{n}"] * 9), "more than 8"),
    ],
)
def test_a_template_that_cannot_be_read_is_refused(template, part):
    with pytest.raises(BadPattern, match=part):
        NamePattern("mine", template)


def test_a_bureaus_own_pattern_goes_first():
    own = NamePattern("bureau", "{officer}@{device}@{Y}{M}{D}{tail}")
    claim = claim_from_name(b"000123@A7@20240105-1.mp4", (own, *DEFAULT_PATTERNS))
    assert claim == NameClaim("A7", "000123", datetime(2024, 1, 5), "bureau")
    assert claim_from_name(b"000123@A7@20240105-1.mp4") is None


def test_a_pattern_is_no_regular_expression():
    own = NamePattern("dots", "(a+)+.{n}")
    assert claim_from_name(b"(a+)+.12.mp4", [own]) == NameClaim(None, None, None, "dots")
    assert claim_from_name(b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", [own]) is None


@given(st.binary(max_size=2000))
def test_any_name_is_read_at_once(name):
    claim = claim_from_name(name)
    assert claim is None or claim.pattern in {one.name for one in DEFAULT_PATTERNS}


@given(st.text("aA1_-./[@0+\n", max_size=700))
def test_names_made_to_confuse_are_read_at_once(name):
    claim_from_name(name.encode())


@given(st.text(max_size=40))
def test_any_template_is_read_or_refused(template):
    try:
        own = NamePattern("any", template)
    except BadPattern:
        return
    claim_from_name(template.encode(), [own])
