"""A form on one A4 sheet: a title, a table of named fields, lines to sign on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One row of the table: (name, what it says) once or twice. `is_words`: room for a text."""

    cells: tuple[tuple[str, str], ...]
    is_words: bool = False

    @property
    def is_single(self) -> bool:
        return len(self.cells) == 1


@dataclass(frozen=True)
class Slip:
    """`under`: what stands left and right below the title; `foot`: a remark below the table."""

    title: str
    under: tuple[str, str]
    lines: tuple[Line, ...]
    signs: tuple[str, ...]
    foot: str = ""
