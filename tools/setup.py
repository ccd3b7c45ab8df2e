"""Bring everything 留痕 needs into this checkout, once; a second run finds nothing to do.

Usage: python3 tools/setup.py [run|test|check]

Needs git, Python 3.11 and, the first time, a package index. Exit codes: 0 everything is there,
1 something could not be brought (the reason and the way out are printed), 2 wrong usage.
"""

import sys

GOALS = ("run", "test", "check")
OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    goal = arguments[0] if arguments else "run"
    if len(arguments) > 1 or goal not in GOALS:
        print(__doc__, file=sys.stderr)
        return 2
    if sys.version_info[:2] < OLDEST:
        print(
            "需要 Python 3.11 或更新版本；请安装后再运行。\n"
            "Python 3.11 or newer is needed; install it and start again.",
            file=sys.stderr,
        )
        return 1
    # Imported late: an older Python must reach the sentence above before it meets newer syntax.
    from set_up.course import bring
    from set_up.faults import Fault

    try:
        bring(goal)
    except Fault as fault:
        print(f"\n{fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n已停止；再次运行即从中断处继续。 Stopped; run again to go on.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    # A terminal in GBK or plain ASCII shows what it can; set-up never stops for a character.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
