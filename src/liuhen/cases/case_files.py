"""Cases (案件): opened, changed, closed, opened again; their parties and officers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from liuhen.cases import case_terms, errors, linked_words, parties, queries
from liuhen.cases.models import Case, CaseOfficer, CaseParty, Party
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.kernel.clock import in_china
from liuhen.people import permissions
from liuhen.people.errors import NotOfThisAgency
from liuhen.people.models import Officer, Unit
from liuhen.people.permissions import Permission, permissions_of
from liuhen.people.queries import those_who_enforce
from liuhen.people.spelling import half_width, seen

FEWEST_OFFICERS = 2
"""行政处罚法 article 42."""

BRACKETS = str.maketrans("([{【［（〈<", "〔〔〔〔〔〔〔〔") | str.maketrans(
    ")]}】］）〉>", "〕〕〕〕〕〕〕〕"
)
WIDER = frozenset({Permission.SEE_UNIT, Permission.SEE_AGENCY})
Part = CaseParty.Part


@dataclass(frozen=True)
class CaseFacts:
    """What is entered of a case. `term` as `Case.term`; `officers` with the lead among them."""

    case_no: str
    name: str
    opened_date: date
    officers: Sequence[Officer]
    lead: Officer
    unit: Unit | None = None
    term: str = ""
    is_major: bool = False
    summary: str = ""
    parties: Sequence[tuple[Party, str]] = field(default=())


def facts_of(case: Case) -> CaseFacts:
    entries = list(case.case_officers.select_related("officer").order_by("pk"))
    return CaseFacts(
        case_no=case.case_no,
        name=case.name,
        opened_date=case.opened_date,
        officers=tuple(one.officer for one in entries),
        lead=next(one.officer for one in entries if one.is_lead) if entries else case.added_by,
        unit=case.unit,
        term=case.term,
        is_major=case.is_major,
        summary=case.summary,
        parties=tuple((one.party, one.part) for one in case.case_parties.select_related("party")),
    )


def case_number(typed: str) -> str:
    """内卫罚 (2026) 1号 → 内卫罚〔2026〕1号, as papers print it."""
    return "".join(half_width(typed).split()).translate(BRACKETS)


def subject_of(case: Case) -> str:
    return f"case:{case.pk}"


@transaction.atomic
def open(new: CaseFacts, *, by: Officer, at: datetime) -> Case:
    """Enter a case of the officer's bureau.

    Refuses: NotPermitted, CaseNoBlank, CaseNoTaken, OpenedLater, TermUnknown, TooFewOfficers,
    NoLead, OfficerNotFit, NoSuchParty, Merged, PartyInCase.
    """
    permissions.check(by, Permission.HANDLE_CASES)
    log.wait_for_turn()
    case = Case(agency_id=by.agency_id, added_at=at, added_by=by)
    check(case, new, by=by, at=at)
    put(case, new)
    save(case)
    put_officers(case, new, by=by, at=at)
    for party, part in new.parties:
        enter_party(case, party, part, by=by)
    refresh_words(case)
    told = said(new) | {"parties": [[party.pk, part] for party, part in new.parties]}
    log.record(Kind.CASE_OPENED, subject=subject_of(case), by=by, at=at, **told)
    return case


@transaction.atomic
def change(case: Case, to: CaseFacts, *, by: Officer, at: datetime) -> None:
    """Put a case's facts and officers right; its parties have verbs of their own.

    Nothing differs: no event.
    Refuses: NotPermitted, NotYourCase, CaseClosed, and what `open` refuses.
    """
    case = to_handle(case, by)
    check_open(case)
    before, after = said(facts_of(case)), said(to)
    if before == after:
        return
    check(case, to, by=by, at=at)
    put(case, to)
    save(case)
    put_officers(case, to, by=by, at=at)
    refresh_words(case)
    log.record(
        Kind.CASE_CHANGED, subject=subject_of(case), by=by, at=at, **differences(before, after)
    )


@transaction.atomic
def add_party(case: Case, party: Party, part: str, *, by: Officer, at: datetime) -> None:
    """Refuses: NotPermitted, NotYourCase, CaseClosed, NoSuchParty, Merged, PartyInCase."""
    case = to_handle(case, by)
    check_open(case)
    enter_party(case, party, part, by=by)
    refresh_words(case)
    told: dict[str, Any] = {"party_added": [party.pk, str(part)]}
    log.record(Kind.CASE_CHANGED, subject=subject_of(case), by=by, at=at, **told)


@transaction.atomic
def remove_party(case: Case, party: Party, *, by: Officer, at: datetime) -> None:
    """Refuses: NotPermitted, NotYourCase, CaseClosed, PartyNotInCase."""
    case = to_handle(case, by)
    check_open(case)
    entry = CaseParty.objects.filter(case=case, party=party).first()
    if entry is None:
        raise errors.PartyNotInCase()
    entry.delete()
    refresh_words(case)
    told: dict[str, Any] = {"party_removed": [party.pk, entry.part]}
    log.record(Kind.CASE_CHANGED, subject=subject_of(case), by=by, at=at, **told)


@transaction.atomic
def close(case: Case, *, closed_date: date, term: str, by: Officer, at: datetime) -> None:
    """结案: from then the case file's term runs, and with it what is kept as long as it.

    Refuses: NotPermitted, NotYourCase, CaseClosed, ClosedBeforeOpened, ClosedLater, TermBlank,
    TermUnknown.
    """
    case = to_handle(case, by)
    case_terms.check(term)
    if not term:
        raise errors.TermBlank()
    if closed_date < case.opened_date:
        raise errors.ClosedBeforeOpened(closed=closed_date, opened=case.opened_date)
    if closed_date > in_china(at).date():
        raise errors.ClosedLater()
    # Compare-and-set: of two who close it, one does.
    if not Case.objects.filter(pk=case.pk, closed_date=None).update(
        closed_date=closed_date, term=term
    ):
        raise errors.CaseClosed(closed=case.closed_date)
    log.record(
        Kind.CASE_CLOSED,
        subject=subject_of(case),
        by=by,
        at=at,
        closed_date=closed_date.isoformat(),
        term=term,
    )


@transaction.atomic
def reopen(case: Case, *, reason: str, by: Officer, at: datetime) -> None:
    """撤销结案. Refuses: NotPermitted, NotYourCase, ReasonBlank, CaseOpen."""
    case = to_handle(case, by)
    if not (reason := seen(reason)):
        raise errors.ReasonBlank()
    if not Case.objects.filter(pk=case.pk, closed_date__isnull=False).update(closed_date=None):
        raise errors.CaseOpen()
    was = case.closed_date.isoformat() if case.closed_date else None
    log.record(
        Kind.CASE_REOPENED, subject=subject_of(case), by=by, at=at, reason=reason, closed_date=was
    )


def may_handle(case: Case, officer: Officer) -> bool:
    granted = permissions_of(officer)
    if Permission.HANDLE_CASES not in granted or case.agency_id != officer.agency_id:
        return False
    if case.added_by_id == officer.pk or case.case_officers.filter(officer=officer).exists():
        return True
    return bool(granted & WIDER) and queries.cases_for(officer).filter(pk=case.pk).exists()


def check_handles(case: Case, by: Officer) -> None:
    """Refuses: NotPermitted, NotYourCase."""
    permissions.check(by, Permission.HANDLE_CASES)
    if not may_handle(case, by):
        raise errors.NotYourCase()


def to_handle(case: Case, by: Officer) -> Case:
    """The case as it stands, in the log's turn. Refuses: NotPermitted, NotYourCase."""
    permissions.check(by, Permission.HANDLE_CASES)
    log.wait_for_turn()
    case = Case.objects.select_related("agency", "unit", "added_by").get(pk=case.pk)
    check_handles(case, by)
    return case


