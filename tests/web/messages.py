"""Every message the interface can say, found in the sources.

`python tests/web/messages.py` (from the repository's root) lists those the English catalogue
lacks or keeps for nothing. Django's own makemessages needs GNU xgettext, which a user's machine
may not have; Babel reads the same sources in Python.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

SOURCES = Path(__file__).resolve().parents[2] / "src" / "liuhen"
CATALOGUE = SOURCES / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEYWORDS = [*DEFAULT_KEYWORDS, "gettext_lazy", "ngettext_lazy", "pgettext_lazy", "_"]


def said_in(text: str) -> Iterator[str]:
    source = io.BytesIO(text.encode())
    for _line, _function, found, _comments in extract_python(
        source, KEYWORDS, [], {"encoding": "utf-8"}
    ):
        message = found[0] if isinstance(found, tuple) else found
        if message:
            yield message


def of_template(path: Path) -> Iterator[str]:
    # What is left of a template is no Python; without its indentation each line stands alone.
    lines = templatize(path.read_text("utf-8"), origin=str(path)).splitlines()
    for line in lines:
        if "gettext" in line or "_(" in line:
            yield from said_in(line.strip() + "\n")


def used() -> dict[str, Path]:
    """Message → one file that says it."""
    found = {}
    for path in sorted(SOURCES.rglob("*.py")):
        found |= dict.fromkeys(said_in(path.read_text("utf-8")), path)
    for path in sorted(SOURCES.rglob("templates/**/*.html")):
        found |= dict.fromkeys(of_template(path), path)
    return found


def english() -> Catalog:
    with CATALOGUE.open("rb") as stored:
        return read_po(stored, locale="en")


def told_in(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    """What is said for each message; of one with a plural, by its first form, both ways."""
    rows = [message for message in catalogue if message.id and not message.fuzzy]
    return {forms(row.id)[0]: forms(row.string) for row in rows}


def forms(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


if __name__ == "__main__":
    known = told_in(english()).keys()
    for message in sorted(used().keys() - known):
        print("missing", repr(message))
    for message in sorted(known - used().keys()):
        print("unused", repr(message))
