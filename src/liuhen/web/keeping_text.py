"""How long a recording is kept, in words: a headline, each ground with its article, and the facts
it rests on: cases, marks, complaints, holds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from liuhen.cases import case_terms
from liuhen.cases.models import Case
from liuhen.engines.policy.answers import Ground, Why
from liuhen.engines.policy.pack import Rulebook, Rules
from liuhen.engines.policy.terms import Keeping, NoTermApplies, law_notices
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import Recording, RecordingState
from liuhen.regulations import current
from liuhen.regulations.wording import text_of
from liuhen.retention import terms
from liuhen.retention.facts import Bearing, bearing_on
from liuhen.retention.models import Hold
from liuhen.web.rules_text import article_title

SILENT = frozenset({Why.TERM_UNSTATED, Why.EVIDENCE_UNSTATED})


@dataclass(frozen=True)
class Line:
    """`until`: the day this ground alone keeps it to, where it has one."""

    no: int
    article: str
    text: str
    reading: str
    until: str = ""


@dataclass(frozen=True)
class Told:
    """`notices`: what a law says beside the regulation. `facts`: what the grounds rest on."""

    said: str
    lines: tuple[Line, ...] = ()
    facts: tuple[str, ...] = ()
    notices: tuple[Line, ...] = ()
    holds: tuple[Hold, ...] = ()


def keeping_told(recording: Recording) -> Told:
    """Nothing here ever reads as leave to destroy."""
    if recording.disposed_at is not None:
        return Told(_("已于 %(day)s 销毁") % {"day": in_china(recording.disposed_at).date()})
    bearing = bearing_on([recording])[recording.pk]
    beside = {"facts": tuple(facts_of(bearing)), "holds": bearing.holds}
    book = current.rulebook_if_any(recording.agency)
    if recording.state == RecordingState.SEALED:
        return Told(_("检验确定录制时间后计算"), **beside)
    if book is None:
        return Told(_("本单位尚未执行音像记录制度，不自动到期"), **beside)
    try:
        keeping = terms.kept_by(book, bearing)
    except NoTermApplies:
        return Told(_("制度未规定期限，不自动到期"), **beside)
    notices = lines_of(law_notices(rules_on(book, bearing)))
    return Told(headline(keeping), lines_with_ends(keeping, bearing), notices=notices, **beside)


def rules_on(book: Rulebook, bearing: Bearing) -> Rules:
    return book.on(in_china(bearing.known.term_from).date())


def headline(keeping: Keeping) -> str:
    if Why.ON_HOLD in keeping.never:
        return _("正在保全，任何人不得销毁")
    if keeping.never:
        silent = set(keeping.never) <= SILENT
        return _("制度未规定期限，不自动到期") if silent else _("长期保存")
    if keeping.until is None:
        return _("随案卷保存，案卷保管期满日尚未登记")
    floor = _("至少保存至 %(day)s") if keeping.at_least else _("保存至 %(day)s，期满须经鉴定")
    return floor % {"day": day(keeping.until)}


def lines_with_ends(keeping: Keeping, bearing: Bearing) -> tuple[Line, ...]:
    """Each ground with its own end: the terms' come first and in their order."""
    ended = in_china(bearing.known.term_from)
    ends = [term.until(ended) for term in keeping.terms]
    lines = lines_of(keeping.grounds)
    dated = [
        replace(line, until=day(end)) if end else line
        for line, end in zip(lines, ends, strict=False)
    ]
    return (*dated, *lines[len(dated) :])


def lines_of(grounds: tuple[Ground, ...]) -> tuple[Line, ...]:
    return tuple(
        Line(one.article, article_title(one.article), text_of(one), one.reading or "")
        for one in grounds
    )


def facts_of(bearing: Bearing) -> Iterator[str]:
    """The files it goes with, what was marked and complained of. Holds are told apart."""
    for case in bearing.known.evidence_in:
        yield _("作为证据用于案件%(case)s，%(kept)s。") % {
            "case": case,
            "kept": file_told(case, bearing),
        }
    own = bearing.known.case
    if own is not None and own not in bearing.known.evidence_in:
        yield _("归入案件%(case)s，%(kept)s。") % {"case": own, "kept": file_told(own, bearing)}
    for mark in bearing.marks:
        yield _("%(who)s于%(day)s按“%(trigger)s”标注长期保存：%(why)s") % {
            "who": mark.marked_by.name,
            "day": day(mark.marked_at),
            "trigger": mark.get_trigger_display(),
            "why": mark.reason,
        }
    for one in bearing.complaints:
        yield _("%(day)s登记%(kind)s%(number)s。") % {
            "day": day(one.entered_at),
            "kind": one.get_kind_display(),
            "number": one.number,
        }


def file_told(case: Case, bearing: Bearing) -> str:
    if case.term == Case.PERMANENT:
        return _("案卷永久保管")
    if case.closed_date is None:
        return _("案件尚未结案")
    end = bearing.file_end(case)
    if end is None:
        return _("案卷保管期限尚未登记")
    said = {"term": case_terms.told(case.term), "day": day(end)}
    return _("案卷保管%(term)s，至 %(day)s") % said


def day(instant: datetime) -> str:
    return in_china(instant).date().isoformat()
