import hashlib
import os

import pytest

from liuhen.engines.vault.scrub import Condition, scrub

CONTENT = os.urandom(3_000_000)
SHA = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def root(tmp_path):
    """A vault with a good original, a rotten one, and a symlink where one should be."""
    (tmp_path / "2026").mkdir()
    (tmp_path / "2026" / "good").write_bytes(CONTENT)
    (tmp_path / "2026" / "rotten").write_bytes(CONTENT[:-1] + bytes([CONTENT[-1] ^ 1]))
    (tmp_path / "2026" / "link").symlink_to("good")
    return tmp_path


def found(root, *keys, **keywords):
    findings = scrub([(key, SHA) for key in keys], root, 2, **keywords)
    return {finding.key: finding for finding in findings}


@pytest.mark.parametrize(
    ("key", "condition"),
    [
        ("2026/good", Condition.OK),
        ("2026/rotten", Condition.CHANGED),
        ("2026/gone", Condition.MISSING),
        ("2027/gone", Condition.MISSING),
        ("2026/link", Condition.UNREADABLE),
        ("2026", Condition.UNREADABLE),
        ("../2026/good", Condition.UNREADABLE),
    ],
)
def test_each_condition_is_told_apart(root, key, condition):
    assert found(root, key)[key].condition == condition


def test_a_finding_says_what_lies_there_now(root):
    finding = found(root, "2026/rotten")["2026/rotten"]
    now = hashlib.sha256((root / "2026" / "rotten").read_bytes()).hexdigest()
    assert (finding.sha256, finding.size_bytes) == (now, len(CONTENT))


def test_everything_is_answered_and_counted(root):
    told = []
    got = found(root, "2026/good", "2026/rotten", "2026/gone", on_progress=told.append)
    assert len(got) == 3
    assert (told[-1].done_bytes, told[-1].done_tasks) == (2 * len(CONTENT), 3)


def test_the_disk_itself_can_be_asked_instead_of_the_cache(root):
    assert found(root, "2026/good", past_cache=True)["2026/good"].condition == Condition.OK


def test_nothing_to_scrub_is_no_fault(root):
    assert found(root) == {}
