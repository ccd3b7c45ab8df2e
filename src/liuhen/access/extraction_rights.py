"""Who may take a recording out as evidence: the regulation's chain, or who handles the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from liuhen.access import extraction_errors as errors
from liuhen.cases.models import Case
from liuhen.engines.policy import approvals
from liuhen.engines.policy.answers import NoRule
from liuhen.engines.policy.vocabulary import Post, RequestKind
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may, permissions_of
from liuhen.recordings.models import Recording
from liuhen.regulations import current
from liuhen.regulations.wording import steps_text

KEEPING = frozenset({Permission.SEE_AGENCY, Permission.HANDLE_CASES})
"""Both: the custodian, and the legal office."""


@dataclass(frozen=True)
class Basis:
    """What an extraction rests on: the rule, and the request approved under it, if any."""

    pack_id: str = ""
    article: int | None = None
    request_number: str = ""


def check_may_extract(
    recordings: Sequence[Recording], case: Case, by: Officer, *, at: datetime
) -> Basis:
    """Refuses: NoRegulation, NotYoursToExtract, NeedsApproval."""
    rules = current.rules(case.agency, in_china(at).date())
    try:
        chain = approvals.chain(rules, RequestKind.EVIDENCE)
    except NoRule:
        # Silence is no permission.
        raise needs_approval(recordings, Post.BUREAU_HEAD) from None
    ground = chain.grounds[0]
    if chain.steps:
        posts = ",".join("/".join(step.posts) for step in chain.steps)
        raise needs_approval(recordings, posts)
    if not handles(case, by):
        raise errors.NotYoursToExtract(case_no=case.case_no)
    return Basis(rules.pack.pack_id, ground.article)


def needs_approval(recordings: Sequence[Recording], posts: str) -> errors.NeedsApproval:
    numbers = "、".join(one.number for one in recordings)
    return errors.NeedsApproval(posts=steps_text(posts), recordings=numbers)


def handles(case: Case, by: Officer) -> bool:
    """An officer of the case, the custodian, the legal office."""
    if case.agency_id != by.agency_id or not may(by, Permission.HANDLE_CASES):
        return False
    return permissions_of(by) >= KEEPING or case.case_officers.filter(officer=by).exists()
