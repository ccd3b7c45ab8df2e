"""Is a paper still what was kept? What `recordings.integrity` is for recordings."""

from collections.abc import Iterator
from itertools import islice

from liuhen.cases.models import Document
from liuhen.cases.paper_errors import NoSuchDocument
from liuhen.custody import proofs
from liuhen.custody.deviations import Deviation
from liuhen.custody.kinds import Kind
from liuhen.engines.merkle.errors import EvidenceInvalid
from liuhen.engines.vault.digests import Digests, digest_file
from liuhen.engines.vault.errors import VaultError
from liuhen.recordings import vault_disk, vaults
from liuhen.recordings.holdings import Held
from liuhen.recordings.integrity import ROWS_AT_ONCE, Verdict


def held() -> Iterator[Held]:
    """All papers as the vault's audit and scrub know them, withdrawn ones too."""
    rows = Document.objects.order_by("pk")
    for pk, key, sha256, size_bytes in rows.values_list(
        "pk", "vault_key", "sha256", "size_bytes"
    ).iterator():
        yield Held(f"document:{pk}", key, sha256, size_bytes)


def audit() -> Iterator[Deviation]:
    """Log ↔ rows: each keeping event has its row as it was, each row its event."""
    unseen = set(Document.objects.values_list("pk", flat=True))
    events = proofs.events_of_kind(Kind.DOCUMENT_ADDED)
    while some := list(islice(events, ROWS_AT_ONCE)):
        numbers = [int(event.subject.removeprefix("document:")) for event in some]
        rows = Document.objects.in_bulk(numbers)
        for event, pk in zip(some, numbers, strict=True):
            unseen.discard(pk)
            if pk not in rows:
                yield Deviation("document.row_missing", event.subject, f"event {event.index}")
            else:
                yield from compare(rows[pk], proofs.facts_of(event))
    for pk in sorted(unseen):
        yield Deviation("document.never_kept", f"document:{pk}", "no event says it was kept")


def compare(row: Document, facts: dict[str, object]) -> Iterator[Deviation]:
    there = {
        "sha256": row.sha256,
        "sm3": row.sm3,
        "size": row.size_bytes,
        "vault_key": row.vault_key,
        "original_name": row.original_name,
    }
    for name, value in there.items():
        if facts[name] != value:
            told = f"{name}: kept {facts[name]}, now {value}"
            yield Deviation("document.row_changed", f"document:{row.pk}", told)


def verdict_on(document: Document) -> Verdict:
    """Read the paper whole, compare both digests, prove its event under a checkpoint."""
    name = f"document:{document.pk}"
    try:
        with vaults.current().open(document.vault_key) as stored:
            digests = digest_file(stored.fileno())
    except (VaultError, OSError) as failed:
        problem = vault_disk.problem_of(failed)
        return Verdict(name, document.sha256, document.sm3, None, None, problem)
    return prove(document, digests)


def prove(document: Document, digests: Digests) -> Verdict:
    """As `recordings.integrity.prove`: changed, row_changed or log_broken, or no problem."""
    name = f"document:{document.pk}"
    event = proofs.event_of(name, Kind.DOCUMENT_ADDED)
    problem, size = "", None
    try:
        size = proofs.check(event).size
    except EvidenceInvalid:
        problem = "log_broken"
    facts = proofs.facts_of(event)
    kept = (facts["sha256"], facts["sm3"])
    if kept != (document.sha256, document.sm3):
        problem = problem or "row_changed"
    if kept != (digests.sha256, digests.sm3):
        problem = "changed"
    return Verdict(name, digests.sha256, digests.sm3, event.index, size, problem)


def with_digest(sha256: str) -> Document | None:
    return Document.objects.filter(sha256=sha256).order_by("pk").first()


def numbered(pk: int) -> Document:
    """Refuses: NoSuchDocument."""
    document = Document.objects.filter(pk=pk).first()
    if document is None:
        raise NoSuchDocument()
    return document
