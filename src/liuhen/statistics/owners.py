"""Whose event it is: the bureau of who did it, else of what it was done to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from liuhen.access.own_log import NAMED, NUMBERED, rows_of
from liuhen.custody.models import CustodyEvent
from liuhen.people.models import Officer


def owners_of(events: Iterable[CustodyEvent]) -> dict[int, int]:
    """The bureau's key by the event's index, without what is nobody's. One query, and one for each
    kind of thing the system itself did something to."""
    rows = list(events)
    logins = {event.actor for event in rows}
    by_login = dict(Officer.objects.filter(login__in=logins).values_list("login", "agency"))
    found = {row.index: by_login[row.actor] for row in rows if row.actor in by_login}
    by_word: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.index not in found:
            word, _, name = row.subject.partition(":")
            by_word[word][name].append(row.index)
    for word, named in by_word.items():
        for name, owner in owners(word, list(named)).items():
            found.update(dict.fromkeys(named[name], owner))
    return found


def owners(word: str, names: list[str]) -> dict[str, int]:
    """By what follows the colon of a subject that begins with `word`."""
    if word in NAMED:
        model, key, owner = NAMED[word]
    elif word in NUMBERED:
        (model, owner), key = NUMBERED[word], "pk"
        names = [name for name in names if name.isdecimal()]
    else:
        return {}
    wanted: dict[str, Any] = {f"{key}__in": names}
    return {str(name): pk for name, pk in rows_of(model).filter(**wanted).values_list(key, owner)}
