"""Appraisal (鉴定): a person's word on what has come to its end. Nothing goes by a timer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.engines.policy.terms import Keeping
from liuhen.kernel.clock import in_china
from liuhen.people import permissions
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission
from liuhen.recordings.models import Recording
from liuhen.regulations import current
from liuhen.retention import disposal_errors as errors
from liuhen.retention import guards, log_time
from liuhen.retention.log_time import Clocks
from liuhen.retention.models import Appraisal, DisposalItem, Worth
from liuhen.retention.taking_part import took_part

MOST_AT_ONCE = 200
MOST_WORDS = 500


@dataclass(frozen=True)
class Word:
    """`until` with KEEP: kept to that day, then it comes up again; None: for good."""

    worth: Worth
    reason: str
    until: date | None = None


@transaction.atomic
def appraise(recordings: Sequence[Recording], word: Word, *, by: Officer, at: datetime) -> int:
    """Say the same of all of these, or of none. How many.

    Refuses: NotPermitted, NothingChosen, WordsBlank, KeepDatePast, OwnRecordings, OnAnotherList,
    ClockAhead, NotYetDue.
    """
    permissions.check(by, Permission.APPRAISE_RECORDINGS)
    chosen = sorted({one.pk for one in recordings})[:MOST_AT_ONCE]
    check_word(word, at=at)
    log.wait_for_turn()
    rows = list(Recording.objects.filter(pk__in=chosen, agency_id=by.agency_id).order_by("pk"))
    if not rows:
        raise errors.NothingChosen()
    check_listed_nowhere(rows)
    if Recording.objects.filter(took_part(by), pk__in=[one.pk for one in rows]).exists():
        raise errors.OwnRecordings()
    check_expired(rows, by.agency, log_time.clocks(at=at), apart_from=("kept",))
    Appraisal.objects.filter(recording__in=rows, ended_at=None).update(ended_at=at)
    until = word.until if word.worth == Worth.KEEP else None
    said = {"worth": word.worth, "keep_until_date": until, "reason": cut(word.reason)}
    Appraisal.objects.bulk_create(
        Appraisal(recording=one, appraised_at=at, appraised_by=by, **said) for one in rows
    )
    facts = {"worth": word.worth, "until": until and until.isoformat(), "reason": said["reason"]}
    log.record_all(
        [Act(Kind.RECORDING_APPRAISED, f"recording:{one.number}", by, at, facts) for one in rows]
    )
    return len(rows)


def check_word(word: Word, *, at: datetime) -> None:
    """Refuses: WordsBlank, KeepDatePast."""
    need(word.reason, field=_("鉴定意见"))
    until = word.until if word.worth == Worth.KEEP else None
    if until is not None and until <= in_china(at).date():
        raise errors.KeepDatePast()


def check_listed_nowhere(recordings: Sequence[Recording]) -> None:
    """Refuses: OnAnotherList."""
    items = DisposalItem.objects.filter(recording__in=recordings, is_live=True)
    item = items.select_related("recording", "disposal").order_by("pk").first()
    if item is not None:
        raise errors.OnAnotherList(number=item.recording.number, list=item.disposal.number)


def check_expired(
    recordings: Sequence[Recording],
    agency: Agency,
    clocks: Clocks,
    *,
    apart_from: tuple[str, ...] = (),
) -> dict[int, Keeping]:
    """How long each is kept, by its key. Refuses: ClockAhead, NotYetDue."""
    book = current.rulebook_if_any(agency)
    answers = guards.ask(recordings, book, clocks, apart_from=apart_from)
    keepings = {}
    for one in recordings:
        answer = answers[one.pk]
        if answer.why == "clock":
            raise clock_ahead(clocks)
        if answer.why or answer.keeping is None:
            raise errors.NotYetDue(number=one.number, why=guards.WHY[answer.why])
        keepings[one.pk] = answer.keeping
    return keepings


def clock_ahead(clocks: Clocks) -> errors.ClockAhead:
    lived = f"{in_china(clocks.lived):%Y-%m-%d %H:%M}" if clocks.lived else "—"
    return errors.ClockAhead(wall=f"{in_china(clocks.wall):%Y-%m-%d %H:%M}", lived=lived)


def need(words: str, *, field: object) -> None:
    """Refuses: WordsBlank."""
    if not words.strip():
        raise errors.WordsBlank(field=field)


def cut(words: str) -> str:
    return words.strip()[:MOST_WORDS]
