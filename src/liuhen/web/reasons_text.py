"""Why a name on a card was not sealed, or its source not cleared, in plain words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REASONS: dict[str, str | Promise] = {
    "system_file": _("系统文件，不是音像资料"),
    "index_file": _("设备的索引或日志文件，不是音像资料"),
    "sidecar": _("缩略图等附属文件，不是音像资料"),
    "empty": _("空文件，且看不出是音像资料"),
    "not_media": _("不是音像资料"),
    "own_folder": _("本系统自己的数据目录，不作为采集来源"),
    "permission": _("没有读取权限"),
    "vanished": _("读取前已不存在，存储卡可能被拔出"),
    "symlink": _("符号链接，为安全起见不跟随"),
    "fifo": _("管道文件，不是普通文件"),
    "not_regular": _("不是普通文件"),
    "name_too_long": _("文件名过长，系统无法打开"),
    "io_error": _("读取出错，存储卡可能已损坏，请换读卡器重试"),
    "read_back_differs": _("写入后回读不一致，未封存，请检查磁盘后重新采集"),
    "worker_died": _("处理该文件的进程意外退出，请重新采集；再次出现请联系系统管理员"),
    "changed_while_reading": _("读取过程中文件发生变化，请重新采集"),
    "stopped": _("采集被中断，请重新采集"),
    "store_full": _("存储空间不足，请扩充后重新采集"),
    "source_changed": _("已封存；卡上的文件此后有变化，未清除"),
    "vault_differs": _("已封存；清除前复核不一致，卡上的文件未清除，请立即核验"),
    "recording_disposed": _("此前入库的资料已期满销毁，卡上的文件未清除，请由保管员核实后处理"),
    "source_is_original": _("已封存；所选文件就是库中的原件本身，未清除"),
    "source_in_use": _("已封存；还有程序正在写入该文件，未清除"),
    "source_not_removable": _("已封存；卡为只读或无权删除，未清除"),
}

PROBLEMS: dict[str, str | Promise] = {
    "store_full": _("存储空间不足，采集中止。已封存的资料不受影响，扩充后重新采集即可。"),
    "interrupted": _("采集中途停止（断电、重启或拔卡）。已封存的资料不受影响，重新采集即可补齐。"),
}


STORE_FAILED = _("写入存储时出错，未封存，请检查磁盘后重新采集")


def reason_of(code: str) -> str | Promise:
    """The words for `code`; the store's own faults (`store_eio` …) share one sentence."""
    known = REASONS.get(code) or PROBLEMS.get(code)
    return known or (STORE_FAILED if code.startswith("store_") else code)
