"""The menu at the left: what the officer's permissions open, in the order of the work."""

from django.utils.translation import gettext_lazy as _

from liuhen.people.permissions import Permission as P
from liuhen.retention.disposal_queries import TAKING_PART
from liuhen.web.doors import SEEING
from liuhen.web.menu_entries import Entry, entry, section
from liuhen.web.menu_watch import WATCHING

MENU = (
    entry("home", _("工作台"), "home", ""),
    entry(
        "duties",
        _("应办事项"),
        "checklist",
        _("按制度应办的事项、期限和办理情况。"),
        names="duty complete_duty waive_duty",
    ),
    *section(
        _("执法"),
        entry(
            "activities",
            _("执法活动"),
            "clipboard-list",
            _("登记执法活动，查看现场记录和归入的资料。"),
            *SEEING,
            names="new_activity activity edit_activity on_site activity_player",
        ),
        entry(
            "cases",
            _("案件"),
            "briefcase",
            _("登记案件、当事人和办案人员，上传文书材料。"),
            *SEEING,
            names="open_case case edit_case close_case reopen_case add_case_party add_document"
            " add_exhibit",
        ),
        entry(
            "parties",
            _("当事人"),
            "address-book",
            _("查询当事人，查看和导出一户式档案，合并重复的当事人。"),
            *SEEING,
            names="add_party party edit_party show_party_number propose_merge party_twins"
            " party_merges decide_merge export_dossier",
        ),
        entry(
            "coverage",
            _("记录完整性"),
            "timeline",
            _("核对执法活动是否全程记录，查看间断和缺少资料的活动。"),
            *SEEING,
            names="coverage_list coverage_missing",
        ),
        entry(
            "unrecorded",
            _("免予记录与中断"),
            "video-off",
            _("免予记录、中断和无法继续记录的登记、审核和归档。"),
            *SEEING,
            names="exemption interruption stop ask_exemption enter_interruption report_stop"
            " change_interruption submit_exemption submit_interruption decide_exemption"
            " decide_interruption state_stop",
        ),
        entry(
            "loose",
            _("未归入活动的资料"),
            "link",
            _("把音像资料归入执法活动；不属于执法活动的，写明情况。"),
            *SEEING,
            names="asides",
        ),
        entry(
            "required",
            _("必填信息"),
            "forms",
            _("归档前应当填写而没有填写的信息，可批量补填。"),
            *SEEING,
            names="fill_required",
        ),
        entry(
            "matters",
            _("执法事项清单"),
            "list-details",
            _("哪些执法事项应当录音录像；导入、导出清单。"),
            *SEEING,
            names="import_matters",
        ),
    ),
    *section(
        _("资料"),
        entry(
            "recordings",
            _("音像资料"),
            "movie",
            _("查询、查看和核验音像资料。"),
            *SEEING,
            names="recording open verify",
        ),
        entry(
            "intake",
            _("采集入库"),
            "upload",
            _("从存储卡、文件夹或本机采集，核验后封存。"),
            P.TAKE_IN,
            names="start",
        ),
        entry(
            "batches",
            _("采集记录"),
            "stack-2",
            _("每一批采集了什么、结果如何。"),
            P.TAKE_IN,
            *SEEING,
            names="batch",
        ),
    ),
    *section(
        _("调阅与保管"),
        entry(
            "viewing_requests",
            _("调阅申请"),
            "file-search",
            _("申请查看、复制资料，办理审批，查看每一步的办理情况。"),
            *SEEING,
            names="ask_viewing viewing_request decide_viewing resubmit_viewing revoke_viewing"
            " answer_viewing stand_ins",
        ),
        entry(
            "viewing_register",
            _("调阅登记簿"),
            "notebook",
            _("谁在什么时候因何查看了哪些资料；可打印、导出。"),
            P.READ_REGISTER,
        ),
        entry(
            "holds",
            _("保全与投诉"),
            "lock",
            _("保全资料，登记投诉、信访，办理解除保全。"),
            P.PLACE_HOLDS,
            names="place_hold hold complaints enter_complaint complaint",
        ),
        entry(
            "extractions",
            _("证据提取"),
            "package-export",
            _("为案件提取音像证据，下载可离线播放、核验的证据包。"),
            *SEEING,
            names="new_extraction extraction",
        ),
        entry(
            "discs",
            _("光盘"),
            "disc",
            _("制作、回读、存放、借还和检查光盘，打印标签。"),
            P.SEE_AGENCY,
            names="discs_due discs_out new_disc_set disc_set disc",
        ),
        entry(
            "trees",
            _("导出文件夹"),
            "folder-down",
            _("按年、月、日和案件把原件导出到移动硬盘，可多次增量导出。"),
            P.KEEP_DISCS,
        ),
        entry(
            "disposals",
            _("鉴定与销毁"),
            "archive-off",
            _("期满资料的鉴定、销毁清册的审核批准和监销。"),
            *TAKING_PART,
            names="appraisals appraise draw_disposal disposal take_out_of_disposal"
            " decide_disposal revoke_disposal witness_disposal",
        ),
        entry(
            "storage",
            _("存储情况"),
            "database",
            _("磁盘用量、增长和预计存满日期，每月期满的资料。"),
            P.SEE_STORAGE,
        ),
    ),
    *WATCHING,
    *section(
        _("设备"),
        entry(
            "kiosk",
            _("领用归还"),
            "arrows-exchange",
            _("领用前检查设备、测定时钟；归还时采集存储卡。"),
            P.MANAGE_DEVICES,
            names="hand_out enter_check take_back",
        ),
        entry(
            "my_devices",
            _("我的设备"),
            "device-mobile",
            _("查看本人领用的设备，确认领用和归还。"),
            P.SEE_OWN,
            P.SEE_UNIT,
        ),
        entry(
            "ledger",
            _("使用台账"),
            "notebook",
            _("设备何时由何人领用、归还，记录了什么；可打印、导出。"),
            P.SEE_DEVICES,
            P.SEE_UNIT_DEVICES,
            names="devices_out checkout",
        ),
        entry(
            "repairs",
            _("报修与赔偿"),
            "tool",
            _("设备报修、遗失登记和赔偿的办理情况。"),
            *(P.SEE_OWN, P.SEE_UNIT_DEVICES, P.SEE_DEVICES),
            names="report_repair repair take_up_repair finish_repair give_up_repair close_repair"
            " open_compensation losses loss report_loss found_device compensations compensation"
            " decide_compensation waive_compensation pay_compensation",
        ),
        entry(
            "devices",
            _("设备管理"),
            "device-cctv",
            _("查询和登记执法记录仪等设备，打印标签。"),
            P.SEE_DEVICES,
            P.SEE_UNIT_DEVICES,
            names="add_device device edit_device scrap_device show_device_password import_devices"
            " scan_device",
        ),
        entry(
            "equipment",
            _("配备标准"),
            "chart-bar",
            _("各科室应配、现有设备和缺额，上级配备标准。"),
            P.SEE_DEVICES,
            P.SEE_UNIT_DEVICES,
            names="import_quotas",
        ),
        entry(
            "device_requests",
            _("配备申请"),
            "package",
            _("科室申请设备，审批并配发。"),
            P.SEE_DEVICES,
            P.REQUEST_DEVICES,
            names="ask_devices device_request decide_request allocate_devices",
        ),
        entry(
            "budget",
            _("年度经费"),
            "report-money",
            _("编制、上报年度经费计划，登记实际支出。"),
            P.SEE_DEVICES,
            names="add_budget_line edit_budget_line import_budget spend",
        ),
        entry(
            "windows",
            _("窗口监控"),
            "device-computer-camera",
            _("查看受理窗口摄像机的录制状态和中断情况。"),
            P.SEE_DEVICES,
            P.MANAGE_DEVICES,
            names="window window_gaps test_window switch_window",
        ),
    ),
    *section(
        _("制度和管理"),
        entry(
            "rules",
            _("制度"),
            "book",
            _("查阅本单位执行的制度、参数和办理情况。"),
            names="rule_article rule_parameters rule_parameter change_rule change_regulation"
            " rule_proposals rule_proposal approve_rule refuse_rule rule_texts add_rule_text"
            " rule_calendar import_calendar",
        ),
        entry(
            "blank_papers",
            _("空白表格"),
            "file-type-pdf",
            _("停电、断网时用纸填写的各种登记表、审批单，可打印。"),
        ),
        entry(
            "people",
            _("人员管理"),
            "users",
            _("建立账号、提出岗位调整、停用账号、重置口令。"),
            P.MANAGE_PEOPLE,
            names="add_person units add_unit edit_unit person edit_person suspend_person"
            " lift_person propose_role person_password person_sign_in import_people",
        ),
        entry(
            "role_changes",
            _("岗位调整"),
            "user-check",
            _("确认岗位的授予和收回，查阅办理结果。"),
            P.MANAGE_PEOPLE,
            P.CONFIRM_ROLES,
            names="decide_roles",
        ),
        entry(
            "bureaus",
            _("增设单位"),
            "building-community",
            _("允许其他单位共用本系统，资料互不可见。"),
            P.MANAGE_AGENCIES,
        ),
        entry(
            "custody",
            _("存证日志"),
            "list-check",
            _("查阅每一次操作的存证，下载签名检查点。"),
            P.READ_CUSTODY,
            names="custody_event",
        ),
        entry(
            "state",
            _("系统状态"),
            "activity",
            _("查看存储空间、后台进程和巡检情况。"),
            P.RUN_CHECKS,
        ),
    ),
)


def of(granted: frozenset[P], here: str | None) -> list[tuple[Entry, bool]]:
    """The entries granted, each with whether the page shown lies below it."""
    return [(item, here in item.names) for item in MENU if item.is_for(granted)]


def key_of(lines: list[tuple[Entry, bool]]) -> str:
    """By which the menu that was written for one page is found again for the next."""
    return ",".join(f"{item.url_name}!" if is_here else item.url_name for item, is_here in lines)
