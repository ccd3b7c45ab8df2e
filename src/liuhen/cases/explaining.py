"""What the papers on what was not recorded are worth: which exemption stands, and whether an
interruption explains its gap. Reads only; below the operations and below the judging."""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, Q

from liuhen.cases.models import Activity, Exemption, Interruption, PaperState, StopReport
from liuhen.cases.paper_states import GOOD
from liuhen.engines.policy import recording as policy
from liuhen.engines.policy.answers import NoRule
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.recording import Permit
from liuhen.engines.policy.vocabulary import Cause


class Lack(StrEnum):
    """Why an interruption does not explain the gap it stands for."""

    SILENT = "silent"  # the regulation says nothing of stops
    NOT_ALLOWED = "not_allowed"
    NOT_SAID = "not_said"  # the reason is to be said aloud when recording goes on
    NO_STATEMENT = "no_statement"  # never resumed: report and written statement are asked for
    RECORD_OPEN = "record_open"  # the work record is not decided on yet


@dataclass(frozen=True)
class Explanation:
    """`lack` None: the gap is explained. `article`: the one that says so or asks for more."""

    lack: Lack | None
    article: int | None

    @property
    def holds(self) -> bool:
        return self.lack is None


def permit_of(rules: Rules, cause: Cause) -> Permit | None:
    """None: the regulation says nothing of stops."""
    try:
        return policy.interruption(rules, cause)
    except NoRule:
        return None


IN_TIME = Q(is_prior=False) | Q(activity__arrived_at=None)
IN_TIME |= Q(decided_at__lt=F("activity__arrived_at"))
"""Consent that was given after the arrival, as the arrival is known by now, was not prior."""


def standing(activity: Activity) -> Exemption | None:
    """The one by which the activity need not be recorded; asked for or returned is not enough."""
    rows = Exemption.objects.filter(IN_TIME, activity=activity, state__in=GOOD)
    if not rows.exists():  # as of nearly every one: the wide query is not worked out for nothing
        return None
    return rows.select_related("entered_by", "decided_by").first()


def of(activity: Activity) -> list[Interruption]:
    """Those that were not refused, in order, with what `explains` asks for."""
    rows = Interruption.objects.filter(activity=activity).exclude(state=PaperState.REFUSED)
    if not rows.exists():
        return []
    rows = rows.select_related("entered_by", "decided_by", "mark__recording__activity_recording")
    return list(rows.prefetch_related("stop_reports").order_by("from_at", "pk"))


def explains(
    interruption: Interruption, rules: Rules, *, resumed: bool | None = None
) -> Explanation:
    """Whether it is the reason the regulation takes for a gap, or what is still lacking.

    `resumed`: whether recording went on after it; None: as it says itself. `rules` are those of the
    activity's day. A right on which no gap at all is allowed is another question
    (`Requirement.uninterrupted`).
    """
    permit = permit_of(rules, Cause(interruption.cause))
    if permit is None:
        return Explanation(Lack.SILENT, None)
    if resumed is None:
        resumed = interruption.until_at is not None
    article = permit.grounds[0].article
    if not permit.allowed or interruption.state == PaperState.REFUSED:
        return Explanation(Lack.NOT_ALLOWED, article)
    if not resumed and lacks_statement(interruption, rules):
        return Explanation(Lack.NO_STATEMENT, article)
    if permit.spoken_reason and resumed and not is_said(interruption):
        return Explanation(Lack.NOT_SAID, article)
    if permit.work_record and not is_written(interruption, permit):
        return Explanation(Lack.RECORD_OPEN, article)
    return Explanation(None, article)


def is_said(interruption: Interruption) -> bool:
    """On a recording that belongs to the activity still."""
    mark = interruption.mark
    if mark is None or mark.removed_at is not None:
        return False
    link = getattr(mark.recording, "activity_recording", None)
    return link is not None and link.activity_id == interruption.activity_id


def is_written(interruption: Interruption, permit: Permit) -> bool:
    """Reviewed where the regulation says so; else it is enough that it was handed in."""
    if permit.reviewed:
        return interruption.state in GOOD
    return interruption.state in (PaperState.SUBMITTED, *GOOD)


def lacks_statement(interruption: Interruption, rules: Rules) -> bool:
    """Where the regulation says what to do when recording cannot go on: whether it was done."""
    asked = policy.cannot_go_on(rules)
    if asked is None:
        return False
    reports: list[StopReport] = list(interruption.stop_reports.all())
    return not any(one.stated_at or not asked.written_statement for one in reports)
