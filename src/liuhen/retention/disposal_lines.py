"""The lines of a register (销毁清册), as they read when it is drawn. Papers speak Chinese."""

from datetime import date, datetime

from django.utils import translation

from liuhen.engines.policy.periods import Period
from liuhen.engines.policy.terms import Keeping
from liuhen.kernel.clock import in_china
from liuhen.recordings.models import Recording
from liuhen.retention.known import term_from
from liuhen.retention.models import DisposalItem, DisposalList

KINDS = {"video": "录像", "audio": "录音", "photo": "照片"}
SAME_AS_FILE = "同案卷"


def line_of(
    disposal: DisposalList, position: int, recording: Recording, keeping: Keeping, *, at: datetime
) -> DisposalItem:
    """Not saved. `keeping.until` is known: nothing else is put on a register."""
    assert keeping.until is not None
    return DisposalItem(
        disposal=disposal,
        recording=recording,
        position=position,
        title=title_of(recording)[:300],
        year=in_china(recording.recorded_at).year,
        archive_no=recording.number,
        term_text=term_text(keeping, term_from(recording)),
        kept_text=span_text(in_china(term_from(recording)).date(), in_china(at).date()),
        due_at=keeping.until,
    )


def title_of(recording: Recording) -> str:
    """Whose, about what, when: 某某餐饮店现场检查录像（2024-01-05 12:01）."""
    when = f"{in_china(recording.recorded_at):%Y-%m-%d %H:%M}"
    kind = KINDS.get(recording.kind, "音像资料")
    link = getattr(recording, "activity_recording", None)
    if link is None:
        maker = recording.officer.name if recording.officer else "录制人不详"
        return f"未归入执法活动的{kind}（{maker}，{when}）"
    activity = link.activity
    party = activity.party.name if activity.party else activity.party_name
    case = f"{activity.case.case_no}　" if activity.case else ""
    with translation.override("zh-hans"):
        done = str(activity.get_kind_display())
    return f"{case}{party}{done}{kind}（{when}）"


def term_text(keeping: Keeping, ended: datetime) -> str:
    """Of the term that ended last: 2年, 12个月, 同案卷."""
    last = max(keeping.terms, key=lambda term: term.until(ended) or ended)
    return period_text(last.period) if last.period else SAME_AS_FILE


def period_text(period: Period) -> str:
    said = []
    if period.years:
        said.append(f"{period.years}年")
    if period.months:
        said.append(f"{period.months}个月")
    if period.days:
        said.append(f"{period.days}天")
    return "".join(said)


def span_text(first: date, last: date) -> str:
    """In whole years and months, as the form has it: 2年3个月."""
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    years, rest = divmod(max(months, 0), 12)
    if not years and not rest:
        return "不满1个月"
    return (f"{years}年" if years else "") + (f"{rest}个月" if rest else "")
