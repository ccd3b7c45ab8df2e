"""A disc is lent: on an approved request that covers all that is on it, or as evidence of its case
where the regulation asks nobody's word for that. A word typed in is no approval."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from liuhen.access import chains, grants, reading, viewing
from liuhen.access import lending_errors as errors
from liuhen.access.asking import FOR_OUTSIDERS
from liuhen.access.models import Grant, Request
from liuhen.access.request_errors import NoSuchRequest
from liuhen.access.rights import Ground, Right, lets_copy
from liuhen.cases.models import Case
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Act
from liuhen.engines.policy.vocabulary import RequestKind
from liuhen.people.models import Officer
from liuhen.recordings import disposing, queries
from liuhen.recordings.models import Recording

LENDING = frozenset({RequestKind.COPY, RequestKind.EVIDENCE, *FOR_OUTSIDERS})
T = TypeVar("T")


@dataclass(frozen=True)
class Lot:
    """What is lent: its subject in the log, the recordings on it, and the case it is of.
    `is_package`: an evidence package, which a request for evidence lets out."""

    subject: str
    recordings: Sequence[Recording]
    case: Case | None
    is_package: bool = False


@dataclass(frozen=True)
class Basis:
    """What allows it: the request, and for whom it was granted; or the article that needs none."""

    request_no: str = ""
    to_whom: str = ""
    pack_id: str = ""
    article: int | None = None


@transaction.atomic
def lent(
    lot: Lot, request_no: str, hand_out: Callable[[Basis], T], *, by: Officer, at: datetime
) -> T:
    """`hand_out` lends it, in the same transaction; each recording's history and the register of
    viewers say so.

    Args:
        request_no: blank where it is evidence and the regulation wants no approval.
    Refuses: as `hand_out`; NoSuchRequest, NotForLending, NotCovered, LoanNeedsApproval, Disposed.
    """
    log.wait_for_turn()
    lot = replace(lot, recordings=as_they_stand(lot.recordings))
    if request_no:
        basis, rights = by_request(lot, request_no, by, at=at)
    else:
        basis, rights = as_evidence(lot, by, at=at)
    done = hand_out(basis)
    facts = {"within": lot.subject} | ({"request": request_no} if request_no else {})
    acts = []
    for one in lot.recordings:
        subject = f"recording:{one.number}"
        acts.append(Act(Kind.RECORDING_EXPORTED, subject, by, at, facts))
        viewing.enter(one, rights[one.pk], by=by, at=at, what=viewing.COPY)
    log.record_all(acts)
    return done


def as_they_stand(recordings: Sequence[Recording]) -> list[Recording]:
    """Refuses: Disposed."""
    rows = Recording.objects.filter(pk__in=[one.pk for one in recordings])
    found = list(rows.defer("examination").order_by("number"))
    for one in found:
        disposing.check_row(one)
    return found


def by_request(
    lot: Lot, number: str, by: Officer, *, at: datetime
) -> tuple[Basis, dict[int, Right]]:
    """Refuses: NoSuchRequest, NotForLending, NotCovered."""
    request = reading.request_for(number, by, at=at)
    kept = grants.live(at).filter(request=request).select_related("request")
    given = {one.recording_id: one for one in kept if fits(one, lot)}
    if not given and lot.recordings:
        raise errors.NotForLending(request=number)
    left = [one.number for one in lot.recordings if one.pk not in given]
    if left:
        raise errors.NotCovered(request=number, recordings="、".join(left[:5]))
    if not lot.recordings and (lot.case is None or request.case_id != lot.case.pk):
        raise NoSuchRequest()
    rights = {key: right_of(grant) for key, grant in given.items()}
    return Basis(number, borrower(request)), rights


def fits(grant: Grant, lot: Lot) -> bool:
    """It lets a copy out; one for evidence lets out the package alone, for its own case."""
    kind = grant.request.kind
    if kind == RequestKind.EVIDENCE:
        return lot.is_package and lot.case is not None and grant.request.case_id == lot.case.pk
    return kind in LENDING and lets_copy(grant)


def right_of(grant: Grant) -> Right:
    ground = Ground.SHOWN if grant.officer_id is None else Ground.GRANT
    return Right(ground, grant.request.article, grant)


def borrower(request: Request) -> str:
    """Whom it was granted to: nobody else takes the disc away on it."""
    if request.kind in FOR_OUTSIDERS:
        return f"{request.organ} {request.person}".strip()
    return request.asked_by.name


def as_evidence(lot: Lot, by: Officer, *, at: datetime) -> tuple[Basis, dict[int, Right]]:
    """Refuses: LoanNeedsApproval."""
    chain = chains.chain_for(by.agency, RequestKind.EVIDENCE, at=at)
    keys = [one.pk for one in lot.recordings]
    hidden = len(keys) - queries.visible_to(by, at=at).filter(pk__in=keys).count()
    if chain.steps or chain.article is None or lot.case is None or hidden:
        raise errors.LoanNeedsApproval()
    right = Right(Ground.EVIDENCE, chain.article)
    basis = Basis(pack_id=chain.pack_id, article=chain.article)
    return basis, {one.pk: right for one in lot.recordings}


def article_without_approval(by: Officer, *, at: datetime) -> int | None:
    """The one by which evidence leaves without anybody's word, if there is one."""
    chain = chains.chain_for(by.agency, RequestKind.EVIDENCE, at=at)
    return None if chain.steps else chain.article
