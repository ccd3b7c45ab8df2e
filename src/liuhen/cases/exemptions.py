"""免予记录: an activity that need not be recorded, by the regulation's causes and somebody's word.

Where consent is asked beforehand, it must be given before the officers arrive; elsewhere a work
record with cause and basis is written afterwards and decided on by the regulation's post.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from liuhen.cases import deciders, papers
from liuhen.cases import unrecorded_errors as errors
from liuhen.cases.explaining import standing
from liuhen.cases.models import Activity, Exemption, PaperState
from liuhen.cases.paper_states import Step
from liuhen.cases.rejudging import rejudge
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.engines.policy import recording as policy
from liuhen.engines.policy.answers import NoRule, Why
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.recording import Permit
from liuhen.engines.policy.values import Exemption as Rule
from liuhen.engines.policy.vocabulary import Cause, Consent, Post
from liuhen.kernel.clock import in_china
from liuhen.people.models import Officer

__all__ = ["standing"]


@dataclass(frozen=True)
class Offer:
    """What the regulation lets one ask for: the causes with its own words, and on what terms.

    `article` None: the regulation is silent. No causes: nothing may go unrecorded.
    """

    article: int | None
    causes: tuple[tuple[Cause, str], ...] = ()
    is_prior: bool = False
    work_record: bool = False
    reviewed: bool = False
    posts: tuple[Post, ...] = ()


def offer(rules: Rules) -> Offer:
    rule = rules.get(Rule)
    if rule is None:
        try:
            refused = policy.exemption(rules, Cause.OBJECTIVE)
        except NoRule:
            return Offer(None)
        return Offer(refused.grounds[0].article)
    return Offer(
        rule.article,
        tuple((line.code, line.text) for line in rule.causes),
        rule.consent == Consent.BEFORE,
        rule.work_record,
        rule.reviewed,
        rule.posts,
    )


@transaction.atomic
def ask(
    activity: Activity,
    *,
    cause: Cause,
    reason: str,
    by: Officer,
    at: datetime,
    basis: str = "",
    submit_now: bool = True,
) -> Exemption:
    """Ask for consent beforehand, or say why nothing was recorded.

    `submit_now` False: the work record is written later; it is owed. Where no paper is asked for
    but consent, it goes to who decides at once in any case.
    Refuses: NotPermitted, NotOfThisActivity, ActivityVoided, NoRegulation, WordsMissing,
    RegulationSilent, NoExemption, CauseNotListed, AskedTooLate, ExemptionThere.
    """
    log.wait_for_turn()
    papers.check_enters(activity, by)
    papers.need(reason, field=_("原因"))
    activity.refresh_from_db(fields=["arrived_at"])
    rules = papers.rules_for(activity, at)
    permit = permitted(rules, cause)
    is_prior = permit.grounds[0].code == Why.EXEMPTION_CONSENT
    if is_prior:
        check_in_time(activity, permit.grounds[0].article, at=at)
    made = entered(activity, cause, reason, basis, permit, rules, is_prior, by=by, at=at)
    record(Kind.EXEMPTION_ASKED, made, by=by, at=at)
    if not is_prior and submit_now:
        submit(made, reason=reason, basis=basis, by=by, at=at)
    return made


def entered(
    activity: Activity,
    cause: Cause,
    reason: str,
    basis: str,
    permit: Permit,
    rules: Rules,
    is_prior: bool,
    *,
    by: Officer,
    at: datetime,
) -> Exemption:
    """The row alone; the database allows one that is not refused. Refuses: ExemptionThere."""
    try:
        with transaction.atomic():
            return Exemption.objects.create(
                activity=activity,
                is_prior=is_prior,
                cause=cause,
                reason=papers.cut(reason, papers.MOST_REASON),
                basis=papers.cut(basis, papers.MOST_BASIS),
                pack_id=rules.pack.pack_id,
                article=permit.grounds[0].article,
                posts=deciders.joined(asked_of(permit, activity, by)),
                state=PaperState.SUBMITTED if is_prior else PaperState.DRAFT,
                submitted_at=at if is_prior else None,
                submitted_by=by if is_prior else None,
                entered_at=at,
                entered_by=by,
            )
    except IntegrityError:
        known = Exemption.objects.exclude(state=PaperState.REFUSED).get(activity=activity)
        raise errors.ExemptionThere(state=known.get_state_display()) from None


def asked_of(permit: Permit, activity: Activity, by: Officer) -> tuple[Post, ...]:
    """Who decides. Consent is wanted before anybody arrives: where the regulation's posts hold
    nobody but who asks, the next ones up are asked."""
    if permit.consent_needed_from:
        return deciders.reaching(permit.consent_needed_from, activity, by)
    return permit.report_to


def permitted(rules: Rules, cause: Cause) -> Permit:
    """Refuses: RegulationSilent, NoExemption, CauseNotListed."""
    try:
        permit = policy.exemption(rules, cause)
    except NoRule:
        raise errors.RegulationSilent() from None
    ground = permit.grounds[0]
    said = {"cause": papers.cause_text(rules, "exemption", cause)}
    if ground.code == Why.NO_EXEMPTION:
        raise errors.NoExemption(ground.article, **said)
    if ground.code == Why.CAUSE_NOT_LISTED:
        raise errors.CauseNotListed(ground.article, **said)
    return permit


def check_in_time(activity: Activity, article: int | None, *, at: datetime) -> None:
    """Consent is worth something only before it begins. Refuses: AskedTooLate."""
    arrived_at = activity.arrived_at
    if arrived_at is not None and arrived_at <= at:
        shown = f"{in_china(arrived_at):%Y-%m-%d %H:%M}"
        raise errors.AskedTooLate(article, arrived_at=shown)


@transaction.atomic
def submit(exemption: Exemption, *, reason: str, basis: str, by: Officer, at: datetime) -> None:
    """Hand the work record in, or what was returned once more.

    Refuses: NotPermitted, NotOfThisActivity, ActivityVoided, WordsMissing, AskedTooLate, WrongStep.
    """
    log.wait_for_turn()
    papers.check_writes(exemption, by)
    check_prior(exemption, at=at)
    papers.submit(exemption, reason, basis, needs_basis=not exemption.is_prior, by=by, at=at)
    record(Kind.EXEMPTION_SUBMITTED, exemption, by=by, at=at)


@transaction.atomic
def approve(exemption: Exemption, *, opinion: str, by: Officer, at: datetime) -> None:
    """Refuses: NoSuchPaper, OwnPaper, NotYoursToDecide, AskedTooLate, WrongStep."""
    log.wait_for_turn()
    papers.check_decides(exemption, by)
    check_prior(exemption, at=at)
    papers.decide(exemption, Step.APPROVE, opinion, by=by, at=at)
    record(Kind.EXEMPTION_APPROVED, exemption, by=by, at=at)
    rejudge(exemption.activity, by=by, at=at)


@transaction.atomic
def send_back(exemption: Exemption, *, opinion: str, by: Officer, at: datetime) -> None:
    """Something is missing or unclear; the opinion says what.

    Refuses: NoSuchPaper, OwnPaper, NotYoursToDecide, WordsMissing, WrongStep.
    """
    log.wait_for_turn()
    papers.decide(exemption, Step.RETURN, opinion, by=by, at=at)
    record(Kind.EXEMPTION_RETURNED, exemption, by=by, at=at)


@transaction.atomic
def refuse(exemption: Exemption, *, opinion: str, by: Officer, at: datetime) -> None:
    """The activity counts as not recorded. Refuses as `send_back`."""
    log.wait_for_turn()
    papers.decide(exemption, Step.REFUSE, opinion, by=by, at=at)
    record(Kind.EXEMPTION_REFUSED, exemption, by=by, at=at)
    rejudge(exemption.activity, by=by, at=at)


@transaction.atomic
def file(exemption: Exemption, *, by: Officer, at: datetime) -> None:
    """The paper lies in the file. Refuses: NoSuchPaper, NotYoursToFile, WrongStep."""
    log.wait_for_turn()
    papers.check_files(exemption, by)
    papers.move(exemption, Step.FILE, filed_at=at)
    record(Kind.EXEMPTION_FILED, exemption, by=by, at=at)


def check_prior(exemption: Exemption, *, at: datetime) -> None:
    """Refuses: AskedTooLate."""
    if exemption.is_prior:
        activity = Activity.objects.get(pk=exemption.activity_id)
        check_in_time(activity, exemption.article, at=at)


def known(activity: Activity) -> Exemption | None:
    """The newest, whatever became of it."""
    return Exemption.objects.filter(activity=activity).order_by("-entered_at", "-pk").first()


def record(kind: Kind, exemption: Exemption, *, by: Officer, at: datetime) -> None:
    facts = papers.said_of(exemption) | {
        "exemption": exemption.pk,
        "is_prior": exemption.is_prior,
    }
    log.record(kind, subject=papers.subject_of(exemption.activity), by=by, at=at, **facts)
