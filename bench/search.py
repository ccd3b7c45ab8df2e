"""Server time of the recordings list and its search, at a million recordings.

A bureau is made in a database of its own (SQLite in a temporary folder, or an empty PostgreSQL
database), its index is built by what `liuhen reindex` runs, and each page is asked for 200 times
through the whole stack but the socket, as the page's own filter bar asks (its results alone), with
other words each time where that makes a difference. The processor's own time stands beside the
clock's, for machines that do other work.

    .venv/bin/python bench/search.py [--recordings 1000000] [--keep FOLDER]
    LIUHEN_DATABASE_URL=postgresql://user@host/empty .venv/bin/python bench/search.py

`--keep` leaves the bureau behind, and finds it again the next time.
"""

import random
import sys
from collections.abc import Callable, Iterator
from typing import Any

from asked_pages import Asked, Limits, run, told
from search_bureau import fill

LIMITS = Limits(p95=50.0)
COMMON = Limits(p95=250.0)
"""Of what thousands have PostgreSQL gathers all before it counts any."""

IN_MANY = frozenset({
    "4 characters of a case's name", "common word", "common word, deep page",
    "common word, unit and month", "officer's name", "device number",
})  # fmt: skip
RESULTS = {"HX-Request": "true", "HX-Target": "results"}


def main() -> int:
    slow = run(200, ready, asked, LIMITS)
    print(
        f"search: p95 of every page < {LIMITS.p95:.0f} ms, of words in many < {COMMON.p95:.0f} ms: "
        f"{'ok' if not slow else 'FAILED'}"
    )
    return 1 if slow else 0


def ready(recordings: int) -> None:
    from page_times import analyze

    from liuhen.cases import search_index
    from liuhen.recordings.models import Recording

    if not Recording.objects.exists():
        fill(recordings, told=told)
        search_index.rebuild()
        told("index")
        analyze()


def of_list(what: str, who: str, query: Callable[[], dict[str, Any]]) -> Asked:
    return Asked(what, who, "/recordings/", query, RESULTS, COMMON if what in IN_MANY else None)


def asked() -> Iterator[Asked]:
    from liuhen.cases.models import Case, Party
    from liuhen.people.models import Officer, Unit
    from liuhen.recordings.models import Recording

    rng = random.Random(3)
    names = list(Party.objects.filter(kind="person").values_list("name", flat=True)[:20_000])
    firms = list(Party.objects.filter(kind="organisation").values_list("name", flat=True)[:20_000])
    cases = list(Case.objects.values_list("case_no", "name")[:20_000])
    numbers = list(Recording.objects.order_by("pk").values_list("number", flat=True)[:20_000])
    people = list(Officer.objects.filter(login__startswith="officer"))
    units = list(Unit.objects.values_list("pk", flat=True))
    deep = deep_cursor()

    def of_length(count: int) -> list[str]:
        return [name for name in names if len(name) == count]

    def month() -> dict[str, Any]:
        year, n = rng.choice((2024, 2025, 2026)), rng.randrange(1, 13)
        return {"since": f"{year}-{n:02d}-01", "until": f"{year}-{n:02d}-28"}

    def words(some: list[str]) -> Callable[[], dict[str, Any]]:
        return lambda: {"words": rng.choice(some)}

    every: list[tuple[str, Callable[[], dict[str, Any]]]] = [
        ("newest", dict),
        ("a page deep in the list", lambda: {"cursor": deep}),
        ("unit and month", lambda: month() | {"unit": rng.choice(units)}),
        ("officer and month", lambda: month() | {"officer": rng.choice(people).pk}),
        ("party's name of 2 characters", words(of_length(2))),
        ("party's name of 3 characters", words(of_length(3))),
        ("party's name of 4 characters", words(of_length(4))),
        ("organisation's name", words(firms)),
        ("case number", lambda: {"words": rng.choice(cases)[0]}),
        ("case number, in other brackets", lambda: {"words": bare(rng.choice(cases)[0])}),
        ("4 characters of a case's name", lambda: {"words": rng.choice(cases)[1][-5:-1]}),
        ("common word", words(["卫生", "监督检查", "公共场所", "行医", "诊所"])),
        ("common word, deep page", lambda: {"words": "卫生", "cursor": deep}),
        ("common word, unit and month",
         lambda: month() | {"words": "卫生", "unit": rng.choice(units)}),
        ("common word and unit", lambda: {"words": "行医", "unit": rng.choice(units)}),
        ("common word and state", lambda: {"words": "卫生", "state": "marked"}),
        ("two words", lambda: {"words": f"{rng.choice(names)} 中兴路"}),
        ("one character", words(list("王欧涵"))),
        ("officer's name", lambda: {"words": rng.choice(people).name}),
        ("device number", lambda: {"words": f"ZF-{rng.randrange(200):04d}"}),
        ("recording number", words(numbers)),
        ("place", lambda: {"words": f"中兴路{rng.randrange(1, 900)}号"}),
        ("nothing has it", lambda: {"words": "查无此人"}),
    ]  # fmt: skip
    for what, address in every:
        yield of_list(what, "custodian", address)
    for who in ("supervision", "unit_head", "officer0"):
        for what, address in every:
            if what in FOR_ALL:
                yield of_list(what, who, address)


FOR_ALL = (
    "newest",
    "party's name of 2 characters",
    "party's name of 3 characters",
    "case number",
    "common word",
)


def bare(case_no: str) -> str:
    return case_no.replace("〔", "(").replace("〕", ")")


def deep_cursor() -> str:
    """Into the middle of all there is."""
    from liuhen.kernel import cursors
    from liuhen.recordings.models import Recording

    middle = Recording.objects.order_by("pk")[Recording.objects.count() // 2]
    return cursors.write(middle.recorded_at, middle.pk, backwards=False)


if __name__ == "__main__":
    sys.exit(main())
