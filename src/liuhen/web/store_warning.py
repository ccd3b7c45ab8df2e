"""What those who answer for the storage are told on their first page, until it is mended."""

from liuhen.people.models import Officer
from liuhen.people.permissions import Permission, permissions_of
from liuhen.recordings import copy_words, second_copy


def store_warning(officer: Officer) -> str:
    """Nothing for all others, and when nothing is wrong."""
    if Permission.SEE_STORAGE not in permissions_of(officer):
        return ""
    standing = second_copy.standing()
    if standing is not None:
        return copy_words.problem_of(standing)
    damaged = second_copy.open_damage()
    return "".join(copy_words.damage_text(store, n) for store, n in damaged.items())
