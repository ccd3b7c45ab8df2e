"""A spot check (抽查): announced first, then drawn by what nobody could know when announcing.

The announcement puts the rule and the digest of the list into the log. The checkpoint that covers
it, and so depends on it, is the randomness of the draw. What is drawn is a second event. Anybody
can draw again from the list, the root and the printed rule (`engines.drawing`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from liuhen.access import assigning
from liuhen.custody import log, numbering, proofs, queries
from liuhen.custody.kinds import Kind
from liuhen.engines.drawing import choosing, frames
from liuhen.engines.drawing.choosing import Candidate
from liuhen.engines.drawing.frames import Frame
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer
from liuhen.supervision import spot_errors as errors
from liuhen.supervision import spot_frames, spot_rules, spot_spreading
from liuhen.supervision.models import SpotCheck, SpotChecker, Stratum
from liuhen.supervision.spot_frames import Listed
from liuhen.supervision.spot_rules import Basis
from liuhen.supervision.spot_states import Step
from liuhen.supervision.spot_steps import (
    check_checkers,
    check_may_run,
    fresh,
    move,
    record,
    subject_of,
)

MOST_DRAWN = 500
MOST_WORDS = 500
LONGEST_LOOK = timedelta(days=366)


@dataclass(frozen=True)
class Plan:
    """How it is to be drawn. Days are China's, both included; `looks_until`: the last for looking.
    `reason`: why this ratio, or why once more."""

    since: date
    until: date
    percent: int
    looks_until: date
    checkers: Sequence[Officer]
    strata: Sequence[Stratum] = ()
    least: int = 0
    reason: str = ""


@dataclass(frozen=True)
class Prepared:
    """What an announcement would hold: seen beforehand, announced by the same code."""

    basis: Basis
    listed: Listed
    repeats: tuple[str, ...]
    quotas: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def drawn(self) -> int:
        return sum(taken for _size, taken in self.quotas.values())


def prepare(plan: Plan, *, by: Officer, at: datetime) -> Prepared:
    """Reads only. Refuses: NotAChecker, WrongDays, LookingOver, NothingToDraw, FrameTooLong,
    TooManyDrawn."""
    basis = spot_rules.basis_for(by.agency, at=at)
    spot_rules.check_may(by, basis)
    check_days(plan, today=in_china(at).date())
    listed = spot_frames.listed(by, plan.since, plan.until, plan.strata)
    if not listed.candidates:
        raise errors.NothingToDraw()
    quotas = choosing.quotas(listed.candidates, plan.percent, plan.least)
    prepared = Prepared(basis, listed, earlier(plan, by), quotas)
    if prepared.drawn > MOST_DRAWN:
        raise errors.TooManyDrawn(n=prepared.drawn, most=MOST_DRAWN)
    return prepared


@transaction.atomic
def announce(plan: Plan, *, by: Officer, at: datetime) -> SpotCheck:
    """Say in the log what will be drawn from and how, before anybody can know what comes out.

    Refuses: as `prepare`; RatioUnset, OtherRatio, ReasonToRepeat, NoCheckers, NotAChecker,
    CheckerSeesNoSecrets.
    """
    log.wait_for_turn()
    prepared = prepare(plan, by=by, at=at)
    check_reason(plan, prepared)
    check_checkers(plan.checkers, prepared.basis, has_secrets=prepared.listed.has_secrets)
    number = numbering.next_number(f"CC-{in_china(at).year}-", SpotCheck)
    content = frames.to_bytes(frame_of(number, plan, prepared.listed.candidates, by, at))
    made = row_of(number, plan, prepared, content)
    made.agency_id, made.announced_by, made.announced_at = by.agency_id, by, at
    made.save()
    SpotChecker.objects.bulk_create(
        SpotChecker(check_of=made, officer=one) for one in unique(plan.checkers)
    )
    record(Kind.SPOT_CHECK_ANNOUNCED, made, by=by, at=at, **announced_facts(made))
    return made


def check_days(plan: Plan, *, today: date) -> None:
    """Refuses: WrongDays, LookingOver."""
    if not plan.since <= plan.until <= today:
        raise errors.WrongDays()
    if not today <= plan.looks_until <= today + LONGEST_LOOK:
        raise errors.LookingOver()


def check_reason(plan: Plan, prepared: Prepared) -> None:
    """Refuses: RatioUnset, OtherRatio, ReasonToRepeat."""
    basis = prepared.basis
    if plan.reason.strip():
        return
    if basis.percent is None:
        raise errors.RatioUnset(basis.article)
    if plan.percent != basis.percent:
        raise errors.OtherRatio(basis.article, percent=plan.percent, rule=basis.percent)
    if prepared.repeats:
        raise errors.ReasonToRepeat(numbers="、".join(prepared.repeats))


def earlier(plan: Plan, by: Officer) -> tuple[str, ...]:
    """Numbers of those announced before for any of the same days, abandoned ones as well: who
    does not like what comes out shall not draw anew unseen."""
    rows = SpotCheck.objects.filter(agency_id=by.agency_id)
    rows = rows.filter(since_date__lte=plan.until, until_date__gte=plan.since)
    return tuple(rows.order_by("pk").values_list("number", flat=True))


def frame_of(
    number: str, plan: Plan, candidates: tuple[Candidate, ...], by: Officer, at: datetime
) -> Frame:
    with translation.override("zh-hans"):  # the list is a paper, whoever announces it
        strata = "、".join(str(Stratum(one).label) for one in in_order(plan.strata)) or "不分组"
    said = (
        ("单位", str(by.agency)),
        ("期间", f"{plan.since} 至 {plan.until}"),
        ("分组", strata),
        ("范围", spot_frames.RANGE),
        ("公布时间", f"{in_china(at):%Y-%m-%d %H:%M}"),
    )
    return Frame(number, plan.percent, plan.least, said, candidates)


def in_order(strata: Sequence[Stratum]) -> list[Stratum]:
    return [one for one in Stratum if one in strata]


def unique(officers: Sequence[Officer]) -> list[Officer]:
    return list({one.pk: one for one in officers}.values())


def row_of(number: str, plan: Plan, prepared: Prepared, content: bytes) -> SpotCheck:
    return SpotCheck(
        number=number,
        since_date=plan.since,
        until_date=plan.until,
        strata="/".join(in_order(plan.strata)),
        percent=plan.percent,
        least=plan.least,
        reason=plan.reason.strip()[:MOST_WORDS],
        repeats=list(prepared.repeats),
        questions=spot_rules.as_json(prepared.basis.questions),
        pack_id=prepared.basis.pack_id,
        article=prepared.basis.article,
        frame=content,
        frame_sha256=frames.digest(content),
        frame_size=len(prepared.listed.candidates),
        has_secrets=prepared.listed.has_secrets,
        looks_until_date=plan.looks_until,
    )


def announced_facts(check: SpotCheck) -> dict[str, Any]:
    """The rule and the list, as the log has them and as the audit compares them."""
    return {
        "since": check.since_date.isoformat(),
        "until": check.until_date.isoformat(),
        "strata": check.strata,
        "percent": check.percent,
        "least": check.least,
        "reason": check.reason,
        "repeats": check.repeats,
        "questions": [one["code"] for one in check.questions],
        "pack": check.pack_id,
        "article": check.article,
        "frame_sha256": check.frame_sha256,
        "frame_size": check.frame_size,
        "looks_until": check.looks_until_date.isoformat(),
    }


@transaction.atomic
def draw(check: SpotCheck, *, by: Officer, at: datetime) -> None:
    """Take what the root of the checkpoint over the announcement gives, and let checkers look.

    Refuses: NoSuchCheck, NotAChecker, LooksEnded, FrameChanged, WrongStep.
    """
    log.wait_for_turn()
    now = fresh(check, by)
    check_may_run(now, by, at=at)
    if in_china(at).date() > now.looks_until_date:
        raise errors.LooksEnded(day=now.looks_until_date)
    head = queries.checkpoint_over(proofs.event_of(subject_of(now), Kind.SPOT_CHECK_ANNOUNCED))
    assert head is not None  # it was signed in the announcement's own transaction
    drawn = drawn_from(now, bytes(head.root).hex())
    move(
        check, Step.DRAW, drawn_at=at, drawn_by=by, root=bytes(head.root).hex(),
        checkpoint_size=head.size,
    )  # fmt: skip
    record(
        Kind.SPOT_CHECK_DRAWN, check, by=by, at=at, root=check.root,
        checkpoint_size=head.size, items=[one.item for one in drawn],
    )  # fmt: skip
    spot_spreading.keep_items(check, drawn)
    spot_spreading.spread(check, by=by, at=at)


def drawn_from(check: SpotCheck, root: str) -> list[Candidate]:
    """As anybody would draw with this root. Refuses: FrameChanged."""
    content = bytes(check.frame)
    if frames.digest(content) != check.frame_sha256:
        raise errors.FrameChanged()
    frame = frames.read(content)
    return choosing.draw(
        frame.candidates,
        root_hex=root,
        draw_no=frame.draw_no,
        percent=frame.percent,
        least=frame.least,
    )


@transaction.atomic
def abandon(check: SpotCheck, *, reason: str, by: Officer, at: datetime) -> None:
    """Give it up; it stays visible. Refuses: NoSuchCheck, NotAChecker, WordsBlank, WrongStep."""
    if not reason.strip():
        raise errors.WordsBlank(field=_("放弃理由"))
    log.wait_for_turn()
    check_may_run(fresh(check, by), by, at=at)
    move(check, Step.ABANDON, closed_at=at, closed_by=by, conclusion=reason.strip()[:MOST_WORDS])
    record(Kind.SPOT_CHECK_ABANDONED, check, by=by, at=at, reason=check.conclusion)
    assigning.end(subject_of(check), by=by, at=at)
