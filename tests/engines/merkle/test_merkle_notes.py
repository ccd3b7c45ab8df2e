"""Signed notes and keys as C2SP signed-note and Go's sumdb/note have them."""

import subprocess
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.merkle.cases import STEADY, flip, signer
from engines.merkle.published import (
    GO_NOTE,
    GO_SKEY,
    GO_TEXT,
    GO_VKEY,
    SPEC_NOTE,
    SPEC_VKEY,
)
from liuhen.engines.merkle.errors import NoteInvalid
from liuhen.engines.merkle.notes import (
    MAX_SIGNATURES,
    NoteSignature,
    Signer,
    Verifier,
    open_note,
    sign_note,
    split_note,
)

PETER = Signer.from_skey(GO_SKEY)
STRANGER = signer("stranger.example")
LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
TEXTS = st.lists(LINES, min_size=1, max_size=6).map(lambda lines: "\n".join(lines) + "\n")


def test_the_note_of_the_specification_opens():
    opened = open_note(SPEC_NOTE, Verifier.from_vkey(SPEC_VKEY))
    assert opened.text == "This is an example message.\n"


def test_the_note_of_the_go_documentation_is_signed_to_the_byte():
    assert sign_note(GO_TEXT, PETER) == GO_NOTE
    assert (PETER.skey, PETER.verifier.vkey) == (GO_SKEY, GO_VKEY)


def test_a_new_key_read_back_signs_the_same():
    new = Signer.generate("liuhen.example/log")
    assert sign_note(GO_TEXT, Signer.from_skey(new.skey)) == sign_note(GO_TEXT, new)
    assert Verifier.from_vkey(new.verifier.vkey) == new.verifier


def test_two_new_keys_differ():
    assert Signer.generate("a").verifier != Signer.generate("a").verifier


def test_a_secret_key_shows_itself_in_no_log():
    secret = GO_SKEY.split("+", 4)[4]
    assert secret not in repr(PETER) + str(PETER) + repr(vars(PETER))


@given(TEXTS)
@STEADY
def test_any_text_signed_opens_to_the_same(text):
    opened = open_note(sign_note(text, PETER), PETER.verifier)
    assert opened.text == text
    assert [line.name for line in opened.verified] == ["PeterNeumann"]


@given(st.integers(0, len(GO_NOTE.encode()) * 8 - 1))
@STEADY
def test_any_changed_bit_spoils_a_note(place):
    with pytest.raises(NoteInvalid):
        open_note(flip(GO_NOTE.encode(), place), PETER.verifier)


@given(st.integers(0, len(GO_NOTE) - 1))
@STEADY
def test_a_note_cut_short_is_refused(length):
    with pytest.raises(NoteInvalid):
        open_note(GO_NOTE[:length], PETER.verifier)


def test_signatures_of_strangers_are_kept_apart():
    note = sign_note(GO_TEXT, PETER, STRANGER)
    opened = open_note(note, PETER.verifier)
    assert [line.name for line in opened.verified] == ["PeterNeumann"]
    assert [line.name for line in opened.unknown] == ["stranger.example"]
    assert len(open_note(note, PETER.verifier, STRANGER.verifier).verified) == 2


def test_a_note_only_strangers_signed_is_refused():
    with pytest.raises(NoteInvalid, match="no trusted key"):
        open_note(sign_note(GO_TEXT, STRANGER), PETER.verifier)
    with pytest.raises(NoteInvalid, match="no trusted key"):
        open_note(GO_NOTE)


def test_one_wrong_signature_of_a_known_key_spoils_the_note():
    elsewhere = STRANGER.sign("another text\n")
    with pytest.raises(NoteInvalid, match=r"stranger\.example is wrong"):
        open_note(GO_NOTE + elsewhere.line, PETER.verifier, STRANGER.verifier)


def test_a_second_signature_of_one_key_is_verified_but_counts_once():
    line = GO_NOTE.splitlines(keepends=True)[-1]
    assert len(open_note(GO_NOTE + line, PETER.verifier).verified) == 1
    wrong = NoteSignature(PETER.name, PETER.key_id, bytes(64)).line
    with pytest.raises(NoteInvalid, match="is wrong"):
        open_note(GO_NOTE + wrong, PETER.verifier)


def test_a_key_of_the_same_name_but_another_id_is_a_stranger():
    impostor = signer("PeterNeumann")
    assert len(open_note(sign_note(GO_TEXT, impostor, PETER), PETER.verifier).unknown) == 1


def test_a_text_that_looks_like_a_note_stays_one_text():
    opened = open_note(sign_note(GO_NOTE, STRANGER), STRANGER.verifier)
    assert opened.text == GO_NOTE


