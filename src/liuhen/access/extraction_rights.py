"""Who may take a recording out as evidence: the regulation's chain, or who handles the case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from liuhen.access import chains, grants, rights
from liuhen.access import extraction_errors as errors
from liuhen.access.chains import Chain
from liuhen.access.involved import own_of
from liuhen.access.models import Extraction, ExtractionItem, Grant
from liuhen.access.rights import Ground, Right
from liuhen.cases.models import ActivityRecording, Case
from liuhen.engines.policy.vocabulary import RequestKind
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may, permissions_of
from liuhen.recordings import disposing
from liuhen.recordings.errors import NoSuchRecording
from liuhen.recordings.models import Recording
from liuhen.recordings.queries import visible_to
from liuhen.regulations.wording import label, steps_text

MARK = "、"
"""Between the numbers of several requests in one column."""

KEEPING = frozenset({Permission.SEE_AGENCY, Permission.HANDLE_CASES})
"""Both: the custodian, and the legal office."""


@dataclass(frozen=True)
class Basis:
    """What an extraction rests on: the rule, and the requests approved under it, if any."""

    pack_id: str = ""
    article: int | None = None
    requests: str = ""


def check_may_extract(
    recordings: Sequence[Recording], case: Case, by: Officer, *, at: datetime
) -> Basis:
    """By who handles the case, for it makes exhibits of them. What was approved to leave as a
    copy leaves as a package too, whoever it is for; the rest by the regulation's evidence chain.

    Refuses: NotYoursToExtract, NeedsApproval, NotOfThisCase, PutThereAlone.
    """
    if not handles(case, by):
        raise errors.NotYoursToExtract(case_no=case.case_no)
    approved = approved_of(recordings, case, by, at=at)
    others = [one for one in recordings if one.pk not in approved]
    requests = MARK.join(dict.fromkeys(grant.request.number for grant in approved.values()))
    if not others:
        first = next(iter(approved.values())).request
        return Basis(first.pack_id, first.article, requests)
    chain = chains.chain_for(case.agency, RequestKind.EVIDENCE, at=at)
    if chain.steps:
        facts = {"posts": posts_of(chain), "recordings": numbers_of(others)}
        raise errors.NeedsApproval(**facts, kind=label(RequestKind.EVIDENCE))
    own = belonging(others, case)
    if strange := [one for one in others if one.pk not in own]:
        raise errors.NotOfThisCase(recordings=numbers_of(strange), case_no=case.case_no)
    may_take = theirs(others, by)
    if alone := [one for one in others if one.pk not in may_take]:
        raise errors.PutThereAlone(recordings=numbers_of(alone), case_no=case.case_no)
    return Basis(chain.pack_id, chain.article, requests)


def extractable(
    recordings: Sequence[Recording], case: Case, by: Officer, *, at: datetime
) -> list[Recording]:
    """Those of them that `check_may_extract` lets out."""
    if not handles(case, by):
        return []
    may_go = set(approved_of(recordings, case, by, at=at))
    chain = chains.chain_for(case.agency, RequestKind.EVIDENCE, at=at)
    if not chain.steps:
        may_go |= belonging(recordings, case) & theirs(recordings, by)
    return [one for one in recordings if one.pk in may_go]


def still_held(
    extraction: Extraction, items: Sequence[ExtractionItem], by: Officer, *, at: datetime
) -> dict[int, Right]:
    """By what each piece leaves now, by the item's key: what was approved must hold still, to
    whom it was, and what is kept secret since is not handed to who may not know of it.

    Refuses: NoSuchRecording, ApprovalOver, OthersApproval, Disposed.
    """
    keys = [item.recording_id for item in items]
    seen = set(visible_to(by, at=at).filter(pk__in=keys).values_list("pk", flat=True))
    given = Grant.objects.filter(
        request__number__in=extraction.requests.split(MARK), recording_id__in=keys
    )
    under = set(given.values_list("recording_id", flat=True))
    live = grants.live(at).filter(pk__in=given)
    # Where several cover it, the one that counts for who asks.
    known = sorted(live.select_related("request"), key=lambda one: is_for(one, by))
    held = {one.recording_id: one for one in known}
    found: dict[int, Right] = {}
    for item in items:
        number, key = item.recording.number, item.recording_id
        if key not in seen:
            raise NoSuchRecording(number=number)
        if key in under and key not in held:
            raise errors.ApprovalOver(recording=number, requests=extraction.requests)
        if key in held and not is_for(held[key], by):
            raise errors.OthersApproval(recording=number, requests=extraction.requests)
        disposing.check_kept(item.recording)
        found[item.pk] = right_by(held.get(key), extraction)
    return found


def is_for(grant: Grant, by: Officer) -> bool:
    """One's own; an outsider's, for who serves them."""
    if grant.officer_id is None:
        return may(by, Permission.SERVE_OUTSIDERS)
    return grant.officer_id == by.pk


def right_by(grant: Grant | None, extraction: Extraction) -> Right:
    if grant is None:
        return Right(Ground.EVIDENCE, extraction.article)
    ground = Ground.SHOWN if grant.officer_id is None else Ground.GRANT
    return Right(ground, grant.request.article, grant)


def approved_of(
    recordings: Sequence[Recording], case: Case, by: Officer, *, at: datetime
) -> dict[int, Grant]:
    """The grants, by recording, under which a package may leave by this officer's hand; one for
    evidence counts in its own case."""
    if not by.is_active:
        return {}
    keys = [one.pk for one in recordings if one.agency_id == by.agency_id]
    found = [one for one in rights.grants_held(by, keys, at=at) if one.may_copy]
    fit = [
        one
        for one in found
        if one.request.kind != RequestKind.EVIDENCE or one.request.case_id in (None, case.pk)
    ]
    # One's own names who took it; an outsider's where there is no other.
    fit.sort(key=lambda one: one.officer_id is not None)
    return {one.recording_id: one for one in fit}


def belonging(recordings: Sequence[Recording], case: Case) -> set[int]:
    """Where nobody's word is asked, a case is no way to get at what it has nothing to do with."""
    rows = ActivityRecording.objects.filter(activity__case=case, activity__voided_at=None)
    return set(rows.filter(recording__in=recordings).values_list("recording_id", flat=True))


def theirs(recordings: Sequence[Recording], by: Officer) -> set[int]:
    """What they may take out by themselves: an officer of the case their own work alone."""
    if permissions_of(by) >= KEEPING:
        return {one.pk for one in recordings}
    return own_of(by, recordings)


def posts_of(chain: Chain) -> str:
    return steps_text(",".join("/".join(step.posts) for step in chain.steps))


def numbers_of(recordings: Sequence[Recording]) -> str:
    return "、".join(one.number for one in recordings)


def handles(case: Case, by: Officer) -> bool:
    """An officer of the case, the custodian, the legal office."""
    if case.agency_id != by.agency_id or not may(by, Permission.HANDLE_CASES):
        return False
    return permissions_of(by) >= KEEPING or case.case_officers.filter(officer=by).exists()
