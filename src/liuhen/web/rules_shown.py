"""Rules put together for a page: a table's lines, two values side by side, figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuhen.duties.queries import Figures, figures
from liuhen.engines.policy.pack import Article, Pack, Rules
from liuhen.engines.policy.values import PARAMETERS, Value
from liuhen.kernel.clock import in_china, midnight
from liuhen.people.models import Agency, Officer
from liuhen.regulations import enforcement
from liuhen.regulations.models import Proposal
from liuhen.regulations.queries import Held, Standing
from liuhen.regulations.wording import describe_value, parameter_label
from liuhen.statistics import event_counts
from liuhen.statistics.article_figures import Act, acts_of, hidden_from

ACCESS = tuple(name for name in PARAMETERS if name.startswith("access_"))
GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (
        _("设备配备与管理"),
        (
            "equipment", "accountability", "ledger", "pre_use_check", "collection",
            "compensation", "repair", "budget",
        ),
    ),
    (
        _("现场记录"),
        (
            "must_record", "no_gap", "span", "site", "notice", "opening_statement", "shot_list",
            "exemption", "interruption", "cannot_go_on",
        ),
    ),
    (
        _("移交、归档与保存"),
        (
            "handover", "handover_excused", "archive_fields", "storage", "retention",
            "retention_as_evidence", "long_term", "preserve",
        ),
    ),
    (_("查阅、提供与保密"), (*ACCESS, "evidence_note", "disc_label", "secrecy")),
    (
        _("监督与责任"),
        ("inspection", "review", "daily_check", "playback", "sampling", "breaches", "sanctions"),
    ),
)  # fmt: skip
"""Every parameter once, under the headings an officer looks for."""


@dataclass(frozen=True)
class Told:
    """A value in words: its lines, the article, and how an open wording is read."""

    lines: tuple[str, ...]
    article: int
    see: tuple[int, ...]
    reading: str | None


def told(value: Value) -> Told:
    return Told(describe_value(value), value.article, value.see, value.reading)


@dataclass(frozen=True)
class ParameterLine:
    """A parameter as one line of the table; `next` is the change that is coming, if any."""

    name: str
    label: str
    held: Held | None
    next: Held | None
    pending: int = 0
    told: Told | None = None


@dataclass(frozen=True)
class Group:
    title: Promise
    lines: list[ParameterLine] = field(default_factory=list)
    silent: list[ParameterLine] = field(default_factory=list)


def parameter_line(
    standing: Standing, name: str, day: date, waiting: Iterable[Proposal] = ()
) -> ParameterLine:
    history = standing.history(name)
    held = next((one for one in history if one.is_on(day) and one.value is not None), None)
    coming = next((one for one in history if one.is_after(day)), None)
    return ParameterLine(
        name,
        str(parameter_label(name)),
        held,
        coming,
        sum(1 for proposal in waiting if proposal.parameter == name),
        told(held.value) if held and held.value else None,
    )


def groups(standing: Standing, day: date, waiting: Iterable[Proposal]) -> list[Group]:
    """All parameters on a day: those with a value, and those the regulation is silent on."""
    rows, found = list(waiting), []
    for title, names in GROUPS:
        group = Group(title)
        for name in names:
            line = parameter_line(standing, name, day, rows)
            (group.lines if line.held else group.silent).append(line)
        found.append(group)
    return found


@dataclass(frozen=True)
class Side:
    """One of two values side by side; a line the other one lacks is marked."""

    told: Told
    lines: list[tuple[str, bool]]


def beside(one: Value | None, other: Value | None) -> Side | None:
    if one is None:
        return None
    shown, others = told(one), set(describe_value(other)) if other else set()
    return Side(shown, [(line, line not in others) for line in shown.lines])


@dataclass(frozen=True)
class Difference:
    """What one parameter is under the old and under the new rules."""

    name: str
    label: str
    old: Side | None
    new: Side | None

    @property
    def is_in_words(self) -> bool:
        """Not the articles' numbers alone."""
        return (
            self.old is None or self.new is None or self.worded(self.old) != self.worded(self.new)
        )

    @staticmethod
    def worded(side: Side) -> tuple[tuple[str, ...], str | None]:
        return side.told.lines, side.told.reading


def differences(old: Rules, new: Rules) -> Iterator[Difference]:
    """Every parameter that is told otherwise; the article's number alone counts as well."""
    for name in PARAMETERS:
        before, after = old.values.get(name), new.values.get(name)
        left, right = beside(before, after), beside(after, before)
        if left != right:
            yield Difference(name, str(parameter_label(name)), left, right)


@dataclass(frozen=True)
class ArticleLine:
    """An article with what enforces it and how far it was kept."""

    article: Article
    does: tuple[enforcement.Enforcement, ...]
    month: Figures | None
    year: Figures | None
    month_acts: tuple[Act, ...]
    year_acts: tuple[Act, ...]


@dataclass(frozen=True)
class Spans:
    """The month and the year in which a day lies, up to the day's end or now."""

    month: datetime
    year: datetime
    until: datetime

    @classmethod
    def of(cls, day: date, at: datetime) -> "Spans":
        first = midnight(day.replace(day=1))
        end = midnight(day + timedelta(days=1))
        return cls(first, first.replace(month=1), min(end, in_china(at)))


def article_lines(reader: Officer, pack: Pack, spans: Spans) -> list[ArticleLine]:
    """Every article of the regulation, with the reader's bureau's figures; six queries."""
    agency, hidden = reader.agency, hidden_from(reader)
    month = figures(agency, pack.pack_id, since=spans.month, until=spans.until)
    year = figures(agency, pack.pack_id, since=spans.year, until=spans.until)
    in_month, in_year = counts(agency, spans)
    return [
        ArticleLine(
            article,
            enforcement.of(article),
            month.get(no),
            year.get(no),
            acts_of(article, in_month, hidden),
            acts_of(article, in_year, hidden),
        )
        for no, article in sorted(pack.articles.items())
    ]


def counts(agency: Agency, spans: Spans) -> tuple[dict[str, int], dict[str, int]]:
    """How often each kind of act stands in the log: in the month, and in the year. Two queries."""
    last = in_china(spans.until - timedelta(microseconds=1)).date()
    month, year = (
        event_counts.counted(agency, since=in_china(first).date(), until=last)
        for first in (spans.month, spans.year)
    )
    return month, year
