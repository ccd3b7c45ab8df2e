from pathlib import Path

from set_up.stamp import Stamp, digest


def test_digest_follows_content_name_and_absence(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("one")
    first = digest(tmp_path, ("a", "b"))
    assert digest(tmp_path, ("a", "b")) == first
    assert digest(tmp_path, ("b", "a")) != first
    (tmp_path / "b").write_text("")
    assert digest(tmp_path, ("a", "b")) != first


def test_a_step_is_remembered_with_its_inputs(tmp_path: Path) -> None:
    Stamp(tmp_path / "stamp").mark("packages", "inputs-1")
    later = Stamp(tmp_path / "stamp")
    assert later.says("packages", "inputs-1")
    assert not later.says("packages", "inputs-2")
    assert not later.says("assets", "inputs-1")


def test_a_damaged_stamp_repeats_everything(tmp_path: Path) -> None:
    (tmp_path / "stamp").write_text('{"packages": "in')
    assert Stamp(tmp_path / "stamp").done == {}


def test_a_stamp_of_another_shape_repeats_everything(tmp_path: Path) -> None:
    (tmp_path / "stamp").write_text("[1]")
    assert Stamp(tmp_path / "stamp").done == {}
