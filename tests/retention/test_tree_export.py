"""The recordings as folders on an external disk: brought up to date, never written over."""

import contextlib
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

import factories
from cases.case_cast import count, events, last_facts
from liuhen.cases.models import ActivityRecording
from liuhen.kernel.refusal import Refusal
from liuhen.recordings import vaults
from liuhen.retention import tree_export
from liuhen.retention.tree_export import Done
from retention.disc_cast import DAY, NOON, case, film

pytestmark = pytest.mark.usefixtures("bureau")
OF_CASE = "2026/01/05/内卫罚〔2026〕1号 未按规定公示卫生许可证案"


def run(to: Path, **more) -> Done:
    rows = tree_export.recordings_of(
        factories.agency(), more.pop("since", None), more.pop("until", None)
    )
    facts = {"reason": "年度备份", "by": factories.officer("zhou"), "at": NOON} | more
    return tree_export.write(rows, to / "音像资料", **facts)


def counts(done: Done) -> tuple[int, int, int, int]:
    return done.copied, done.there, done.moved, len(done.conflicts)


def verified(folder: Path) -> bool:
    checked = ["sha256sum", "-c", "--strict", "manifest-sha256.txt"]
    return subprocess.run(checked, cwd=folder, capture_output=True).returncode == 0


@pytest.mark.enforces("storage", article="neiqiu-health:14")
def test_by_year_month_day_and_case(tmp_path):
    case()
    film(7)
    done = run(tmp_path)
    paths = sorted(path.relative_to(done.folder).as_posix() for path in done.folder.rglob("*.mp4"))
    assert paths == [
        f"{OF_CASE}/20260105-120100_ZF-001_2026-000001.mp4",
        f"{OF_CASE}/20260105-120200_ZF-001_2026-000002.mp4",
        "2026/01/05/未归入执法活动/20260105-120700_ZF-001_2026-000007.mp4",
    ]
    assert verified(done.folder)


@pytest.mark.enforces("storage", article="neiqiu-health:14")
def test_the_next_run_copies_only_what_is_new(tmp_path):
    case()
    assert counts(run(tmp_path)) == (2, 0, 0, 0)
    film(3)
    before = count()
    done = run(tmp_path)
    assert counts(done) == (1, 2, 0, 0)
    assert verified(done.folder)
    assert count() == before + 2


def test_the_log_names_what_leaves_before_it_leaves(tmp_path):
    one = film(1)
    run(tmp_path)
    told = last_facts("tree")
    assert told["files"] == [["recording:2026-000001", one.sha256]]
    assert (told["reason"], events("recording:2026-000001")[-1]) == (
        "年度备份",
        "recording.exported",
    )


def test_no_event_no_copy(tmp_path, monkeypatch):
    film(1)
    monkeypatch.setattr(tree_export.log, "record_all", lambda acts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(tmp_path)
    assert not list((tmp_path / "音像资料").rglob("*.mp4"))


def test_a_file_of_another_content_is_left_as_it_is(tmp_path):
    film(1)
    first = run(tmp_path)
    (path,) = first.folder.rglob("*.mp4")
    path.chmod(0o644)
    path.write_bytes(b"something else of this name")
    done = run(tmp_path)
    assert (counts(done), path.read_bytes()) == ((0, 0, 0, 1), b"something else of this name")
    assert done.conflicts[0].endswith("2026-000001.mp4")
    assert done.conflicts[0] not in (done.folder / "目录.csv").read_text("utf-8-sig")


def test_what_was_changed_in_place_is_found_when_asked(tmp_path):
    film(1)
    (path,) = run(tmp_path).folder.rglob("*.mp4")
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().upper())
    assert counts(run(tmp_path)) == (0, 1, 0, 0)
    assert counts(run(tmp_path, verify=True)) == (0, 0, 0, 1)


def test_broken_off_it_goes_on_where_it_stopped(tmp_path, monkeypatch):
    case()
    good = tree_export.copy

    def breaks(one, target):
        if "000002" in one.path:
            raise OSError(28, "No space left on device")
        good(one, target)

    monkeypatch.setattr(tree_export, "copy", breaks)
    with pytest.raises(OSError, match="No space"):
        run(tmp_path)
    monkeypatch.setattr(tree_export, "copy", good)
    done = run(tmp_path)
    assert (counts(done), verified(done.folder)) == ((1, 1, 0, 0), True)


def test_what_got_its_case_later_is_moved_not_copied(tmp_path):
    one = film(1)
    run(tmp_path)
    activity = factories.activity(case=factories.case())
    ActivityRecording.objects.create(activity=activity, recording=one, was_proposed=False,
                                     linked_at=NOON, linked_by=factories.officer("li"))  # fmt: skip
    done = run(tmp_path)
    assert counts(done) == (0, 0, 1, 0)
    assert [path.parent.name for path in done.folder.rglob("*.mp4")] == [OF_CASE.split("/")[-1]]
    assert verified(done.folder)


