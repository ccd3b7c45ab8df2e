import hashlib
import os

import pytest

from liuhen.engines.vault import buffers, sm3
from liuhen.engines.vault.digests import Digests, Hasher, digest_file
from liuhen.engines.vault.sha256 import sha256_file

# GB/T 32905-2016, appendix A.
STANDARD = [
    (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
]
LONG = bytes(range(256)) * 8200  # three chunks, the last one short


@pytest.mark.parametrize("name", sorted(sm3.backends()))
@pytest.mark.parametrize(("data", "expected"), STANDARD)
def test_every_sm3_here_agrees_with_the_standard(name, data, expected):
    running = sm3.backends()[name]()
    running.update(data)
    assert running.hexdigest() == expected


def test_all_sm3_agree_on_a_long_input_given_in_odd_pieces():
    answers = set()
    for make in sm3.backends().values():
        running = make()
        for piece in (b"", LONG[:1], memoryview(LONG)[1:77777], bytearray(LONG[77777:])):
            running.update(piece)
        answers.add(running.hexdigest())
    assert len(answers) == 1


def test_the_fastest_sm3_is_one_of_those_that_work():
    assert sm3.fastest() in sm3.backends().values()


def test_without_any_library_sm3_says_what_to_install(monkeypatch):
    monkeypatch.setattr(sm3, "_works", lambda make: False)
    with pytest.raises(RuntimeError, match="libgcrypt20"):
        sm3.fastest.__wrapped__()


def test_an_old_openssl_without_sm3_is_no_backend():
    def make():
        raise ValueError("unsupported hash type sm3")

    assert not sm3._works(make)


def test_a_library_that_computes_something_else_is_no_backend():
    assert not sm3._works(hashlib.sha256)


def test_hasher_gives_both_digests_and_the_size():
    hasher = Hasher()
    hasher.update(b"a")
    hasher.update(memoryview(b"bc"))
    assert hasher.digests() == hasher.digests()
    assert hasher.digests() == Digests(3, hashlib.sha256(b"abc").hexdigest(), STANDARD[0][1])


def test_nothing_is_added_after_the_digests_were_asked():
    hasher = Hasher()
    hasher.digests()
    with pytest.raises(ValueError, match="taken already"):
        hasher.update(b"late")


def test_a_file_is_digested_from_its_start_wherever_it_stands(tmp_path):
    path = tmp_path / "long"
    path.write_bytes(LONG)
    told = []
    with path.open("rb", buffering=0) as file:
        file.seek(5)
        digests = digest_file(file.fileno(), progress=told.append)
    assert digests.sha256 == hashlib.sha256(LONG).hexdigest() == sha256_file(path)
    assert digests.size_bytes == told[-1] == len(LONG)


def test_an_empty_file_has_digests_too(tmp_path):
    (tmp_path / "empty").touch()
    assert sha256_file(os.fsencode(tmp_path / "empty")) == hashlib.sha256(b"").hexdigest()


def test_reading_works_where_the_system_lacks_readv_and_advice(tmp_path, monkeypatch):
    (tmp_path / "long").write_bytes(LONG)
    monkeypatch.delattr(os, "readv")
    monkeypatch.delattr(os, "posix_fadvise")
    assert sha256_file(tmp_path / "long") == hashlib.sha256(LONG).hexdigest()


def test_advice_the_file_system_does_not_know_is_no_fault():
    reading, writing = os.pipe()
    buffers.advise(reading, 0, 0, "WILLNEED")
    os.close(reading)
    os.close(writing)
