"""Why a correction is not ordered, reported on, accepted, returned or withdrawn."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class NoSuchCorrection(Refusal):
    code = "correction.no_such"
    message = _("没有编号为“{number}”的整改通知，或者您无权查看。请从“整改”列表进入。")


class OutsideUnit(Refusal):
    code = "correction.outside_unit"
    message = _("您只能向本科室发出整改通知，未发出。其他科室的问题请报督查或者法制机构办理。")


class OnlyByDecision(Refusal):
    code = "correction.only_by_decision"
    message = _("责任追究决定中的限期整改，随决定一并发出，不能在这里另行发出。请选择其他来源。")


class GoesWithDecision(Refusal):
    code = "correction.goes_with_decision"
    message = _(
        "此整改由处理决定 {decision} 责令，不能单独撤回，未作改动。撤销该决定的，整改一并撤回。"
    )


class NotOfUnit(Refusal):
    code = "correction.not_of_unit"
    message = _("{who}不在{unit}，未发出。请另选整改责任人，或者由该科室负责人整改。")


class OrderedToOneself(Refusal):
    code = "correction.ordered_to_oneself"
    message = _("不能向自己发出整改通知，也不能由自己验收，未发出。请报上级负责人发出。")


class NoSuchArticle(Refusal):
    code = "correction.no_such_article"
    message = _("现行制度没有第 {article} 条，未发出。请选择整改所依据的条款。")


class DeadlinePassed(Refusal):
    code = "correction.deadline_passed"
    message = _("整改期限须在今天或者以后，最长一年，未办理。请重新选择。")


class WordsBlank(Refusal):
    code = "correction.words_blank"
    message = _("没有填写{field}，未办理。请填写后再提交。")


class NotYours(Refusal):
    code = "correction.not_yours"
    message = _("此整改由{who}办理，您不能提交，未作改动。")


class NotTheOrderer(Refusal):
    code = "correction.not_the_orderer"
    message = _("整改由发出人{who}验收，您不能办理，未作改动。发出人不在岗的，由局领导办理。")


class CorrectionMoved(Refusal):
    code = "correction.moved"
    message = _("整改 {number} 当前为“{state}”，不能办理此步骤，未作改动。请刷新页面查看。")
