"""Several who decide on one step in the same moment: one effect."""

import os
import subprocess
import sys
from pathlib import Path

import ready_schema

TESTS = Path(__file__).parents[1]
AT_ONCE = """
import sys
from pathlib import Path
from threading import Barrier, Thread

from liuhen.ops import boot

boot.start(Path(sys.argv[1]))
import factories
from access_cast import ask, turn
from django.db import connection
from liuhen.access import deciding
from liuhen.access.models import Grant
from liuhen.access.request_errors import AlreadyDecided
from liuhen.people.roles import Role

heads = [factories.officer(f"head{n}", Role.BUREAU_HEAD) for n in range(8)]
step = turn(ask(factories.recording()))
ready, said = Barrier(8), []

def one(n, head):
    act, more = (deciding.refuse, {"comment": "不妥"}) if n % 2 else (deciding.approve, {})
    ready.wait()
    try:
        act(step, by=head, at=factories.NOON, **more)
        said.append(act.__name__)
    except AlreadyDecided:
        said.append("late")
    connection.close()

threads = [Thread(target=one, args=pair) for pair in enumerate(heads)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
step.refresh_from_db()
print(said.count("late"), len(said), step.request.state, Grant.objects.count())
"""


def test_eight_at_once_are_one_decision(tmp_path):
    env = {name: value for name, value in os.environ.items() if name != "LIUHEN_DATABASE_URL"}
    ready_schema.copy_to(tmp_path / "data" / "liuhen.sqlite3")
    env["PYTHONPATH"] = f"{TESTS}{os.pathsep}{TESTS / 'access'}"
    run = [sys.executable, "-c", AT_ONCE, str(tmp_path / "data")]
    said = subprocess.run(run, capture_output=True, text=True, check=True, env=env)
    late, all_of_them, state, grants = said.stdout.split()
    assert (late, all_of_them) == ("7", "8")
    assert (state, grants) in (("granted", "1"), ("refused", "0"))
