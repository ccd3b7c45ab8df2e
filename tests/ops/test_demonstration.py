"""`liuhen demo` as anybody runs it: what it shows of viewing, discs, holds and disposal."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from faults.faulty import COMMAND, Bureau

pytestmark = pytest.mark.slow

PATIENCE_SECONDS = 1200
"""It makes, takes in and examines some thirty recordings."""


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> Bureau:
    folder = tmp_path_factory.mktemp("demonstration")
    made = Bureau(folder / "data", folder)
    command = [*COMMAND, "demo", "--no-serve", "--data", str(made.data), "--json"]
    done = subprocess.run(
        command, env=made.environment, capture_output=True, text=True, timeout=PATIENCE_SECONDS
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return made


def states(shown: Bureau, table: str, column: str = "state") -> Counter[str]:
    with sqlite3.connect(f"file:{shown.data}/liuhen.sqlite3?mode=ro", uri=True) as database:
        rows = database.execute(f"SELECT {column} FROM {table}")
        return Counter(state for (state,) in rows)


def test_requests_stand_at_every_stage(shown):
    stages = {"asked", "returned", "granted", "refused", "no_such", "withdrawn", "ended"}
    assert set(states(shown, "access_request")) == stages


def test_registers_of_disposal_stand_at_every_stage(shown):
    expected = {"done": 1, "waiting": 2, "reviewed": 1, "submitted": 1, "draft": 1}
    assert states(shown, "retention_disposallist") == expected


def test_discs_are_written_stored_and_lent(shown):
    assert {"written", "stored", "lent"} <= set(states(shown, "retention_disc"))


def test_holds_a_complaint_and_evidence_are_there(shown):
    assert set(states(shown, "retention_hold")) == {"live", "lift_asked"}
    assert states(shown, "retention_complaint", "kind") == {"complaint": 1}
    assert states(shown, "access_extraction") == {"ready": 1}


NOW = """
import json
from liuhen.ops import boot
boot.start(None)
from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.retention import disposal_inbox, log_time
waiting = {one.login: disposal_inbox.of(one, at=now()) for one in Officer.objects.all()}
told = {who: [one.to_appraise, one.to_list, dict(one.lists)] for who, one in waiting.items() if one}
print(json.dumps([told, log_time.clocks(at=now()).gap.days]))
"""


def test_each_post_has_something_to_do_and_the_log_knows_what_day_it_is(shown):
    script = [sys.executable, "-c", NOW]
    done = subprocess.run(script, env=shown.environment, capture_output=True, check=True)
    told, days_behind = json.loads(done.stdout)
    ripe = [0, 0, {"waiting": 1}]
    assert told["baoguan"] == [3, 1, {"draft": 1}]
    assert (told["fazhi"], told["juzhang"]) == ([0, 0, {"submitted": 1}], [0, 0, {"reviewed": 1}])
    assert (told["shebei"], told["caiwu"], days_behind) == (ripe, ripe, 0)


def test_the_log_accounts_for_everything(shown):
    assert shown.answer("audit")["ok"]


def test_what_was_disposed_of_is_gone_from_the_vault(shown):
    kept = [path for path in Path(shown.data, "vault").rglob("*") if path.is_file()]
    with sqlite3.connect(f"file:{shown.data}/liuhen.sqlite3?mode=ro", uri=True) as database:
        rows = "SELECT vault_key FROM recordings_recording WHERE disposed_at IS NOT NULL"
        gone = [os.fspath(shown.data / "vault" / key) for (key,) in database.execute(rows)]
    assert len(gone) == 3
    assert not set(gone) & set(map(os.fspath, kept))
