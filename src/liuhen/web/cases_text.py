"""What pages of cases, parties and their dossiers say: fields that lack, entries, colours."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liuhen.cases import identity, required
from liuhen.cases.dossier import Sort
from liuhen.cases.models import Party, Verdict
from liuhen.engines.policy.describing import Missing
from liuhen.engines.policy.vocabulary import Field
from liuhen.recordings.models import Recording
from liuhen.regulations.words import label
from liuhen.web.rules_text import article_title

SORTS: dict[Sort, tuple[str | Promise, str, str]] = {
    Sort.CASE_OPENED: (gettext_lazy("立案"), "folder-plus", "blue"),
    Sort.CASE_CLOSED: (gettext_lazy("结案"), "folder-check", "green"),
    Sort.ACTIVITY: (gettext_lazy("执法活动"), "map-pin", "azure"),
    Sort.RECORDING: (gettext_lazy("音像资料"), "video", "purple"),
    Sort.DOCUMENT: (gettext_lazy("文书材料"), "file-text", "orange"),
}
"""Word, icon, colour."""

VERDICTS = {
    Verdict.COMPLETE: "green",
    Verdict.EXPLAINED: "yellow",
    Verdict.UNEXPLAINED: "red",
    Verdict.NOT_RECORDED: "red",
    Verdict.EXEMPT: "azure",
    Verdict.NOT_REQUIRED: "secondary",
    Verdict.PENDING: "secondary",
}

WHERE = {
    Field.CASE_NAME: gettext_lazy("在执法活动页面选择案件"),
    Field.CASE_NO: gettext_lazy("在执法活动页面选择案件"),
    Field.PARTY: gettext_lazy("在执法活动页面填写当事人"),
    Field.CONTENT: gettext_lazy("在执法活动页面填写情况，或者播放时添加标记"),
    Field.OFFICER: gettext_lazy("由资料保管员确认录制人"),
    Field.MAKER: gettext_lazy("由资料保管员确认录制人"),
    Field.MAKER_UNIT: gettext_lazy("由资料保管员确认录制人"),
    Field.RECORDED_DATE: gettext_lazy("文件没有记载录制时间，请资料保管员核实"),
    Field.MADE_TIME: gettext_lazy("文件没有记载录制时间，请资料保管员核实"),
}
"""Where each field is entered."""


@dataclass(frozen=True)
class Told:
    """`fields`: each lacking field with where to enter it; `no`: the article that asks for it."""

    no: int
    article: str
    fields: list[tuple[str, str]]


def required_told(recording: Recording) -> Told | None:
    """None: nothing lacks, or nothing is asked for."""
    found = required.missing_in(recording)
    return told_of(found) if found else None


def told_of(missing: Missing) -> Told:
    no = missing.grounds[0].article
    fields = [(str(label(one)), str(WHERE.get(one, ""))) for one in missing.fields]
    return Told(no, article_title(no), fields)


def number_shown(party: Party) -> str:
    """Kind and masked number; a dash where none is known."""
    if not party.id_no:
        return "—"
    return f"{party.get_id_kind_display()} {identity.masked(party.id_kind, party.id_no)}"


def filled_told(activities: int, left: int, without: int) -> str:
    said = [_("已补填 %(n)d 项执法活动") % {"n": activities}]
    if left:
        said.append(_("%(n)d 项原已填写，未改动") % {"n": left})
    if without:
        said.append(_("%(n)d 份资料尚未归入执法活动，请先归入") % {"n": without})
    return "；".join(said) + "。"
