"""One page asked for many times through the whole stack but the socket, held against its limits.

The processor's own time stands beside the clock's, for machines that do other work.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

WARM_UPS = 5


@dataclass(frozen=True)
class Asked:
    """`query`: another one each time it is called. `limits`: None: those of all."""

    what: str
    who: str
    path: str
    query: Callable[[], dict[str, Any]]
    headers: Mapping[str, str] = field(default_factory=dict)
    limits: "Limits | None" = None


@dataclass(frozen=True)
class Limits:
    """In milliseconds; `most` of any single answer."""

    p95: float
    most: float = float("inf")


def run(times: int, ready: Callable[[int], None], pages: Callable[[], Iterable[Asked]],
        limits: Limits) -> list[str]:  # fmt: skip
    """Bring the bureau up in the folder asked for, `ready` it, time every page.

    Args:
        times: how often each is asked for, unless the command line says otherwise.
        ready: fills what is missing, up to so many recordings.
    Returns: the pages that are too slow.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--recordings", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--times", type=int, default=times)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="liuhen-bench-") as temporary:
        folder = options.keep or Path(temporary)
        os.environ["LIUHEN_DATA"] = str(folder)
        from liuhen.ops import boot, web_server

        boot.start(folder)
        ready(options.recordings)
        web_server.when_ready(None)  # as pages are served
        print(f"{database()}; load {os.getloadavg()[0]:.1f}")
        return [one.what for one in pages() if not is_fast(one, options.times, limits)]


def database() -> str:
    from django.db import connection

    from liuhen.recordings.models import Recording

    version = ".".join(map(str, connection.get_database_version()))
    return f"{connection.display_name} {version}, {Recording.objects.count():,} recordings"


def told(what: str) -> None:
    print(f"  {time.process_time():6.0f} s  {what}", flush=True)


def is_fast(one: Asked, times: int, limits: Limits) -> bool:
    """Times it, prints a line."""
    from django.test import Client

    from liuhen.people.models import Officer

    browser = Client()
    browser.force_login(Officer.objects.get(login=one.who))
    real, own = [], []
    for n in range(times + WARM_UPS):
        query = one.query()
        began, began_own = time.perf_counter(), time.process_time()
        answer = browser.get(one.path, query, headers=dict(one.headers))
        took = ((time.perf_counter() - began) * 1000, (time.process_time() - began_own) * 1000)
        assert answer.status_code == 200, answer.status_code
        if n >= WARM_UPS:
            real.append(took[0])
            own.append(took[1])
    p50, p95 = at(real, 0.5), at(real, 0.95)
    limits = one.limits or limits
    good = p95 < limits.p95 and max(real) < limits.most
    print(
        f"  {p50:6.1f} ms p50 {p95:6.1f} ms p95 {max(real):6.1f} ms most  (processor "
        f"{at(own, 0.5):5.1f} / {at(own, 0.95):5.1f})  {one.who:11} {one.what}: "
        f"{'ok' if good else 'FAILED'}",
        flush=True,
    )
    return good


def at(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))]
