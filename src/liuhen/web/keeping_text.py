"""How long a recording is kept, in words: a headline, and each ground with its article."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from liuhen.engines.policy.answers import Why
from liuhen.engines.policy.terms import Keeping, NoTermApplies
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import Recording, RecordingState
from liuhen.regulations import current
from liuhen.regulations.errors import NoRegulation
from liuhen.regulations.wording import text_of
from liuhen.retention import terms
from liuhen.web.rules_text import article_title

SILENT = frozenset({Why.TERM_UNSTATED, Why.EVIDENCE_UNSTATED})


@dataclass(frozen=True)
class Line:
    no: int
    article: str
    text: str
    reading: str


@dataclass(frozen=True)
class Told:
    said: str
    lines: tuple[Line, ...] = ()


def keeping_told(recording: Recording) -> Told:
    """Two queries. Nothing here ever reads as leave to destroy."""
    if recording.disposed_at is not None:
        return Told(_("已于 %(day)s 销毁") % {"day": in_china(recording.disposed_at).date()})
    if recording.state == RecordingState.SEALED:
        return Told(_("检验确定录制时间后计算"))
    try:
        keeping = terms.keeping_of(recording, current.rulebook(recording.agency))
    except NoRegulation:
        return Told(_("本单位尚未执行音像记录制度，不自动到期"))
    except NoTermApplies:
        return Told(_("制度未规定期限，不自动到期"))
    return Told(headline(keeping), lines_of(keeping))


def headline(keeping: Keeping) -> str:
    if keeping.never:
        silent = set(keeping.never) <= SILENT
        return _("制度未规定期限，不自动到期") if silent else _("长期保存")
    if keeping.until is None:
        return _("随案卷保存，案卷保管期满日尚未登记")
    day = in_china(keeping.until).date().isoformat()
    floor = _("至少保存至 %(day)s") if keeping.at_least else _("保存至 %(day)s，期满须经鉴定")
    return floor % {"day": day}


def lines_of(keeping: Keeping) -> tuple[Line, ...]:
    return tuple(
        Line(one.article, article_title(one.article), text_of(one), one.reading or "")
        for one in keeping.grounds
    )
