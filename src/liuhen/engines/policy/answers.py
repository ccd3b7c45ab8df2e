"""What every answer carries: the article and the reason, in codes that are put into words later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from liuhen.engines.policy.values import Value


class Why(StrEnum):
    """Why an answer is as it is. Stable: duties, events and pages quote it."""

    # handover
    HANDOVER_SAME_DAY = "handover_same_day"
    HANDOVER_HOURS = "handover_hours"
    HANDOVER_EXCUSED = "handover_excused"
    EXCUSE_NOT_LISTED = "excuse_not_listed"
    CLOCK_NOT_STARTED = "clock_not_started"
    # keeping
    TERM_EXACT = "term_exact"
    TERM_AT_LEAST = "term_at_least"
    TERM_CASE_FILE = "term_case_file"
    TERM_UNSTATED = "term_unstated"
    EVIDENCE_EXACT = "evidence_exact"
    EVIDENCE_AT_LEAST = "evidence_at_least"
    EVIDENCE_CASE_FILE = "evidence_case_file"
    EVIDENCE_UNSTATED = "evidence_unstated"
    CASE_FILE_UNKNOWN = "case_file_unknown"
    CASE_FILE_FOR_GOOD = "case_file_for_good"
    LONG_TERM = "long_term"
    PRESERVE = "preserve"
    ON_HOLD = "on_hold"
    BEFORE_ADOPTION = "before_adoption"
    FROM_INTAKE = "from_intake"
    LAW_TERM_SHORT = "law_term_short"
    # recording
    MATTER_ALWAYS = "matter_always"
    MATTER_DISPUTABLE = "matter_disputable"
    MATTER_NOT_DISPUTABLE = "matter_not_disputable"
    MATTER_DISPUTE_UNKNOWN = "matter_dispute_unknown"
    MATTER_LISTED = "matter_listed"
    MATTER_NOT_LISTED = "matter_not_listed"
    MATTER_LIST_UNKNOWN = "matter_list_unknown"
    MATTER_NOT_NAMED = "matter_not_named"
    NOT_YET_OWED = "not_yet_owed"
    NO_GAP = "no_gap"
    FULL_COURSE = "full_course"
    SPAN = "span"
    EXEMPTION_CONSENT = "exemption_consent"
    EXEMPTION_AFTERWARDS = "exemption_afterwards"
    CAUSE_NOT_LISTED = "cause_not_listed"
    NO_EXEMPTION = "no_exemption"
    INTERRUPTION = "interruption"
    INTERRUPTION_NOT_LISTED = "interruption_not_listed"
    CANNOT_GO_ON = "cannot_go_on"
    # describing
    FIELDS_MISSING = "fields_missing"
    NOTICE_PHRASE = "notice_phrase"
    NOTICE_BOOK = "notice_book"
    NOTICE_ONLY = "notice_only"
    SHOT_LIST = "shot_list"
    OPENING_STATEMENT = "opening_statement"
    PRE_USE_CHECK = "pre_use_check"
    DISC_LABEL = "disc_label"
    EVIDENCE_NOTE = "evidence_note"
    LEDGER = "ledger"
    # approvals
    CHAIN = "chain"
    NO_APPROVAL = "no_approval"
    NEVER_SECRET = "never_secret"  # noqa: S105
    # equipment
    ENOUGH_DEVICES = "enough_devices"
    TOO_FEW_DEVICES = "too_few_devices"
    OUTSIDE_STANDARD = "outside_standard"
    # who answers for a device
    FIRST_RESPONSIBLE = "first_responsible"
    MAINTAINED_BY = "maintained_by"
    ISSUED_BY = "issued_by"
    KEEPER_EACH = "keeper_each"
    USER_ANSWERS = "user_answers"
    COLLECTION_MEDIA = "collection_media"
    # use, repair, loss
    CHECK_ITEM_FAILED = "check_item_failed"
    BATTERY_LOW = "battery_low"
    SPACE_LOW = "space_low"
    CLOCK_NOT_READ = "clock_not_read"
    CLOCK_OFF = "clock_off"
    ONE_EACH = "one_each"
    EXPLOSION_PROOF_NEEDED = "explosion_proof_needed"
    SUSPENDED = "suspended"
    FULL_PRICE = "full_price"
    BY_RULE = "by_rule"
    REPAIR_THROUGH = "repair_through"
    RECORDINGS_LOST = "recordings_lost"
    # oversight
    SAMPLING = "sampling"
    SAMPLING_UNSET = "sampling_unset"
    CADENCE = "cadence"
    CADENCE_UNSET = "cadence_unset"
    BREACHES = "breaches"
    SANCTIONS = "sanctions"


Facts = Mapping[str, str | int]


@dataclass(frozen=True)
class Ground:
    """An article and what it did to the answer.

    `facts` are codes and numbers (several codes joined with commas), fit for JSON;
    `reading` is the pack's own word where the article leaves the point open.
    """

    article: int
    code: Why
    facts: Facts = field(default_factory=dict)
    reading: str | None = None
    see: tuple[int, ...] = ()

    @classmethod
    def of(cls, value: Value, code: Why, **facts: str | int) -> "Ground":
        return cls(value.article, code, facts, value.reading, value.see)


class NoRule(Exception):
    """The regulation is silent on this and nothing may be assumed in its place."""


def joined(codes: Iterable[str]) -> str:
    """Several codes as one fact, in a stable order: `away,remote`."""
    return ",".join(sorted(codes))


def in_order(codes: Iterable[str]) -> str:
    """Several codes as one fact, in the regulation's order."""
    return ",".join(codes)
