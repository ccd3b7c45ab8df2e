"""Is the disk of the vault attached? It is marked once; the mark is in the log and by the keys."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from liuhen.custody import log, proofs
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.engines.vault import marker
from liuhen.engines.vault.errors import StoreFailed, VaultError
from liuhen.kernel.datadir import create_private_file
from liuhen.recordings import vaults
from liuhen.recordings.models import Recording


def bring_up(*, at: datetime) -> bool:
    """Mark the disk at the first start, know it again at every later one. False: it is away."""
    if vaults.mark() is None:
        mark = told() or first_mark(at=at)
        if mark is None:
            return False
        create_private_file(settings.DATA.vault_mark, mark)
    return is_attached()


LOOKED_AT = 20
"""One original may be lost; that many at once are on a disk that is away."""


@transaction.atomic
def first_mark(*, at: datetime) -> str | None:
    """None: of an installation older than its mark no newest original is there: so its disk
    is away, and another must not be marked."""
    log.wait_for_turn()
    if mark := told():
        return mark
    newest = list(Recording.objects.filter(disposed_at=None).order_by("-pk")[:LOOKED_AT])
    if newest and not any(vaults.path(one.vault_key).exists() for one in newest):
        return None
    mark = marker.put(settings.DATA.vault, marker.new())
    log.record(Kind.VAULT_MARKED, subject="vault", by=log.SYSTEM, at=at, mark=mark)
    return mark


def told() -> str | None:
    """By the log."""
    event = CustodyEvent.objects.filter(kind=Kind.VAULT_MARKED).order_by("-index").first()
    return str(proofs.facts_of(event)["mark"]) if event else None


def is_attached() -> bool:
    """With the mark that was put on it; one that nobody has marked yet is taken as it is."""
    try:
        vaults.current().check_attached()
    except StoreFailed:
        return False
    return True


def problem_of(failed: VaultError | OSError) -> str:
    """Of a verification that could not read: `missing`, or `not_attached`."""
    is_away = isinstance(failed, VaultError) and failed.reason == marker.NOT_ATTACHED
    return "not_attached" if is_away else "missing"
