"""What is asked for, and whether it may be asked: checked before anything is written.

`requests` hands a request in; here is what it rests on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuhen.access import chains
from liuhen.access import request_errors as errors
from liuhen.access.chains import Chain
from liuhen.access.involved import own_of
from liuhen.access.models import AskedFor, Request, RequestState
from liuhen.cases.models import Activity, ActivityRecording, Case
from liuhen.cases.queries import activity_for, case_for
from liuhen.engines.policy.vocabulary import RequestKind
from liuhen.kernel.clock import in_china
from liuhen.people import permissions
from liuhen.people.models import Officer
from liuhen.people.permissions import NotPermitted, Permission, may, permissions_of
from liuhen.people.spelling import plain, seen
from liuhen.recordings import queries, secrecy
from liuhen.recordings.models import Recording

MOST_ITEMS = 200
MOST_WORDS = 500
MOST_DAYS = 90
"""How long a grant lasts at most; a longer need is asked for again."""

USUAL_DAYS = 30

SEEING = frozenset({Permission.SEE_OWN, Permission.SEE_UNIT, Permission.SEE_AGENCY})
FOR_OUTSIDERS = (RequestKind.OFFICIAL, RequestKind.PARTY)
"""Somebody here asks for somebody outside, to whom it is then shown."""

VIEW_ONLY = (RequestKind.OWN_CASE, RequestKind.VIEW, RequestKind.CASE_WORK)
COPIES = (RequestKind.COPY, RequestKind.EVIDENCE, RequestKind.PUBLICATION)
"""Whose grant is a copy's in any case."""

ORGAN, LETTER_NO = _("调取单位"), _("调阅函文号")
PERSON, IDENTITY = _("经办人姓名"), _("证件号码")


@dataclass(frozen=True)
class Outsider:
    """Who comes from outside: the organ (none for a party), the letter, the person, the number of
    their proof of identity."""

    person: str = ""
    organ: str = ""
    letter_no: str = ""
    identity: str = ""


@dataclass(frozen=True)
class Asked:
    """What is asked for. Recordings by themselves, or all of a case or an activity that the asker
    knows of, or in words (`sought`) for the custodian to find. `wanted_until` None: as usual."""

    kind: RequestKind
    purpose: str
    recordings: Sequence[Recording] = ()
    case: Case | None = None
    activity: Activity | None = None
    sought: str = ""
    wants_copy: bool = False
    wanted_until: date | None = None
    outsider: Outsider = Outsider()


@dataclass(frozen=True)
class Checked:
    """What may be handed in: as it is written down, and by which chain it goes."""

    asked: Asked
    items: tuple[Recording, ...]
    chain: Chain
    until: date


def check(asked: Asked, *, by: Officer, at: datetime) -> Checked:
    """Refuses: NotPermitted, PurposeBlank, NothingAsked, TooManyAsked, NoSuchRecording, NoSuchCase,
    NoSuchActivity, NotYourWork, NoNeedToAsk, CopyAskedApart, CaseNeeded, NotYoursToExtract,
    OutsiderUnknown, UntilOutside, NeverPublished."""
    check_asks(asked.kind, by)
    asked = tidy(asked)
    items = items_of(asked, by=by, at=at)
    is_secret = secrecy.is_secret(items)
    chain = chains.chain_for(by.agency, asked.kind, at=at, is_secret=is_secret)
    if asked.wants_copy and asked.kind in VIEW_ONLY:
        raise errors.CopyAskedApart(kind=AskedFor(asked.kind).label)
    if asked.kind == RequestKind.OWN_CASE:
        check_own(items, chain, by)
    if asked.kind == RequestKind.EVIDENCE:
        check_evidence(asked, items, chain, by)
    if asked.kind in FOR_OUTSIDERS:
        check_outsider(asked, chain)
    if not chain.allowed:
        raise errors.NeverPublished(chain.article)
    return Checked(asked, items, chain, until_of(asked.wanted_until, at))


def check_asks(kind: RequestKind, by: Officer) -> None:
    """Who sees any recordings asks; for outsiders, who serves them. Refuses: NotPermitted."""
    if not permissions_of(by) & SEEING:
        raise NotPermitted()
    if kind in FOR_OUTSIDERS:
        permissions.check(by, Permission.SERVE_OUTSIDERS)


def may_ask(by: Officer, kind: RequestKind = RequestKind.VIEW) -> bool:
    try:
        check_asks(kind, by)
    except NotPermitted:
        return False
    return True


def tidy(asked: Asked) -> Asked:
    """Words as they are kept. Refuses: PurposeBlank."""
    purpose = seen(asked.purpose)[:MOST_WORDS]
    if not purpose:
        raise errors.PurposeBlank()
    said, is_outside = asked.outsider, asked.kind in FOR_OUTSIDERS
    outsider = Outsider(
        person=seen(said.person)[:50],
        organ=seen(said.organ)[:100],
        letter_no=seen(said.letter_no)[:100],
        identity=plain(said.identity)[:50],
    )
    return Asked(
        kind=RequestKind(asked.kind),
        purpose=purpose,
        recordings=asked.recordings,
        case=asked.case,
        activity=asked.activity,
        sought=seen(asked.sought)[:MOST_WORDS],
        wants_copy=asked.wants_copy or asked.kind in COPIES,
        wanted_until=asked.wanted_until,
        outsider=outsider if is_outside else Outsider(),
    )


