"""One line of the menu, and a heading over several."""

from dataclasses import dataclass, replace
from functools import cache

from django.urls import reverse
from django.utils.functional import Promise

from liuhen.people.permissions import Permission as P

Text = str | Promise


@dataclass(frozen=True)
class Entry:
    """`any_of` is empty for what everyone with an account sees; `names` are the pages below it;
    `section` is the heading it stands under."""

    url_name: str
    title: Text
    icon: str
    about: Text
    any_of: frozenset[P]
    names: frozenset[str]
    section: Text = ""

    @property
    def address(self) -> str:
        return address_of(self.url_name)

    def is_for(self, granted: frozenset[P]) -> bool:
        return not self.any_of or bool(self.any_of & granted)


@cache
def address_of(url_name: str) -> str:
    """Each page asks for some thirty of them, and they are the same as long as the program runs."""
    return reverse(url_name)


def entry(url_name: str, title: Text, icon: str, about: Text, *any_of: P, names: str = "") -> Entry:
    below = frozenset({url_name, *names.split()})
    return Entry(f"web:{url_name}", title, icon, about, frozenset(any_of), below)


def section(title: Text, *entries: Entry) -> tuple[Entry, ...]:
    return tuple(replace(one, section=title) for one in entries)
