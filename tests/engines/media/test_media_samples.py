"""Files of real phones, cameras and recorders, where they are at hand."""

import os
import re
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from liuhen.engines.media.examine import examine
from liuhen.engines.media.facts import Code, Examination, TimeClaim

REPOSITORY = Path(__file__).resolve().parents[3]
SAMPLES = Path(os.environ.get("LIUHEN_SAMPLES") or REPOSITORY.parent / "shared" / "samples")
TABLE = REPOSITORY / "docs" / "samples.md"
KINDS = {
    "action-camera": "video", "camera": "video", "dashcam": "video", "fixed-camera": "video",
    "photos-activity": "photo", "thermal": "video", "voice": "audio",
}  # fmt: skip
# A folder of mixed files: by suffix.
MIXED = {".heic": "photo", ".mov": "video", ".mp4": "video", ".3gp": "video", ".mp3": "audio",
         ".mkv": "video", ".avi": "video"}  # fmt: skip
# The table also compares the time claims with each other, which is not the engine's.
OF_A_COMPUTER = {"sample-5s_h265.mp4", "one-by-one-person-detection.mp4"}
"""Published by their makers as an encoder and an editing program of a computer left them."""
NOT_THE_ENGINES = {"time_disagreement"}

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="no samples of real devices: set LIUHEN_SAMPLES to their folder"
)
FILES = sorted(
    path.relative_to(SAMPLES) for path in SAMPLES.glob("*/*") if path.suffix.lower() != ".md"
)


@pytest.fixture(scope="session")
def sample(tmp_path_factory):
    """Examine one sample, once for all tests."""

    @cache
    def look(path: Path) -> Examination:
        return examine(SAMPLES / path, tmp_path_factory.mktemp("sample"))

    return look


def tabled(path: Path) -> tuple[set[str], set[str]]:
    """What docs/samples.md says of a file: (`origin: wall clock reading`, finding codes)."""
    row = next((line for line in TABLE.read_text().splitlines() if f"| `{path}` |" in line), None)
    if row is None:
        pytest.skip(f"docs/samples.md has no row for {path}")
    cells = [cell.strip() for cell in row.split("|")]
    times = {part.removeprefix("★").strip() for part in cells[6].split("<br>")} - {"none"}
    return times, set(re.findall(r"`(\w+)`", cells[7])) - NOT_THE_ENGINES


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_sample_has_the_kind_its_folder_says(sample, path):
    found = sample(path)
    assert found.kind == KINDS.get(path.parts[0], MIXED.get(path.suffix.lower()))
    assert Code.EXAMINER_CRASHED not in found.codes()
    assert Code.EXAMINER_LIMIT not in found.codes()


@pytest.mark.parametrize("path", [one for one in FILES if one.parts[0] == "broken"], ids=str)
def test_a_broken_sample_is_marked(sample, path):
    assert sample(path).findings
    assert sample(path).codes() == tabled(path)[1]


@pytest.mark.parametrize("path", [one for one in FILES if one.parts[0] != "broken"], ids=str)
def test_a_whole_sample_has_no_findings_but_of_its_sound_and_is_shown(sample, path):
    found = sample(path)
    expected = {Code.RE_ENCODED} if path.name in OF_A_COMPUTER else set()
    assert found.codes() == tabled(path)[1]
    assert found.codes() - {Code.SILENT, Code.NO_SOUND} == expected
    assert found.outputs


def as_china_reads_it(claim: TimeClaim) -> str:
    """The table's words: an offset that is stated counts, none means the device's own clock."""
    if claim.local is None:
        return f"{claim.origin}: not read"
    ahead = 0 if claim.offset_minutes is None else 8 * 60 - claim.offset_minutes
    return f"{claim.origin}: {datetime.fromisoformat(claim.local) + timedelta(minutes=ahead):%F %T}"


@pytest.mark.parametrize("path", FILES, ids=str)
def test_a_sample_claims_the_times_the_table_names(sample, path):
    claims = {as_china_reads_it(claim) for claim in sample(path).header.times}
    assert claims == tabled(path)[0]
