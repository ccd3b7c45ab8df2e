"""The shape of a rendition's answer, for those who make photos and those who make recordings."""

from fractions import Fraction
from typing import Any

from liuhen.engines.media.facts import Finding


def made(
    output: str | None, kind: str | None, findings: list[Finding], **facts: Any
) -> dict[str, Any]:
    """The answer's shape; see `renditions.Rendition`."""
    as_json = [
        {"code": f.code, "start_seconds": f.start_seconds, "evidence": f.evidence} for f in findings
    ]
    duration = facts.pop("duration", None)
    text = str(duration) if isinstance(duration, Fraction) else None
    return {"output": output, "kind": kind, "duration": text, "findings": as_json, **facts}
