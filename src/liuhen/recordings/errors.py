from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NothingThere(Refusal):
    code = "intake.nothing_there"
    message = _("找不到“{path}”，未采集任何文件。请检查存储卡是否插好、路径是否正确。")


class PlaceNotAllowed(Refusal):
    code = "intake.place_not_allowed"
    message = _("不能从“{path}”采集：网页上只能选择存储卡或允许的文件夹（{allowed}）。")


class FolderTaken(Refusal):
    code = "intake.folder_taken"
    topic = "window"
    message = _(
        "“{path}”与监视文件夹或者另一台摄像机的文件夹重合，未保存。每台摄像机须有单独的文件夹，请另选。"
    )


class DeviceNoTooLong(Refusal):
    code = "intake.device_no_too_long"
    message = _("设备编号不能超过 {most} 个字符，未采集任何文件。请核对编号。")


class OwnFolder(Refusal):
    code = "intake.own_folder"
    topic = "originals"
    message = _(
        "“{path}”是本系统自己的数据目录，不能作为采集来源，未采集任何文件。"
        "如需重新入库其中的文件，请先复制到别处。"
    )


class NoSuchOfficer(Refusal):
    code = "intake.no_such_officer"
    message = _(
        "没有执法证号为“{cert_no}”的人员，未采集任何文件。请核对证号；暂不确定时可先不填，入库后再补。"
    )


class UploadIncomplete(Refusal):
    code = "upload.incomplete"
    message = _("还有文件没有上传完，暂不能入库。请等待上传完成或移除未完成的文件。")


class UploadUnknown(Refusal):
    code = "upload.unknown"
    message = _("服务器上没有这个上传任务。请重新选择文件上传。")


class StoreFull(Refusal):
    code = "intake.store_full"
    message = _(
        "存储空间不足，采集中止；已封存的资料不受影响，源文件未作改动。请清理或扩充磁盘后重新采集。"
    )


class NoSuchRecording(Refusal):
    code = "recordings.no_such_recording"
    topic = "secrecy"
    message = _("没有编号为“{number}”的音像资料，或您无权查看。请核对编号。")


class AssignedMeanwhile(Refusal):
    code = "recordings.assigned_meanwhile"
    message = _("{number} 的归属刚刚由他人确认，本次未作改动。请刷新页面，核对后再决定是否更正。")


class AssignedToYourself(Refusal):
    code = "recordings.assigned_to_yourself"
    topic = "secrecy"
    message = _("不能由本人确认 {number} 归属本人，未作改动。请由其他资料保管员核对后确认归属。")


class NotYoursToShare(Refusal):
    code = "recordings.not_yours_to_share"
    topic = "secrecy"
    message = _(
        "您不能登记 {number} 的共同执法人员，未作改动。请由录制人、所在科室负责人或资料保管员办理。"
    )


class CannotShareWith(Refusal):
    code = "recordings.cannot_share_with"
    topic = "secrecy"
    message = _(
        "{officer} 不能登记为 {number} 的共同执法人员，未作改动。"
        "共同执法人员须是本单位在用账号，且不是录制人和管理员。请核对后重选。"
    )


class SharedWithYourself(Refusal):
    code = "recordings.shared_with_yourself"
    topic = "secrecy"
    message = _(
        "不能把本人登记为 {number} 的共同执法人员，未作改动。"
        "确实参与执法的，请由录制人、科室负责人或者资料保管员中的其他人登记。"
    )


class SharedAlready(Refusal):
    code = "recordings.shared_already"
    message = _("{officer} 已经是 {number} 的共同执法人员，无需重复登记。请刷新页面核对。")


class NotShared(Refusal):
    code = "recordings.not_shared"
    message = _("{officer} 已不是 {number} 的共同执法人员，本次未作改动。请刷新页面核对。")


class FolderNotEmpty(Refusal):
    code = "export.folder_not_empty"
    message = _("文件夹“{path}”不是空的，未导出任何内容。请指定一个空文件夹或新文件夹。")


class ExportDiffers(Refusal):
    code = "export.differs"
    topic = "originals"
    message = _("{number} 的库中文件与封存时不一致，未导出。请立即执行审计并报告保管部门。")


class PatternsUnreadable(Refusal):
    code = "intake.patterns_unreadable"
    message = _(
        "文件名规则 {path} 有误（{problem}），未采集任何文件。"
        "请更正该文件，或删除它以使用内置规则。"
    )


class NotYoursToMark(Refusal):
    code = "recordings.not_yours_to_mark"
    topic = "access"
    message = _(
        "您的岗位只能查看 {number}，不能在其上标记或者截取画面，未作改动。"
        "请由参与执法的人员、所在科室负责人、资料保管员或者法制机构办理。"
    )


class NotYoursToUnmark(Refusal):
    code = "recordings.not_yours_to_unmark"
    topic = "originals"
    message = _(
        "这个标记由 {officer} 所作，您不能撤销，未作改动。"
        "请由本人、录制人、所在科室负责人或者资料保管员撤销。"
    )


class MarkOutside(Refusal):
    code = "recordings.mark_outside"
    message = _(
        "所标的时间不在 {number} 之内（全长 {length} 秒），未作标记。请在播放到要标的画面时再标。"
    )


class NoSuchPoint(Refusal):
    code = "recordings.no_such_point"
    message = _(
        "录制当日执行的制度没有列出“{point}”这一项，未作标记。请从列出的事项中选择，或者选“其他”。"
    )


class MarkedAlready(Refusal):
    code = "recordings.marked_already"
    message = _("同一时刻已有相同的标记，未重复添加。如需补充说明，请换一个时刻或者撤销后重标。")


class NoSuchMark(Refusal):
    code = "recordings.no_such_mark"
    message = _("没有这个标记，或者已被撤销，本次未作改动。请刷新页面核对。")


class NoPictureThere(Refusal):
    code = "recordings.no_picture_there"
    message = _(
        "{number} 在第 {seconds} 秒没有能够读出的画面，未截取。请换一个时刻再试，原始文件未受影响。"
    )


class NoSuchSnapshot(Refusal):
    code = "recordings.no_such_snapshot"
    message = _("没有这张截图，或者截图文件已不在，可以重新截取。原始文件未受影响。")


class NothingListens(Refusal):
    code = "recordings.nothing_listens"
    message = _("{why}未开始识别，不影响其他功能。")
