"""The written account of what was not recorded: handed in, decided on by somebody else, filed.

What exemptions and interruptions share. Who records the event is the operation that calls these,
in its own transaction; a step is a compare-and-set by `paper_states.PAPER`.
"""

from datetime import date, datetime
from typing import Any, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.cases import deciders
from liuhen.cases import unrecorded_errors as errors
from liuhen.cases.models import Activity, ActivityOfficer, Exemption, Interruption, PaperState
from liuhen.cases.paper_states import PAPER, Step, allows
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.vocabulary import Cause
from liuhen.kernel.clock import in_china
from liuhen.kernel.refusal import Refusal
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission
from liuhen.people.roles import Role
from liuhen.regulations import current
from liuhen.regulations.wording import label

MOST_REASON, MOST_BASIS, MOST_OPINION = 1000, 500, 500

Paper = TypeVar("Paper", Exemption, Interruption)


def day_of(activity: Activity, at: datetime) -> date:
    """The day whose rules hold for it: of the arrival, before that today."""
    return in_china(activity.arrived_at or at).date()


def rules_for(activity: Activity, at: datetime) -> Rules:
    """Refuses: NoRegulation."""
    return current.rules(activity.agency, day_of(activity, at))


def cause_text(rules: Rules, parameter: str, cause: str) -> str:
    """In the regulation's own words where it lists it."""
    rule = rules.values.get(parameter)
    listed = {line.code: line.text for line in getattr(rule, "causes", ())}
    return listed.get(Cause(cause)) or str(label(Cause(cause)))


def check_enters(activity: Activity, by: Officer) -> None:
    """Who took part or registered it, while it counts. Refuses: NotPermitted, NotOfThisActivity,
    ActivityVoided."""
    permissions.check(by, Permission.RECORD_ACTIVITIES)
    if not concerns(activity, by):
        raise errors.NotOfThisActivity()
    if Activity.objects.filter(pk=activity.pk, voided_at__isnull=False).exists():
        raise errors.ActivityVoided(number=activity.number)


def may_enter(activity: Activity, by: Officer) -> bool:
    try:
        check_enters(activity, by)
    except Refusal:
        return False
    return True


def concerns(activity: Activity, officer: Officer) -> bool:
    if activity.agency_id != officer.agency_id:
        return False
    took_part = ActivityOfficer.objects.filter(activity=activity, officer=officer)
    return activity.registered_by_id == officer.pk or took_part.exists()


def check_writes(paper: Exemption | Interruption, by: Officer) -> None:
    """Refuses as `check_enters`."""
    check_enters(paper.activity, by)


def may_write(paper: Exemption | Interruption, by: Officer) -> bool:
    return allows(Step.SUBMIT, paper.state) and may_enter(paper.activity, by)


def check_decides(paper: Exemption | Interruption, by: Officer) -> None:
    """Refuses: NoSuchPaper, OwnPaper, NotYoursToDecide."""
    if paper.activity.agency_id != by.agency_id:
        raise errors.NoSuchPaper()
    if by.pk in (paper.entered_by_id, paper.submitted_by_id):
        raise errors.OwnPaper()
    mine = type(paper)._default_manager.filter(pk=paper.pk)
    if not mine.filter(deciders.falls_to(by, *deciders.WRITTEN_BY)).exists():
        raise errors.NotYoursToDecide(paper.article, posts=posts_text(paper.posts))


def may_decide(paper: Exemption | Interruption, by: Officer) -> bool:
    """Whether one of the decisions is this officer's now."""
    try:
        check_decides(paper, by)
    except Refusal:
        return False
    return allows(Step.APPROVE, paper.state)


def check_files(paper: Exemption | Interruption, by: Officer) -> None:
    """Refuses: NoSuchPaper, NotYoursToFile."""
    if paper.activity.agency_id != by.agency_id:
        raise errors.NoSuchPaper()
    if not concerns(paper.activity, by) and Role.CUSTODIAN not in by.role_names:
        raise errors.NotYoursToFile()


def may_file(paper: Exemption | Interruption, by: Officer) -> bool:
    try:
        check_files(paper, by)
    except Refusal:
        return False
    return allows(Step.FILE, paper.state) and by.is_active


def submit(
    paper: Exemption | Interruption,
    reason: str,
    basis: str,
    *,
    needs_basis: bool,
    by: Officer,
    at: datetime,
) -> None:
    """Hand it in, or in again, with what it says now. Refuses: WordsMissing, WrongStep."""
    need(reason, field=gettext_lazy("原因"))
    if needs_basis:
        need(basis, field=gettext_lazy("依据"))
    said: dict[str, Any] = {
        "reason": cut(reason, MOST_REASON),
        "basis": cut(basis, MOST_BASIS),
    }
    said |= {"submitted_at": at, "submitted_by": by, "decided_at": None, "decided_by": None}
    move(paper, Step.SUBMIT, **said)


def decide(
    paper: Exemption | Interruption, step: Step, opinion: str, *, by: Officer, at: datetime
) -> None:
    """Refuses: NoSuchPaper, OwnPaper, NotYoursToDecide, WordsMissing, WrongStep."""
    check_decides(paper, by)
    if step != Step.APPROVE:
        need(opinion, field=gettext_lazy("审核意见"))
    move(paper, step, opinion=cut(opinion, MOST_OPINION), decided_at=at, decided_by=by)


def move(paper: Exemption | Interruption, step: Step, **said: Any) -> None:
    """Compare-and-set by the table: of two at once one is told how it stands. Refuses: WrongStep"""
    sources, target = PAPER[step]
    rows = type(paper)._default_manager.filter(pk=paper.pk, state__in=sources)
    moved = rows.update(state=target, **said)
    paper.refresh_from_db()
    if not moved:
        raise errors.WrongStep(state=PaperState(paper.state).label)


def posts_text(stored: str) -> str:
    """局主管领导或者科室负责人."""
    return _("或者").join(str(label(post)) for post in deciders.posts_in(stored))


def need(words: str, *, field: Promise) -> None:
    if not words.strip():
        raise errors.WordsMissing(field=field)


def cut(words: str, most: int) -> str:
    return words.strip()[:most]


def subject_of(activity: Activity) -> str:
    return f"activity:{activity.number}"


def said_of(paper: Exemption | Interruption) -> dict[str, Any]:
    """A paper in words and numbers that still tell when its row is all that is left of it."""
    return {
        "cause": paper.cause,
        "reason": paper.reason,
        "basis": paper.basis,
        "pack_id": paper.pack_id,
        "article": paper.article,
        "posts": paper.posts,
        "state": paper.state,
        "opinion": paper.opinion,
    }
