"""What every `Vault` must do. A new store is one more of `vault`'s fixtures."""

import hashlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engines.vault.bucket import LOCK, Clock, bucket, vault_in
from liuhen.engines.vault.contract import Put, Removal, Vault
from liuhen.engines.vault.disk import DiskVault
from liuhen.engines.vault.errors import BadKey, ContentDiffers, KeyTaken, NotThere, StoreFailed
from liuhen.engines.vault.leave import Leave

KEY = "现场执法记录设备影像资料/2026/11/22/093015_DSJ-01_0123456789ab.mp4"
CLOCK = Clock()


@pytest.fixture
def disk(tmp_path) -> DiskVault:
    return DiskVault(tmp_path / "vault")


@pytest.fixture
def s3(tmp_path):
    CLOCK.ahead -= CLOCK.ahead
    with bucket(clock=CLOCK) as client:
        yield vault_in(client, tmp_path, CLOCK)


@pytest.fixture(params=["disk", "s3"])
def vault(request) -> Vault:
    return request.getfixturevalue(request.param)


def temp_of(vault, content=b"evidence"):
    temp = vault.new_temp()
    temp.write_bytes(content)
    return temp


def content_of(vault, key=KEY):
    with vault.open(key) as original:
        return original.read()


def test_what_is_put_can_be_read_and_is_read_only(vault):
    assert vault.put(temp_of(vault), KEY) == Put.STORED
    assert content_of(vault) == b"evidence"
    stat = vault.stat(KEY)
    assert (stat.size_bytes, stat.read_only) == (8, True)


def test_the_original_stays_when_the_temp_is_forgotten(vault):
    temp = temp_of(vault)
    vault.put(temp, KEY)
    assert list(vault.temps()) == [temp]
    vault.forget_temp(temp)
    assert list(vault.temps()) == []
    assert content_of(vault) == b"evidence"


def test_forgetting_twice_is_harmless(vault):
    temp = temp_of(vault)
    vault.forget_temp(temp)
    vault.forget_temp(temp)


def test_the_same_put_again_is_harmless(vault):
    temp = temp_of(vault)
    vault.put(temp, KEY)
    assert vault.put(temp, KEY) == Put.ALREADY_THERE


def test_the_same_content_again_is_already_there(vault):
    vault.put(temp_of(vault), KEY)
    assert vault.put(temp_of(vault), KEY) == Put.ALREADY_THERE


@pytest.mark.parametrize("other", [b"EVIDENCE", b"longer evidence", b""])
@pytest.mark.enforces("originals")
def test_another_content_never_takes_the_place_of_the_first(vault, other):
    vault.put(temp_of(vault), KEY)
    with pytest.raises(KeyTaken):
        vault.put(temp_of(vault, other), KEY)
    assert content_of(vault) == b"evidence"


@pytest.mark.parametrize("_round", range(10))
def test_of_two_puts_at_once_exactly_one_wins(vault, _round):
    start = threading.Barrier(2)

    def put(content):
        temp = temp_of(vault, content)
        start.wait()
        try:
            return vault.put(temp, KEY), content
        except KeyTaken:
            return None, content

    with ThreadPoolExecutor(2) as pool:
        answers = dict(pool.map(put, [b"one", b"two"]))
    assert set(answers) == {Put.STORED, None}
    assert content_of(vault) == answers[Put.STORED]


def test_what_was_never_put_is_not_there(vault):
    for ask in (vault.open, vault.stat):
        with pytest.raises(NotThere):
            ask(KEY)


@pytest.mark.parametrize("bad", ["/etc/passwd", "../x", "a/../../x", "", "a\0b", ".incoming/x"])
def test_a_key_that_could_lead_out_is_refused_everywhere(vault, bad):
    temp = temp_of(vault)
    for ask in (vault.open, vault.stat, lambda key: vault.put(temp, key)):
        with pytest.raises(BadKey):
            ask(bad)


def test_keys_lists_all_in_order_and_no_temp(vault):
    names = [f"b/{n}.mp4" for n in range(3)] + ["a/1.mp4", "c.mp4"]
    for number, name in enumerate(names):
        vault.put(temp_of(vault, bytes([number])), name)
    assert list(vault.keys()) == sorted(names)


