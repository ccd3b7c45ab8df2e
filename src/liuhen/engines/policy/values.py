"""The parameters a pack may state, each with its shape. The schema is these classes.

A value is never bare: it names the article it comes from. Where the text is silent and the
product needs an answer all the same, `reading` says so in words, and the bureau may change it.
"""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from liuhen.engines.policy import vocabulary as v
from liuhen.engines.policy.periods import Period

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)


def read_period(raw: Any) -> Any:
    """Only as P2Y: pydantic would fill a dataclass from {months: -3} and never ask `parse`."""
    return raw if isinstance(raw, Period) else Period.parse(str(raw))


Term = Annotated[
    Period, BeforeValidator(read_period), PlainSerializer(str, return_type=str, when_used="always")
]


def read_day(raw: Any) -> Any:
    """Only as 2026-01-01: pydantic takes a number for seconds, Python takes 20260101 too."""
    if isinstance(raw, date):
        return raw
    if not ISO_DAY.match(str(raw)):
        raise ValueError(raw)
    return date.fromisoformat(str(raw))


Day = Annotated[date, BeforeValidator(read_day)]


def read_text(raw: str) -> str:
    """PostgreSQL stores no NUL, and no screen shows one."""
    if "\0" in raw:
        raise ValueError(raw)
    return raw


Text = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(read_text)]
Some = Field(min_length=1)


class Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, arbitrary_types_allowed=True
    )


class Value(Part):
    """What a regulation says on one point, from a date on.

    Attributes:
        article: the one it comes from; `see` are others that bear on it.
        from_date: None in a pack means from when the bureau's regulation is in force.
        reading: why this value, where the article's words leave it open; None: they say it.
    """

    article: int = Field(ge=1)
    see: tuple[int, ...] = ()
    from_date: Day | None = Field(default=None, alias="from")
    reading: Text | None = None


class Point(Part):
    """One line of a list: `code` is stable, `text` is shown."""

    code: Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=40)]
    text: Text


class Retention(Value):
    rule: v.TermRule
    period: Term | None = None

    @model_validator(mode="after")
    def period_where_one_is_stated(self) -> "Retention":
        stated = self.rule in (v.TermRule.EXACT, v.TermRule.AT_LEAST)
        if stated != (self.period is not None):
            raise ValueError("period_stated" if stated else "period_unwanted")
        return self


class RetentionAsEvidence(Retention):
    """The term of what was used as evidence."""


class LongTerm(Value):
    triggers: Annotated[tuple[v.Trigger, ...], Some]
    on_disc: bool = False
    full_course: bool = False  # such a scene must also be recorded from start to end


class Preserve(Value):
    """What makes the bureau collect and hold recordings at once."""

    on: Annotated[tuple[v.Trigger, ...], Some]
    by: Annotated[tuple[v.Post, ...], Some]


class Handover(Value):
    clock: v.Clock
    limit: v.Limit
    hours: int | None = Field(default=None, ge=1, le=8760)
    receiver: v.Post

    @model_validator(mode="after")
    def hours_where_counted(self) -> "Handover":
        if (self.limit == v.Limit.HOURS) != (self.hours is not None):
            raise ValueError("hours_stated")
        return self


class HandoverExcused(Handover):
    """The later clock, and in which situations it counts."""

    excuses: Annotated[tuple[v.Excuse, ...], Some]


class Exempted(Part):
    code: v.Cause
    text: Text


class Exemption(Value):
    """When nothing need be recorded. `posts` consent beforehand or are told afterwards.

    `reviewed`: the posts told afterwards review the work record, not only take note of it.
    """

    causes: Annotated[tuple[Exempted, ...], Some]
    consent: v.Consent
    posts: Annotated[tuple[v.Post, ...], Some]
    work_record: bool
    reviewed: bool = False


class Interruption(Value):
    """When recording may stop; `posts` get the work record afterwards, if one is asked for."""

    causes: Annotated[tuple[Exempted, ...], Some]
    spoken_reason: bool
    work_record: bool = False
    posts: tuple[v.Post, ...] = ()
    reviewed: bool = False


class CannotGoOn(Value):
    """What follows when recording can't be resumed: tell these posts at once."""

    posts: Annotated[tuple[v.Post, ...], Some]
    written_statement: bool


class MatterLine(Part):
    code: v.Matter
    text: Text


class MustRecord(Value):
    """By the matter list: `matters` are recorded in any case, all others as the list says."""

    matters: tuple[MatterLine, ...] = ()
    listed: v.Listed

    @model_validator(mode="after")
    def matters_where_no_list_names_them(self) -> "MustRecord":
        if not self.matters and self.listed != v.Listed.BY_MATTER_LIST:
            raise ValueError("matters_stated")
        return self


class NoGap(Value):
    rights: Annotated[tuple[v.Right, ...], Some]


class Span(Value):
    start: v.Moment
    end: v.Moment


class Site(Value):
    carriers: int | None = Field(default=None, ge=1)
    photos_at_key_points: bool = False


class Notice(Value):
    """`phrase` holds `{names}` where the officers' names go; `book` names a phrase book instead."""

    phrase: Text | None = None
    book: Text | None = None
    tell_others: bool = False


