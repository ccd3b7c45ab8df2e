"""Checkpoints and cosignatures as C2SP tlog-checkpoint and tlog-cosignature have them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.merkle import published
from engines.merkle.cases import STEADY, cosigner, flip, root, signer
from liuhen.engines.merkle.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from liuhen.engines.merkle.cosignatures import (
    MAX_TIMESTAMP,
    Cosignature,
    CosignatureVerifier,
    Cosigner,
    cosign_checkpoint,
    verify_cosignatures,
)
from liuhen.engines.merkle.errors import NoteInvalid
from liuhen.engines.merkle.notes import NoteSignature, Signer, Verifier, sign_note
from liuhen.engines.merkle.tree import EMPTY_ROOT

LOG = signer("liuhen.example/county")
LEGAL = cosigner("witness.example/legal")
AUDIT = cosigner("witness.example/audit")
NOON = 1_790_000_000

CHECKPOINT = Checkpoint(LOG.name, 130, root(130))
NOTE = sign_checkpoint(CHECKPOINT, LOG)
TEXT = CHECKPOINT.text()
SPEC_TEXT = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)


def test_the_checkpoint_of_the_specification_reads_and_writes_the_same():
    checkpoint = Checkpoint.parse(SPEC_TEXT)
    assert (checkpoint.origin, checkpoint.size) == ("example.com/behind-the-sofa", 20_852_163)
    assert checkpoint.text() == SPEC_TEXT


def test_a_checkpoint_of_the_go_checksum_database_opens():
    verifier = Verifier.from_vkey(published.SUMDB_VKEY)
    checkpoint = open_checkpoint(
        published.SUMDB_CHECKPOINT, verifier, origin="go.sum database tree"
    )
    assert checkpoint.size == 6_476_701


def test_a_checkpoint_of_a_public_log_opens_past_signatures_unknown_to_us():
    verifier = Verifier.from_vkey(published.CT_LOG_VKEY)
    assert open_checkpoint(published.CT_CHECKPOINT, verifier).size == 1_432_088_532


def test_public_witnesses_of_that_log_are_verified():
    witnesses = [CosignatureVerifier.from_vkey(key) for key in published.CT_WITNESS_VKEYS]
    seen = verify_cosignatures(published.CT_CHECKPOINT, *witnesses)
    assert [cosignature.name for cosignature in seen] == [witness.name for witness in witnesses]
    assert {cosignature.timestamp for cosignature in seen} == {published.CT_COSIGNED_AT}


@given(
    PRINTABLE,
    st.integers(1, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
    st.lists(PRINTABLE, max_size=3).map(tuple),
)
@STEADY
def test_any_checkpoint_read_back_is_the_same(origin, size, tree_root, extensions):
    checkpoint = Checkpoint(origin, size, tree_root, extensions)
    assert Checkpoint.parse(checkpoint.text()) == checkpoint


def test_a_signed_checkpoint_opens_to_the_same():
    assert open_checkpoint(NOTE, LOG.verifier) == CHECKPOINT
    assert open_checkpoint(NOTE.encode(), LOG.verifier) == CHECKPOINT


def test_an_empty_log_has_a_checkpoint():
    empty = Checkpoint(LOG.name, 0, EMPTY_ROOT)
    assert open_checkpoint(sign_checkpoint(empty, LOG), LOG.verifier) == empty


@given(st.integers(0, len(NOTE.encode()) * 8 - 1))
@STEADY
def test_any_changed_bit_spoils_a_checkpoint(place):
    with pytest.raises(NoteInvalid):
        open_checkpoint(flip(NOTE.encode(), place), LOG.verifier)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n20852163\n", "\n020852163\n"),
        ("\n20852163\n", "\n+20852163\n"),
        ("\n20852163\n", "\n 20852163\n"),
        ("\n20852163\n", "\n-1\n"),
        ("\n20852163\n", "\n\n"),
        ("\n20852163\n", "\n２０\n"),
        ("\n20852163\n", "\n9223372036854775808\n"),
        ("\n20852163\n", f"\n{'9' * 5000}\n"),
        ("\n20852163\n", "\n0\n"),
        ("q2I=\n", "q2J=\n"),
        ("q2I=\n", "q2I\n"),
        ("q2I=\n", "q2I= \n"),
        ("q2I=\n", "\n"),
        ("q2I=\n", "q2I="),
        ("q2I=\n", "q2I=\n\n"),
        ("q2I=\n", "q2I=\nextension\n\n"),
        ("example.com/behind-the-sofa", ""),
        ("example.com/behind-the-sofa\n", ""),
        (SPEC_TEXT, ""),
    ],
)
def test_a_checkpoint_in_any_other_spelling_is_refused(old, new):
    with pytest.raises(NoteInvalid):
        Checkpoint.parse(SPEC_TEXT.replace(old, new))


@pytest.mark.parametrize(
    "said",
    [
        ("", 1, bytes(32), ()),
        ("two\nlines", 1, bytes(32), ()),
        ("log", -1, bytes(32), ()),
        ("log", 2**63, bytes(32), ()),
        ("log", 1, bytes(31), ()),
        ("log", 0, bytes(32), ()),
        ("log", 1, bytes(32), ("",)),
        ("log", 1, bytes(32), ("a\0",)),
        ("log\ud800", 1, bytes(32), ()),
    ],
)
def test_what_no_checkpoint_can_say_is_refused(said):
    with pytest.raises(NoteInvalid):
        Checkpoint(*said)


def test_a_log_signs_only_under_its_own_name():
    with pytest.raises(ValueError, match="does not sign for"):
        sign_checkpoint(Checkpoint("another.example", 1, bytes(32)), LOG)


def test_a_checkpoint_of_another_log_is_refused_even_if_rightly_signed():
    other = sign_note(Checkpoint("another.example", 1, bytes(32)).text(), LOG)
    with pytest.raises(NoteInvalid, match="another log"):
        open_checkpoint(other, LOG.verifier)


def test_a_signed_note_that_is_no_checkpoint_is_refused():
    with pytest.raises(NoteInvalid, match="at least three lines"):
        open_checkpoint(sign_note("Read by me.\n", LOG), LOG.verifier)


def test_a_cosignature_adds_a_line_and_leaves_the_log_s_as_it_was():
    cosigned = cosign_checkpoint(NOTE, LOG.verifier, LEGAL, at=NOON)
    assert cosigned.startswith(NOTE)
    assert open_checkpoint(cosigned, LOG.verifier) == CHECKPOINT
    assert verify_cosignatures(cosigned, LEGAL.verifier) == (Cosignature(LEGAL.name, NOON),)


def test_the_signed_message_of_a_cosignature_is_the_one_specified():
    signature = LEGAL.cosign(SPEC_TEXT, 1_679_315_147).signature
    message = b"cosignature/v1\ntime 1679315147\n" + SPEC_TEXT.encode()
    assert signature[:8] == (1_679_315_147).to_bytes(8, "big")
    assert LEGAL.verifier.verifies_raw(message, signature[8:])


def test_each_witness_counts_once():
    cosigned = cosign_checkpoint(NOTE, LOG.verifier, LEGAL, at=NOON)
    cosigned = cosign_checkpoint(cosigned, LOG.verifier, LEGAL, at=NOON + 60)
    cosigned = cosign_checkpoint(cosigned, LOG.verifier, AUDIT, at=NOON + 120)
    seen = verify_cosignatures(cosigned, LEGAL.verifier, AUDIT.verifier)
    assert seen == (Cosignature(LEGAL.name, NOON), Cosignature(AUDIT.name, NOON + 120))


@given(st.integers(0, 72 * 8 - 1))
@STEADY
def test_any_changed_bit_of_time_or_signature_spoils_a_cosignature(place):
    line = LEGAL.cosign(TEXT, NOON)
    assert LEGAL.verifier.verifies(TEXT, line.signature)
    assert not LEGAL.verifier.verifies(TEXT, flip(line.signature, place))


@pytest.mark.parametrize("signature", [b"", bytes(64), bytes(71), bytes(73)])
def test_a_cosignature_of_another_length_is_refused(signature):
    assert not LEGAL.verifier.verifies(TEXT, signature)


def test_a_time_no_timestamp_says_is_refused():
    for at in (-1, MAX_TIMESTAMP + 1):
        with pytest.raises(ValueError, match="no timestamp"):
            LEGAL.cosign(TEXT, at)
    beyond = (MAX_TIMESTAMP + 1).to_bytes(8, "big")
    signature = LEGAL._key.sign(b"cosignature/v1\ntime %d\n" % 2**63 + TEXT.encode())
    assert not LEGAL.verifier.verifies(TEXT, beyond + signature)


def test_a_witness_signs_nothing_the_log_did_not_sign():
    forged = sign_checkpoint(CHECKPOINT, signer(LOG.name, "forged"))
    with pytest.raises(NoteInvalid, match="no trusted key"):
        cosign_checkpoint(forged, LOG.verifier, LEGAL, at=NOON)
    with pytest.raises(NoteInvalid, match="at least three lines"):
        LEGAL.cosign("Read by me.\n", NOON)


def test_a_note_that_is_no_checkpoint_is_refused_even_if_rightly_cosigned():
    text = "Read by me.\n"
    signature = bytes(8) + LEGAL._key.sign(b"cosignature/v1\ntime 0\n" + text.encode())
    line = NoteSignature(LEGAL.name, LEGAL.key_id, signature).line
    with pytest.raises(NoteInvalid, match="at least three lines"):
        verify_cosignatures(f"{text}\n{line}", LEGAL.verifier)


def test_a_note_no_witness_saw_is_refused():
    with pytest.raises(NoteInvalid, match="no trusted key"):
        verify_cosignatures(NOTE, LEGAL.verifier)


def test_the_key_of_a_witness_is_never_taken_for_that_of_a_log():
    assert Cosigner.from_skey(LEGAL.skey).verifier == LEGAL.verifier
    with pytest.raises(NoteInvalid, match="type"):
        Signer.from_skey(LEGAL.skey)
    with pytest.raises(NoteInvalid, match="type"):
        Verifier.from_vkey(LEGAL.verifier.vkey)
    with pytest.raises(NoteInvalid, match="type"):
        CosignatureVerifier.from_vkey(LOG.verifier.vkey)
