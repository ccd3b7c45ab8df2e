"""Why a recording may not go, asked anew at every step and last within the removing transaction.

Nothing here trusts a stored term: rules, case files, holds and both clocks are read again.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy.pack import Rulebook
from liuhen.engines.policy.terms import Keeping
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import Recording, RecordingState
from liuhen.retention.facts import bearing_on
from liuhen.retention.known import Known
from liuhen.retention.log_time import Clocks
from liuhen.retention.models import Appraisal, Worth
from liuhen.retention.terms import kept_if_any

WHY = {
    "disposed": _("已经销毁"),
    "unexamined": _("尚未检验，录制时间未定"),
    "on_hold": _("正在保全"),
    "case_open": _("所在案件尚未结案"),
    "kept": _("经鉴定继续保存"),
    "no_term": _("没有可适用的保存期限，不自动到期"),
    "never": _("属于长期保存"),
    "waits": _("随案卷保存，案卷保管期满日尚未登记"),
    "not_due": _("保存期限未满"),
    "clock": _("按存证日志能够证明的时间，保存期限未满"),
    "not_there": _("执行中断，续办时原件已不在资料库中"),
    "missing": _("原件不在资料库中，须先查明"),
    "log_differs": _("登记与存证日志不一致，须先查明"),
    "changed": _("原件与封存时不一致，须先查明"),
}
"""Code → what follows the recording's number in a sentence."""


@dataclass(frozen=True)
class Answer:
    """`why`: a code of WHY, "" if nothing stands against it. `keeping` None: no rule has a term,
    which is no leave to destroy."""

    why: str
    keeping: Keeping | None


def ask(
    recordings: Sequence[Recording],
    book: Rulebook | None,
    clocks: Clocks,
    *,
    apart_from: Container[str] = (),
) -> dict[int, Answer]:
    """Of recordings of one bureau, by their keys; as many queries for all as for one.

    `apart_from`: grounds the caller knows of.
    """
    bearings = bearing_on(recordings)
    words = standing(recordings)
    found = {}
    for one in recordings:
        grounds = (
            ("disposed", one.disposed_at is not None),
            ("unexamined", one.state == RecordingState.SEALED),
            ("on_hold", bool(bearings[one.pk].holds)),
            ("case_open", is_in_open_case(bearings[one.pk].known)),
            ("kept", is_kept(words.get(one.pk), clocks)),
        )
        stands = [code for code, holds_good in grounds if holds_good and code not in apart_from]
        keeping = kept_if_any(book, bearings[one.pk])
        found[one.pk] = Answer(stands[0] if stands else by_term(keeping, clocks), keeping)
    return found


def by_term(keeping: Keeping | None, clocks: Clocks) -> str:
    if keeping is None:
        return "no_term"
    if keeping.until is None:
        return "never" if keeping.never else "waits"
    if keeping.until > clocks.wall:
        return "not_due"
    # A clock set forward proves nothing: the log must have lived as long.
    if clocks.trusted is None or keeping.until > clocks.trusted:
        return "clock"
    return ""


def is_in_open_case(known: Known) -> bool:
    """By its activity, or as evidence used."""
    return any(case.closed_date is None for case in known.files)


def is_kept(word: Appraisal | None, clocks: Clocks) -> bool:
    """The custodian said so, and the day named has not come by either clock."""
    if word is None or word.worth != Worth.KEEP:
        return False
    if word.keep_until_date is None or clocks.trusted is None:
        return True
    return word.keep_until_date > in_china(clocks.trusted).date()


def standing(recordings: Sequence[Recording]) -> dict[int, Appraisal]:
    """Whose word stands, by the recording's key."""
    rows = Appraisal.objects.filter(recording__in=[one.pk for one in recordings], ended_at=None)
    return {row.recording_id: row for row in rows.select_related("appraised_by")}
