"""How the second copy stands, in the words of the storage page, the state page and the command."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from liuhen.kernel.clock import in_china
from liuhen.recordings.models import Store
from liuhen.recordings.second_copy import Standing

NONE = gettext_lazy("没有第二副本。原件只保存在一处，磁盘损坏即丢失；请设置第二副本。")

AWAY = {
    "second_copy_away": gettext_lazy("第二副本所在的磁盘未接入"),
    "second_copy_other": gettext_lazy("接入的不是本系统的第二副本磁盘"),
    "second_copy_unset": gettext_lazy("第二副本已启用，但没有设置其位置（LIUHEN_SECOND_COPY）"),
    "store_full": gettext_lazy("第二副本所在的磁盘已满"),
}


def away_text(reason: str) -> str:
    """Why the store cannot be used; `reason` is a vault error's."""
    said = AWAY.get(reason)
    return str(said) if said else _("第二副本读写出错（%(reason)s）") % {"reason": reason}


def state_of(standing: Standing) -> str:
    if standing.store.away_since:
        told = away_text(standing.store.problem)
        since = f"{in_china(standing.store.away_since):%Y-%m-%d %H:%M}"
        return _("%(told)s，自 %(since)s 起") % {"told": told, "since": since}
    if standing.store.looked_at is None:
        return _("刚启用，尚未开始复制")
    if standing.waiting:
        return _("已复制 %(kept)s 件，待复制 %(waiting)s 件") % {
            "kept": standing.kept,
            "waiting": standing.waiting,
        }
    return _("完整，共 %(kept)s 件") % {"kept": standing.kept}


def problem_of(standing: Standing) -> str:
    """What somebody has to see to; "" when all is well or only a matter of time."""
    told = []
    if standing.store.away_since:
        told.append(_("第二副本不可用，新采集的资料暂时只有一份。请接好磁盘或者检查存储服务。"))
    if standing.failed:
        told.append(
            ngettext(
                "%(n)s 件未能复制到第二副本，请运行 liuhen scrub 核查原件。",
                "%(n)s 件未能复制到第二副本，请运行 liuhen scrub 核查原件。",
                standing.failed,
            )
            % {"n": standing.failed}
        )
    told += [damage_text(store, n) for store, n in sorted(standing.damaged.items())]
    return "".join(told)


def damage_text(store: str, n: int) -> str:
    return ngettext(
        "%(store)s中有 %(n)s 件原件缺失或者受损，尚未修复，请立即报告。",
        "%(store)s中有 %(n)s 件原件缺失或者受损，尚未修复，请立即报告。",
        n,
    ) % {"store": Store(store).label, "n": n}
