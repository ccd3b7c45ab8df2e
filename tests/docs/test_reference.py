"""docs/reference says what the code says."""

import ast
from collections import Counter
from pathlib import Path

import pytest
import reference
import reference_code

from liuhen.engines.media.facts import Code
from liuhen.kernel.refusal import Refusal
from liuhen.web.findings_text import TEXTS

ROOT = Path(__file__).resolve().parents[2]


def committed(name: str) -> str:
    return (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", reference.WRITTEN)
def test_a_page_is_what_the_code_says(name):
    assert committed(name) == reference.page(name), "run tools/reference.py"


def test_no_page_is_left_over():
    there = {path.name for path in (ROOT / "docs" / "reference").iterdir()}
    assert there == set(reference.WRITTEN)


def test_every_setting_the_code_reads_is_explained():
    explained = {name for name, _, _ in reference.SETTINGS}
    assert explained == reference_code.environment_names(reference.SRC)


def test_defaults_are_those_in_the_settings_file():
    said = {name: default for name, default, _ in reference.SETTINGS}
    for name, default in defaults(ROOT / "src/liuhen/config/settings.py").items():
        assert default in ("", "0") or said[name] == f"`{default}`"


def defaults(path: Path) -> dict[str, str]:
    """{name: literal default} of the look-ups in the settings file."""
    calls = [n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
    texts = [[a.value for a in call.args if isinstance(a, ast.Constant)] for call in calls]
    pairs = [text for text in texts if len(text) == 2 and str(text[0]).startswith("LIUHEN_")]
    return {str(name): str(default) for name, default in pairs}


def test_defaults_are_found_at_all():
    assert defaults(ROOT / "src/liuhen/config/settings.py")["LIUHEN_LOG"] == "WARNING"


def test_no_two_refusals_share_a_code():
    reference_code.import_all("liuhen")
    codes = Counter(refusal.code for refusal in reference_code.subclasses(Refusal))
    assert [code for code, times in codes.items() if times > 1] == []


def test_every_finding_is_explained():
    assert set(Code) - set(TEXTS) == set()
    assert found_outside_the_engine() - set(TEXTS) == set()


def found_outside_the_engine() -> set[str]:
    """Codes of findings that compare sources: literals of `code=` and of the time claims."""
    folder = ROOT / "src/liuhen/recordings"
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*.py")]
    calls = [n for text in texts for n in ast.walk(ast.parse(text)) if isinstance(n, ast.keyword)]
    named = {n.value.value for n in calls if n.arg == "code" and isinstance(n.value, ast.Constant)}
    claims = ast.parse((folder / "claims.py").read_text(encoding="utf-8"))
    strings = {n.value for n in ast.walk(claims) if isinstance(n, ast.Constant)}
    return named | {s for s in strings if isinstance(s, str) and s.startswith("time_")}


def test_findings_outside_the_engine_are_found_at_all():
    assert {"device_disagreement", "time_zone_shift"} <= found_outside_the_engine()


def test_a_recorded_kind_is_traced_through_a_name():
    tree = ast.parse("kind = Kind.A if on else Kind.B\nlog.record(kind, subject='')")
    told = {n.attr for arg in reference_code.recorded(tree) for n in ast.walk(arg)
            if reference_code.is_kind(n)}  # fmt: skip
    assert told == {"A", "B"}
