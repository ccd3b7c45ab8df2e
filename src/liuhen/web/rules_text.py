"""What the fields of a parameter's value are called, and what may be wrong with them."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from liuhen.engines.policy.pack import Article
from liuhen.engines.policy.values import Part
from liuhen.regulations.numerals import MOST, words_of

Text = str | Promise

FIELDS: dict[str, Text] = {
    "article": _("依据条款"),
    "see": _("另见条款"),
    "reading": _("本条理解"),
    "rule": _("保存方式"),
    "period": _("保存期限"),
    "triggers": _("情形"),
    "on_disc": _("须刻录光盘"),
    "full_course": _("须全程录音录像"),
    "on": _("情形"),
    "by": _("由谁办理"),
    "clock": _("起算时间"),
    "limit": _("时限"),
    "hours": _("小时数"),
    "receiver": _("移交给"),
    "excuses": _("适用情形"),
    "causes": _("事由"),
    "consent": _("同意或报告的时间"),
    "posts": _("由谁办理"),
    "work_record": _("须填写工作记录"),
    "reviewed": _("工作记录须经审核"),
    "spoken_reason": _("恢复记录时须口述原因"),
    "written_statement": _("事后须提交书面说明"),
    "matters": _("必须记录的事项"),
    "listed": _("何时必须记录"),
    "rights": _("涉及的权益"),
    "start": _("起点"),
    "end": _("终点"),
    "carriers": _("现场携带设备人数"),
    "photos_at_key_points": _("关键点须拍照"),
    "phrase": _("告知用语（{names} 处填入执法人员姓名）"),
    "book": _("告知用语的依据文件"),
    "tell_others": _("须告知在场其他人员"),
    "items": _("项目"),
    "battery_at_least": _("领用时最低电量（%）"),
    "free_at_least": _("领用时最少剩余空间（GB）"),
    "clock_within": _("领用时时钟偏差不超过（秒）"),
    "at_least_per_unit": _("每个科室至少配备台数"),
    "busy_people_per_device": _("执法任务较重的科室，每几人至少一台"),
    "people_per_device": _("其他科室，每几人至少一台"),
    "standard": _("所依标准名称"),
    "window_camera": _("受理窗口须安装视频监控"),
    "first_responsible": _("第一责任人"),
    "keeper_per_device": _("每台设备指定专管人员"),
    "user_answers": _("谁使用、谁负责"),
    "maintained_by": _("维护责任"),
    "issued_by": _("登记发放"),
    "supervised_by": _("监督管理"),
    "fields": _("记载内容"),
    "media": _("存储介质"),
    "keeper": _("保管责任"),
    "folder": _("文件夹名称"),
    "by_case": _("按案件存放"),
    "party_dossier": _("一户式档案"),
    "steps": _("审批步骤"),
    "register": _("登记内容"),
    "letter": _("须出具调阅函和有效证件"),
    "evidence_note": _("须附文字说明"),
    "never_secret": _("涉密资料一律不予提供"),
    "disc": _("须制作光盘"),
    "into_case_file": _("须存入案卷"),
    "copies": _("份数"),
    "kinds": _("保密范围"),
    "rhythm": _("办理周期"),
    "what": _("办理内容"),
    "percent": _("抽查比例（%）"),
    "questions": _("抽查内容"),
    "deliberate_full_price": _("故意损坏的按原价赔偿"),
    "through": _("经由"),
    "text": _("内容"),
    "code": _("类别"),
    "focus": _("重点摄录"),
    "number": _("条文项次"),
    "duties": _("逾期即列为疑似违规的应办事项"),
    "signs": _("列为线索的情况"),
    "suspends": _("停止执法"),
    "no_awards": _("取消当年评优评先资格"),
    "act": _("办理"),
}
OWN_FIELDS: dict[tuple[str, str], Text] = {
    ("Preserve", "by"): _("由谁收集保全"),
    ("Exemption", "posts"): _("由谁同意或向谁报告"),
    ("Interruption", "posts"): _("向谁报告"),
    ("CannotGoOn", "posts"): _("立即报告"),
    ("Step", "posts"): _("由其中一人办理"),
    ("MatterLine", "code"): _("事项类别"),
    ("Exempted", "code"): _("事由类别"),
    ("Chain", "evidence_note"): _("提供时须附文字说明"),
}
HINTS: dict[str, Text] = {
    "reading": _(
        "条文没有写明、由本单位掌握的，在这里写明怎样掌握；条文已写明的不填。内容调整后请一并核对。"
    ),
    "see": _("与此有关的其他条款，填条号，多条之间用顿号隔开，如：16、17。"),
    "rhythm": _("条文没有规定周期的，选“未规定”，由本单位自行安排。"),
    "battery_at_least": _("由本单位设定；不填的，由设备管理员判断是否充足。"),
    "free_at_least": _("由本单位设定；不填的，由设备管理员判断是否足够。"),
    "clock_within": _("由本单位设定；不填的，只测定和记录偏差，不因偏差拒绝领用。"),
    "percent": _("条文只写“按一定比例”的，由本单位定出比例后才能抽查。"),
}
PROBLEMS: dict[str, Text] = {
    "period_stated": _("按期限保存的，必须填写保存期限。"),
    "period_unwanted": _("不按期限保存的，不填保存期限。"),
    "hours_stated": _("时限按小时计的必须填写小时数，当日移交的不填。"),
    "matters_stated": _("不按事项清单确定的，必须逐项列出必须记录的事项。"),
}
GENERAL_PROBLEM = _("填写的内容不符合要求，请核对。")


def field_label(owner: type[Part], key: str) -> Text:
    """A field's name for a form; classes that share a shape share its name."""
    for kind in owner.__mro__:
        if own := OWN_FIELDS.get((kind.__name__, key)):
            return own
    return FIELDS[key]


def problem_of(problem: Mapping[str, Any]) -> Text:
    """What one of pydantic's complaints says to a person."""
    code = str(problem["msg"]).removeprefix("Value error, ")
    return PROBLEMS.get(code, GENERAL_PROBLEM)


def numeral(number: int) -> str:
    """二十 as the regulation itself counts; digits for who reads English."""
    return str(number) if get_language() == "en" else words_of(number)


def article_title(number: int) -> str:
    """第二十条."""
    return gettext("第%(number)s条") % {"number": numeral(number)}


def article_number(said: str | int | None) -> int | None:
    """The number of an article of the bureau's regulation; a law named in words has none here."""
    words = str(said or "")
    return int(words) if words.isdecimal() and 1 <= int(words) <= MOST else None


def article_choice(article: Article) -> tuple[int, str]:
    return article.no, f"{article_title(article.no)}　{article.summary}"
