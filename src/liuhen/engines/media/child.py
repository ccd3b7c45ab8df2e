"""The child: takes one order, looks at standard input, answers on standard output, ends.

Run as `python -m liuhen.engines.media.child ORDER` by `sandbox`, never by hand or in process.
"""

import json
import os
import resource
import signal
import sys
from typing import Any


def main() -> int:
    """Hold this process, do what the order says, write one result line."""
    order = json.loads(sys.argv[1])
    _limit(order["limits"])
    verb = _load(order)
    held = _lock(order["out"]) if order["landlock"] else None
    try:
        result = verb(order)
    except MemoryError:
        return _refuse_memory()
    say({"result": result, "held": "landlock" if held else "rlimits"})
    return 0


def say(message: dict[str, Any]) -> None:
    """One line to the parent."""
    os.write(1, json.dumps(message, allow_nan=False).encode() + b"\n")


def _load(order: dict[str, Any]) -> Any:
    """Import what the verb needs now: later nothing outside may be opened."""
    if order["verb"] == "examine":
        from liuhen.engines.media.inside import look

        return look.prepare(order)
    if order["verb"] == "clock":
        from liuhen.engines.media.inside import clock

        return clock.prepare(order)
    if order["verb"] in ("frame", "sound"):
        from liuhen.engines.media.inside import taking

        return taking.prepare(order)
    if order["verb"] == "excerpt":
        from liuhen.engines.media.inside import excerpt

        return excerpt.prepare(order)
    from liuhen.engines.media.inside import render

    verb = render.prepare(order)
    return lambda order: verb(order, lambda done: say({"progress": round(done, 4)}))


def _limit(limits: dict[str, float]) -> None:
    """Limits of the kernel; the parent watches the clock."""
    # Python ignores SIGXFSZ; a writer would see an error and might go on with half a file.
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    seconds = int(limits["cpu_seconds"])
    lower(resource.RLIMIT_CPU, seconds, seconds + 1)
    lower(resource.RLIMIT_AS, int(limits["memory_bytes"]))
    lower(resource.RLIMIT_FSIZE, int(limits["written_bytes"]))
    lower(resource.RLIMIT_NOFILE, 64)
    lower(resource.RLIMIT_CORE, 0)


def lower(what: int, soft: int, hard: int | None = None) -> None:
    """Never above what holds already: a service manager may allow less than we ask."""
    most = resource.getrlimit(what)[1]
    hard = soft if hard is None else hard
    hard = hard if most == resource.RLIM_INFINITY else min(hard, most)
    resource.setrlimit(what, (min(soft, hard), hard))


def _lock(out: str) -> bool:
    from liuhen.engines.media import landlock

    code = [sys.prefix, sys.base_prefix, *sys.path, "/usr/lib", "/usr/lib64", "/lib", "/lib64"]
    return landlock.lock_in([path for path in code if path], out)


def _refuse_memory() -> int:
    os.write(2, b"MemoryError\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
