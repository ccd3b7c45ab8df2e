from pathlib import Path

import pytest
from set_up import index


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PIP_INDEX_URL", "PIP_CERT", "SSL_CERT_FILE", "PIP_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(index, "files", lambda: [tmp_path / "weak.conf", tmp_path / "strong.conf"])


def test_pips_own_default_where_nothing_is_set() -> None:
    assert index.address() == index.PIPS_OWN_DEFAULT


def test_the_environment_wins_over_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "strong.conf").write_text("[global]\nindex-url = https://file.example/simple/\n")
    assert index.address() == "https://file.example/simple"
    monkeypatch.setenv("PIP_INDEX_URL", "https://spoken.example/simple")
    assert index.address() == "https://spoken.example/simple"


def test_the_nearer_file_wins(tmp_path: Path) -> None:
    (tmp_path / "weak.conf").write_text("[global]\nindex-url = https://weak.example\n")
    (tmp_path / "strong.conf").write_text("[global]\nindex-url = https://strong.example\n")
    assert index.address() == "https://strong.example"


def test_the_networks_own_certificate_is_passed_to_pip(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    own = tmp_path / "bureau.pem"
    own.write_text("")
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    assert index.trust() == {"PIP_CERT": str(own)}


def test_pips_own_certificate_setting_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weak.conf").write_text("[global]\ncert = /etc/bureau.pem\n")
    assert index.trust() == {"PIP_CERT": "/etc/bureau.pem"}
