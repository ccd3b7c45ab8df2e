"""Why a disc is not made, written, read, stored, lent or replaced."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NoSuchDisc(Refusal):
    code = "disc.no_such"
    topic = "disc"
    message = _("没有这张光盘，或者您无权查看。请从“光盘”列表进入。")


class NothingForDiscs(Refusal):
    code = "disc.nothing"
    topic = "disc"
    message = _(
        "“{title}”没有可以刻录的音像资料或者文书材料，未制作。请先把音像资料归入执法活动，"
        "活动属于案件的，在活动页面选定案件。"
    )


class FileTooLarge(Refusal):
    code = "disc.file_too_large"
    topic = "disc"
    message = _(
        "“{name}”有 {size}，一张 {medium} 放不下，未制作。"
        "原件不拆分，请改用 {larger} 或者更大的光盘。"
    )


class FileFitsNoDisc(Refusal):
    code = "disc.file_fits_no_disc"
    topic = "disc"
    message = _(
        "“{name}”有 {size}，任何一种光盘都放不下，未制作。"
        "原件不拆分，请用“导出文件夹”把它存到移动硬盘。"
    )


class TooFewCopies(Refusal):
    code = "disc.too_few_copies"
    topic = "disc"
    message = _("本单位的制度要求刻录光盘一式 {least} 份，未制作。请把份数改为 {least} 或者更多。")


class WordsMissing(Refusal):
    code = "disc.words_missing"
    topic = "disc"
    message = _("没有填写“{field}”，未办理。请填写后再提交。")


class WrongStep(Refusal):
    code = "disc.wrong_step"
    topic = "disc"
    message = _("光盘 {disc} 现在的状态是“{state}”，不能这样办理。请刷新页面后按当前状态办理。")


class NoImage(Refusal):
    code = "disc.no_image"
    topic = "disc"
    message = _("光盘映像还没有制作好，或者已经清理，未办理。请先生成映像。")


class ImageThere(Refusal):
    code = "disc.image_there"
    topic = "disc"
    message = _("光盘映像已经制作好，不必重新生成。可直接写入或者下载。")


class JobUnderWay(Refusal):
    code = "disc.job_under_way"
    topic = "disc"
    message = _("光盘 {disc} 正在{job}，未重复安排。请等它结束后再办理。")


class PlaceNotAllowed(Refusal):
    code = "disc.place_not_allowed"
    topic = "disc"
    message = _(
        "不能从“{path}”读取光盘：只能是光驱（{drives}），或者装载在 {roots} 之下的光盘、映像文件。"
    )


class NoDiscThere(Refusal):
    code = "disc.not_there"
    topic = "disc"
    message = _("“{path}”中没有能识别的光盘，未作核对。请检查光盘是否放好、位置是否正确后重试。")


class OtherDisc(Refusal):
    code = "disc.other"
    topic = "disc"
    message = _(
        "放入的是 {found}，不是光盘 {disc}，未作核对，登记没有改变。请换上 {disc} 后重新读取。"
    )


class NoDrive(Refusal):
    code = "disc.no_drive"
    topic = "disc"
    message = _(
        "服务器上没有可用的刻录机，或者没有安装刻录程序（xorriso 或者 growisofs），未刻录。"
        "可下载映像，在其他电脑上刻录后登记已写入。"
    )


class LentTwice(Refusal):
    code = "disc.lent_twice"
    topic = "disc"
    message = _("光盘 {disc} 已借出，未重复登记。请先办理归还。")


class TreePlaceNotAllowed(Refusal):
    code = "tree.place_not_allowed"
    topic = "storage"
    message = _(
        "不能导出到“{path}”：只能是移动硬盘上已有的文件夹，硬盘应装载在 {roots} 之下。"
        "请插好移动硬盘后重试。"
    )


class TreeIsLink(Refusal):
    code = "tree.is_link"
    topic = "storage"
    message = _(
        "“{path}”或者它的上级是指向别处的链接，已停止导出，没有写入。"
        "请检查移动硬盘，删除这个链接后再次导出。"
    )


class TreeUnderWay(Refusal):
    code = "tree.under_way"
    topic = "storage"
    message = _("本单位的文件夹正在导出，未重复安排。请等它结束后再导出。")
