"""Every step of a breach is written here: its row, its words, its event, in one transaction.

Who is suspected of what is for those who handle it, not for a log that is read for ever: the log
holds digests. They tell whether the words, and the row, are still those of then.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.people.models import Officer
from liuhen.people.spelling import seen_lines
from liuhen.supervision.breaches import errors
from liuhen.supervision.breaches.states import BREACH, WITHIN, Step
from liuhen.supervision.models import Breach, BreachStep

MOST_WORDS = 4000


def move(breach: Breach, step: Step, **columns: Any) -> None:
    """Compare-and-set: of two who take a step, one does. Refuses: BreachMoved."""
    sources, target = BREACH[step]
    rows = Breach.objects.filter(pk=breach.pk, state__in=sources)
    if not rows.update(state=target, **columns):
        raise moved(breach)


def hold(breach: Breach, kind: Kind, **columns: Any) -> None:
    """The same for what is said without moving it. Refuses: BreachMoved."""
    rows = Breach.objects.filter(pk=breach.pk, state__in=WITHIN[kind])
    if not (rows.update(**columns) if columns else rows.exists()):
        raise moved(breach)


def moved(breach: Breach) -> errors.BreachMoved:
    breach.refresh_from_db(fields=["state"])
    return errors.BreachMoved(number=breach.number, state=breach.get_state_display())


def write(
    breach: Breach, kind: Kind, *, by: Officer | None, at: datetime, words: str = "", **facts: Any
) -> None:
    """The step's row and event; the breach is read anew. `by` None: the system."""
    breach.refresh_from_db()
    log.record_all([step_of(breach, kind, by=by, at=at, words=words, facts=facts)])


def step_of(
    breach: Breach,
    kind: Kind,
    *,
    by: Officer | None,
    at: datetime,
    words: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Act:
    """The step's row, and the event its caller writes; the log's turn is held."""
    n = BreachStep.objects.filter(breach=breach).count() + 1
    row = BreachStep.objects.create(
        breach=breach, n=n, kind=kind, at=at, by=by, words=words, facts=dict(facts or {})
    )
    told = {
        "step": n,
        "state": breach.state,
        "said_sha256": digest_of_step(row),
        "row_sha256": digest_of_row(breach),
    }
    return Act(kind, subject_of(breach), by or log.SYSTEM, at, told)


def subject_of(breach: Breach) -> str:
    return f"breach:{breach.number}"


def words_of(text: str, *, field: Any, most: int = MOST_WORDS) -> str:
    """Refuses: WordsMissing."""
    kept = seen_lines(text)[:most]
    if not kept:
        raise errors.WordsMissing(field=field)
    return kept


def digest_of_step(step: BreachStep) -> str:
    by = step.by.login if step.by else log.SYSTEM
    return digest_of([step.n, step.kind, by, plain(step.at), step.words, step.facts])


def digest_of_row(breach: Breach) -> str:
    """Over every column, and the sanctions with whether they are carried out."""
    columns = [[f.attname, plain(getattr(breach, f.attname))] for f in Breach._meta.concrete_fields]
    # In their own order, by key: the audit has fetched those of many at once.
    told = [(one.code, one.text, one.article, one.done_at) for one in breach.sanctions.all()]
    return digest_of([columns, [[plain(value) for value in one] for one in told]])


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def digest_of(said: Any) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
