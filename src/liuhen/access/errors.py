from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal
from liuhen.regulations.errors import ByArticle


class NoTicket(Refusal):
    code = "access.no_ticket"
    topic = "access"
    message = _("查看凭证无效或已过期。请回到资料页面重新打开，系统将登记本次查看。")


class NoGrant(ByArticle):
    """`facts["number"]`: which recording can be asked for. `is_own`: the regulation asks for
    approval even for one's own work. `is_by_self`: they took part, as nobody else has said."""

    code = "access.no_grant"
    topic = "access"
    message = _(
        "您没有查看 {number} 的许可，或者许可已到期、已收回，未打开。"
        "请点“申请调阅”写明事由，经批准后再查看。"
    )
    of_own_work = _(
        "按本单位执行的制度，承办人查看本人承办案件的资料也须审批登记，补写中断说明等工作需要的同样适用，"
        "{number} 未打开。请点“申请调阅”，经批准后再查看。"
    )

    by_own_word = _(
        "您与 {number} 的关联（参加活动、承办案件或者资料归入其中）是由您本人登记的，"
        "不能据此查看，未打开。请由录制人、科室负责人或者保管人把您登记为共同执法人员，"
        "或者点“申请调阅”，经批准后再查看。"
    )

    def __init__(
        self, article: int | None, *, is_own: bool, number: str, is_by_self: bool = False
    ) -> None:
        super().__init__(article, number=number)
        self.is_own = is_own
        if is_own or is_by_self:
            said = self.of_own_work if is_own else self.by_own_word
            self.text = str(said).format(number=number)
            self.args = (self.text,)


class NoCopy(ByArticle):
    code = "access.no_copy"
    topic = "outward"
    message = _(
        "{number} 没有经批准的复制许可，不能下载、导出。请按“复制”提出调阅申请，经批准后再办理。"
    )


class OwnToCheck(Refusal):
    code = "access.own_to_check"
    message = _("{who}制作、参加过 {number}，不能由本人检查，未安排。请改由其他检查人检查。")


class OthersEntries(Refusal):
    code = "access.others_entries"
    message = _(
        "这一段日志含有其他单位的事项，不能提供原文。"
        "哈希值和检查点不受影响，仍可据此核对日志；本单位的事项请在“存证日志”页查阅。"
    )
