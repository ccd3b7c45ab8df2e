"""One dossier for each party: the timeline, and what leaves the house."""

import csv
import hashlib
import io
import re
import shutil
import subprocess
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from cases.case_cast import add, count, events, last_facts, open_case, shop
from cases.paper_cast import PDF, keep
from factories import NOON
from liuhen.cases import dossier, dossier_export, dossier_files
from liuhen.cases.dossier import Sort
from liuhen.cases.models import ActivityRecording, Party
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.refusal import Refusal
from liuhen.recordings import vaults

pytestmark = pytest.mark.usefixtures("bureau")
LUOHE = "luohe-livestock:14"


@pytest.fixture
def party() -> Party:
    """With a case, an activity in it and one without, two recordings, papers at each."""
    made = add(shop())
    case = open_case(parties=[(made, "party")])
    inside = factories.activity("HD-2026-000001", case=case)
    alone = factories.activity("HD-2026-000002", party=made, arrived_at=NOON - timedelta(days=400),
                               left_at=None)  # fmt: skip
    for n, activity in enumerate((inside, alone), 1):
        recording = factories.recording(f"2026-00000{n}", f"film {n}".encode())
        ActivityRecording.objects.create(
            activity=activity, recording=recording, was_proposed=False, linked_at=NOON,
            linked_by=made.added_by,
        )  # fmt: skip
    keep(PDF + b"1", case=case, title="决定书", made_date=date(2026, 1, 3))
    keep(PDF + b"2", activity=inside, title="现场笔录")
    keep(PDF + b"3", party=made, title="营业执照/副本")
    return made


def sorts(login: str = "zhou", **more) -> list[str]:
    return [str(one.sort) for one in line(login, **more).entries]


def line(login: str = "zhou", **more) -> dossier.Timeline:
    scope = dossier.seen_by(factories.officer(login), Party.objects.get())
    return dossier.timeline(scope, **more)


def export(login: str = "zhou", reason: str = "移送法院") -> dossier_export.Export:
    by = factories.officer(login)
    return dossier_export.for_officer(Party.objects.get(), reason=reason, by=by, at=NOON)


@pytest.mark.enforces("dossier", article=LUOHE)
@pytest.mark.enforces("archive", article=LUOHE)
def test_papers_and_recordings_stand_on_one_line_across_cases(party):
    factories.activity("HD-2026-000009")
    factories.recording("2026-000009")
    assert sorted(sorts()) == [
        "activity", "activity", "case_opened", "document", "document", "document",
        "recording", "recording",
    ]  # fmt: skip
    instants = [one.at for one in line().entries]
    assert instants == sorted(instants, reverse=True)


@pytest.mark.enforces("dossier", article=LUOHE)
def test_a_year_and_a_kind_can_be_asked_for(party):
    scope = dossier.seen_by(factories.officer("zhou"), party)
    assert dossier.years(scope) == [2026, 2024]
    assert sorts(year=2024) == ["activity"]
    assert sorts(only=Sort.DOCUMENT) == ["document"] * 3
    assert sorts(year=2026, only=Sort.RECORDING) == ["recording"] * 2


def test_of_too_many_the_newest_are_shown_and_the_cut_is_said(party):
    cut = line(most=3)
    assert (len(cut.entries), cut.is_cut) == (3, True)
    assert cut.entries == line().entries[:3]


def test_each_sees_what_is_theirs(party):
    assert "recording" in sorts("li")
    hua = factories.officer("hua")
    factories.activity("HD-2026-000003", officer=hua, party=party)
    assert sorted(sorts("hua")) == ["activity", "document"]


def test_a_dossier_costs_as_many_queries_for_much_as_for_little(party):
    scope = dossier.seen_by(factories.officer("zhou"), party)
    with CaptureQueriesContext(connection) as asked:
        for one in dossier.timeline(scope).entries:
            str(getattr(one.row, "case", None) or one.row)
    assert len(asked) == 5


@pytest.mark.enforces("dossier", article=LUOHE)
def test_it_leaves_in_the_layout_a_bureau_files_it_in(party):
    paths = [re.sub(r"_\d+\.pdf$", "_N.pdf", one.path) for one in export().files]
    case, day = "卫罚〔2026〕7号 未公示卫生许可证案", "2026-01-05 HD-2026-000001 日常检查"
    assert len(paths) == len(set(paths)) == 5
    assert f"{case}/文书材料/2026-01-03 决定书_N.pdf" in paths
    assert f"{case}/{day}/文书材料/2026-01-05 现场笔录_N.pdf" in paths
    assert f"{case}/{day}/音像资料/20260105-120100_ZF-001_2026-000001.mp4" in paths
    assert "文书材料/2026-01-05 营业执照_副本_N.pdf" in paths
    assert any(path.startswith("未立案/2024-12-01 HD-2026-000002") for path in paths)


