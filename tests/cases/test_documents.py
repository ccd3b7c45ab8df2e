"""Papers: kept like recordings, opened with an event, withdrawn with a reason."""

import hashlib

import pytest
from django.db.utils import DatabaseError

import factories
from cases.case_cast import add, count, events, last_facts, shop
from cases.paper_cast import PDF, keep, package
from factories import NOON
from liuhen.cases import documents, integrity, recovery
from liuhen.cases.models import Document, StagedDocument
from liuhen.custody import audit as custody_audit
from liuhen.kernel.refusal import Refusal
from liuhen.recordings import integrity as originals
from liuhen.recordings import recovery as recordings_recovery
from liuhen.recordings import scrubbing, vaults

pytestmark = pytest.mark.usefixtures("bureau")


def deviations() -> list[str]:
    found = [*custody_audit.audit(), *originals.audit(), *integrity.audit()]
    return [one.code for one in found]


def temps() -> list[str]:
    return [path.name for path in vaults.current().temps()]


def test_a_paper_is_kept_with_both_digests_under_a_folder_of_its_own():
    paper = keep()
    assert paper.sha256 == hashlib.sha256(PDF).hexdigest()
    assert paper.sm3 == hashlib.new("sm3", PDF).hexdigest()
    assert paper.vault_key.startswith("执法文书材料/2026/01/05/120000_")
    assert vaults.path(paper.vault_key).read_bytes() == PDF
    assert not vaults.path(paper.vault_key).stat().st_mode & 0o222
    assert last_facts(f"document:{paper.pk}")["sha256"] == paper.sha256
    assert (temps(), StagedDocument.objects.count(), deviations()) == ([], 0, [])


def test_the_upload_is_never_in_memory_as_a_whole():
    held = []

    def chunks():
        for n in range(3):
            held.append(sum(path.stat().st_size for path in vaults.current().temps()))
            yield PDF if n == 0 else bytes(1 << 16)

    keep(chunks())
    assert held == [0, len(PDF), len(PDF) + (1 << 16)]


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF, "a.PDF", "application/pdf"),
        (b"\xff\xd8\xff\xe0" + bytes(20), "照片.png", "image/jpeg"),
        (b"II*\0" + bytes(20), "a.tif", "image/tiff"),
        (package("[Content_Types].xml", "word/document.xml"), "a.docx",
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (package("OFD.xml"), "a.ofd", "application/ofd"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "a.doc", "application/msword"),
        ("情况说明".encode("gb18030"), "a.txt", "text/plain"),
    ],
)  # fmt: skip
def test_what_a_bureau_files_is_kept_by_its_content(content, name, media_type):
    assert keep(content, name).media_type == media_type


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.pdf", "document.empty"),
        (b"<html><script>", "a.pdf", "document.unknown_type"),
        (b"<svg xmlns=''>", "a.png", "document.unknown_type"),
        (b" <!doctype html>", "a.txt", "document.unknown_type"),
        (b"a\0b", "a.txt", "document.unknown_type"),
        (b"plain", "a.html", "document.unknown_type"),
        (package("x.exe"), "a.docx", "document.unknown_type"),
        (b"PK\x03\x04" + bytes(90), "a.docx", "document.unknown_type"),
        (b"MZ" + bytes(90), "a.exe", "document.unknown_type"),
        (PDF, "a.docx", "document.misnamed"),
        (package("word/document.xml"), "a.pdf", "document.misnamed"),
    ],
)
def test_what_is_no_paper_leaves_nothing(content, name, code):
    factories.case()
    before = count()
    with pytest.raises(Refusal) as no:
        keep(content, name)
    assert (no.value.code, temps(), count()) == (code, [], before)


def test_a_package_with_an_enormous_directory_is_not_read(tmp_path):
    liar = bytearray(package("word/document.xml"))
    at = liar.rfind(b"PK\x05\x06")
    liar[at + 12 : at + 16] = (1 << 31).to_bytes(4, "little")
    with pytest.raises(Refusal) as no:
        keep(bytes(liar), "a.docx")
    assert no.value.code == "document.unknown_type"


