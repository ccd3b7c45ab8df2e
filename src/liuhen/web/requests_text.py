"""How a request for devices came along, step by step, from what the log tells of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.custody.kinds import Kind
from liuhen.custody.queries import Told
from liuhen.devices.models import DeviceRequest, RequestState

TITLES: dict[str, Promise] = {
    Kind.DEVICES_REQUESTED: gettext_lazy("提出配备申请"),
    Kind.DEVICES_GRANTED: gettext_lazy("同意配备"),
    Kind.DEVICES_REFUSED: gettext_lazy("不予配备"),
    Kind.DEVICES_ALLOCATED: gettext_lazy("配发设备"),
    Kind.REQUEST_WITHDRAWN: gettext_lazy("撤回申请"),
}
WAITS: dict[str, Promise] = {
    RequestState.OPEN: gettext_lazy("等待设备管理员或装备财务人员审批"),
    RequestState.GRANTED: gettext_lazy("等待配发设备"),
    RequestState.FULFILLED: gettext_lazy("已全部配发"),
    RequestState.REFUSED: gettext_lazy("已办结"),
    RequestState.WITHDRAWN: gettext_lazy("已办结"),
}


@dataclass(frozen=True)
class Step:
    title: str | Promise
    at: datetime
    who: str
    words: str


def steps_of(events: Iterable[Told]) -> list[Step]:
    """What happened, oldest first."""
    return [
        Step(TITLES[told.event.kind], told.event.at, told.who, words_of(told))
        for told in events
        if told.event.kind in TITLES
    ]


def words_of(told: Told) -> str:
    facts = told.facts
    if told.event.kind == Kind.DEVICES_ALLOCATED:
        return _("、").join(facts.get("devices", []))
    return str(facts.get("answer") or facts.get("reason") or "")


def waits_for(request: DeviceRequest) -> Promise:
    return WAITS[request.state]
