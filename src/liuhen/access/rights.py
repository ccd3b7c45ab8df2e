"""May this officer play this recording now? To know that it is there is not enough.

A standing right: one's own work, where the regulation asks nobody's word for it; playback and the
daily check, for the posts to which the regulation gives them. Else a grant that holds: one's own,
or, for who serves outsiders, an outsider's to whom it is shown. What a check has one look at
(`assigning`), as long as it lasts. A grant to take evidence out gives
the package with its note, not the bare original; where nobody's word was asked, not a look either.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import F, Q

from liuhen.access import chains, grants, letting_in
from liuhen.access.errors import NoCopy, NoGrant
from liuhen.access.involved import involved_in, own_of
from liuhen.access.models import Assignment, Grant, Step
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.vocabulary import RequestKind
from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, may
from liuhen.recordings.models import Recording, SecrecyMark
from liuhen.regulations import posts


class Ground(StrEnum):
    GRANT = "grant"
    OWN_WORK = "own_work"
    PLAYBACK = "playback"
    DAILY_CHECK = "daily_check"
    SHOWN = "shown"  # to an outsider, by who serves them
    SPOT_CHECK = "spot_check"  # drawn, for who checks it
    REVIEW = "review"
    EVIDENCE = "evidence"  # a copy of the case's evidence, where nobody's word is asked


CADENCES = (Ground.PLAYBACK, Ground.DAILY_CHECK)
"""Parameters by which a post looks into recordings again and again, as part of its work. No other
inspection is one: what supervision wants to see it asks for, as the regulations say."""


@dataclass(frozen=True)
class Right:
    """By what, and by which article, if one says so; `grant` where a request gave it,
    `assignment` where a check did."""

    ground: Ground
    article: int | None
    grant: Grant | None = None
    assignment: Assignment | None = None

    @property
    def may_copy(self) -> bool:
        """Evidence leaves as a package alone (`extraction_rights`)."""
        return self.grant is not None and lets_copy(self.grant)


def right_to_play(officer: Officer, recording: Recording, *, at: datetime) -> Right | None:
    """None: no right. The recording must be visible to the officer already."""
    return rights_to(officer, [recording], at=at).get(recording.pk)


def rights_to(
    officer: Officer, recordings: Iterable[Recording], *, at: datetime
) -> dict[int, Right]:
    """The same for several visible to the officer, by key; a fixed number of queries.

    One's own grant comes first, then a check: they say more than a standing right, and the
    register names them.
    """
    wanted = {one.pk: one for one in recordings if one.agency_id == officer.agency_id}
    if not wanted or not officer.is_active:
        return {}
    own, outsiders = granted(officer, wanted, at=at)
    standing = standing_rights(officer, [wanted[key] for key in wanted if key not in own], at=at)
    return outsiders | standing | assigned(officer, wanted, at=at) | own


def check(officer: Officer, recording: Recording, *, at: datetime) -> Right:
    """As `right_to_play`. Refuses: NoGrant."""
    right = right_to_play(officer, recording, at=at)
    if right is None:
        raise refusal(officer, recording, at=at)
    return right


def under(
    officer: Officer, recordings: Iterable[Recording], request: str, *, at: datetime
) -> dict[int, Right]:
    """What this one request gives, by key: whoever comes from it looks by it, whatever else they
    may."""
    wanted = {one.pk: one for one in recordings if one.agency_id == officer.agency_id}
    if not wanted or not officer.is_active:
        return {}
    own, outsiders = granted(officer, wanted, at=at, request=request)
    return outsiders | own


def check_under(officer: Officer, recording: Recording, request: str, *, at: datetime) -> Right:
    """Refuses: NoGrant."""
    right = under(officer, [recording], request, at=at).get(recording.pk)
    if right is None:
        article = chains.chain_for(officer.agency, RequestKind.VIEW, at=at).article
        raise NoGrant(article, is_own=False, number=recording.number)
    return right


def may_play(officer: Officer, recording: Recording, *, at: datetime) -> bool:
    return right_to_play(officer, recording, at=at) is not None


def granted(
    officer: Officer, wanted: Mapping[int, Recording], *, at: datetime, request: str = ""
) -> tuple[dict[int, Right], dict[int, Right]]:
    """By grants that hold: the officer's own, and outsiders' that the officer may serve; of one
    request, where its number is given."""
    own: dict[int, Right] = {}
    outsiders: dict[int, Right] = {}
    held = grants_held(officer, wanted, at=at)
    if request:
        held = [one for one in held if one.request.number == request]
    decided = decided_on(held)
    # The best of several: a copy's before a look's, then the longest.
    for one in sorted(held, key=lets_copy):
        if one.request.kind == RequestKind.EVIDENCE and one.request_id not in decided:
            continue  # granted to whoever asked: nobody has said yes to a look
        ground = Ground.SHOWN if one.officer_id is None else Ground.GRANT
        rights = outsiders if one.officer_id is None else own
        rights[one.recording_id] = Right(ground, one.request.article, one)
    return own, outsiders


def assigned(officer: Officer, keys: Iterable[int], *, at: datetime) -> dict[int, Right]:
    """What the officer is to look at for a check; of several the one that lasts longest."""
    rows = letting_in.live_assignments(at).filter(viewer=officer, recording_id__in=list(keys))
    return {
        one.recording_id: Right(Ground(one.ground), one.article, assignment=one)
        for one in rows.order_by("until", "pk")
    }


def lets_copy(grant: Grant) -> bool:
    return grant.may_copy and grant.request.kind != RequestKind.EVIDENCE


def grants_held(officer: Officer, keys: Iterable[int], *, at: datetime) -> list[Grant]:
    """Of any kind, the shortest first: the officer's own, and outsiders' that they may serve."""
    whose = Q(officer=officer)
    if may(officer, Permission.SERVE_OUTSIDERS):
        whose |= Q(officer=None)
    rows = grants.live(at).filter(whose, recording_id__in=list(keys))
    found = list(rows.select_related("request").order_by("until"))
    secrets = secrets_of(found)
    return [
        one
        for one in found
        # Marked secret since: what must stay secret is never published.
        if one.request.kind != RequestKind.PUBLICATION or one.recording_id not in secrets
    ]


def decided_on(found: Iterable[Grant]) -> set[int]:
    """Of the requests for evidence, those somebody was asked about."""
    keys = {one.request_id for one in found if one.request.kind == RequestKind.EVIDENCE}
    if not keys:
        return set()
    steps = Step.objects.filter(request_id__in=keys, round=F("request__round"))
    return set(steps.values_list("request_id", flat=True))


def secrets_of(found: Iterable[Grant]) -> set[int]:
    """Of what is granted for publication, the recordings marked secret."""
    keys = [one.recording_id for one in found if one.request.kind == RequestKind.PUBLICATION]
    if not keys:
        return set()
    marked = SecrecyMark.objects.filter(recording_id__in=keys, lifted_at=None)
    return set(marked.values_list("recording_id", flat=True))


def standing_rights(
    officer: Officer, recordings: list[Recording], *, at: datetime
) -> dict[int, Right]:
    """One's own work first, then what a post has one look into."""
    if not recordings:
        return {}
    rules = chains.rules_for(officer.agency, at=at)
    chain = chains.chain_of(rules, RequestKind.OWN_CASE)
    own = set() if chain.steps else own_of(officer, recordings)
    others = [one for one in recordings if one.pk not in own]
    by_post = post_rights(officer, others, rules) if rules and others else {}
    return by_post | dict.fromkeys(own, Right(Ground.OWN_WORK, chain.article))