def items_of(asked: Asked, *, by: Officer, at: datetime) -> tuple[Recording, ...]:
    """The recordings meant, as they stand, each one known to the asker.

    Refuses: NoSuchRecording, NoSuchCase, NoSuchActivity, NothingAsked, TooManyAsked.
    """
    known = queries.visible_to(by, at=at)
    case = case_for(asked.case.pk, by) if asked.case else None
    activity = activity_for(asked.activity.number, by) if asked.activity else None
    if asked.recordings:
        keys = {one.pk for one in asked.recordings}
        rows = known.filter(pk__in=keys)
        there = set(rows.values_list("pk", flat=True))
        for one in asked.recordings:
            if one.pk not in there:
                queries.get_visible(one.number, by, at=at)
    elif case is not None:
        rows = known.filter(activity_recording__activity__case=case)
    elif activity is not None:
        rows = known.filter(activity_recording__activity=activity)
    else:
        rows = known.none()
    found = tuple(rows.select_related("agency").order_by("recorded_at", "pk")[: MOST_ITEMS + 1])
    if not found and not asked.sought:
        raise errors.NothingAsked()
    if len(found) > MOST_ITEMS:
        raise errors.TooManyAsked(most=MOST_ITEMS, count=rows.count())
    return found


def check_own(items: Sequence[Recording], chain: Chain, by: Officer) -> None:
    """Refuses: NotYourWork, NoNeedToAsk."""
    own = own_of(by, items)
    for one in items:
        if one.pk not in own:
            raise errors.NotYourWork(chain.article, number=one.number)
    if items and not chain.steps:
        raise errors.NoNeedToAsk(chain.article)


def check_evidence(asked: Asked, items: Sequence[Recording], chain: Chain, by: Officer) -> None:
    """For one case, of what belongs to it, by who handles it. Where it needs nobody's word, of
    their own work alone: else it would be a way round every other chain. Refuses: CaseNeeded,
    NotYoursToExtract."""
    if asked.case is None or not items:
        raise errors.CaseNeeded()
    case, keys = asked.case, [one.pk for one in items]
    linked = ActivityRecording.objects.filter(recording_id__in=keys, activity__case=case)
    if linked.count() < len(keys):
        raise errors.CaseNeeded()
    if may(by, Permission.SERVE_OUTSIDERS):
        return  # the custodian and the legal office
    handles = chain.steps and case.case_officers.filter(officer=by).exists()
    if not handles and not own_of(by, items).issuperset(keys):
        raise errors.NotYoursToExtract()


def check_outsider(asked: Asked, chain: Chain) -> None:
    """Whoever comes from outside proves who they are. Refuses: OutsiderUnknown."""
    who, is_official = asked.outsider, asked.kind == RequestKind.OFFICIAL
    needed: list[tuple[str, Promise, bool]] = [
        (who.person, PERSON, True),
        (who.organ, ORGAN, is_official),
        (who.letter_no, LETTER_NO, chain.letter),
        (who.identity, IDENTITY, True),
    ]
    for value, field, is_needed in needed:
        if is_needed and not value:
            raise errors.OutsiderUnknown(chain.article, field=field)


def found(
    request: Request, recordings: Sequence[Recording], *, by: Officer, at: datetime
) -> tuple[Recording, ...]:
    """What the custodian found for a request in words, as it stands.

    Refuses: NoSuchRecording, NothingAsked, TooManyAsked, NotYourWork, NeverPublished.
    """
    kind = RequestKind(request.kind)
    items = items_of(Asked(kind, request.purpose, recordings), by=by, at=at)
    is_secret = secrecy.is_secret(items)
    chain = chains.chain_for(request.agency, kind, at=at, is_secret=is_secret)
    if kind == RequestKind.OWN_CASE:
        check_own(items, chain, request.asked_by)
    if not chain.allowed:
        raise errors.NeverPublished(chain.article)
    return items


def until_of(wanted: date | None, at: datetime) -> date:
    """The last day of the grant. Refuses: UntilOutside."""
    until = wanted or today(at) + timedelta(USUAL_DAYS)
    latest = today(at) + timedelta(MOST_DAYS)
    if not today(at) <= until <= latest:
        raise errors.UntilOutside(latest=latest.isoformat())
    return until


def today(at: datetime) -> date:
    return in_china(at).date()


def check_new(checked: Checked, *, by: Officer) -> None:
    """Sent twice, it is one request. Refuses: AskedAlready."""
    asked, keys = checked.asked, {one.pk for one in checked.items}
    rows = Request.objects.filter(
        asked_by=by,
        kind=asked.kind,
        state=RequestState.ASKED,
        sought=asked.sought,
        case=asked.case,
        person=asked.outsider.person,
        organ=asked.outsider.organ,
    )
    for there in rows.prefetch_related("items"):
        if {item.recording_id for item in there.items.all()} == keys:
            label = there.get_state_display()
            raise errors.AskedAlready(number=there.number, state=label)