def check_open(case: Case) -> None:
    """Refuses: CaseClosed."""
    if case.closed_date is not None:
        raise errors.CaseClosed(closed=case.closed_date)


def check(case: Case, facts: CaseFacts, *, by: Officer, at: datetime) -> None:
    """Refuses: CaseNoBlank, OpenedLater, TermUnknown, TooFewOfficers, NoLead, OfficerNotFit."""
    if not case_number(facts.case_no):
        raise errors.CaseNoBlank()
    if facts.opened_date > in_china(at).date():
        raise errors.OpenedLater()
    case_terms.check(facts.term)
    if facts.unit and facts.unit.agency_id != by.agency_id:
        raise NotOfThisAgency()
    chosen = {officer.pk for officer in facts.officers}
    if len(chosen) < FEWEST_OFFICERS:
        raise errors.TooFewOfficers()
    if facts.lead.pk not in chosen:
        raise errors.NoLead()
    there = set(case.case_officers.values_list("officer_id", flat=True)) if case.pk else set()
    # Who was named before stays named, also when they have left.
    fit = set(those_who_enforce(by.agency).filter(pk__in=chosen).values_list("pk", flat=True))
    for officer in facts.officers:
        if officer.pk not in fit | there:
            raise errors.OfficerNotFit(name=officer.name)


