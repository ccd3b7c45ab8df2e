"""What is listened for: the regulation's own phrase, and what officers commonly say."""

from collections.abc import Iterator

from liuhen.engines.policy.pack import Rules
from liuhen.engines.policy.values import Notice, OpeningStatement
from liuhen.engines.speech.matching import Phrase
from liuhen.recordings.models import MarkKind

LEAST_LETTERS = 6
"""Of a piece of the phrase: the words between two names are heard in any sentence."""

COMMON: dict[tuple[MarkKind, str], tuple[str, ...]] = {
    (MarkKind.NOTICE, ""): ("本次执法全程录音录像", "现在正在录音录像", "正在进行执法记录"),
    (MarkKind.CREDENTIALS, ""): ("这是我们的执法证件", "这是我的执法证", "请您查看执法证件"),
    (MarkKind.PURPOSE, ""): ("我们今天来的目的是", "依法对你单位进行检查", "我们接到投诉举报"),
    (MarkKind.INTERRUPTION, ""): ("刚才中断了记录", "刚才因为设备没有记录", "现在恢复记录"),
    (MarkKind.OPENING_POINT, "purpose"): ("本次执法的目的是", "我们今天来的目的是"),
    (MarkKind.OPENING_POINT, "task"): ("本次执法的任务是", "今天的任务是检查"),
    (MarkKind.OPENING_POINT, "officers"): ("执法人员有", "参加本次执法的人员"),
    (MarkKind.OPENING_POINT, "time"): ("现在是北京时间", "现在的时间是"),
    (MarkKind.OPENING_POINT, "place"): ("现在的位置是", "执法地点是"),
    (MarkKind.OPENING_POINT, "acts"): ("现在进行现场检查", "本次执法行为是"),
    (MarkKind.OPENING_POINT, "focus"): ("本次摄录的重点是", "重点记录"),
}
"""By the kind of mark and its point, what is said then. They only find places to look at: a person
confirms each, so a cue may be wrong."""


def phrases(rules: Rules | None) -> Iterator[Phrase]:
    """Keys are "kind/code". Points the regulation does not ask for are left out."""
    asked = asked_points(rules)
    for (kind, code), said in COMMON.items():
        if kind != MarkKind.OPENING_POINT or code in asked:
            yield from (Phrase(key_of(kind, code), text) for text in said)
    notice = rules.get(Notice) if rules else None
    for piece in (notice.phrase or "").split("{names}") if notice else ():
        if sum(letter.isalnum() for letter in piece) >= LEAST_LETTERS:
            yield Phrase(key_of(MarkKind.NOTICE, ""), piece)


def asked_points(rules: Rules | None) -> set[str]:
    opening = rules.get(OpeningStatement) if rules else None
    return {item.code for item in opening.items} if opening else set()


def key_of(kind: MarkKind, code: str) -> str:
    return f"{kind}/{code}"
