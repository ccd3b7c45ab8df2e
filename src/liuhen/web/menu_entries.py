"""One line of the menu, and a heading over several."""

from dataclasses import dataclass, replace

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

    def is_for(self, granted: frozenset[P]) -> bool:
        return not self.any_of or bool(self.any_of & granted)


def entry(url_name: str, title: Text, icon: str, about: Text, *any_of: P, names: str = "") -> Entry:
    below = frozenset({url_name, *names.split()})
    return Entry(f"web:{url_name}", title, icon, about, frozenset(any_of), below)


def section(title: Text, *entries: Entry) -> tuple[Entry, ...]:
    return tuple(replace(one, section=title) for one in entries)
