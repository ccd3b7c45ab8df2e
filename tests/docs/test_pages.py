"""Pages written by hand keep up with the code they speak of."""

import ast
import re
from pathlib import Path

import click
import pytest

from liuhen.ops.cli import main
from liuhen.web.findings_text import TEXTS

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", *ROOT.glob("docs/**/*.md"), *ROOT.glob("changes/*.md")])
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
INLINE = re.compile(r"`(liuhen [^`]+)`|^ *(liuhen .+)$", re.MULTILINE)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_somewhere(page):
    links = [link for link in LINK.findall(page.read_text("utf-8")) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_commands_and_options_exist(page):
    for quoted, line in INLINE.findall(page.read_text("utf-8")):
        command, words = called((quoted or line).split()[1:])
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known | {"--help"}


def called(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command these words call, and what is left of them."""
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        name, *words = words
        found = command.get_command(click.Context(command), name)
        assert found, f"{name} is none of {command.list_commands(click.Context(command))}"
        command = found
    return command, words


def test_the_first_day_explains_every_finding():
    page = text_of("docs/how-to/custodian-first-day.zh.md")
    assert [text.title for text in TEXTS.values() if str(text.title) not in page] == []


def test_the_custody_page_lists_every_deviation():
    rooms = "log|recording|document|case|hold|complaint|breach|appraisal|disposal|search"
    rooms += "|vault|second_copy|correction|review|spot_check|daily_check|playback"
    listed = set(re.findall(rf"`((?:{rooms})\.\w+)`", text_of("docs/design/custody.md")))
    listed -= {"search.entry_missing", "search.entry_too_many"}  # named at run time
    assert listed == deviations()


def deviations() -> set[str]:
    """The first argument of every `Deviation(...)` in the code."""
    files = (ROOT / "src" / "liuhen").rglob("*.py")
    calls = [n for f in files for n in ast.walk(ast.parse(f.read_text("utf-8")))]
    return {
        call.args[0].value
        for call in calls
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "Deviation"
        and isinstance(call.args[0], ast.Constant)
    }


def test_every_decision_is_in_the_list():
    pages = {path.name for path in (ROOT / "docs/adr").glob("*.md")} - {"README.md"}
    assert pages == set(LINK.findall(text_of("docs/adr/README.md")))
