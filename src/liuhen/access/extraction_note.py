"""文字说明: what the written account of an extraction says, beside what the system knows itself.

Fields as RULES.md lists them: 最高法行政诉讼证据规定 article 12, 刑诉解释 108 and 111, and
`evidence_note` of the packs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from liuhen.access import extraction_errors as errors
from liuhen.engines.policy.describing import Note
from liuhen.engines.policy.vocabulary import Field
from liuhen.people.spelling import seen
from liuhen.recordings.models import Recording

MOST_COPIES = 20
MOST_SHORT, MOST_LONG = 200, 1000

LABELS: Mapping[str, str | Promise] = {
    "proves": gettext_lazy("证明对象"),
    "place": gettext_lazy("提取地点"),
    "method": gettext_lazy("制作方法"),
    "original_place": gettext_lazy("原始载体存放地点"),
    "why_copy": gettext_lazy("无法调取原件原因"),
    "summary": gettext_lazy("内容摘要"),
    "maker": gettext_lazy("制作人"),
}
LONG = frozenset({"method", "why_copy", "summary"})
MAY_BE_BLANK = frozenset({"maker"})
"""Most recordings name their maker themselves."""


@dataclass(frozen=True)
class EvidenceNote:
    """What is typed in. `maker`: of recordings nobody made by hand, e.g. a window's camera."""

    proves: str
    place: str
    method: str
    original_place: str
    why_copy: str
    summary: str
    copies: int
    maker: str = ""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def offered(agency_name: str) -> dict[str, Any]:
    """What stands in the form before anybody types; Chinese, for it goes to a court."""
    return {
        "place": agency_name,
        "method": "由下列设备在执法现场录制，采集入库时逐字节复制并核验；未经剪辑、转换。",
        "original_place": f"{agency_name}音像资料专用存储设备",
        "why_copy": "原始数据保存在专用存储设备中，为保持原件不变，提取复制件。",
        "copies": 2,
    }


def checked(note: EvidenceNote, rule: Note | None, recordings: Sequence[Recording]) -> EvidenceNote:
    """The note as it is kept. Refuses: NoteBlank, CopiesOutside."""
    said: dict[str, Any] = {name: seen(getattr(note, name)) for name in LABELS}
    for name, text in said.items():
        said[name] = text[: MOST_LONG if name in LONG else MOST_SHORT]
        if not text and name not in MAY_BE_BLANK:
            raise errors.NoteBlank(field=LABELS[name])
    if not 1 <= note.copies <= MOST_COPIES:
        raise errors.CopiesOutside(most=MOST_COPIES)
    wants_maker = rule is not None and Field.MAKER in rule.fields
    if wants_maker and not said["maker"] and any(one.officer_id is None for one in recordings):
        raise errors.NoteBlank(field=LABELS["maker"])
    return replace(note, **said)
