"""Who may do what, as one literal table. What state allows it is another question."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer
from liuhen.people.roles import Role


class Permission(StrEnum):
    """`SEE_*` grants a range of recordings; the widest one held counts."""

    SEE_OWN = "see_own"
    SEE_UNIT = "see_unit"
    SEE_AGENCY = "see_agency"
    TAKE_IN = "take_in"
    SEE_UNIT_DEVICES = "see_unit_devices"
    SEE_DEVICES = "see_devices"
    MANAGE_DEVICES = "manage_devices"
    KEEP_PASSWORDS = "keep_passwords"
    REQUEST_DEVICES = "request_devices"
    ALLOCATE_DEVICES = "allocate_devices"
    HANDLE_REPAIRS = "handle_repairs"
    DECIDE_COMPENSATION = "decide_compensation"
    MANAGE_BUDGET = "manage_budget"
    MANAGE_PEOPLE = "manage_people"
    CONFIRM_ROLES = "confirm_roles"
    MANAGE_AGENCIES = "manage_agencies"
    PROPOSE_RULES = "propose_rules"
    APPROVE_RULES = "approve_rules"
    KEEP_RULES = "keep_rules"
    SEE_UNIT_DUTIES = "see_unit_duties"
    SEE_AGENCY_DUTIES = "see_agency_duties"
    WAIVE_DUTIES = "waive_duties"
    RECORD_ACTIVITIES = "record_activities"
    HANDLE_CASES = "handle_cases"
    KEEP_MATTERS = "keep_matters"
    PLACE_HOLDS = "place_holds"
    SEE_SECRET = "see_secret"  # noqa: S105 -- a permission, not a secret
    SERVE_OUTSIDERS = "serve_outsiders"
    READ_REGISTER = "read_register"
    APPOINT_STAND_INS = "appoint_stand_ins"
    KEEP_DISCS = "keep_discs"
    READ_CUSTODY = "read_custody"
    RUN_CHECKS = "run_checks"
    APPRAISE_RECORDINGS = "appraise_recordings"
    REVIEW_DISPOSAL = "review_disposal"
    APPROVE_DISPOSAL = "approve_disposal"
    WITNESS_DISPOSAL = "witness_disposal"
    SEE_STORAGE = "see_storage"
    # supervision: spot checks
    SEE_SPOT_CHECKS = "see_spot_checks"
    TAKE_SPOT_CHECKS = "take_spot_checks"
    # Breaches: who inquires, who decides, whom they ask about the law.
    HANDLE_BREACHES = "handle_breaches"
    DECIDE_BREACHES = "decide_breaches"
    ADVISE_BREACHES = "advise_breaches"
    # supervision: reviews, corrections, what is looked at day by day
    ORDER_CORRECTIONS = "order_corrections"
    RUN_REVIEWS = "run_reviews"
    WATCH_REMOTELY = "watch_remotely"
    LOOK_BACK = "look_back"


P = Permission
GRANTED: dict[Role, frozenset[Permission]] = {
    Role.OFFICER: frozenset({P.SEE_OWN, P.TAKE_IN, P.RECORD_ACTIVITIES, P.HANDLE_CASES}),
    Role.UNIT_HEAD: frozenset(
        {
            *{P.SEE_UNIT, P.TAKE_IN, P.SEE_UNIT_DUTIES, P.WAIVE_DUTIES},
            *{P.SEE_UNIT_DEVICES, P.REQUEST_DEVICES},
            *{P.RECORD_ACTIVITIES, P.HANDLE_CASES, P.WITNESS_DISPOSAL},
            P.TAKE_SPOT_CHECKS,
            *{P.ORDER_CORRECTIONS, P.RUN_REVIEWS, P.WATCH_REMOTELY},
        }
    ),
    Role.LEADER: frozenset(
        {
            *{P.SEE_AGENCY, P.SEE_AGENCY_DUTIES, P.WAIVE_DUTIES},
            *{P.SEE_DEVICES, P.DECIDE_COMPENSATION, P.PLACE_HOLDS},
            *{P.SEE_SECRET, P.READ_REGISTER},
            *{P.WITNESS_DISPOSAL, P.SEE_STORAGE, P.SEE_SPOT_CHECKS, P.TAKE_SPOT_CHECKS},
            *{P.DECIDE_BREACHES},
            *{P.ORDER_CORRECTIONS, P.RUN_REVIEWS, P.WATCH_REMOTELY},
        }
    ),
    Role.BUREAU_HEAD: frozenset(
        {
            *{P.SEE_AGENCY, P.SEE_AGENCY_DUTIES, P.WAIVE_DUTIES, P.APPROVE_RULES},
            *{P.CONFIRM_ROLES, P.SEE_DEVICES, P.DECIDE_COMPENSATION, P.PLACE_HOLDS},
            *{P.SEE_SECRET, P.READ_REGISTER, P.APPOINT_STAND_INS},
            *{P.APPROVE_DISPOSAL, P.SEE_STORAGE, P.SEE_SPOT_CHECKS, P.TAKE_SPOT_CHECKS},
            # Also inquires, where supervision itself is concerned or nobody holds its post.
            *{P.HANDLE_BREACHES, P.DECIDE_BREACHES},
            *{P.ORDER_CORRECTIONS, P.RUN_REVIEWS, P.WATCH_REMOTELY},
        }
    ),
    Role.KEEPER: frozenset(
        {
            *{P.SEE_DEVICES, P.MANAGE_DEVICES, P.KEEP_PASSWORDS, P.TAKE_IN},
            *{P.HANDLE_REPAIRS, P.ALLOCATE_DEVICES, P.WITNESS_DISPOSAL},
        }
    ),
    Role.CUSTODIAN: frozenset(
        {
            *{P.SEE_AGENCY, P.TAKE_IN, P.SEE_DEVICES, P.MANAGE_DEVICES},
            *{P.RUN_CHECKS, P.SEE_AGENCY_DUTIES, P.HANDLE_CASES, P.PLACE_HOLDS},
            *{P.SEE_SECRET, P.SERVE_OUTSIDERS, P.READ_REGISTER},
            *{P.KEEP_DISCS, P.APPRAISE_RECORDINGS, P.WITNESS_DISPOSAL, P.SEE_STORAGE},
            P.TAKE_SPOT_CHECKS,
            *{P.ORDER_CORRECTIONS, P.WATCH_REMOTELY},
        }
    ),
    Role.LEGAL_OFFICE: frozenset(
        {
            *{P.SEE_AGENCY, P.SEE_AGENCY_DUTIES, P.KEEP_RULES},
            *{P.HANDLE_CASES, P.KEEP_MATTERS, P.PLACE_HOLDS},
            *{P.SEE_SECRET, P.SERVE_OUTSIDERS, P.READ_REGISTER},
            *{P.REVIEW_DISPOSAL, P.WITNESS_DISPOSAL},
            *{P.SEE_SPOT_CHECKS, P.TAKE_SPOT_CHECKS, P.ADVISE_BREACHES},
            *{P.ORDER_CORRECTIONS, P.RUN_REVIEWS, P.LOOK_BACK},
        }
    ),
    Role.SUPERVISION: frozenset(
        {
            *{P.SEE_AGENCY, P.SEE_AGENCY_DUTIES, P.READ_CUSTODY, P.SEE_DEVICES},
            *{P.PLACE_HOLDS, P.READ_REGISTER, P.WITNESS_DISPOSAL},
            *{P.SEE_SPOT_CHECKS, P.TAKE_SPOT_CHECKS, P.HANDLE_BREACHES},
            *{P.ORDER_CORRECTIONS, P.RUN_REVIEWS, P.WATCH_REMOTELY},
        }
    ),
    Role.FINANCE: frozenset(
        {
            *{P.SEE_DEVICES, P.HANDLE_REPAIRS, P.ALLOCATE_DEVICES, P.MANAGE_BUDGET},
            *{P.WITNESS_DISPOSAL},
        }
    ),
    Role.SYSTEM_ADMIN: frozenset({P.RUN_CHECKS, P.CONFIRM_ROLES, P.MANAGE_AGENCIES, P.SEE_STORAGE}),
    Role.SECURITY_ADMIN: frozenset({P.MANAGE_PEOPLE, P.PROPOSE_RULES, P.KEEP_RULES}),
    Role.AUDITOR: frozenset({P.READ_CUSTODY, P.RUN_CHECKS}),
}


class NotPermitted(Refusal):
    code = "people.not_permitted"
    message = _("您的岗位不能办理此事项。如工作需要，请由安全管理员授予相应岗位后再办理。")


def permissions_of(officer: Officer) -> frozenset[Permission]:
    """All that the officer's roles grant together; nothing for an account that is off."""
    if not officer.is_active:
        return frozenset()
    return frozenset().union(*(GRANTED[Role(role)] for role in officer.role_names))


def may(officer: Officer, permission: Permission) -> bool:
    return permission in permissions_of(officer)


def check(officer: Officer, permission: Permission) -> None:
    """Refuses: NotPermitted."""
    if not may(officer, permission):
        raise NotPermitted()
