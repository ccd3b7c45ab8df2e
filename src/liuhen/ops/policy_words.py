"""What `liuhen policy` says of answers: for people in lines, under `--json` in plain values."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from liuhen.engines.policy.answers import Ground
from liuhen.engines.policy.terms import Keeping
from liuhen.kernel.clock import in_china


def moment(at: datetime | None) -> str:
    return f"{in_china(at):%Y-%m-%d %H:%M}" if at else "—"


def stamp(at: datetime | None) -> str | None:
    """For JSON: ISO 8601 in China's zone."""
    return in_china(at).isoformat() if at else None


def kept_until(keeping: Keeping | None) -> str:
    if keeping is None:
        return "不自行到期（无适用期限）"
    if keeping.never:
        return "不自行到期"
    if keeping.waits_for_case_file:
        return "随案卷（案卷期限未知）"
    floor = "（最低期限）" if keeping.at_least else ""
    return f"{moment(keeping.until)}{floor}"


def keeping_answer(keeping: Keeping | None) -> dict[str, Any] | None:
    if keeping is None:
        return None
    return {
        "until": stamp(keeping.until),
        "never": [str(why) for why in keeping.never],
        "at_least": keeping.at_least,
        "waits_for_case_file": keeping.waits_for_case_file,
    }


def ground_lines(grounds: Iterable[Ground]) -> list[str]:
    """第20条　…。, and below it how the pack reads an article that leaves the point open."""
    from liuhen.regulations.wording import text_of

    lines = []
    for ground in grounds:
        lines.append(f"  第{ground.article}条　{text_of(ground)}")
        if ground.reading:
            lines.append(f"    掌握口径：{ground.reading}")
    return lines


def ground_answers(grounds: Iterable[Ground]) -> list[dict[str, Any]]:
    from liuhen.regulations.wording import text_of

    return [
        {
            "article": ground.article,
            "see": list(ground.see),
            "code": str(ground.code),
            "text": text_of(ground),
            "reading": ground.reading,
        }
        for ground in grounds
    ]
