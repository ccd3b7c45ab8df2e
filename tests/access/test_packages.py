"""The evidence package: a bag others' tools verify, with all that proves what is in it."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from datetime import timedelta

import pypdfium2
import pytest

import factories
from access.access_cast import approve, ask
from access.extraction_cast import case, film, refused, take_out
from factories import NOON
from liuhen.access import grants, packages
from liuhen.access.models import Extraction, Viewing
from liuhen.custody import log
from liuhen.custody.models import CustodyEvent
from liuhen.engines.merkle.keys import Verifier
from liuhen.engines.merkle.tlog_proof import verify_proof
from liuhen.people.permissions import NotPermitted
from liuhen.people.roles import Role
from liuhen.recordings import derived, marks, vaults
from liuhen.recordings.marks import Spot
from liuhen.recordings.models import MarkKind
from people.told import LogDown, kinds

pytestmark = pytest.mark.usefixtures("no_approval")


def unpacked(made: Extraction, to, by: str = "li"):
    package = packages.take(made, by=factories.officer(by), at=NOON)
    stream = packages.zipped(package)
    content = b"".join(stream)
    assert len(content) == len(stream)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        opened.extractall(to)
    return to / "ZJ-2026-000001 证据包"


def table(path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))


@pytest.mark.enforces("outward", article="chengde-safety:24")
def test_it_is_a_bag_that_the_library_of_congress_own_program_finds_valid(tmp_path):
    folder = unpacked(take_out(film(1), film(2)), tmp_path)
    check = [sys.executable, "-W", "ignore", "-m", "bagit", "--validate", str(folder)]
    done = subprocess.run(check, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (folder / "data/音像资料/01_2026-000001_原件.mp4").write_bytes(b"changed")
    assert subprocess.run(check, capture_output=True, check=False).returncode == 1


def test_the_original_in_it_is_byte_for_byte_the_sealed_one(tmp_path):
    folder = unpacked(take_out(film()), tmp_path)
    taken = (folder / "data/音像资料/01_2026-000001_原件.mp4").read_bytes()
    assert taken == vaults.path(film().vault_key).read_bytes()


def test_sealing_and_extraction_are_proved_by_the_logs_own_key(tmp_path):
    folder = unpacked(take_out(film()), tmp_path) / "data/存证"
    log_key = Verifier.from_vkey((folder / "log.vkey").read_text().strip())
    for name in ("2026-000001", "ZJ-2026-000001"):
        entry = (folder / name / "event.json").read_bytes()
        verify_proof((folder / name / "event.tlog-proof").read_bytes(), entry, log_key)
    assert json.loads(entry)["kind"] == "evidence.extracted"


def test_openssl_finds_the_checkpoint_signed(tmp_path):
    folder = unpacked(take_out(film()), tmp_path) / "data/存证"
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", "log.pem", "-rawin"]
    command += ["-in", "checkpoint.txt", "-sigfile", "checkpoint.sig"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.mark.enforces("evidence_note", article="chengde-safety:21")
@pytest.mark.enforces("evidence_note", article="luohe-livestock:16")
@pytest.mark.enforces("evidence_note", article="weidong-market:11")
def test_the_note_says_all_that_a_court_asks(tmp_path):
    folder = unpacked(take_out(film()), tmp_path)
    document = pypdfium2.PdfDocument(folder / "data/文字说明.pdf")
    texts = (page.get_textpage().get_text_range() for page in document)
    said = "".join("".join(text.split()) for text in texts)
    for words in (
        *("李执法（HB-li）、王科长（HB-wang）", "2026-01-0512:00", "未公示卫生许可证", "2份"),
        *("制作人李执法（HB-li）", "ZF-001", "本单位专用存储设备", "原件须留存"),
        *(film().sha256, film().sm3, "持有人：", "0:10检查经营场所"),
    ):
        assert words.replace(" ", "") in said, words


def test_marks_and_history_lie_beside_it_to_be_read(tmp_path):
    spot = Spot(MarkKind.KEY_OBJECT, start=10, note="=未公示")
    marks.add(film(), spot, by=factories.officer("li"), at=NOON)
    folder = unpacked(take_out(film()), tmp_path)
    assert table(folder / "data/重点时刻/2026-000001.csv")[1][:3] == [
        "00:10",
        "",
        "重点物品 =未公示",
    ]
    told = [row[2] for row in table(folder / "data/证据流转/2026-000001.csv")]
    assert told[1:4] == ["封存入库", "添加标记", "提取为证据"]


def test_what_a_browser_cannot_play_goes_with_a_preview_that_says_so(tmp_path):
    avi = film(suffix=".avi", examination={"browser_playable": False})
    shown = derived.rendition(avi)
    shown.parent.mkdir(parents=True)
    shown.write_bytes(b"mp4")
    folder = unpacked(take_out(avi), tmp_path)
    assert (folder / "data/预览件/01_2026-000001_预览件.mp4").read_bytes() == b"mp4"
    assert "预览件，不作为证据" in (folder / "index.html").read_text()


def test_each_time_it_is_fetched_is_in_the_log_before_the_first_byte(tmp_path):
    made = take_out(film())
    packages.take(made, by=factories.officer("zhou"), at=NOON)
    assert kinds("extraction:ZJ-2026-000001") == ["evidence.extracted", "evidence.package_taken"]
    assert kinds("recording:2026-000001")[-1] == "recording.exported"


@pytest.mark.parametrize("login", ["wang", "zhao", "qian", "du", "sun", "shen"])
def test_only_who_took_it_out_the_custodian_and_the_legal_office_fetch_it(login):
    made, who = take_out(film()), factories.officer(login)
    with pytest.raises(NotPermitted):
        packages.take(made, by=who, at=NOON)
    far = factories.stranger("far", Role.CUSTODIAN)
    refused("people.not_permitted", lambda: packages.take(made, by=far, at=NOON))


@pytest.mark.parametrize("spoil", ["change", "remove"])
def test_a_changed_original_stops_the_whole_before_its_end(spoil):
    package = packages.take(take_out(film()), by=factories.officer("li"), at=NOON)
    path = vaults.path(film().vault_key)
    path.unlink() if spoil == "remove" else path.write_bytes(b"x" * film().size_bytes)
    sent = []
    with pytest.raises(packages.errors.OriginalChanged):
        sent.extend(packages.zipped(package))
    assert sent
    assert b"\x50\x4b\x05\x06" not in b"".join(sent)  # how a ZIP ends


def test_each_copy_stands_in_the_register_of_viewers():
    made = take_out(film())
    packages.take(made, by=factories.officer("li"), at=NOON)
    line = Viewing.objects.get()
    assert (line.what, line.ground, line.article, line.viewer.login) == (
        "copy",
        "evidence",
        21,
        "li",
    )


@pytest.mark.parametrize("how", ["revoked", "over"])
def test_what_is_no_longer_approved_leaves_no_more(how):
    factories.follow("weidong-market")
    request = ask(film(), by="li", kind="evidence", case=case())
    approve(request, "fa")
    made, at = take_out(film()), NOON
    packages.take(made, by=factories.officer("li"), at=NOON)
    if how == "revoked":
        grants.revoke(
            request.grants.get(), reason="改由法院调取", by=factories.officer("fa"), at=at
        )
    else:
        at += timedelta(days=60)
    for login in ("li", "zhou"):
        who = factories.officer(login)
        refused("extraction.approval_over", lambda by=who: packages.take(made, by=by, at=at))


def test_who_no_longer_handles_the_case_fetches_no_more():
    made = take_out(film())
    case().case_officers.filter(officer__login="li").delete()
    refused(
        "people.not_permitted", lambda: packages.take(made, by=factories.officer("li"), at=NOON)
    )


def test_no_event_no_package(monkeypatch):
    made = take_out(film())

    def down(*args, **kwargs):
        raise LogDown

    monkeypatch.setattr(log, "record_all", down)
    before = CustodyEvent.objects.count()
    with pytest.raises(LogDown):
        packages.take(made, by=factories.officer("li"), at=NOON)
    assert CustodyEvent.objects.count() == before


def test_where_no_witness_and_no_authority_vouch_it_says_so(tmp_path):
    folder = unpacked(take_out(film()), tmp_path)
    assert "暂无见证方签名" in (folder / "index.html").read_text()
    assert not list(folder.rglob("*.tsr"))
