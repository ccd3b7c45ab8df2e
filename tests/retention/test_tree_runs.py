"""The folder tree asked for on a page: where it may go, and what became of it."""

import pytest

import factories
from cases.case_cast import count
from liuhen.kernel.refusal import Refusal
from liuhen.retention import tree_export, tree_runs
from liuhen.retention.models import TreeExport
from retention.disc_cast import LATER, NOON, case, keeper

pytestmark = pytest.mark.usefixtures("bureau")


@pytest.fixture
def disk(tmp_path, settings):
    """An external disk below the folder where disks are mounted."""
    settings.LIUHEN_INTAKE_ROOTS = [tmp_path / "media"]
    (tmp_path / "media" / "usb").mkdir(parents=True)
    return tmp_path / "media" / "usb"


def ask(place: object, by: str = "zhou", **more) -> TreeExport:
    whose = factories.officer(by)
    return tree_runs.ask(str(place), **{"reason": "年度备份"} | more, by=whose, at=NOON)


def done(place: object) -> TreeExport:
    row = ask(place)
    tree_runs.run(row, clock=lambda: LATER)
    row.refresh_from_db()
    return row


def test_it_is_done_and_told(disk):
    case()
    row = done(disk)
    assert (row.state, row.copied, row.finished_at) == ("done", 2, LATER)
    assert row.folder == str(disk / "某县卫健局音像资料")
    assert len(list(disk.rglob("*.mp4"))) == 2
    assert (done(disk).there, tree_runs.runs_of(keeper()).count()) == (2, 2)


def test_what_stopped_it_is_said_and_the_next_run_goes_on(disk, monkeypatch):
    case()

    def full(one, target):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(tree_export, "copy", full)
        row = done(disk)
    assert (row.state, "No space left" in row.problem) == ("stopped", True)
    assert done(disk).state == "done"


def test_a_disk_taken_out_meanwhile_is_said(disk):
    row = ask(disk)
    disk.rmdir()
    tree_runs.run(row, clock=lambda: LATER)
    row.refresh_from_db()
    assert (row.state, "移动硬盘" in row.problem) == ("stopped", True)


@pytest.mark.parametrize("place", ["/etc", "/nowhere", "relative", "", "/media/\0"])
@pytest.mark.enforces("outward")
def test_nothing_goes_anywhere_else(disk, place):
    before = count()
    with pytest.raises(Refusal) as no:
        ask(place)
    assert (no.value.code, TreeExport.objects.count()) == ("tree.place_not_allowed", 0)
    assert count() == before


@pytest.mark.parametrize("login", ["li", "wang", "qian", "fa", "du", "sun"])
@pytest.mark.enforces("outward")
def test_the_custodian_alone_exports(disk, login):
    with pytest.raises(Refusal) as no:
        ask(disk, login)
    assert no.value.code == "people.not_permitted"


def test_without_a_reason_nothing_leaves(disk):
    with pytest.raises(Refusal) as no:
        ask(disk, reason=" ")
    assert no.value.code == "disc.words_missing"


def test_one_at_a_time(disk):
    ask(disk)
    with pytest.raises(Refusal) as no:
        ask(disk)
    assert (no.value.code, TreeExport.objects.count()) == ("tree.under_way", 1)


def test_another_bureau_does_not_see_the_runs(disk):
    ask(disk)
    assert not tree_runs.runs_of(factories.stranger("far", "custodian")).exists()
