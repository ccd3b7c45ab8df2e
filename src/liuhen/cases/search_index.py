"""The index of words as a whole: built anew, and compared with what it should be."""

from collections.abc import Iterator

from django.db import transaction

from liuhen.cases import linked_words
from liuhen.custody import log
from liuhen.custody.deviations import Deviation
from liuhen.recordings.models import Recording, Words
from liuhen.recordings.search import keeping
from liuhen.recordings.search.grams import spelled

AT_ONCE = 2_000
"""Of one transaction: about a second in which nobody else writes."""


def rebuild() -> int:
    """Of every recording there is; answers how many. Searches find less until it is done.

    Killed, it is done again from the start.
    """
    with transaction.atomic():
        log.wait_for_turn()
        keeping.note_unbuilt()
        Words.objects.all().delete()
        keeping.index().clear()
    keys = list(Recording.objects.order_by("pk").values_list("pk", flat=True))
    for some in keeping.at_once(keys, AT_ONCE):
        enter(some)
    keeping.note_built()
    return len(keys)


@transaction.atomic
def enter(keys: list[int]) -> None:
    """Those that changed meanwhile entered themselves, without knowing what they belong to."""
    log.wait_for_turn()
    there = set(Words.objects.filter(pk__in=keys).values_list("pk", flat=True))
    keeping.add(linked_words.texts(pk for pk in keys if pk not in there))
    linked_words.of_recordings(there)


def audit() -> Iterator[Deviation]:
    """Every recording has its words as they should be, and each has its entry."""
    keys = Recording.objects.order_by("pk").values_list("pk", flat=True)
    for some in keeping.at_once(keys.iterator()):
        yield from compare(some)
    yield from compare_entries()


def compare(keys: list[int]) -> Iterator[Deviation]:
    rows = Recording.objects.filter(pk__in=keys).defer("examination").order_by("pk")
    there, linked = Words.objects.in_bulk(keys), linked_words.texts(keys)
    for row in rows:
        should = keeping.words_of(row, spelled(linked[row.pk]))
        known = there.get(row.pk)
        if known is None:
            yield Deviation("search.missing", f"recording:{row.number}", "no search would find it")
        elif keeping.differs(known, should):
            yield Deviation("search.differs", f"recording:{row.number}", differences(known, should))


def differences(known: Words, should: Words) -> str:
    names = [name for name in keeping.TOLD if getattr(known, name) != getattr(should, name)]
    return f"{', '.join(names)}: build the index anew with `liuhen reindex`"


def compare_entries() -> Iterator[Deviation]:
    """Both in the order of ranks: what one has and the other lacks."""
    texts = Words.objects.order_by("rank").values_list("rank", flat=True).iterator()
    for rank, is_entry in apart(texts, iter(keeping.index().ranks())):
        code = "search.entry_too_many" if is_entry else "search.entry_missing"
        yield Deviation(code, f"search:{rank}", "build the index anew with `liuhen reindex`")


def apart(one: Iterator[int], other: Iterator[int]) -> Iterator[tuple[int, bool]]:
    """What only one of two ascending series has; True: the other one."""
    a, b = next(one, None), next(other, None)
    while a is not None or b is not None:
        if a == b:
            a, b = next(one, None), next(other, None)
        elif b is None or (a is not None and a < b):
            assert a is not None
            yield a, False
            a = next(one, None)
        else:
            yield b, True
            b = next(other, None)
