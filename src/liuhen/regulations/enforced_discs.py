"""What the system does, with discs and the tree on an external disk, for articles on them."""

from django.utils.translation import gettext_lazy as _

from liuhen.regulations.enforcement_rows import Rows, T, built

DISCS: tuple[Rows, ...] = (
    built(
        T.DISC,
        _(
            "从案件或者执法活动制作光盘：按容量分盘，份数不少于制度规定（未规定的一式两份），附目录和校验清单；"
            "证据包可以整个刻盘；每一份有各自的标识码，写入后须回读，确认是这一份，与原件逐个文件比对一致才能存放；"
            "登记存放地点和借还，可打印标签。"
        ),
        "retention.discs.make",
        "retention.disc_packages.make",
        "retention.disc_jobs.read_back",
        "retention.disc_handling.store",
        "engines.paper.disc_labels.round_pdf",
        "engines.policy.describing.disc_label",
    ),
    built(
        T.DISC,
        _(
            "存放的光盘每两年抽取一部分文件回读（间隔和比例可设置），到期前列为资料保管员的应办事项；"
            "有读取错误的列为待更换，更换后重新写入。"
        ),
        "duties.disc_checks.make",
        "retention.disc_jobs.check",
        "retention.disc_handling.replace",
    ),
    built(
        T.STORAGE,
        _(
            "按年、月、日和案件分文件夹，把原件增量导出到移动硬盘，逐个核对校验值，附目录和校验清单。"
        ),
        "retention.tree_export.write",
    ),
    built(
        T.OUTWARD,
        _(
            "刻录光盘、下载光盘映像、导出文件夹只能由资料保管员办理，先记入存证日志；"
            "借出光盘须凭准予复制、包含盘中全部资料的调阅申请，制度规定提取证据不须审批的除外。"
        ),
        "retention.disc_images.take",
        "access.lending.lent",
        "retention.disc_handling.lend",
        "retention.tree_runs.ask",
    ),
)