def put(case: Case, facts: CaseFacts) -> None:
    case.case_no, case.name = case_number(facts.case_no), seen(facts.name)
    case.opened_date, case.unit, case.term = facts.opened_date, facts.unit, facts.term
    case.is_major, case.summary = facts.is_major, seen(facts.summary)


def save(case: Case) -> None:
    """The database has the last word on a number. Refuses: CaseNoTaken."""
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError:
        rows = Case.objects.filter(agency_id=case.agency_id, case_no=case.case_no)
        taken = rows.exclude(pk=case.pk).select_related("unit").first()
        if taken is None:
            raise
        unit = taken.unit.name if taken.unit else "—"
        raise errors.CaseNoTaken(
            case_no=taken.case_no, name=taken.name, opened=taken.opened_date, unit=unit
        ) from None


def put_officers(case: Case, facts: CaseFacts, *, by: Officer, at: datetime) -> None:
    wanted = {officer.pk: officer.pk == facts.lead.pk for officer in facts.officers}
    CaseOfficer.objects.filter(case=case).exclude(officer_id__in=wanted).delete()
    for officer_id, is_lead in wanted.items():
        CaseOfficer.objects.update_or_create(
            case=case,
            officer_id=officer_id,
            defaults={"is_lead": is_lead},
            create_defaults={"is_lead": is_lead, "added_at": at, "added_by": by},
        )


def enter_party(case: Case, party: Party, part: str, *, by: Officer) -> None:
    party = parties.standing(party, by)
    _row, is_new = CaseParty.objects.get_or_create(
        case=case, party=party, defaults={"part": Part(part)}
    )
    if not is_new:
        raise errors.PartyInCase(name=party.name)


def refresh_words(case: Case) -> None:
    """What a case is found by: number, name, parties, officers."""
    names: Iterable[str] = case.parties.order_by("pk").values_list("search_text", flat=True)
    people: Iterable[str] = case.officers.order_by("pk").values_list("name", flat=True)
    case.search_text = " ".join([case.case_no, case.name, *names, *people])
    case.save(update_fields=["search_text"])
    linked_words.follow_case(case)


def said(facts: CaseFacts) -> dict[str, Any]:
    """For the log: text and identifiers."""
    return {
        "case_no": case_number(facts.case_no),
        "name": seen(facts.name),
        "opened_date": facts.opened_date.isoformat(),
        "officers": sorted(one.login for one in facts.officers),
        "lead": facts.lead.login,
        "unit": facts.unit.name if facts.unit else None,
        "term": facts.term,
        "is_major": facts.is_major,
        "summary": seen(facts.summary),
    }


def differences(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    return {name: [before[name], after[name]] for name in after if before[name] != after[name]}