def test_too_large_a_paper_is_refused_by_its_limit(monkeypatch):
    monkeypatch.setattr(documents, "MOST_MIB", 1)
    with pytest.raises(Refusal, match="1 MB") as no:
        keep([PDF, bytes(1 << 20)])
    assert (no.value.code, temps(), Document.objects.count()) == ("document.too_large", [], 0)


def test_the_same_file_is_not_kept_twice_in_one_place():
    first = keep(title="笔录一")
    with pytest.raises(Refusal, match="笔录一") as no:
        keep()
    assert no.value.code == "document.there"
    assert keep(case=factories.case("2号")).sha256 == first.sha256
    assert deviations() == []


def test_a_full_store_is_told_and_nothing_is_left(monkeypatch):
    from liuhen.engines.vault import streaming
    from liuhen.engines.vault.errors import StoreFull

    def full(*_arguments):
        raise StoreFull("store_full")

    monkeypatch.setattr(streaming, "write_all", full)
    with pytest.raises(Refusal) as no:
        keep()
    assert (no.value.code, temps()) == ("document.store_full", [])


@pytest.mark.parametrize("step", ["link", "write_row"])
def test_stopped_before_a_step_the_next_start_finishes_it(monkeypatch, step):
    case = factories.case()
    with monkeypatch.context() as broken:
        broken.setattr(documents, step, lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            keep(case=case)
    assert Document.objects.count() == 0
    assert recovery.recover() == 1
    assert recordings_recovery.recover(at=NOON).quarantined == 0
    assert (Document.objects.get().case, temps(), deviations()) == (case, [], [])


def test_what_its_own_process_finished_meanwhile_is_not_kept_again(monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(documents, "write_row", lambda *a: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            keep()
    stale = StagedDocument.objects.select_related("staged_by").get()
    recovery.recover()
    assert recovery.finish(stale) is False
    assert (Document.objects.count(), deviations()) == (1, [])


def test_stopped_after_the_commit_the_second_name_goes(monkeypatch):
    with monkeypatch.context() as broken:
        vault = vaults.current()
        broken.setattr(vault, "forget_temp", lambda temp: (_ for _ in ()).throw(OSError))
        with pytest.raises(OSError):
            keep()
    assert len(temps()) == 1
    assert recovery.recover() == 0
    assert recordings_recovery.recover(at=NOON).quarantined == 0
    assert (Document.objects.count(), temps(), deviations()) == (1, [], [])


def test_a_half_written_copy_is_set_aside():
    (vaults.current().incoming / "paper0123-0.part").write_bytes(b"half")
    assert recovery.recover() == 0
    assert recordings_recovery.recover(at=NOON).quarantined == 1
    assert deviations() == []


def test_a_running_upload_is_left_alone():
    from liuhen.recordings import locks

    temp = documents.temp_of("paper77")
    temp.write_bytes(b"on its way")
    with locks.held("paper77"):
        recovery.recover()
        recordings_recovery.recover(at=NOON)
        assert temps() == [temp.name]


def test_a_paper_is_opened_after_the_look_is_logged():
    paper = keep()
    _document, stored = documents.open(paper.pk, by=factories.officer("zhou"), at=NOON)
    with stored:
        assert stored.read() == PDF
    assert events(f"document:{paper.pk}") == ["document.added", "document.opened"]


def test_a_paper_that_is_gone_is_not_logged_as_opened():
    paper = keep()
    vaults.path(paper.vault_key).unlink()
    with pytest.raises(Refusal) as no:
        documents.open(paper.pk, by=factories.officer("zhou"), at=NOON)
    assert no.value.code == "document.changed"
    assert events(f"document:{paper.pk}") == ["document.added"]


def test_who_does_not_see_the_case_does_not_open_its_papers():
    paper, before = keep(), count()
    for login in ("bai", "shen", "kong"):
        with pytest.raises(Refusal) as no:
            documents.open(paper.pk, by=factories.officer(login), at=NOON)
        assert no.value.code == "document.no_such"
    with pytest.raises(Refusal):
        documents.open(paper.pk, by=factories.stranger("far"), at=NOON)
    assert count() == before


@pytest.mark.parametrize("where", ["party", "activity"])
def test_a_paper_of_a_party_or_an_activity_is_seen_by_those_who_see_it(where):
    thing = {"party": lambda: add(shop()), "activity": factories.activity}[where]()
    paper = keep(**{where: thing})
    seen = documents.documents_for(factories.officer("li"))
    assert seen.get() == paper
    assert not documents.documents_for(factories.officer("bai")).exists()


def test_a_paper_belongs_somewhere():
    with pytest.raises(Refusal) as no:
        keep(case=None)
    assert no.value.code == "document.belongs_nowhere"


def test_who_does_not_handle_the_case_adds_nothing_to_it():
    case = factories.case()
    factories.activity("HD-2026-000001", "bai", case=case)
    with pytest.raises(Refusal) as no:
        keep(by="bai", case=case)
    assert (no.value.code, Document.objects.count(), temps()) == ("case.not_yours", 0, [])


def test_a_paper_put_in_by_mistake_is_withdrawn_with_a_reason_and_stays():
    paper, li = keep(), factories.officer("li")
    with pytest.raises(Refusal) as no:
        documents.withdraw(paper, reason=" ", by=li, at=NOON)
    assert no.value.code == "case.reason_blank"
    documents.withdraw(paper, reason="传错案件", by=li, at=NOON)
    assert events(f"document:{paper.pk}") == ["document.added", "document.withdrawn"]
    assert vaults.path(paper.vault_key).exists()
    with pytest.raises(Refusal) as no:
        documents.withdraw(paper, reason="再撤", by=li, at=NOON)
    assert (no.value.code, deviations()) == ("document.withdrawn", [])
    assert keep().pk != paper.pk


def test_one_flipped_bit_of_a_paper_is_found():
    paper = keep()
    path = vaults.path(paper.vault_key)
    path.chmod(0o644)
    path.write_bytes(PDF.replace(b"paper", b"Paper", 1))
    assert integrity.verdict_on(paper).problem == "changed"
    [problem] = scrubbing.scrub(sample=None, by="test", at=NOON).problems
    assert (problem["document"], problem["problem"]) == (str(paper.pk), "changed")


def test_a_missing_paper_is_found():
    paper = keep()
    vaults.path(paper.vault_key).unlink()
    assert (deviations(), integrity.verdict_on(paper).problem) == (["vault.missing"], "missing")


def test_the_database_refuses_to_change_or_delete_a_paper():
    keep()
    with pytest.raises(DatabaseError, match="stays as it is"):
        Document.objects.update(sha256="0" * 64)


def test_the_database_refuses_to_delete_a_paper():
    keep()
    with pytest.raises(DatabaseError, match="stays as it is"):
        Document.objects.all()._raw_delete("default")


def test_a_row_nobody_kept_is_named():
    paper = keep()
    paper.pk, paper.vault_key = None, paper.vault_key
    paper.save()
    assert deviations() == ["document.never_kept"]


def test_of_two_who_hand_in_one_file_at_once_one_does(monkeypatch):
    real = documents.stage

    def slowly(*args, **more):
        staged = real(*args, **more)
        monkeypatch.setattr(documents, "stage", real)
        keep()  # the other one, meanwhile
        return staged

    monkeypatch.setattr(documents, "stage", slowly)
    with pytest.raises(Refusal) as no:
        keep()
    assert no.value.code == "document.there"
    assert (Document.objects.count(), StagedDocument.objects.count(), temps()) == (1, 0, [])
