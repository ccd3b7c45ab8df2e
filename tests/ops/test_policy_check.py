"""`liuhen policy check`, as whoever writes a pack runs it."""

import json
import os
import subprocess
import sys

import pytest

from liuhen.packs.catalogue import FOLDER

PACK = FOLDER / "neiqiu-health.yaml"


@pytest.fixture
def check(tmp_path):
    """Runs the command on this text in a home without any data directory."""

    def run(text: str, *options: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "some.yaml").write_text(text, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "liuhen.ops", "policy", "check", "some.yaml", *options],
            cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
            env={"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"},
        )  # fmt: skip

    return run


def test_a_sound_pack_is_counted_and_its_cases_run(check):
    done = check(PACK.read_text("utf-8"), "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["ok"], answer["problems"]) == (0, True, [])
    assert (answer["articles"], answer["text_only"]) == (24, 2)
    assert answer["cases"] >= 10
    assert answer["values"] >= answer["parameters"] >= 20


def test_a_sound_pack_is_told_in_one_line(check):
    done = check(PACK.read_text("utf-8"))
    assert done.returncode == 0
    assert done.stdout.startswith("24 条（2 条只作说明）")
    assert done.stdout.endswith("个算例全部符合\n")


def test_every_problem_is_told_and_the_status_is_1(check):
    done = check("title: x\nfield: y\narticles: {20: {}}\nparameters: {retenton: []}\n")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "some.yaml:3: 第 20 条缺少 summary。请加上 summary，用一句自己的话概括本条。",
        "some.yaml:4: 没有叫 retenton 的参数。可能应为 retention。",
        "some.yaml 有 2 处问题",
    ]


def test_under_json_a_problem_is_an_object(check):
    done = check("", "--json")
    (problem,) = json.loads(done.stdout)["problems"]
    assert (done.returncode, done.stderr) == (1, "")
    assert problem == {
        "file": "some.yaml",
        "line": 1,
        "wrong": "文件是空的。",
        "right": "请从 title、field、articles、parameters 写起。",
    }


def test_a_case_that_fails_is_a_problem_at_its_line(check):
    text = PACK.read_text("utf-8")
    case = "\n  - {name: 错例, ask: notice, on: 2024-01-01, expect: {silent: false}}\n"
    done = check(text + case, "--json")
    (problem,) = json.loads(done.stdout)["problems"]
    assert done.returncode == 1
    assert "应得 silent: false，实得 true" in problem["wrong"]
    assert problem["line"] == len(text.splitlines()) + 2


def test_nothing_is_left_behind(check, tmp_path):
    check(PACK.read_text("utf-8"))
    assert [path.name for path in tmp_path.iterdir()] == ["some.yaml"]


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path):
    command = [sys.executable, "-m", "liuhen.ops", "policy", "check", str(tmp_path / "no")]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2
