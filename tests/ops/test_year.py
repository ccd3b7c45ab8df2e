"""`liuhen demo --year` as anybody runs it, small: a whole year, its log, its duties."""

import os
import sqlite3
import subprocess
from json import loads

import pytest

from faults.faulty import COMMAND, Bureau

pytestmark = pytest.mark.slow

PATIENCE_SECONDS = 1800
PACK = os.environ.get("LIUHEN_YEAR_PACK", "chengde-safety")
SCALE = os.environ.get("LIUHEN_YEAR_SCALE", "0.004")


def demo(bureau: Bureau, *more: str) -> tuple[int, dict]:
    options = ["--year", "--pack", PACK, "--scale", SCALE, "--no-serve", *more]
    command = [*COMMAND, "demo", "--json", "--data", str(bureau.data), *options]
    done = subprocess.run(
        command,
        env=bureau.environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert done.stdout, done.stderr
    return done.returncode, loads(done.stdout)


@pytest.fixture(scope="module")
def bureau(tmp_path_factory) -> Bureau:
    folder = tmp_path_factory.mktemp("year")
    return Bureau(folder / "data", folder)


@pytest.fixture(scope="module")
def told(bureau) -> dict:
    code, answer = demo(bureau)
    assert code == 0, answer
    return answer


def rows(bureau: Bureau, query: str) -> list[tuple]:
    with sqlite3.connect(f"file:{bureau.data}/liuhen.sqlite3?mode=ro", uri=True) as database:
        return database.execute(query).fetchall()


def test_the_log_accounts_for_the_year_and_every_duty_has_its_reason(told):
    assert told["deviations"] == []
    assert all("无理由" not in line["open"] for line in told["duties"].values())


def test_the_dates_of_the_log_only_grow(told, bureau):
    times = [at for (at,) in rows(bureau, 'SELECT "at" FROM custody_custodyevent ORDER BY "index"')]
    assert len(times) == told["events"]
    # The first one tells that the store was set up: today.
    assert times[1:] == sorted(times[1:])


def test_every_recording_was_examined_and_nearly_all_belong_to_an_activity(told, bureau):
    states = dict(rows(bureau, "SELECT state, count(*) FROM recordings_recording GROUP BY state"))
    [(linked,)] = rows(bureau, "SELECT count(*) FROM cases_activityrecording")
    assert "sealed" not in states
    assert linked >= 0.95 * told["recordings"]


def test_cards_came_late_and_old_recordings_went(told, bureau):
    assert told["duties"]["handover"]["late"] > 0
    [(gone,)] = rows(
        bureau, "SELECT count(*) FROM recordings_recording WHERE disposed_at IS NOT NULL"
    )
    assert gone > 0


def test_reviews_are_finished_and_every_objection_is_answered(told, bureau):
    states = dict(rows(bureau, "SELECT state, count(*) FROM supervision_review GROUP BY state"))
    answered = dict(
        rows(bureau, "SELECT state, count(*) FROM supervision_reviewobjection GROUP BY state")
    )
    assert set(states) == {"closed"}
    assert answered
    assert "raised" not in answered


def test_what_was_found_is_put_right_with_proof_and_some_of_it_late(told, bureau):
    [(reported, proved)] = rows(
        bureau,
        "SELECT count(*), sum(EXISTS(SELECT 1 FROM cases_document WHERE request_no = c.number))"
        " FROM supervision_correction c WHERE submitted_at IS NOT NULL",
    )
    assert reported == proved > 0
    assert told["duties"]["correction"]["done"] > 0
    assert told["duties"]["correction"]["late"] > 0


def test_a_folder_in_use_is_refused(told, bureau):
    code, answer = demo(bureau)
    assert (code, answer["refused"]) == (1, "demo.used")
