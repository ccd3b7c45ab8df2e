"""Who answers for a device, as its page tells it: the person, and the article beside."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from liuhen.devices import keepers, responsible
from liuhen.devices.models import NOT_CARRIED, Device
from liuhen.engines.policy import answering
from liuhen.engines.policy.answering import Charged
from liuhen.engines.policy.answers import Ground
from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.vocabulary import Post
from liuhen.people.models import Officer


@dataclass(frozen=True)
class Charge:
    """`officers` empty: nobody; `note` says what then, or how it came. `is_missing`: the
    regulation wants somebody, and nobody is."""

    title: str | Promise
    officers: tuple[Officer, ...]
    ground: Ground | None
    note: str | Promise = ""
    is_missing: bool = False


def charges_of(device: Device, rules: Rules | None, user: Officer | None) -> list[Charge]:
    """`user`: who has it now; None: nobody."""
    found = [keeper_of(device, rules), first_of(device, rules)]
    if rules is None:
        return found
    for title, charged in (
        (_("管理维护"), answering.maintained_by(rules)),
        (_("登记发放"), answering.issued_by(rules)),
    ):
        if charged and charged.post != Post.KEEPER:
            found.append(of_post(title, device, charged))
    ground = answering.user_answers(rules)
    if ground and device.kind not in NOT_CARRIED:
        note = "" if user else _("领用期间由领用人负责")
        found.append(Charge(_("使用人"), (user,) if user else (), ground, note))
    return found


def keeper_of(device: Device, rules: Rules | None) -> Charge:
    ground = answering.keeper_each(rules) if rules else None
    keeper = keepers.of(device)
    if keeper:
        return Charge(_("设备管理员"), (keeper,), ground)
    left = device.keeper is not None
    note = _("原管理员已不在岗") if left else _("未指定")
    return Charge(_("设备管理员"), (), ground, note, is_missing=bool(ground))


def first_of(device: Device, rules: Rules | None) -> Charge:
    first = responsible.first_of(device, rules)
    if first is None:
        return Charge(_("第一责任人"), (), None, _("未指定"))
    note: str | Promise = _("本单位指定") if first.is_named else ""
    if not first.officers:
        note = _("使用科室尚无负责人") if device.unit else _("未指定使用科室")
    return Charge(_("第一责任人"), first.officers, first.ground, note, not first.officers)


def of_post(title: Promise, device: Device, charged: Charged) -> Charge:
    officers = responsible.holders_for(device, charged.post)
    note: str | Promise = "" if officers else _("尚无人担任")
    return Charge(title, officers, charged.ground, note, not officers)
