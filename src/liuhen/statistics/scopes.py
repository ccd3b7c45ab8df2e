"""Whose figures somebody may see: as wide as the lists behind them are to them, no wider."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q, QuerySet

from liuhen.people.models import Agency, Officer, Unit
from liuhen.people.permissions import NotPermitted, Permission, permissions_of
from liuhen.recordings.models import SecrecyMark
from liuhen.statistics.figures import (
    BREACHES,
    CHECKOUTS,
    DUTIES,
    FIGURES,
    PREPARED,
    SPOTS,
    Figure,
    Source,
)
from liuhen.statistics.models import Level, Tally
from liuhen.supervision.breaches import seeing
from liuhen.supervision.models import Breach


@dataclass(frozen=True)
class Scope:
    """`unit`, `officer` None: all of them; `is_unitless`: only what has no unit. `has_secrets`:
    recordings under a secrecy mark are counted, too. `hidden`: sources not for them at all; of
    breaches nobody sees any who was not asked who they are. `reader`: who sees them. `only`:
    the figures that are read; None: all."""

    agency: Agency
    unit: Unit | None = None
    officer: Officer | None = None
    is_unitless: bool = False
    has_secrets: bool = False
    hidden: frozenset[str] = frozenset({BREACHES.name})
    reader: Officer | None = None
    only: frozenset[str] | None = None

    def shows(self, figure: Figure) -> bool:
        return figure.source.name not in self.hidden

    @property
    def is_whole(self) -> bool:
        """All the bureau's."""
        return self.unit is None and self.officer is None and not self.is_unitless

    @property
    def codes(self) -> list[str]:
        """Of what is prepared."""
        asked = PREPARED if self.only is None else [c for c in PREPARED if c in self.only]
        return [code for code in asked if self.shows(FIGURES[code])]

    def within(self, rows: QuerySet[Tally, Any], level: Level) -> QuerySet[Tally, Any]:
        """Of the tallies, those of this scope."""
        rows = rows.filter(self.limits("unit", "officer"), agency=self.agency, level=level)
        return rows if self.has_secrets else rows.filter(is_secret=False)

    def of(self, source: Source, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Of a figure's rows those within: what the tallies of this scope count, and of breaches
        those the reader may see."""
        if source is BREACHES:
            seen = seeing.decisions_for(self.reader) if self.reader else Breach.objects.none()
            rows = rows.filter(pk__in=seen.values("pk"))
        if self.officer is not None:
            rows = source.with_officer(rows)
        rows = rows.filter(self.limits("unit", source.officer))
        if source.kept and not self.has_secrets:
            rows = rows.filter(**{source.kept: False})
        if source.secret and not self.has_secrets:
            # By the marks themselves: they are few, and the rows many.
            marks = SecrecyMark.objects.filter(lifted_at=None).values("recording_id")
            hidden = Q(**{f"{source.secret}__in": marks})
            rows = rows.exclude(hidden)
        return rows

    def limits(self, unit: str, officer: str) -> Q:
        wanted: dict[str, Any] = {}
        if self.unit is not None:
            wanted[unit] = self.unit.pk
        if self.is_unitless:
            wanted[f"{unit}__isnull"] = True
        if self.officer is not None:
            wanted[officer] = self.officer.pk
        return Q(**wanted)


def widest(viewer: Officer) -> Scope:
    """The bureau's, the unit's or one's own. Refuses: NotPermitted."""
    granted = permissions_of(viewer)
    hidden = set()
    if Permission.SEE_SPOT_CHECKS not in granted:
        hidden.add(SPOTS.name)
    if not seeing.sees_decisions(viewer):
        hidden.add(BREACHES.name)
    everything = Scope(
        viewer.agency,
        has_secrets=Permission.SEE_SECRET in granted,
        hidden=frozenset(hidden),
        reader=viewer,
    )
    if Permission.SEE_AGENCY in granted:
        if Permission.SEE_DEVICES not in granted:
            hidden.add(CHECKOUTS.name)
        if Permission.SEE_AGENCY_DUTIES not in granted:
            hidden.add(DUTIES.name)
        return replace(everything, hidden=frozenset(hidden))
    if Permission.SEE_UNIT in granted and viewer.unit is not None:
        return replace(everything, unit=viewer.unit)
    if granted & {Permission.SEE_OWN, Permission.SEE_UNIT}:
        # Secrecy keeps nobody from what they have recorded themselves, nor from what was decided
        # about them.
        hidden.discard(BREACHES.name)
        return replace(everything, officer=viewer, has_secrets=True, hidden=frozenset(hidden))
    raise NotPermitted()


def narrowed(
    scope: Scope,
    *,
    unit: Unit | None = None,
    officer: Officer | None = None,
    is_unitless: bool = False,
) -> Scope:
    """To a unit or an officer; one that is narrow already is made no wider."""
    if scope.unit is None and scope.officer is None:
        scope = replace(scope, unit=unit, is_unitless=is_unitless and unit is None)
    if officer is not None and scope.officer is None:
        scope = replace(scope, officer=officer)
    return scope
