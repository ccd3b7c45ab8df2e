from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NotSignedIn(Refusal):
    code = "api.not_signed_in"
    message = _("尚未登录或登录已超时，请求未执行。请重新登录后再试。")


class BadRequest(Refusal):
    code = "api.bad_request"
    message = _("请求格式不正确（{what}），未执行。请刷新页面后重试。")


class NoSuchTile(Refusal):
    code = "log.no_such_tile"
    message = _("存证日志中没有这一分片。请先取得最新检查点，再按其大小读取。")


class NoRendition(Refusal):
    code = "recordings.no_rendition"
    message = _("{number} 的预览文件尚未生成。请稍候再试，或直接打开原始文件。")
