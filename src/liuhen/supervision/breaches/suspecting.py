"""A lead (违规线索), found by the system or told by somebody: written down once for each fact."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from liuhen.cases.models import Activity
from liuhen.custody import log, numbering
from liuhen.custody.kinds import Kind
from liuhen.devices.models import Device
from liuhen.duties.books import Books
from liuhen.duties.models import Duty
from liuhen.engines.policy import oversight
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import Breaches, BreachLine
from liuhen.engines.policy.vocabulary import Sign
from liuhen.kernel.clock import in_china
from liuhen.people import permissions
from liuhen.people.models import Agency, Officer, Unit
from liuhen.people.permissions import Permission
from liuhen.recordings.models import Recording
from liuhen.supervision.breaches import course, errors
from liuhen.supervision.models import Breach, BreachSource

MOST_TEXT = 2000
SIGNS = {BreachSource(sign): sign for sign in Sign}
"""The sources that are signs a pack names."""

Item = tuple[int, BreachLine]
"""The article and its item."""


@dataclass(frozen=True)
class Suspicion:
    """`key`: what it is made from, once per bureau. `text` is Chinese, whoever's round it is.

    `item_no` None: the item the pack names for this sign. `rules_at`: whose rules hold, where that
    is another day than it happened on.
    """

    agency: Agency
    source: BreachSource
    key: str
    text: str
    happened_at: datetime
    officer: Officer | None = None
    unit: Unit | None = None
    duty: Duty | None = None
    recording: Recording | None = None
    activity: Activity | None = None
    device: Device | None = None
    item_no: int | None = None
    rules_at: datetime | None = None


def suspect(
    suspicions: Iterable[Suspicion], *, by: Officer | None, at: datetime, books: Books | None = None
) -> list[Breach]:
    """Those whose key is new, in the caller's transaction; answers the leads made.

    What the system itself finds (`by` None) is a lead only where the regulation of that day names
    a breach it may be.
    """
    log.wait_for_turn()
    books = books or Books()
    made: list[Breach] = []
    acts = []
    for one in suspicions:
        rules = books.on(one.agency, one.rules_at or one.happened_at)
        item = item_of(one, rules)
        if (item is None and by is None) or is_known(one):
            continue
        breach = keep(one, rules, item, by=by, at=at)
        made.append(breach)
        acts.append(course.step_of(breach, Kind.BREACH_SUSPECTED, by=by, at=at, words=breach.text))
    log.record_all(acts)
    return made


def is_known(one: Suspicion) -> bool:
    return Breach.objects.filter(agency=one.agency, key=one.key).exists()


def item_of(one: Suspicion, rules: Rules | None) -> Item | None:
    """None: the regulation names none, or bound nobody yet."""
    if rules is None or rules.is_before_adoption:
        return None
    if one.item_no is not None:
        return numbered(rules, one.item_no)
    sign = SIGNS.get(one.source)
    return oversight.shown_by(rules, sign) if sign else None


def numbered(rules: Rules, item_no: int) -> Item | None:
    """The pack's item of this number; None: it has none."""
    rule = rules.get(Breaches)
    if rule is None:
        return None
    line = next((line for line in rule.items if line.number == item_no), None)
    return (rule.article, line) if line else None


def keep(
    one: Suspicion, rules: Rules | None, item: Item | None, *, by: Officer | None, at: datetime
) -> Breach:
    return Breach.objects.create(
        agency=one.agency,
        number=numbering.next_number(f"WG-{in_china(at).year}-", Breach),
        source=one.source,
        key=one.key,
        text=one.text[:MOST_TEXT],
        happened_at=one.happened_at,
        found_at=at,
        found_by=by,
        officer=one.officer,
        unit=one.unit or (one.officer.unit if one.officer else None),
        duty=one.duty,
        recording=one.recording,
        activity=one.activity,
        device=one.device,
        **columns_of(rules, item),
    )


def columns_of(rules: Rules | None, item: Item | None) -> dict[str, Any]:
    """What breach it may be, in the regulation's own words of that day."""
    if item is None:
        return {"pack_id": rules.pack.pack_id if rules else ""}
    article, line = item
    said = {"article": article, "item_no": line.number, "item_text": line.text}
    return said | {"pack_id": rules.pack.pack_id if rules else ""}


@dataclass(frozen=True)
class Told:
    """What somebody enters; `officer` None: nobody is named yet."""

    source: BreachSource
    text: str
    happened_at: datetime
    officer: Officer | None = None
    item_no: int | None = None
    recording: Recording | None = None
    activity: Activity | None = None
    device: Device | None = None


@transaction.atomic
def enter(told: Told, *, by: Officer, at: datetime) -> Breach:
    """A report, an order, what another office sends: entered by who handles breaches.

    Refuses: NotPermitted, Concerned, WordsMissing, HappensLater, NotOfThisBureau, NoSuchItem,
    AlreadyEntered.
    """
    permissions.check(by, Permission.HANDLE_BREACHES)
    log.wait_for_turn()
    text = course.words_of(told.text, field=_("线索内容"), most=MOST_TEXT)
    check_told(told, by, at)
    digest = hashlib.sha256(f"{told.officer and told.officer.pk}\n{text}".encode()).hexdigest()
    key = f"told:{in_china(told.happened_at):%Y%m%d}:{digest[:32]}"
    if known := Breach.objects.filter(agency=by.agency, key=key).first():
        raise errors.AlreadyEntered(number=known.number)
    named = {name: getattr(told, name) for name in ("officer", "recording", "activity", "device")}
    said = Suspicion(
        by.agency, told.source, key, text, told.happened_at, item_no=told.item_no, **named
    )
    [made] = suspect([said], by=by, at=at)
    return made


def check_told(told: Told, by: Officer, at: datetime) -> None:
    """Refuses: Concerned, HappensLater, NotOfThisBureau, NoSuchItem."""
    if told.happened_at > at:
        raise errors.HappensLater()
    about = (told.officer, told.recording, told.activity, told.device)
    if any(one is not None and one.agency_id != by.agency_id for one in about):
        raise errors.NotOfThisBureau()
    if told.officer == by:
        raise errors.Concerned()
    if told.item_no is not None:
        rules = Books().on(by.agency, told.happened_at)
        if rules is None or numbered(rules, told.item_no) is None:
            raise errors.NoSuchItem(item=told.item_no)
