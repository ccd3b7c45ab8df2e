"""Server time of pages in a large bureau, beside the same pages in a small one."""

import os
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

ROUNDS = 7
MOST_MS = 100.0

Page = tuple[str, str]
"""(login, address)"""


def compared(
    what: str,
    than: str,
    *,
    small: Callable[[], None],
    large: Callable[[], None],
    pages: Callable[[], Iterable[Page]],
) -> int:
    """Fill a bureau to `small`, time the pages, fill it to `large`, time them again; print both.

    Args:
        what, than: the two sizes in words.
    Returns: an exit code: 0 where no page of the large bureau takes MOST_MS.
    """
    with tempfile.TemporaryDirectory(prefix="liuhen-bench-") as folder:
        os.environ["LIUHEN_DATA"] = folder
        from liuhen.ops import boot

        boot.start(Path(folder))
        small()
        few = [timed(page) for page in pages()]
        large()
        analyze()
        many = [(timed(page), page) for page in pages()]
    pairs = list(zip(few, many, strict=True))
    for least, (ms, (who, address)) in sorted(pairs, key=lambda pair: -pair[1][0]):
        print(f"  {ms:7.1f} ms  ({least:6.1f} at {than})  {who:12} {address}")
    slowest = max(ms for ms, _page in many)
    ratio = median(ms / least for least, (ms, _page) in pairs)
    good = slowest < MOST_MS
    print(
        f"{what}: {len(many)} pages, slowest {slowest:.0f} ms (< {MOST_MS:.0f}), {ratio:.2f} times "
        f"the same page at {than}: {'ok' if good else 'FAILED'}"
    )
    return 0 if good else 1


def analyze() -> None:
    """What a database does by itself after a day of use."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def timed(page: tuple[str, str]) -> float:
    """Median milliseconds of a request; the first, which warms what a worker keeps, not counted."""
    from django.test import Client

    from liuhen.people.models import Officer

    who, address = page
    browser = Client()
    browser.force_login(Officer.objects.get(login=who))
    taken = []
    for n in range(ROUNDS + 1):
        began = time.perf_counter()
        answer = browser.get(address)
        b"".join(answer)
        if n:
            taken.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return median(taken)
