"""Is a recording built as its device builds its files, and does its length fit its times?

The engine sees one file; here it is set beside the device's other files and beside what name and
card say. Both are written down with the examination and not judged again later.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from liuhen.engines.media import traits
from liuhen.engines.media.facts import Code, Examination, Finding
from liuhen.engines.media.programs import Nature
from liuhen.recordings.claims import AGREEMENT, ZONE_SHIFT, Claim
from liuhen.recordings.models import Recording, TimeOrigin

UNFINISHED = {Code.TRUNCATED, Code.INDEX_MISSING}
"""Such a file was not closed: its time on the card is of the last write, whenever that was."""


def judged(recording: Recording, found: Examination) -> list[Finding]:
    """The engine's findings, without what is the device's own way, with how the file is unlike."""
    others = others_of(recording, found) if found.traits else []
    kept = [one for one in found.findings if not is_its_own(one, found, others)]
    unlike = traits.differences(found.traits, others)
    return kept + ([unlike_device(unlike)] if unlike else [])


def others_of(recording: Recording, found: Examination) -> list[traits.Traits]:
    """The traits of the device's newest other files of this kind, in one bounded query."""
    if recording.device_id is None:
        return []
    examined = Recording.objects.filter(
        device=recording.device_id, kind=found.kind, examination__isnull=False
    )
    newest = examined.exclude(pk=recording.pk).order_by("-pk")[: traits.MOST_FILES]
    said = newest.values_list("examination__traits", flat=True)
    return [one for one in said if isinstance(one, dict) and one]


def is_its_own(finding: Finding, found: Examination, others: list[traits.Traits]) -> bool:
    """A program's name that all of the device's files bear is part of the device: an interview
    room's recorder is a computer. An editing program never is."""
    named = finding.code in (Code.RE_ENCODED, Code.REWRAPPED)
    if not named or finding.evidence.get("nature") == Nature.EDITOR:
        return False
    usual = traits.agreed("program", others)
    return usual is not None and usual[0] == str(found.traits.get("program"))


def unlike_device(unlike: list[traits.Difference]) -> Finding:
    evidence = {
        "confidence": traits.confidence(unlike),
        "files": max(one.files for one in unlike),
        "traits": [[one.trait, one.own, one.usual, one.files] for one in unlike],
    }
    return Finding(code="unlike_device", evidence=evidence)


def clock_jumps(said: Iterable[Claim], found: Examination) -> Iterator[Finding]:
    """The card's time of the last write lies in the middle of the recording: between start and
    end less time passed on the device's clock than was recorded, so the clock was set back.

    Nothing is said where any claim, or one shifted by China's eight hours, explains that time."""
    if found.duration is None or UNFINISHED & found.codes():
        return
    length = timedelta(seconds=min(float(found.duration), 1e9))
    claims = list(said)
    ends = [one for one in claims if one.origin == TimeOrigin.FILE and one.instant is not None]
    starts = [one for one in claims if one.origin != TimeOrigin.FILE and one.instant is not None]
    for end in ends:
        passed = [end.instant - one.instant for one in starts if end.instant and one.instant]
        if any(explains(one, length) for one in passed):
            continue
        inside = [one for one in passed if AGREEMENT < one < length - AGREEMENT]
        if inside:
            shortest = min(inside)
            yield Finding(Code.CLOCK_JUMP, evidence={
                "confidence": "low", "does": "shorter",
                "seconds": str(int(shortest.total_seconds())),
                "content_seconds": length.total_seconds(),
            })  # fmt: skip


def explains(passed: timedelta, length: timedelta) -> bool:
    """The last write was at the start, at the end or later, as read or in the other zone."""
    for shift in (timedelta(0), ZONE_SHIFT, -ZONE_SHIFT):
        apart = passed + shift
        if abs(apart) <= AGREEMENT or abs(apart - length) <= AGREEMENT:
            return True
    return passed > length + AGREEMENT
