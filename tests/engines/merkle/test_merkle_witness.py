"""A witness of a log: what it refuses, and what its folder holds afterwards."""

from pathlib import Path

import pytest

from liuhen.engines.merkle.checkpoints import Checkpoint, sign_checkpoint
from liuhen.engines.merkle.cosignatures import verify_cosignatures
from liuhen.engines.merkle.errors import (
    LogRewritten,
    LogRolledBack,
    NoteInvalid,
    StateInvalid,
    TileInvalid,
)
from liuhen.engines.merkle.notes import Signer
from liuhen.engines.merkle.subtrees import MemoryTiles
from liuhen.engines.merkle.tree import leaf_hash, root_hash
from liuhen.engines.merkle.witness import witness
from liuhen.engines.merkle.witness_state import CHECKPOINTS, CONTRADICTIONS, WitnessState

LOG = Signer.generate("liuhen/test")
NOON = 1_767_585_600


def leaves(count: int, word: str = "entry") -> list[bytes]:
    return [leaf_hash(f"{word} {n}".encode()) for n in range(count)]


def signed(hashes: list[bytes], by: Signer = LOG) -> str:
    return sign_checkpoint(Checkpoint(by.name, len(hashes), root_hash(hashes)), by)


def look(state: WitnessState, hashes: list[bytes], by: Signer = LOG, at: int = NOON) -> str:
    return witness(signed(hashes, by), by.verifier, MemoryTiles(hashes), state, at=at)


@pytest.fixture
def state(tmp_path: Path) -> WitnessState:
    made = WitnessState(tmp_path / "state")
    made.create("witness/legal-office")
    return made


def files(state: WitnessState) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in state.folder.iterdir()}


def test_a_growing_log_is_cosigned_each_time(state):
    for size in (1, 2, 255, 256, 257, 700):
        [line] = verify_cosignatures(look(state, leaves(size)), state.witness())
        assert line.timestamp == NOON
    assert [seen.head.size for seen in state.seen()] == [1, 2, 255, 256, 257, 700]


def test_the_same_checkpoint_is_handed_out_as_it_was_cosigned(state):
    first = look(state, leaves(5))
    assert look(state, leaves(5), at=NOON + 9) == first
    assert len(list(state.seen())) == 1


@pytest.mark.parametrize("size", [300, 301, 600])
def test_a_rewritten_log_is_refused_and_its_signed_word_kept(state, size):
    look(state, leaves(300))
    before = files(state)
    with pytest.raises(LogRewritten):
        look(state, leaves(size, "other"))
    after = files(state)
    assert after.pop(CONTRADICTIONS).decode() == signed(leaves(size, "other")) + "\n"
    assert after == before


def test_a_rolled_back_log_is_refused(state):
    look(state, leaves(300))
    before = files(state)
    with pytest.raises(LogRolledBack):
        look(state, leaves(299))
    assert files(state) == before | {CONTRADICTIONS: (signed(leaves(299)) + "\n").encode()}


def test_one_contradiction_is_kept_once(state):
    look(state, leaves(3))
    for _ in range(2):
        with pytest.raises(LogRolledBack):
            look(state, leaves(2))
    assert (state.folder / CONTRADICTIONS).read_text() == signed(leaves(2)) + "\n"


def test_a_log_with_another_key_is_refused(state):
    look(state, leaves(3))
    before = files(state)
    with pytest.raises(StateInvalid):
        look(state, leaves(4), by=Signer.generate(LOG.name))
    assert files(state) == before


def test_a_forged_note_is_refused(state):
    note = signed(leaves(3)).replace("\n3\n", "\n4\n")
    with pytest.raises(NoteInvalid):
        witness(note, LOG.verifier, MemoryTiles(leaves(4)), state, at=NOON)
    assert state.newest() is None


def test_tiles_that_are_not_the_signed_ones_are_refused(state):
    with pytest.raises(TileInvalid):
        witness(signed(leaves(3)), LOG.verifier, MemoryTiles(leaves(3, "x")), state, at=NOON)
    assert state.newest() is None


@pytest.mark.parametrize("cut", [1, 2, 30, 130])
def test_a_record_torn_by_a_power_cut_is_dropped_and_the_work_goes_on(state, cut):
    look(state, leaves(3))
    look(state, leaves(4))
    path = state.folder / CHECKPOINTS
    path.write_bytes(path.read_bytes()[:-cut])
    assert state.newest().head.size == 3
    look(state, leaves(5))
    assert [seen.head.size for seen in state.seen()] == [3, 5]


def test_changed_records_are_refused_not_mended(state):
    look(state, leaves(3))
    path = state.folder / CHECKPOINTS
    path.write_bytes(path.read_bytes().replace(b"\n3\n", b"\n2\n"))
    before = files(state)
    with pytest.raises(StateInvalid):
        look(state, leaves(4))
    assert files(state) == before


def test_a_lost_pin_is_not_taken_for_first_use(state):
    look(state, leaves(3))
    (state.folder / "log.vkey").unlink()
    with pytest.raises(StateInvalid):
        look(state, leaves(4))


def test_its_own_line_comes_from_itself_alone(state):
    stale = look(state, leaves(3)).splitlines(keepends=True)[-1]
    note = signed(leaves(4)) + stale
    made = witness(note, LOG.verifier, MemoryTiles(leaves(4)), state, at=NOON)
    assert len(verify_cosignatures(made, state.witness())) == 1


def test_the_secret_is_its_owners_only(state):
    assert (state.folder / "witness.key").stat().st_mode & 0o077 == 0
    first = state.witness()
    state.create("witness/other")
    assert state.witness() == first
