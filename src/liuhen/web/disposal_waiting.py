"""What of appraisal and disposal waits for an officer, as cards of the first page."""

from dataclasses import dataclass
from datetime import datetime

from django.shortcuts import resolve_url
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuhen.people.models import Officer
from liuhen.retention import disposal_inbox
from liuhen.retention.disposal_inbox import MOST
from liuhen.retention.models import DisposalState

S = DisposalState
TOLD: dict[DisposalState, tuple[str | Promise, str, str]] = {
    S.DRAFT: (_("清册待提交"), "list-details", "secondary"),
    S.RETURNED: (_("清册被退回"), "arrow-back-up", "orange"),
    S.SUBMITTED: (_("清册待审核"), "scale", "azure"),
    S.REVIEWED: (_("清册待批准"), "rubber-stamp", "azure"),
    S.WAITING: (_("清册待监销"), "flame", "red"),
}
"""Title, symbol and colour of the step that is due."""


@dataclass(frozen=True)
class Card:
    """`n` at most MOST; `is_more`: there are more than that."""

    title: str | Promise
    n: int
    symbol: str
    colour: str
    url: str
    is_more: bool = False


def cards_for(officer: Officer, at: datetime) -> list[Card]:
    """Only what there is to do; in the order of the work."""
    waiting = disposal_inbox.of(officer, at=at)
    appraisals, lists = resolve_url("web:appraisals"), resolve_url("web:disposals")
    cards = []
    if waiting.to_appraise:
        url = f"{appraisals}?tab=due"
        cards.append(counted(_("期满待鉴定"), waiting.to_appraise, "archive", "teal", url))
    if waiting.to_list:
        url = f"{appraisals}?tab=none"
        cards.append(
            counted(_("无保存价值，待列清册"), waiting.to_list, "list-details", "teal", url)
        )
    for state, n in waiting.lists:
        step, symbol, colour = TOLD[state]
        cards.append(Card(step, n, symbol, colour, f"{lists}?tab=waiting&state={state}"))
    if waiting.stopped:
        url = f"{lists}?tab=all&state={S.EXECUTING}"
        cards.append(Card(_("执行中断，待处理"), waiting.stopped, "alert-triangle", "red", url))
    return cards


def counted(title: Promise, n: int, symbol: str, colour: str, url: str) -> Card:
    return Card(title, min(n, MOST), symbol, colour, url, is_more=n > MOST)
