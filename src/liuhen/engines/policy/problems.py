"""What is wrong with a pack, where, and what would be right."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


def gettext_noop(text: str) -> str:
    """Marks a sentence for the catalogue; engines know no Django and speak Chinese."""
    return text


class Said(str):
    """A Chinese sentence that remembers its parts, so that it can be said in other words."""

    template: str
    facts: dict[str, Any]

    def __new__(cls, template: str, /, **facts: Any) -> "Said":
        made = super().__new__(cls, template.format(**facts) if facts else template)
        made.template, made.facts = template, facts
        return made

    def put(self, words: Callable[[str], str]) -> str:
        """The same through a catalogue, e.g. `said.put(gettext)`."""
        facts = {
            name: fact.put(words) if isinstance(fact, Said) else fact
            for name, fact in self.facts.items()
        }
        return words(self.template).format(**facts) if facts else words(self.template)


@dataclass(frozen=True)
class Problem:
    """`line` counts from 1, None where there is no file; `at` is the way to the field in a value.

    Both texts are whole sentences; `right` may be empty where nothing can be advised.
    """

    file: str
    line: int | None
    wrong: Said
    right: Said
    at: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.line else ""
        return f"{place}{self.wrong}{self.right}"


class PackInvalid(ValueError):
    """Every problem found, in the order of their lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda one: one.line or 0))
        super().__init__("\n".join(str(one) for one in self.problems))
