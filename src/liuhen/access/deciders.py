"""Who can take a step of a request now: whoever holds its posts, or stands in for one who does.

Never whoever asked, nor one who made or took part in what is asked for, nor a stand-in whom one of
them chose; nor, as long as somebody else can, one who took an earlier step. Where that leaves
nobody, the bureau's head decides, or where that one may not, a leader.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from liuhen.access.involved import involved_in
from liuhen.access.models import Decision, Request, RequestItem, RequestState, Step
from liuhen.engines.policy.vocabulary import Post
from liuhen.kernel.clock import in_china
from liuhen.people import standins
from liuhen.people.models import Agency, Officer, StandIn, Unit
from liuhen.regulations import posts as held

MARK = "/"
"""Between several posts in one column: any one of them may act."""

Officers = dict[int, Officer]


def joined(posts: Iterable[Post]) -> str:
    return MARK.join(posts)


def posts_in(stored: str) -> tuple[Post, ...]:
    return tuple(Post(word) for word in stored.split(MARK) if word)


@dataclass(frozen=True)
class Place:
    """What a request is about: the unit whose head is meant by the unit's head, and the leader in
    charge of what it asks for (分管局领导); None: nobody is named."""

    unit: Unit | None = None
    leader: Officer | None = None


NOWHERE = Place()


class Desk:
    """One bureau's posts on one day, each looked up once, however many steps are asked about."""

    def __init__(self, agency: Agency, day: date) -> None:
        self.agency, self.day = agency, day
        self.held: dict[tuple[Post, int | None], Officers] = {}
        self._stand_ins: list[StandIn] | None = None

    @property
    def stand_ins(self) -> list[StandIn]:
        if self._stand_ins is None:
            self._stand_ins = list(standins.in_force(self.agency, self.day))
        return self._stand_ins

    def holders(self, post: Post, place: Place) -> Officers:
        """Who holds the post itself; a unit's head only where the unit is known, of the leaders the
        one in charge where one is named and is a leader still."""
        if post == Post.LEADER and place.leader is not None:
            leaders = self.holders(post, NOWHERE)
            found = {pk: one for pk, one in leaders.items() if pk == place.leader.pk}
            return found or leaders
        unit = place.unit
        if post == Post.UNIT_HEAD and unit is None:
            return {}
        key = post, unit.pk if unit and post == Post.UNIT_HEAD else None
        if key not in self.held:
            rows = held.holders(self.agency, post, unit)
            self.held[key] = {one.pk: one for one in rows}
        return self.held[key]

    def for_posts(self, posts: Sequence[Post], place: Place, barred: set[int]) -> Officers:
        """Holders first, then who stands in for one of them or for the post; none of `barred`, nor
        whom one of them chose to decide in their place."""
        found: Officers = {}
        for post in posts:
            found |= self.holders(post, place)
        instead = {
            one.officer_id: one.officer
            for one in self.stand_ins
            if (one.for_officer_id in found or one.for_post in posts)
            and one.set_by_id not in barred
        }
        both = found | {pk: one for pk, one in instead.items() if pk not in found}
        return without(both, barred)

    def candidates(
        self, posts: Sequence[Post], place: Place, barred: set[int], earlier: set[int]
    ) -> list[Officer]:
        named = self.for_posts(posts, place, barred)
        if fresh := without(named, earlier):
            return list(fresh.values())
        for above in (Post.BUREAU_HEAD, Post.LEADER):
            if instead := self.for_posts([above], NOWHERE, barred):
                return list(instead.values())
        return list(named.values())


def without(officers: Officers, but: set[int]) -> Officers:
    return {pk: one for pk, one in officers.items() if pk not in but}


def unit_of(request: Request) -> Unit | None:
    """Whose head is meant by the unit's head: of the case, the activity, or who asked."""
    for about in (request.case, request.activity):
        if about is not None and about.unit is not None:
            return about.unit
    return request.asked_by.unit


def who_can_act(step: Step, *, at: datetime) -> list[Officer]:
    """By name, holders before stand-ins; [] for a step of a request that is over."""
    return who_can([step], at=at)[step.pk]


def who_can(steps: Sequence[Step], *, at: datetime) -> dict[int, list[Officer]]:
    """The same for several steps of one bureau, by key; a fixed number of queries."""
    keys = {step.request_id for step in steps}
    beside = ("agency", "case__unit__leader", "activity__unit__leader", "asked_by__unit")
    requests = Request.objects.filter(pk__in=keys).select_related(*beside).in_bulk()
    leaders = leaders_of(keys)
    barred, earlier = barred_from(keys), deciders_of(keys)
    desks: dict[int, Desk] = {}
    found = {}
    for step in steps:
        request = requests[step.request_id]
        desk = desks.setdefault(request.agency_id, Desk(request.agency, in_china(at).date()))
        out = barred[request.pk] | {request.asked_by_id}
        before = earlier.get((request.pk, step.round), set())
        is_open = request.state == RequestState.ASKED and step.round == request.round
        posts = posts_in(step.posts)
        place = Place(unit_of(request), leader_for(request, leaders[request.pk]))
        able = desk.candidates(posts, place, out, before) if is_open else []
        found[step.pk] = able
    return found


def leaders_of(requests: Iterable[int]) -> dict[int, set[Officer | None]]:
    """Request → who is in charge of the units whose recordings it asks for."""
    rows = RequestItem.objects.filter(request_id__in=requests)
    pairs = set(rows.values_list("request_id", "recording__unit__leader"))
    people = Officer.objects.in_bulk({leader for _request, leader in pairs if leader is not None})
    found: dict[int, set[Officer | None]] = {key: set() for key in requests}
    for request, leader in pairs:
        found[request].add(None if leader is None else people[leader])
    return found


def leader_for(request: Request, of_recordings: set[Officer | None]) -> Officer | None:
    """Of the case, the activity, or the one in charge of all that is asked for."""
    for about in (request.case, request.activity):
        if about is not None and about.unit is not None and about.unit.leader is not None:
            return about.unit.leader
    [leader, *others] = of_recordings or {None}
    return None if others else leader


def barred_from(requests: Iterable[int]) -> dict[int, set[int]]:
    """Request → those who made or took part in what it asks for."""
    items = RequestItem.objects.filter(request_id__in=requests)
    rows = list(items.values_list("request_id", "recording_id"))
    whose = involved_in({recording for _request, recording in rows})
    found: dict[int, set[int]] = {key: set() for key in requests}
    for request, recording in rows:
        found[request] |= whose[recording]
    return found


def deciders_of(requests: Iterable[int]) -> dict[tuple[int, int], set[int]]:
    """(request, round) → who took a step of it."""
    found: dict[tuple[int, int], set[int]] = {}
    rows = Step.objects.filter(request_id__in=requests, decided_by__isnull=False)
    for request, turn, officer in rows.values_list("request_id", "round", "decided_by_id"):
        if officer is not None:
            found.setdefault((request, turn), set()).add(officer)
    return found


def current_of(request: Request) -> Step | None:
    """The step whose turn it is; None: no step waits."""
    if request.state != RequestState.ASKED:
        return None
    rows = Step.objects.filter(request=request, round=request.round, decision=Decision.PENDING)
    return rows.order_by("position").first()
