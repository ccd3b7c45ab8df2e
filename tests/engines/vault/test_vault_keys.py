import unicodedata
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liuhen.engines.vault.errors import BadKey
from liuhen.engines.vault.keys import TOP_FOLDER, vault_key
from liuhen.engines.vault.safe_paths import split_key

AT = datetime(2026, 11, 22, 1, 30, 15, tzinfo=UTC)  # 09:30:15 in China
SHA = "0123456789abcdef" * 4
instants = st.datetimes(datetime(1971, 1, 2), datetime(9990, 1, 1), timezones=st.just(UTC))


def key(**changes):
    return vault_key(**{"at": AT, "label": "DSJ-01", "sha256": SHA, "suffix": "mp4"} | changes)


@pytest.mark.enforces("storage")
def test_a_key_names_year_month_day_clock_device_and_content():
    assert key() == "现场执法记录设备影像资料/2026/11/22/093015_DSJ-01_0123456789ab.mp4"


def test_the_folder_is_the_day_in_china():
    assert "/2026/11/23/000000_" in key(at=datetime(2026, 11, 22, 16, tzinfo=UTC))


def test_the_longer_key_shows_the_whole_digest():
    assert key(digits=64).endswith(f"_{SHA}.mp4")


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("执法一队 3号机", "执法一队_3号机"),
        ("../../etc/passwd", "etc_passwd"),
        ("\u202eexe.\n", "exe"),
        ("", "未知"),
        ("***", "未知"),
        ("x" * 99, "x" * 32),
        ("\uf900", "未知"),  # a compatibility ideograph: NFC would turn it into another
    ],
)
def test_what_is_unsafe_in_a_label_is_replaced(label, shown):
    assert f"093015_{shown}_0123" in key(label=label)


@pytest.mark.parametrize("suffix", ["", "tar.gz", "toolong", "m/4", "视频", "mp4\n"])
def test_an_odd_suffix_becomes_bin(suffix):
    assert key(suffix=suffix).endswith(".bin")


def test_a_suffix_is_lower_case():
    assert key(suffix="MP4").endswith(".mp4")


@pytest.mark.parametrize(
    "wrong",
    [{"at": AT.replace(tzinfo=None)}, {"sha256": "../.."}, {"sha256": SHA.upper()}, {"digits": 5}],
)
def test_a_caller_at_fault_is_told(wrong):
    with pytest.raises(ValueError, match="must be"):
        key(**wrong)


@given(at=instants, label=st.text(), suffix=st.text(), digits=st.integers(12, 64))
def test_no_input_escapes_the_top_folder_and_each_key_is_one_path(at, label, suffix, digits):
    made = key(at=at, label=label, suffix=suffix, digits=digits)
    folders, name = split_key(made)
    assert folders[0] == TOP_FOLDER
    assert len(folders) == 4
    assert str(PurePosixPath(made)) == made == "/".join([*folders, name])
    assert unicodedata.normalize("NFC", made) == made
    assert len(name.encode()) <= 255


@given(st.text(alphabet=st.sampled_from("/.\\\0ab影 \n\u202e~"), max_size=12))
def test_a_key_that_is_accepted_lies_below_the_root(text):
    try:
        folders, name = split_key(text)
    except BadKey:
        return
    assert all(part and not part.startswith(".") for part in (*folders, name))
    assert not set(text) & set("\\\0\n\u202e ~")


@pytest.mark.parametrize(
    "bad", ["", "/", "/etc/passwd", "a//b", "a/../b", "./a", "a/", ".incoming/x"]
)
def test_a_key_that_could_mean_another_place_is_refused(bad):
    with pytest.raises(BadKey):
        split_key(bad)


def test_a_key_too_long_for_any_store_is_refused():
    with pytest.raises(BadKey):
        split_key("a" * 256)