def post_rights(officer: Officer, recordings: list[Recording], rules: Rules) -> dict[int, Right]:
    """By what the regulation has a post do; the unit's head, within the unit."""
    tasks = rules.cadences()
    looking = [(ground, tasks[ground]) for ground in CADENCES if ground in tasks]
    if not looking:
        return {}
    held = posts.posts_of(officer)
    found: dict[int, Right] = {}
    for ground, task in looking:
        mine = [one for one in held if one.post in task.posts]
        everywhere = any(one.unit_id is None for one in mine)
        units = {one.unit_id for one in mine}
        for recording in recordings:
            if everywhere or (mine and recording.unit_id in units):
                found.setdefault(recording.pk, Right(ground, task.article))
    return found


def refusal(officer: Officer, recording: Recording, *, at: datetime) -> NoGrant:
    """With the article whose approval is wanting: of one's own work, or of any other look."""
    is_own = bool(own_of(officer, [recording]))
    kind = RequestKind.OWN_CASE if is_own else RequestKind.VIEW
    article = chains.chain_for(officer.agency, kind, at=at).article
    if not is_own and officer.pk in involved_in([recording.pk])[recording.pk]:
        return NoGrant(article, is_own=False, is_by_self=True, number=recording.number)
    return NoGrant(article, is_own=is_own, number=recording.number)


def check_copies(
    officer: Officer, recordings: Sequence[Recording], *, at: datetime
) -> list[tuple[Recording, Right]]:
    """Each, all visible to the officer, with the right by which it may leave: an approved request
    alone, one's own or an outsider's whom they serve. Refuses: NoCopy, for the first without."""
    found = rights_to(officer, recordings, at=at)
    for one in recordings:
        if one.pk not in found or not found[one.pk].may_copy:
            raise no_copy(officer, one, at=at)
    return [(one, found[one.pk]) for one in recordings]


def no_copy(officer: Officer, recording: Recording, *, at: datetime) -> NoCopy:
    chain = chains.chain_for(officer.agency, RequestKind.COPY, at=at)
    return NoCopy(chain.article, number=recording.number)