@pytest.mark.parametrize(
    "text", ["", "no newline", "tab\there\n", "null\0\n", "return\r\n", "\ud800\n"]
)
def test_a_text_no_note_may_hold_is_not_signed(text):
    with pytest.raises(NoteInvalid):
        sign_note(text, PETER)


def test_a_note_nobody_signs_is_no_note():
    with pytest.raises(NoteInvalid, match="nobody"):
        sign_note(GO_TEXT)


SIGNATURE = GO_NOTE.splitlines()[-1]


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "\n",
        SIGNATURE,
        SIGNATURE + "\n" + "not a signature\n",
        SIGNATURE.replace("— ", "- ") + "\n",
        SIGNATURE.removeprefix("— ") + "\n",
        SIGNATURE.replace(" x08", "  x08") + "\n",
        SIGNATURE + " \n",
        SIGNATURE + "\r\n",
        SIGNATURE.removesuffix("=") + "\n",
        SIGNATURE.replace("AM=", "AN=") + "\n",
        "— PeterNeumann\n",
        "— PeterNeumann \n",
        "— PeterNeumann x08gow==\n",
        "—  x08gowA=\n",
        "— Peter+Neumann x08gowA=\n",
        "— Peter\u00a0Neumann x08gowA=\n",
        "— PeterNeumann é08gowA=\n",
    ],
)
def test_malformed_signature_lines_are_refused(lines):
    with pytest.raises(NoteInvalid):
        split_note(GO_TEXT + "\n" + lines)


def test_a_note_that_is_no_utf8_is_refused():
    with pytest.raises(NoteInvalid, match="UTF-8"):
        open_note(b"\xff" + GO_NOTE.encode(), PETER.verifier)
    with pytest.raises(NoteInvalid, match="UTF-8"):
        open_note("\ud800" + GO_NOTE, PETER.verifier)


def test_a_flood_of_signatures_is_refused():
    strangers = STRANGER.sign(GO_TEXT).line * MAX_SIGNATURES
    with pytest.raises(NoteInvalid, match="too many"):
        open_note(GO_NOTE + strangers, PETER.verifier)


def test_a_huge_note_is_refused():
    with pytest.raises(NoteInvalid, match="too long"):
        open_note("a" * (1 << 20) + GO_NOTE, PETER.verifier)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u3000b", "a\0b", "\ud800"])
def test_a_name_no_note_may_carry_gets_no_key(name):
    with pytest.raises(NoteInvalid):
        Signer.generate(name)


@pytest.mark.parametrize("cut", range(len(GO_VKEY)))
def test_a_key_cut_short_or_changed_is_refused(cut):
    changed = GO_VKEY[:cut] + chr(ord(GO_VKEY[cut]) + 1) + GO_VKEY[cut + 1 :]
    for key in (GO_VKEY[:cut], changed):
        with pytest.raises(NoteInvalid):
            Verifier.from_vkey(key)


@pytest.mark.parametrize(
    "key",
    [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        GO_VKEY.replace("c74f20a3", "C74F20A3"),
        GO_VKEY + "\n",
    ],
)
def test_a_key_of_another_kind_or_spelling_is_refused(key):
    with pytest.raises(NoteInvalid):
        Verifier.from_vkey(key)


@pytest.mark.parametrize(
    "key", [GO_VKEY, GO_SKEY.lower(), GO_SKEY.replace("+AYEK", "+AYEL"), GO_SKEY[:-4], ""]
)
def test_what_is_no_signer_key_is_refused(key):
    with pytest.raises(NoteInvalid):
        Signer.from_skey(key)


def test_two_keys_that_collide_are_not_guessed_between():
    class Colliding(Verifier):
        def __init__(self):
            super().__init__(PETER.name, signer(PETER.name)._key.public_key())
            self.key_id = PETER.key_id

    with pytest.raises(ValueError, match="share the id"):
        open_note(GO_NOTE, PETER.verifier, Colliding())


def openssl_verifies(folder, message: bytes, signature: bytes) -> bool:
    (folder / "key.pem").write_text(PETER.verifier.pem)
    (folder / "text").write_bytes(message)
    (folder / "signature").write_bytes(signature)
    command = "openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in text -sigfile signature"
    return subprocess.run(command.split(), cwd=folder, capture_output=True).returncode == 0


def test_openssl_verifies_our_signature_from_the_pem_key(tmp_path):
    signature = b64decode(sign_note(GO_TEXT, PETER).split()[-1])[4:]
    assert openssl_verifies(tmp_path, GO_TEXT.encode(), signature)
    assert not openssl_verifies(tmp_path, GO_TEXT.upper().encode(), signature)
