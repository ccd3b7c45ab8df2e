"""Who has a part in what recordings show: none of them decides about its end."""

from django.db.models import Q

from liuhen.people.models import Officer


def took_part(officer: Officer, path: str = "") -> Q:
    """Of recordings, or of rows that name one by `path`: the officer made it, is entered beside its
    maker, or took part in its activity."""
    there = "activity_recording__activity__activity_officers__officer"
    found = Q()
    for way in ("officer", "shares__officer", there):
        found |= Q(**{f"{path}__{way}" if path else way: officer})
    return found
