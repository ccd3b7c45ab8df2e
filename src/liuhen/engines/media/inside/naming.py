"""Programs that name themselves in a recording or photo, as findings."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from liuhen.engines.media.facts import Code, Finding, clipped
from liuhen.engines.media.programs import Nature, Program, named_in

HEAD_BYTES: Final = 1 << 16
"""Of the first picture and the first sound; encoders write their name before anything else."""
_BUILDS: Final = (rb"x264 - core \d+", rb"x265 \(build \d+\)", rb"Lavc\d+\.\d+\.\d+")
_SURE: Final = {Nature.EDITOR: "high", Nature.ENCODER: "medium", Nature.MUXER: "low"}
_ADOBE_TOOL: Final = re.compile(rb"CreatorTool(?:>|=[\"'])([^<\"']{1,200})")


def of_programs(fields: Iterable[tuple[str, str]], heads: Iterable[tuple[str, bytes]],
                xmp: bytes) -> list[Finding]:  # fmt: skip
    """Editors, encoders and muxers that name themselves.

    Args:
        fields: what the container states, (name, text).
        heads: (track's type, the first bytes of its first packet).
        xmp: a note as Adobe's programs leave it.
    """
    said = [*fields, *_builds(heads)]
    if (tool := _ADOBE_TOOL.search(xmp)) is not None:
        said.append(("xmp: CreatorTool", clipped(tool[1].decode("utf-8", "replace")) or ""))
    named = named_in(said)
    strong = [one for one in named if one[0].nature is not Nature.MUXER]
    if strong:
        return [_naming(Code.RE_ENCODED, strong)]
    return [_naming(Code.REWRAPPED, named)] if named else []


def _builds(heads: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, str]]:
    for kind, head in heads:
        for build in _BUILDS:
            if (found := re.search(build, head[:HEAD_BYTES])) is not None:
                yield f"{kind} stream", found[0].decode("ascii")


def _naming(code: Code, named: list[tuple[Program, str, str]]) -> Finding:
    nature = named[0][0].nature
    evidence = {
        "confidence": _SURE[nature],
        "program": ", ".join(dict.fromkeys(program.name for program, _, _ in named)),
        "nature": str(nature),
        "field": named[0][1],
        "text": named[0][2][:200],
    }
    return Finding(code, evidence=evidence)