class OpeningStatement(Value):
    items: Annotated[tuple[Point, ...], Some]


class Shot(Point):
    """`focus`: one the text wants filmed as a focus (重点摄录), not only shown."""

    focus: bool = False


class ShotList(Value):
    items: Annotated[tuple[Shot, ...], Some]


class PreUseCheck(Value):
    """The floors are the bureau's own to set; None: as the keeper judges."""

    items: Annotated[tuple[Point, ...], Some]
    battery_at_least: int | None = Field(default=None, ge=1, le=100)  # percent
    free_at_least: int | None = Field(default=None, ge=1, le=4096)  # GiB
    clock_within: int | None = Field(default=None, ge=1, le=86400)  # seconds


class EquipmentStandard(Value):
    """`people_per_device` for a unit that is not busy; `standard` names an outside document."""

    at_least_per_unit: int | None = Field(default=None, ge=0)
    busy_people_per_device: int | None = Field(default=None, ge=1)
    people_per_device: int | None = Field(default=None, ge=1)
    standard: Text | None = None
    window_camera: bool = False


class Accountability(Value):
    first_responsible: v.Post | None = None
    keeper_per_device: bool = False
    user_answers: bool = False
    maintained_by: v.Post | None = None
    issued_by: v.Post | None = None
    supervised_by: v.Post | None = None


class Ledger(Value):
    fields: Annotated[tuple[v.Field, ...], Some]


class ArchiveFields(Value):
    fields: Annotated[tuple[v.Field, ...], Some]


class Storage(Value):
    """`media` empty: the text names none."""

    media: tuple[v.Medium, ...] = ()
    keeper: v.Post
    folder: Text | None = None
    by_case: bool = False
    party_dossier: bool = False


class Step(Part):
    """One decision; any one of `posts` takes it."""

    posts: Annotated[tuple[v.Post, ...], Some]
    act: v.Act


class Chain(Value):
    """Who decides, in this order; no steps means no approval is needed."""

    steps: tuple[Step, ...]
    register_fields: tuple[v.Field, ...] = Field(default=(), alias="register")
    letter: bool = False  # an official letter and proof of identity
    evidence_note: bool = False
    never_secret: bool = False


class EvidenceNote(Value):
    fields: Annotated[tuple[v.Field, ...], Some]
    disc: bool
    into_case_file: bool = False


class DiscLabel(Value):
    copies: int = Field(ge=1)
    fields: Annotated[tuple[v.Field, ...], Some]


class Secrecy(Value):
    kinds: Annotated[tuple[v.Secret, ...], Some]


class Cadence(Value):
    """What is done again and again; without a rhythm the text leaves it to the bureau."""

    posts: Annotated[tuple[v.Post, ...], Some]
    rhythm: v.Rhythm | None = None
    what: Text


class Sampling(Value):
    """`percent` None: the text says "a ratio" and the bureau has to set it."""

    percent: int | None = Field(default=None, ge=1, le=100)
    questions: Annotated[tuple[Point, ...], Some]
    posts: Annotated[tuple[v.Post, ...], Some]


class BreachLine(Part):
    """`number` is the item's within the article; it is a candidate where one of `duties` is late or
    one of `signs` is found."""

    number: int = Field(ge=1)
    text: Text
    duties: tuple[str, ...] = ()
    signs: tuple[v.Sign, ...] = ()


class Breaches(Value):
    items: Annotated[tuple[BreachLine, ...], Some]


class SanctionLine(Part):
    code: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    text: Text
    suspends: Term | None = None
    no_awards: bool = False


class Sanctions(Value):
    items: Annotated[tuple[SanctionLine, ...], Some]


class Compensation(Value):
    deliberate_full_price: bool = False


class Repair(Value):
    through: v.Post


PARAMETERS: dict[str, type[Value]] = {
    "retention": Retention,
    "retention_as_evidence": RetentionAsEvidence,
    "long_term": LongTerm,
    "preserve": Preserve,
    "handover": Handover,
    "handover_excused": HandoverExcused,
    "exemption": Exemption,
    "interruption": Interruption,
    "cannot_go_on": CannotGoOn,
    "must_record": MustRecord,
    "no_gap": NoGap,
    "span": Span,
    "site": Site,
    "notice": Notice,
    "opening_statement": OpeningStatement,
    "shot_list": ShotList,
    "pre_use_check": PreUseCheck,
    "equipment": EquipmentStandard,
    "accountability": Accountability,
    "ledger": Ledger,
    "archive_fields": ArchiveFields,
    "storage": Storage,
    **{f"access_{kind}": Chain for kind in v.RequestKind},
    "evidence_note": EvidenceNote,
    "disc_label": DiscLabel,
    "secrecy": Secrecy,
    "sampling": Sampling,
    "inspection": Cadence,
    "review": Cadence,
    "daily_check": Cadence,
    "collection": Cadence,
    "playback": Cadence,
    "budget": Cadence,
    "breaches": Breaches,
    "sanctions": Sanctions,
    "compensation": Compensation,
    "repair": Repair,
}
"""Every parameter by its name in a pack."""

CADENCES = tuple(name for name, kind in PARAMETERS.items() if kind is Cadence)
