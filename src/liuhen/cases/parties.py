"""Parties (当事人): entered once, put right, their number shown only when asked for."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Concat

from liuhen.cases import identity, linked_words, naming, queries, twins
from liuhen.cases import party_errors as errors
from liuhen.cases.errors import NoSuchParty
from liuhen.cases.models import Activity, Case, IdKind, Party
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.kernel.clock import in_china
from liuhen.people import permissions
from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import NotPermitted, Permission, permissions_of
from liuhen.people.spelling import seen

ENTERING = frozenset({Permission.HANDLE_CASES, Permission.RECORD_ACTIVITIES})
"""A party is met on site before there is a case."""

PRIVATE = ("id_no", "phone", "address")
"""Left out of the log's words: the log is for ever, and read by those who see no party."""


@dataclass(frozen=True)
class PartyFacts:
    """What is entered of a party. `kind` and `id_kind` are `PartyKind` and `IdKind` words;
    `id_no` "": not known yet."""

    kind: str
    name: str
    id_kind: str = ""
    id_no: str = ""
    representative: str = ""
    phone: str = ""
    address: str = ""
    remark: str = ""


def facts_of(party: Party) -> PartyFacts:
    names = [name for name in PartyFacts.__dataclass_fields__ if name != "id_no"]
    return PartyFacts(id_no=party.id_no or "", **{name: getattr(party, name) for name in names})


@transaction.atomic
def add(new: PartyFacts, *, by: Officer, at: datetime) -> Party:
    """Enter a party of the officer's bureau, and find those it may be the same as.

    Refuses: NotPermitted, NameBlank, IdInvalid, IdNotOfThisKind, IdTaken.
    """
    if not permissions_of(by) & ENTERING:
        raise NotPermitted()
    log.wait_for_turn()
    new = checked(new, at=at)
    party = Party(agency_id=by.agency_id, added_at=at, added_by=by)
    put(party, new)
    save(party)
    twins.refresh(party, at=at)
    log.record(
        Kind.PARTY_ADDED,
        subject=subject_of(party),
        by=by,
        at=at,
        party_kind=party.kind,
        name=party.name,
        id_kind=party.id_kind,
        id_masked=identity.masked(party.id_kind, party.id_no),
    )
    return party


@transaction.atomic
def change(party: Party, to: PartyFacts, *, by: Officer, at: datetime) -> None:
    """Put a party's facts right. Nothing differs: no event.

    The log says which facts changed; of what is private, not what they were.
    Refuses: NotPermitted, NoSuchParty, Merged, NameBlank, IdInvalid, IdNotOfThisKind, IdTaken.
    """
    permissions.check(by, Permission.HANDLE_CASES)
    log.wait_for_turn()
    party = standing(party, by)
    to = checked(to, at=at)
    before, after = asdict(facts_of(party)), asdict(to)
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return
    put(party, to)
    save(party)
    twins.refresh(party, at=at)
    if "name" in changed:
        renamed(party)
    linked_words.follow_party(party)
    open_words = [name for name in changed if name not in PRIVATE]
    log.record(
        Kind.PARTY_CHANGED,
        subject=subject_of(party),
        by=by,
        at=at,
        changed=changed,
        id_masked=identity.masked(party.id_kind, party.id_no),
        words={name: [before[name], after[name]] for name in open_words},
    )


@transaction.atomic
def show_number(party: Party, *, by: Officer, at: datetime) -> Party:
    """The party with its whole number, once the look stands in the log.

    Refuses: NotPermitted, NoSuchParty, Merged.
    """
    permissions.check(by, Permission.HANDLE_CASES)
    party = standing(party, by)
    log.record(Kind.PARTY_ID_SHOWN, subject=subject_of(party), by=by, at=at)
    return party


def with_number(number: str, officer: Officer) -> Party | None:
    """The bureau's party with exactly this number, whoever handles its cases: who holds the
    number holds the party's own paper in hand, and must not enter it a second time."""
    number = identity.normalised(number)
    if not number or not permissions_of(officer) & ENTERING:
        return None
    rows = Party.objects.filter(agency_id=officer.agency_id, merged_into=None)
    return rows.filter(id_kind__in=IdKind.values, id_no=number).first()


def named(typed: str, officer: Officer) -> list[Party]:
    """Whom a typed name or whole number can mean: at most a few, for a person to choose from.

    A number finds any of the bureau's, a name those one sees.
    """
    if known := with_number(typed, officer):
        return [known]
    rows = queries.parties_for(officer).filter(name_key=naming.key_of(typed))
    return list(rows.order_by("-added_at")[:5])


def only_one(typed: str, agency: Agency) -> Party:
    """The bureau's one party of this name or whole number. Refuses: NoSuchParty, SeveralParties."""
    rows = Party.objects.filter(agency=agency, merged_into=None).select_related("agency")
    number = identity.normalised(typed)
    found = list(rows.filter(id_kind__in=IdKind.values, id_no=number)[:2])
    found = found or list(rows.filter(name_key=naming.key_of(typed))[:2])
    if not found:
        raise NoSuchParty()
    if len(found) > 1:
        raise errors.SeveralParties(name=typed)
    return found[0]


def subject_of(party: Party) -> str:
    return f"party:{party.pk}"


def checked(facts: PartyFacts, *, at: datetime) -> PartyFacts:
    """Written one way. Refuses: NameBlank, IdInvalid, IdNotOfThisKind."""
    texts = {name: seen(text) for name, text in asdict(facts).items()}
    facts = replace(facts, **texts)
    if not naming.key_of(facts.name):
        raise errors.NameBlank()
    if not facts.id_no:
        return replace(facts, id_kind="")
    kind = facts.id_kind or IdKind.OTHER
    number = identity.checked(kind, facts.id_no, of=facts.kind, on=in_china(at).date())
    return replace(facts, id_kind=kind, id_no=number)


def standing(party: Party, by: Officer) -> Party:
    """As it is now. Refuses: NoSuchParty, Merged."""
    party = Party.objects.select_related("merged_into").get(pk=party.pk)
    if party.agency_id != by.agency_id:
        raise NoSuchParty()
    if party.merged_into is not None:
        raise errors.Merged(name=party.merged_into.name)
    return party


def put(party: Party, facts: PartyFacts) -> None:
    for name, text in asdict(facts).items():
        setattr(party, name, text)
    party.id_no = facts.id_no or None
    party.search_text = words_of(party)
    party.name_key, party.core_key = naming.key_of(facts.name), naming.core_of(facts.name)


def words_of(party: Party) -> str:
    """What it is found by: also by what the rows merged into it were called."""
    merged = party.merged.values_list("name", flat=True) if party.pk else []
    return " ".join(filter(None, [party.name, party.representative, *merged]))


def save(party: Party) -> None:
    """The database has the last word on a number. Refuses: IdTaken."""
    try:
        with transaction.atomic():
            party.save()
    except IntegrityError:
        taken = holders(party).first()
        if taken is None:
            raise
        raise errors.IdTaken(name=taken.name) from None


def holders(party: Party) -> QuerySet[Party]:
    rows = Party.objects.filter(agency_id=party.agency_id, merged_into=None)
    return rows.filter(id_kind=party.id_kind, id_no=party.id_no).exclude(pk=party.pk)


def renamed(party: Party) -> None:
    """Cases and activities are found by the new name as well as by the one they were entered
    under."""
    also = Concat(F("search_text"), Value(f" {party.name}"), output_field=TextField())
    Case.objects.filter(parties=party).update(search_text=also)
    Activity.objects.filter(party=party).update(search_text=also)
