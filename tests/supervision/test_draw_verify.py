"""`liuhen draw verify`, as an outsider with the list and the sheet runs it, and as the bureau."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from spot_cast import announced, drawn, work

from liuhen.engines.drawing import frames
from liuhen.ops import draw_verify
from liuhen.ops.shell import Say
from liuhen.supervision import spot_proofs
from liuhen.supervision.models import SpotCheck

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


@pytest.fixture
def by_log(monkeypatch):
    """The command's own comparison, on this test's database."""
    monkeypatch.setattr("liuhen.ops.boot.start", lambda _data: None)

    def run(content: bytes) -> dict:
        return draw_verify.by_the_log(Say(True), frames.read(content), content, None)

    return run


def items(check: SpotCheck) -> list[str]:
    return list(check.items.order_by("position").values_list("item", flat=True))


def test_an_outsider_draws_again_without_any_data_directory(tmp_path: Path):
    work()
    check, outside = drawn(), tmp_path / "outside"
    outside.mkdir()
    (outside / "抽查名册.txt").write_bytes(bytes(check.frame))
    done = subprocess.run(
        [sys.executable, "-m", "liuhen.ops", "draw", "verify", "抽查名册.txt", "--root",
         check.root, "--json"],
        cwd=outside, capture_output=True, text=True, timeout=120, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(outside), "LANG": "C.UTF-8",
             "PYTHONPATH": os.environ.get("PYTHONPATH", "")},
    )  # fmt: skip
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["draw"], answer["items"]) == (0, check.number, items(check))
    assert os.listdir(outside) == ["抽查名册.txt"]


def test_the_log_agrees_with_what_was_drawn(by_log):
    work()
    check = drawn()
    answer = by_log(bytes(check.frame))
    assert (answer["ok"], answer["items"], answer["root"]) == (True, items(check), check.root)


def test_another_list_than_the_announced_one_is_told(by_log):
    work()
    check = drawn(percent=50)
    content = bytes(check.frame).replace(b"recording:2026-000104", b"recording:2026-000904")
    assert len(by_log(content)["problems"]) >= 1


def test_before_the_draw_it_says_so(by_log):
    work()
    assert by_log(bytes(announced().frame))["problems"] == ["日志中没有抽取结果，尚未抽取"]
    assert spot_proofs.said_of("CC-2026-000001").items is None


def test_what_is_no_list_is_told(tmp_path: Path):
    path = tmp_path / "x.txt"
    path.write_text("no list", encoding="utf-8")
    answer = draw_verify.command.callback.__wrapped__(Say(True), path, None, None)
    assert answer["refused"] == "draw.frame_unreadable"
