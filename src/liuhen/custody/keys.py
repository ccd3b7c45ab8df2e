"""The log's own name and signing key, made once per installation and kept in its keys folder."""

import secrets
from functools import cache
from pathlib import Path

from django.conf import settings

from liuhen.engines.merkle.notes import Signer, Verifier
from liuhen.kernel.datadir import create_private_file


def key_file() -> Path:
    return Path(settings.DATA.keys) / "log.key"


def public_key_file() -> Path:
    return Path(settings.DATA.keys) / "log.pub"


def create() -> None:
    """Make the signing key; an existing one is never replaced."""
    if key_file().exists():
        return
    signer = Signer.generate(f"liuhen/{secrets.token_hex(4)}")
    create_private_file(key_file(), signer.skey + "\n")
    # Another process may have been first: publish the key that stayed.
    create_private_file(public_key_file(), signer_at(key_file()).verifier.vkey + "\n")


@cache
def signer_at(path: Path) -> Signer:
    return Signer.from_skey(path.read_text().strip())


def signer() -> Signer:
    return signer_at(key_file())


def verifier() -> Verifier:
    return signer().verifier


def origin() -> str:
    """The log's name in its checkpoints (C2SP tlog-checkpoint, first line)."""
    return signer().name
