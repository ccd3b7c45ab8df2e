"""Fixity: read originals again and compare."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Actor
from liuhen.engines.vault import scrub as engine
from liuhen.recordings import vaults
from liuhen.recordings.models import Recording

NAMED_IN_EVENT = 200


@dataclass
class Scrubbed:
    checked: int = 0
    problems: list[dict[str, str]] = field(default_factory=list)


def scrub(
    *,
    sample: int | None,
    by: Actor | str,
    at: datetime,
    tell: Callable[[int, int], None] = lambda done, total: None,
) -> Scrubbed:
    """Re-hash all originals, or `sample` of them drawn anew each time; the result is an event."""
    rows = drawn(sample)
    total = sum(size for _, _, _, size in rows)
    by_key = {key: number for number, key, _, _ in rows}
    result = Scrubbed(checked=len(rows))
    findings = engine.scrub(
        [(key, sha256) for _, key, sha256, _ in rows],
        vaults.current().root,
        settings.LIUHEN_PROCESSES,
        past_cache=True,
        on_progress=lambda progress: tell(progress.done_bytes, total),
    )
    for finding in findings:
        if finding.condition is not engine.Condition.OK:
            result.problems.append(
                {
                    "recording": by_key[finding.key],
                    "vault_key": finding.key,
                    "problem": str(finding.condition),
                }
            )
    with transaction.atomic():
        log.record(
            Kind.SCRUB_FINISHED,
            subject="vault",
            by=by,
            at=at,
            checked=result.checked,
            sample=sample,
            problems=result.problems[:NAMED_IN_EVENT],
            problem_count=len(result.problems),
        )
    return result


def drawn(sample: int | None) -> list[tuple[str, str, str, int]]:
    """(number, key, sha256, bytes) of what to read."""
    rows = list(
        Recording.objects.order_by("pk").values_list("number", "vault_key", "sha256", "size_bytes")
    )
    if sample is None or sample >= len(rows):
        return rows
    return random.SystemRandom().sample(rows, sample)
