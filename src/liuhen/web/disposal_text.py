"""A disposal register in words: its course, whose turn it is, what stands against a line."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from liuhen.people.models import Agency, Officer
from liuhen.people.permissions import Permission
from liuhen.people.queries import those_who_may
from liuhen.retention.disposal import words_of
from liuhen.retention.guards import WHY
from liuhen.retention.models import Appraisal, DisposalList, DisposalState, Worth
from liuhen.web.mending_text import Step, course

S = DisposalState
COLOURS = {
    S.DRAFT: "secondary",
    S.SUBMITTED: "azure",
    S.REVIEWED: "azure",
    S.RETURNED: "orange",
    S.WAITING: "yellow",
    S.EXECUTING: "red",
    S.DONE: "green",
    S.REVOKED: "secondary",
}
ITEM_COLOURS = {"listed": "azure", "leaving": "red", "gone": "green", "spared": "orange"}


def why_text(code: str) -> str | Promise:
    return WHY.get(code, code)


def word_text(word: Appraisal) -> str:
    """继续保存至 2030-01-01, 永久保存, 无保存价值."""
    if word.worth == Worth.NONE:
        return str(word.get_worth_display())
    if word.keep_until_date is None:
        return _("继续保存，不定期限")
    return _("继续保存至 %(day)s") % {"day": word.keep_until_date.isoformat()}


def steps_of(found: DisposalList) -> list[Step]:
    """What happened, then what is still to come."""
    steps = [Step(_("编制清册"), found.drawn_at, found.drawn_by.name, found.reason)]
    if found.submitted_at:
        steps.append(Step(_("提交审核"), found.submitted_at, found.drawn_by.name))
    if found.reviewed_by:
        steps.append(Step(_("审核"), found.reviewed_at, found.reviewed_by.name, found.review))
    if found.approved_by:
        steps.append(Step(_("批准"), found.approved_at, found.approved_by.name, found.approval))
    if found.returned_by and found.state == S.RETURNED:
        who = found.returned_by.name
        steps.append(Step(_("退回"), found.returned_at, who, found.returned_for))
    two = found.witnesses.select_related("officer").order_by("place")
    steps += [Step(_("监销确认"), one.confirmed_at, one.officer.name) for one in two]
    if found.done_at:
        steps.append(Step(_("销毁完成"), found.done_at))
    if found.revoked_by:
        steps.append(Step(_("撤销"), found.revoked_at, found.revoked_by.name, found.revoked_for))
    return course(steps, to_come(found))


def to_come(found: DisposalList) -> list[str]:
    rest = [_("提交审核"), _("法制机构审核"), _("主要负责人批准"), _("等待期满"),
            _("两名监销人确认"), _("销毁完成")]  # fmt: skip
    begins = {S.DRAFT: 0, S.RETURNED: 0, S.SUBMITTED: 1, S.REVIEWED: 2, S.WAITING: 3}
    if found.state == S.EXECUTING:
        return rest[-1:]
    begin = begins.get(DisposalState(found.state))
    return [] if begin is None else rest[begin:]


def actors_of(found: DisposalList) -> list[Officer]:
    """Who may take the next step, by name; nobody once it is over or under way."""
    agency: Agency = found.agency
    part = {found.drawn_by_id, found.reviewed_by_id, found.approved_by_id}
    needed = {
        S.DRAFT: Permission.APPRAISE_RECORDINGS,
        S.RETURNED: Permission.APPRAISE_RECORDINGS,
        S.SUBMITTED: Permission.REVIEW_DISPOSAL,
        S.REVIEWED: Permission.APPROVE_DISPOSAL,
        S.WAITING: Permission.WITNESS_DISPOSAL,
    }
    permission = needed.get(DisposalState(found.state))
    if permission is None:
        return []
    rows = those_who_may(agency, permission)
    if found.state in (S.DRAFT, S.RETURNED):
        return list(rows)
    rows = rows.exclude(pk__in=[pk for pk in part if pk])
    rows = rows.exclude(pk__in=words_of(found).values("appraised_by"))
    if found.state == S.WAITING:
        listed = found.items.filter(is_live=True)
        rows = rows.exclude(pk__in=listed.exclude(recording__officer=None).values(
            "recording__officer"
        )).exclude(pk__in=found.witnesses.values("officer"))  # fmt: skip
    return list(rows)


def names_of(officers: Iterable[Officer]) -> str:
    return _("、").join(one.name for one in officers)
