"""The proof file of C2SP tlog-proof: what an outsider takes away and checks alone."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.merkle.cases import STEADY, entry, flip, root, signer, tiles
from liuhen.engines.merkle.checkpoints import Checkpoint, sign_checkpoint
from liuhen.engines.merkle.errors import EvidenceInvalid, NoteInvalid, ProofInvalid
from liuhen.engines.merkle.proofs import inclusion_proof
from liuhen.engines.merkle.tlog_proof import InclusionProof, verify_proof

LOG = signer("liuhen.example/county")
HASHES = st.binary(min_size=32, max_size=32)


def proof_of(index: int, size: int) -> InclusionProof:
    note = sign_checkpoint(Checkpoint(LOG.name, size, root(size)), LOG)
    return InclusionProof(index, tuple(inclusion_proof(index, size, tiles(size))), note)


PROOF = proof_of(73, 130)
TEXT = PROOF.encode()


@pytest.mark.parametrize(("index", "size"), [(0, 1), (0, 2), (73, 130), (129, 130)])
def test_a_proof_file_leads_to_its_checkpoint(index, size):
    text = proof_of(index, size).encode()
    assert verify_proof(text, entry(index), LOG.verifier).size == size
    assert verify_proof(text.encode(), entry(index), LOG.verifier).root == root(size)


def test_the_lines_stand_as_specified():
    proof = dataclasses.replace(PROOF, extra=b"spare")
    lines = proof.encode().split("\n")
    assert lines[:3] == ["c2sp.org/tlog-proof@v1", "extra c3BhcmU=", "index 73"]
    assert len(lines[3 : lines.index("")]) == len(PROOF.path)
    assert proof.encode().endswith("\n\n" + PROOF.checkpoint_note)


@given(
    st.integers(0, 2**63 - 1),
    st.lists(HASHES, max_size=63).map(tuple),
    st.none() | st.binary(min_size=1, max_size=200),
)
@STEADY
def test_any_proof_read_back_is_the_same(index, path, extra):
    proof = InclusionProof(index, path, PROOF.checkpoint_note, extra)
    assert InclusionProof.parse(proof.encode()) == proof


@given(st.integers(0, len(TEXT.encode()) * 8 - 1))
@STEADY
def test_any_changed_bit_spoils_a_proof_file(place):
    with pytest.raises(EvidenceInvalid):
        verify_proof(flip(TEXT.encode(), place), entry(73), LOG.verifier)


@given(st.integers(0, len(TEXT) - 1))
@STEADY
def test_a_proof_file_cut_short_is_refused(length):
    with pytest.raises(EvidenceInvalid):
        verify_proof(TEXT[:length], entry(73), LOG.verifier)


def test_another_entry_is_refused():
    with pytest.raises(ProofInvalid, match="another root"):
        verify_proof(TEXT, entry(74), LOG.verifier)


def test_another_log_is_refused():
    with pytest.raises(NoteInvalid, match="no trusted key"):
        verify_proof(TEXT, entry(73), signer(LOG.name, "other").verifier)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tlog-proof@v1", "tlog-proof@v2"),
        ("c2sp.org", "﻿c2sp.org"),
        ("index 73\n", ""),
        ("index 73\n", "index 073\n"),
        ("index 73\n", "index  73\n"),
        ("index 73\n", "index +73\n"),
        ("index 73\n", "index 73 \n"),
        ("index 73\n", "index 73\r\n"),
        ("index 73\n", "index 9223372036854775808\n"),
        ("index 73\n", f"index {'7' * 5000}\n"),
        ("index 73\n", "index 73\nindex 73\n"),
        ("index 73\n", "index 73\nextra c3BhcmU=\n"),
        ("index 73\n", "extra \nindex 73\n"),
        ("index 73\n", "extra c3BhcmV=\nindex 73\n"),
        ("index 73\n", "extra c3BhcmU\nindex 73\n"),
        ("index 73\n", "index 73\nc3BhcmU=\n"),
        ("index 73\n", "index 73\n\n"),
        ("=\n\n", "=\n"),
    ],
)
def test_a_proof_in_any_other_spelling_is_refused(old, new):
    assert old in TEXT
    with pytest.raises(EvidenceInvalid):
        verify_proof(TEXT.replace(old, new, 1), entry(73), LOG.verifier)


@pytest.mark.parametrize(
    "change",
    [
        {"index": -1},
        {"index": 2**63},
        {"path": (bytes(31),)},
        {"path": (bytes(32),) * 64},
        {"extra": b""},
        {"checkpoint_note": "signed by nobody\n"},
    ],
)
def test_what_no_proof_file_can_say_is_refused(change):
    with pytest.raises(EvidenceInvalid):
        dataclasses.replace(PROOF, **change)


def test_a_huge_file_is_refused_before_it_is_read():
    with pytest.raises(ProofInvalid, match="too long"):
        verify_proof(TEXT + " " * (1 << 21), entry(73), LOG.verifier)
