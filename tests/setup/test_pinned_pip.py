import hashlib
from pathlib import Path

import pytest
from set_up import index, pinned_pip
from set_up.faults import Fault

PAGE = """<!DOCTYPE html><html><body>
<a href="../files/pip-9.0.3-py2.py3-none-any.whl#sha256=00">pip-9.0.3-py2.py3-none-any.whl</a>
<a href="../files/pip-26.3.tar.gz">pip-26.3.tar.gz</a>
<a href="../files/pip-26.3-py3-none-any.whl#sha256=aa" data-requires-python="&gt;=3.10">pip</a>
</body></html>"""


def locked(content: bytes) -> str:
    return f"pip==26.3 \\\n    --hash=sha256:{hashlib.sha256(content).hexdigest()}\n"


@pytest.fixture
def mirror(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An index on disk, as a bureau's mirror lays it out, holding one wheel of pip."""
    (tmp_path / "simple" / "pip").mkdir(parents=True)
    (tmp_path / "simple" / "files").mkdir()
    (tmp_path / "simple" / "files" / "pip-26.3-py3-none-any.whl").write_bytes(b"the wheel")
    # A server answers a folder's address with its page; on disk the page is a file without a name.
    monkeypatch.setattr(index, "address", lambda: (tmp_path / "simple").as_uri())
    real = pinned_pip._read

    def read(address: str) -> tuple[bytes, str]:
        return (PAGE.encode(), address) if address.endswith("/pip/") else real(address)

    monkeypatch.setattr(pinned_pip, "_read", read)
    return tmp_path


def test_the_wheel_of_the_pinned_version_is_chosen() -> None:
    link = pinned_pip.wheel_link(PAGE, "26.3", "https://mirror.example/simple/pip/")
    assert link == "https://mirror.example/simple/files/pip-26.3-py3-none-any.whl"


def test_an_archive_of_source_is_no_wheel() -> None:
    assert pinned_pip.wheel_link(PAGE, "26.4", "https://mirror.example/simple/pip/") is None


def test_the_checked_wheel_is_kept(mirror: Path) -> None:
    (mirror / "pip.txt").write_text(locked(b"the wheel"))
    assert pinned_pip.fetch(mirror / "pip.txt", mirror).read_bytes() == b"the wheel"


def test_a_wheel_with_another_hash_is_refused_and_not_kept(mirror: Path) -> None:
    (mirror / "pip.txt").write_text(locked(b"another wheel"))
    with pytest.raises(Fault, match="does not match"):
        pinned_pip.fetch(mirror / "pip.txt", mirror)
    assert not list(mirror.glob("*.whl"))


def test_an_index_without_the_version_is_named(mirror: Path) -> None:
    (mirror / "pip.txt").write_text(locked(b"x").replace("26.3", "26.4"))
    with pytest.raises(Fault, match=r"has no pip 26\.4"):
        pinned_pip.fetch(mirror / "pip.txt", mirror)


def test_an_index_nobody_answers_at_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "address", lambda: "http://127.0.0.1:9/simple")
    (tmp_path / "pip.txt").write_text(locked(b"x"))
    with pytest.raises(Fault, match="PIP_INDEX_URL"):
        pinned_pip.fetch(tmp_path / "pip.txt", tmp_path)


def test_a_list_without_a_hash_is_an_error() -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        pinned_pip.pinned("pip==26.3\n")


def test_the_list_in_this_checkout_pins_pip(root: Path) -> None:
    version, hashes = pinned_pip.pinned((root / "requirements" / "pip.txt").read_text())
    assert version[0].isdigit()
    assert hashes
