"""After a crash: finish the papers that were staged, tell second names from half-written copies.

Runs before `recordings.recovery`, which sets aside every temp that nobody accounts for.
"""

from pathlib import Path

from liuhen.cases import documents
from liuhen.cases.documents import TEMP_MARK
from liuhen.cases.models import Document, StagedDocument
from liuhen.engines.vault.errors import VaultError
from liuhen.engines.vault.sha256 import sha256_fd, sha256_file
from liuhen.recordings import locks, vaults


def recover() -> int:
    """Answers how many papers were kept after all; harmless when there is nothing to do."""
    kept = 0
    for staged in StagedDocument.objects.select_related("staged_by").order_by("pk"):
        with locks.held(staged.uid) as mine:
            if mine:
                kept += finish(staged)
    for temp in list(vaults.current().temps()):
        if temp.name.startswith(TEMP_MARK):
            with locks.held(locks.batch_uid_of(temp)) as mine:
                if mine:
                    forget_second_name(temp)
    return kept


def finish(staged: StagedDocument) -> bool:
    """Keep what was staged whole. What is neither on the way nor in the vault was never
    acknowledged: the intent goes, and whoever sent it sends it again. The lock is held: one that
    was listed while its own process still worked on it is gone by now."""
    if not StagedDocument.objects.filter(pk=staged.pk).exists():
        return False
    temp = documents.temp_of(staged.uid)
    if temp.exists() and sha256_file(temp) == staged.sha256:
        documents.complete(staged, temp)
        vaults.current().forget_temp(temp)
        return True
    if is_in_vault(staged.vault_key, staged.sha256):
        documents.write_row(staged)
        return True
    staged.delete()
    return False


def is_in_vault(key: str, sha256: str) -> bool:
    try:
        with vaults.current().open(key) as stored:
            return sha256_fd(stored.fileno()) == sha256
    except VaultError:
        return False


def forget_second_name(temp: Path) -> None:
    """A kept paper's temp goes; any other is left for quarantine."""
    if not temp.exists():
        return  # another process was quicker
    status, sha256 = temp.stat(), sha256_file(temp)
    for key in Document.objects.filter(sha256=sha256).values_list("vault_key", flat=True):
        kept = vaults.path(key)
        if kept.exists() and kept.stat().st_ino == status.st_ino:
            vaults.current().forget_temp(temp)
            return