def test_the_event_names_every_original_with_its_digests_before_a_byte_leaves(party):
    before = CustodyEvent.objects.count()
    made = export()
    told = last_of(party)
    assert told["reason"] == "移送法院"
    assert told["files"] == [[one.subject, one.sha256, one.sm3] for one in made.files]
    assert events("recording:2026-000001")[-1] == "recording.exported"
    assert CustodyEvent.objects.count() == before + 3


def last_of(party: Party) -> dict:
    return last_facts(f"party:{party.pk}")


def test_a_large_dossiers_event_comes_in_parts(party, monkeypatch):
    monkeypatch.setattr(dossier_export, "NAMED_AT_ONCE", 2)
    export()
    assert (last_of(party)["part"], last_of(party)["parts"]) == (3, 3)


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "qian", "du", "shen"])
def test_originals_leave_by_the_keepers_and_the_legal_offices_hand_alone(party, login):
    factories.officer(login)
    before = count()
    with pytest.raises(Refusal) as no:
        export(login)
    assert (no.value.code, count()) == ("people.not_permitted", before)


def test_without_a_reason_nothing_leaves(party):
    before = count()
    with pytest.raises(Refusal) as no:
        export("fa", " ")
    assert (no.value.code, count()) == ("case.reason_blank", before)


def test_the_zip_has_the_length_it_says_and_its_manifest_verifies(party, tmp_path):
    stream = dossier_export.zipped(export())
    content = b"".join(stream)
    assert len(content) == len(dossier_export.zipped(export()))
    zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path)
    verified(tmp_path / "惠民餐饮店")


def verified(folder: Path) -> None:
    for line in (folder / "manifest-sha256.txt").read_text("utf-8").splitlines():
        digest, path = line.split("  ", 1)
        assert hashlib.sha256((folder / path).read_bytes()).hexdigest() == digest
    if program := shutil.which("sha256sum"):
        checked = [program, "-c", "--strict", "manifest-sha256.txt"]
        assert subprocess.run(checked, cwd=folder, capture_output=True).returncode == 0
    table = (folder / "目录.csv").read_text("utf-8-sig").splitlines()
    assert len(list(csv.reader(table))) == 6


def test_a_changed_original_stops_the_zip(party):
    path = vaults.path("test/2026-000001.mp4")
    path.write_bytes(b"film X")
    with pytest.raises(Refusal) as no:
        b"".join(dossier_export.zipped(export()))
    assert no.value.code == "document.changed"


def test_a_folder_is_kept_up_and_copies_nothing_twice(party, tmp_path):
    first = dossier_export.write(export(), tmp_path)
    verified(first.folder)
    assert (first.copied, first.there) == (5, 0)
    (first.folder / "mine.txt").write_text("kept")
    next(first.folder.rglob("*.mp4")).unlink()
    again = dossier_export.write(export(), tmp_path)
    assert (again.copied, again.there, again.others) == (1, 4, 1)
    verified(again.folder)


def test_a_changed_original_is_not_written(party, tmp_path):
    vaults.path("test/2026-000002.mp4").write_bytes(b"film X")
    with pytest.raises(Refusal) as no:
        dossier_export.write(export(), tmp_path / "out")
    assert no.value.code == "document.changed"
    assert not list((tmp_path / "out").rglob("*000002.mp4*"))


def test_the_vault_is_no_place_to_export_to(party, data):
    with pytest.raises(Refusal):
        dossier_export.write(export(), data.vault)


def test_no_link_in_the_folder_leads_into_the_vault(party, data, tmp_path):
    made = export()
    folder = tmp_path / made.name
    folder.mkdir()
    original = data.vault / made.files[0].key
    before = original.read_bytes()
    (folder / ".manifest-sha256.txt.part").symlink_to(original)
    dossier_export.write(made, tmp_path)
    assert original.read_bytes() == before
    shutil.rmtree(folder)
    folder.symlink_to(data.vault, target_is_directory=True)
    with pytest.raises(Refusal):
        dossier_export.write(made, tmp_path)


@pytest.mark.parametrize(
    ("name", "made"),
    [("a/b:c", "a_b_c"), ("..", "_"), ("CON", "_CON"), ("con.txt", "_con.txt"), ("x. ", "x"),
     ("\u202etxt.exe", "txt.exe"), ("店" * 99, "店" * 60), ("a\nb", "ab")],
)  # fmt: skip
def test_a_name_every_system_takes(name, made):
    assert dossier_files.safe(name) == made


def test_the_command_writes_the_folder(party, tmp_path, monkeypatch):
    from liuhen.cases import parties

    assert parties.only_one("惠民 餐饮店", party.agency) == party
    with pytest.raises(Refusal) as no:
        parties.only_one("没有的店", party.agency)
    assert no.value.code == "party.no_such"