def test_an_empty_vault_has_no_keys(vault):
    assert list(vault.keys()) == []


def test_an_original_is_read_from_any_place(vault):
    vault.put(temp_of(vault), KEY)
    with vault.open(KEY) as original:
        original.seek(4)
        assert original.read(2) == b"en"


def test_a_temp_moved_to_quarantine_is_kept_there(vault):
    temp = temp_of(vault)
    moved = vault.quarantine(temp, "left by a crash, in no intent")
    assert list(vault.temps()) == []
    assert moved.read_bytes() == b"evidence"


def test_every_temp_has_a_name_of_its_own(vault):
    assert len({vault.new_temp() for _ in range(100)}) == 100


SHA256 = hashlib.sha256(b"evidence").hexdigest()


def remove(vault, key=KEY, sha256=SHA256, leave=None):
    """When no store's own lock holds any more."""
    CLOCK.ahead += 2 * LOCK
    return vault.remove_expired(key, sha256=sha256, leave=leave or Leave(key, sha256, event=7))


def test_an_expired_original_is_removed_and_its_name_with_it(vault):
    vault.put(temp_of(vault), KEY)
    assert remove(vault) == Removal.REMOVED
    assert list(vault.keys()) == []
    with pytest.raises(NotThere):
        vault.open(KEY)


def test_removing_again_as_after_a_crash_is_harmless(vault):
    vault.put(temp_of(vault), KEY)
    remove(vault)
    assert remove(vault) == Removal.NOT_THERE


def test_what_was_never_put_is_not_there_to_be_removed(vault):
    assert remove(vault) == Removal.NOT_THERE


def test_another_content_than_was_sealed_is_not_removed(vault):
    vault.put(temp_of(vault, b"tampered"), KEY)
    with pytest.raises(ContentDiffers):
        remove(vault)
    assert content_of(vault) == b"tampered"


@pytest.mark.parametrize(
    "leave", [Leave("b/1.mp4", SHA256, event=7), Leave(KEY, "0" * 64, event=7)]
)
def test_a_leave_for_one_original_removes_no_other(vault, leave):
    vault.put(temp_of(vault), KEY)
    with pytest.raises(ValueError, match="another original"):
        remove(vault, leave=leave)
    assert content_of(vault) == b"evidence"


@pytest.mark.parametrize("bad", ["/etc/passwd", "../x", "a/../../x", "", ".incoming/x"])
def test_nothing_outside_is_ever_removed(vault, bad):
    with pytest.raises(BadKey):
        remove(vault, bad)


def test_a_neighbour_stays(vault):
    vault.put(temp_of(vault), KEY)
    vault.put(temp_of(vault, b"other"), "b/1.mp4")
    remove(vault)
    assert list(vault.keys()) == ["b/1.mp4"]


def test_the_same_recording_may_be_put_again_afterwards(vault):
    vault.put(temp_of(vault), KEY)
    remove(vault)
    assert vault.put(temp_of(vault), KEY) == Put.STORED


def test_how_long_the_store_itself_keeps_it_is_said_and_shortened_by_nobody(vault):
    vault.put(temp_of(vault), KEY)
    until = datetime(2036, 1, 1, tzinfo=UTC)
    has_lock = vault.keep_until(KEY, until)
    vault.keep_until(KEY, until - LOCK)
    assert vault.stat(KEY).locked_until == (until if has_lock else None)


def test_what_was_never_put_is_neither_kept_nor_set_aside(vault):
    for ask in (lambda: vault.keep_until(KEY, CLOCK()), lambda: vault.set_aside(KEY, "rotten")):
        with pytest.raises(NotThere):
            ask()


def test_what_is_set_aside_is_kept_and_frees_its_key_or_stays(vault):
    vault.put(temp_of(vault), KEY)
    try:
        aside = vault.set_aside(KEY, "rotten")
    except StoreFailed:
        assert content_of(vault) == b"evidence"
        return
    assert Path(aside).read_bytes() == b"evidence"
    assert vault.laid_aside(KEY) == [Path(aside).parent.name]
    assert vault.put(temp_of(vault, b"whole"), KEY) == Put.STORED
