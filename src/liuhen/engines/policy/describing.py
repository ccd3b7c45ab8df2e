"""What is said, shot, checked and written: phrases, lists and labels from the regulation."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from liuhen.engines.policy.answers import Ground, Why, in_order
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import (
    ArchiveFields,
    DiscLabel,
    EvidenceNote,
    Ledger,
    Notice,
    OpeningStatement,
    Point,
    PreUseCheck,
    ShotList,
)
from liuhen.engines.policy.vocabulary import Field

BLANK_NAME = "×××"
"""How regulations print a name still to be said."""


@dataclass(frozen=True)
class Fields:
    fields: tuple[Field, ...]
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class Missing(Fields):
    """What has to be entered before the recording counts as archived; never empty."""


def missing(
    rules: Rules, known: Collection[Field], askable: Collection[Field] | None = None
) -> Missing | None:
    """Required fields nobody has filled in; None: none is missing, or none is required.

    Args:
        askable: fields there is a place to enter; others are not asked for. None: all.
    """
    rule = rules.get(ArchiveFields)
    if rule is None or rules.is_before_adoption:
        return None
    asked = rule.fields if askable is None else [f for f in rule.fields if f in askable]
    lacking = tuple(one for one in asked if one not in known)
    if not lacking:
        return None
    return Missing(lacking, (Ground.of(rule, Why.FIELDS_MISSING, fields=in_order(lacking)),))


@dataclass(frozen=True)
class NoticeSaid:
    """What the party is told before recording.

    `text` is the whole sentence, None where the regulation fixes none; `book` names the phrase
    book to take it from; `tell_others`: everyone present is told, not only the party.
    """

    text: str | None
    book: str | None
    tell_others: bool
    grounds: tuple[Ground, ...]


def notice(rules: Rules, names: Sequence[str]) -> NoticeSaid | None:
    """None: the regulation asks for no notice. `names` are the officers', in order."""
    rule = rules.get(Notice)
    if rule is None:
        return None
    text = rule.phrase and rule.phrase.replace("{names}", "、".join(names) or BLANK_NAME)
    if text:
        ground = Ground.of(rule, Why.NOTICE_PHRASE)
    elif rule.book:
        ground = Ground.of(rule, Why.NOTICE_BOOK, book=rule.book)
    else:
        ground = Ground.of(rule, Why.NOTICE_ONLY)
    return NoticeSaid(text, rule.book, rule.tell_others, (ground,))


@dataclass(frozen=True)
class Listing:
    items: tuple[Point, ...]
    grounds: tuple[Ground, ...]


def shot_list(rules: Rules) -> Listing | None:
    return listing(rules.get(ShotList), Why.SHOT_LIST)


def opening_statement(rules: Rules) -> Listing | None:
    return listing(rules.get(OpeningStatement), Why.OPENING_STATEMENT)


def pre_use_items(rules: Rules) -> Listing | None:
    return listing(rules.get(PreUseCheck), Why.PRE_USE_CHECK)


def listing(rule: ShotList | OpeningStatement | PreUseCheck | None, why: Why) -> Listing | None:
    """None: the regulation has no such list."""
    if rule is None:
        return None
    return Listing(rule.items, (Ground.of(rule, why, count=len(rule.items)),))


@dataclass(frozen=True)
class Label(Fields):
    """What stands on a disc, and how many discs are made."""

    copies: int


def disc_label(rules: Rules) -> Label | None:
    rule = rules.get(DiscLabel)
    if rule is None:
        return None
    ground = Ground.of(rule, Why.DISC_LABEL, copies=rule.copies, fields=in_order(rule.fields))
    return Label(rule.fields, (ground,), rule.copies)


@dataclass(frozen=True)
class Note(Fields):
    """The paper that goes with a copy used as evidence."""

    disc: bool
    into_case_file: bool


def evidence_note(rules: Rules) -> Note | None:
    rule = rules.get(EvidenceNote)
    if rule is None:
        return None
    ground = Ground.of(rule, Why.EVIDENCE_NOTE, fields=in_order(rule.fields))
    return Note(rule.fields, (ground,), rule.disc, rule.into_case_file)


def ledger_fields(rules: Rules) -> Fields | None:
    rule = rules.get(Ledger)
    if rule is None:
        return None
    return Fields(rule.fields, (Ground.of(rule, Why.LEDGER, fields=in_order(rule.fields)),))
