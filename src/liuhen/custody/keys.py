"""The log's own name and signing key, made once per installation and kept in its keys folder."""

import secrets
from functools import cache
from pathlib import Path

from django.conf import settings

from liuhen.custody.errors import KeyMissing, KeyUnreadable
from liuhen.custody.models import Checkpoint
from liuhen.engines.merkle.errors import NoteInvalid
from liuhen.engines.merkle.notes import Signer, Verifier
from liuhen.kernel.datadir import DataDir, create_private_file


def create() -> None:
    """Make the signing key; an existing one is never replaced."""
    folder: Path = settings.DATA.keys
    if (folder / "log.key").exists():
        return
    signer = Signer.generate(f"liuhen/{secrets.token_hex(4)}")
    create_private_file(folder / "log.key", signer.skey + "\n")
    # Another process may have been first: publish the key that stayed.
    stayed = Signer.from_skey((folder / "log.key").read_text().strip())
    create_private_file(folder / "log.pub", stayed.verifier.vkey + "\n")


def create_or_resume() -> None:
    """The key of a log that has begun is never made anew: such a log would begin again.

    Refuses: KeyMissing.
    """
    if not path_of(settings.DATA).exists() and Checkpoint.objects.exists():
        raise KeyMissing(path=str(path_of(settings.DATA)))
    create()


def path_of(data: DataDir) -> Path:
    return data.keys / "log.key"


@cache
def signer_of(data: DataDir) -> Signer:
    """Refuses: KeyUnreadable."""
    try:
        return Signer.from_skey(path_of(data).read_text().strip())
    except (NoteInvalid, UnicodeDecodeError):
        raise KeyUnreadable(path=str(path_of(data))) from None


def signer() -> Signer:
    return signer_of(settings.DATA)


def verifier() -> Verifier:
    return signer().verifier


def origin() -> str:
    """The log's name in its checkpoints (C2SP tlog-checkpoint, first line)."""
    return signer().name