def test_days_can_be_chosen_and_other_runs_stay_in_the_manifest(tmp_path):
    film(1)
    factories.recording("2026-000002", b"later", recorded_at=NOON + DAY)
    assert counts(run(tmp_path, until=date(2026, 1, 5))) == (1, 0, 0, 0)
    done = run(tmp_path, since=date(2026, 1, 6))
    assert counts(done) == (1, 0, 0, 0)
    lines = (done.folder / "manifest-sha256.txt").read_text("utf-8")
    assert ("000001.mp4" in lines, "000002.mp4" in lines) == (True, True)
    assert verified(done.folder)


def test_a_changed_original_stops_it(tmp_path):
    film(1)
    vaults.path("test/2026-000001.mp4").write_bytes(b"film X")
    with pytest.raises(Refusal) as no:
        run(tmp_path)
    assert no.value.code == "document.changed"
    assert not list((tmp_path / "音像资料").rglob("*.mp4*"))


def test_another_bureaus_stay_at_home(tmp_path):
    film(1)
    far = factories.stranger("far")
    factories.recording("2026-000009", b"theirs", agency=far.agency, officer=far)
    assert counts(run(tmp_path)) == (1, 0, 0, 0)


def test_the_vault_is_no_place_to_export_to(tmp_path, data):
    film(1)
    with pytest.raises(Refusal):
        run(data.vault)


def test_a_manifest_from_elsewhere_takes_nothing_out_of_the_vault(tmp_path, data):
    """Nor does a link that was laid in the folder since."""
    one = film(1)
    folder = tmp_path / "音像资料"
    folder.mkdir()
    original = vaults.path(one.vault_key)
    (folder / "link").symlink_to(original.parent, target_is_directory=True)
    up = "../" * 12 + str(original).lstrip("/")
    for path in (up, str(original), f"link/{original.name}"):
        (folder / "manifest-sha256.txt").write_text(f"{one.sha256}  {path}\n")
        shutil.rmtree(folder / "2026", ignore_errors=True)
        with contextlib.suppress(Refusal):
            run(tmp_path)
        assert original.read_bytes() == b"film of 2026-000001"


def linked(tmp_path: Path, laid_at: str, *, is_file: bool = False) -> Path:
    """Somebody laid a link on the disk, to a folder or file outside of it; answers that one."""
    outside = tmp_path / "outside"
    if is_file:
        outside.write_bytes(b"theirs")
    else:
        outside.mkdir()
    link = tmp_path / "音像资料" / laid_at
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside)
    return outside


@pytest.mark.parametrize("laid_at", ["2026", "2026/01", "2026/01/05", OF_CASE])
def test_a_linked_folder_is_told_of_and_nothing_written_through_it(tmp_path, laid_at):
    case()
    outside = linked(tmp_path, laid_at)
    done = run(tmp_path)
    assert (counts(done), list(outside.iterdir())) == ((0, 0, 0, 2), [])
    assert (tmp_path / "音像资料" / laid_at).is_symlink()
    assert "000001.mp4" not in (done.folder / "manifest-sha256.txt").read_text("utf-8")


def test_a_linked_file_is_told_of_even_where_it_holds_the_same(tmp_path):
    film(1)
    (path,) = run(tmp_path).folder.rglob("*.mp4")
    path.rename(tmp_path / "elsewhere.mp4")
    path.symlink_to(tmp_path / "elsewhere.mp4")
    assert counts(run(tmp_path)) == (0, 0, 0, 1)


@pytest.mark.parametrize("name", ["目录.csv", "manifest-sha256.txt", "manifest-sm3.txt"])
def test_a_list_that_is_a_link_stops_it(tmp_path, name):
    film(1)
    outside = linked(tmp_path, name, is_file=True)
    with pytest.raises(Refusal) as no:
        run(tmp_path)
    assert (no.value.code, outside.read_bytes()) == ("tree.is_link", b"theirs")
    assert not list((tmp_path / "音像资料").rglob("*.mp4"))


def test_a_tree_that_is_a_link_itself_stops_it(tmp_path):
    film(1)
    outside = linked(tmp_path, "")
    before = count()
    with pytest.raises(Refusal) as no:
        run(tmp_path)
    assert (no.value.code, list(outside.iterdir()), count()) == ("tree.is_link", [], before)


def test_a_link_laid_after_the_look_stops_it(tmp_path, monkeypatch):
    film(1)
    leave = tree_export.leave

    def lays_a_link(some, folder, **more):
        leave(some, folder, **more)
        linked(tmp_path, "2026")

    monkeypatch.setattr(tree_export, "leave", lays_a_link)
    with pytest.raises(Refusal) as no:
        run(tmp_path)
    assert (no.value.code, list((tmp_path / "outside").iterdir())) == ("tree.is_link", [])


def test_what_lies_behind_a_link_is_not_moved(tmp_path):
    one = film(1)
    old = next(run(tmp_path).folder.rglob("*.mp4")).parent
    old.rename(tmp_path / "outside")
    old.symlink_to(tmp_path / "outside")
    activity = factories.activity(case=factories.case())
    ActivityRecording.objects.create(activity=activity, recording=one, was_proposed=False,
                                     linked_at=NOON, linked_by=factories.officer("li"))  # fmt: skip
    assert counts(run(tmp_path)) == (1, 0, 0, 0)
    assert len(list((tmp_path / "outside").iterdir())) == 1
