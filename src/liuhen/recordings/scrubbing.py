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
from liuhen.recordings import holdings, vaults
from liuhen.recordings.holdings import Held
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
    """Re-hash all originals, or `sample` of them drawn anew each time; the result is an event.

    Raises: StoreFailed, the disk is not attached: nothing is said to be missing.
    """
    vaults.current().check_attached()
    rows = drawn(sample)
    total = sum(held.size_bytes for held in rows)
    subjects = {held.key: held.subject for held in rows}
    result = Scrubbed(checked=len(rows))
    findings = engine.scrub(
        [(held.key, held.sha256) for held in rows],
        vaults.current().root,
        settings.LIUHEN_PROCESSES,
        past_cache=True,
        on_progress=lambda progress: tell(progress.done_bytes, total),
    )
    for finding in findings:
        if finding.condition is not engine.Condition.OK:
            kind, _colon, number = subjects[finding.key].partition(":")
            problem = {kind: number, "vault_key": finding.key, "problem": str(finding.condition)}
            result.problems.append(problem)
    if any(found["problem"] == engine.Condition.MISSING for found in result.problems):
        vaults.current().check_attached()
    result.problems = without_disposed(result.problems)
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


def without_disposed(problems: list[dict[str, str]]) -> list[dict[str, str]]:
    """A long scrub may come upon what was disposed of since it began."""
    numbers = [problem["recording"] for problem in problems if "recording" in problem]
    rows = Recording.objects.filter(number__in=numbers, disposed_at__isnull=False)
    gone = set(rows.values_list("number", flat=True))
    return [problem for problem in problems if problem.get("recording") not in gone]


def drawn(sample: int | None) -> list[Held]:
    """What to read."""
    rows = list(holdings.everything())
    if sample is None or sample >= len(rows):
        return rows
    return random.SystemRandom().sample(rows, sample)
