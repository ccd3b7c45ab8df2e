"""Trusted timestamps (RFC 3161) from an authority of our own."""

import subprocess
import threading
from datetime import UTC, datetime, timedelta

import authority as simulated
import pytest
from authority import Authority, serving, today
from django.db import connection, transaction
from django.db.utils import DatabaseError

from liuhen.custody import keys, log, proofs, store, timestamps
from liuhen.custody.audit import audit
from liuhen.custody.kinds import Kind
from liuhen.custody.models import Checkpoint, CustodyEvent, Timestamp
from liuhen.custody.timestamps import TokenInvalid
from liuhen.engines.merkle.tlog_proof import verify_proof
from liuhen.kernel.clock import now
from liuhen.ops import worker

NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(simulated.OPENSSL is None, reason="openssl is missing"),
]


def append() -> Checkpoint:
    log.record_all([log.Act(Kind.RECORDING_OPENED, "recording:1", "li", NOON)])
    return proofs.newest_checkpoint()


@pytest.fixture
def make_authority(tmp_path, settings, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    store._remembered = None
    made = []

    def make(valid_from: datetime, **options: timedelta) -> Authority:
        made.append(serving(Authority(tmp_path / f"tsa{len(made)}", valid_from, **options)))
        authority = made[-1].__enter__()
        settings.LIUHEN_TSA = authority.address
        settings.LIUHEN_TSA_CERT = str(authority.certificates)
        return authority

    yield make
    for context in made:
        context.__exit__(None, None, None)


@pytest.fixture
def authority(make_authority) -> Authority:
    return make_authority(today() - timedelta(days=1))


def codes() -> list[str]:
    return [deviation.code for deviation in audit()]


@pytest.mark.usefixtures("authority")
def test_a_stamp_is_kept_and_holds():
    before = now().replace(microsecond=0)
    made = timestamps.stamp(append())
    assert before <= made.gen_time <= now()
    assert codes() == []


def test_openssl_verifies_what_is_stored(authority, tmp_path):
    checkpoint = append()
    (tmp_path / "answer.tsr").write_bytes(timestamps.stamp(checkpoint).token)
    (tmp_path / "checkpoint").write_text(checkpoint.note)
    command = [simulated.OPENSSL, "ts", "-verify", "-in", tmp_path / "answer.tsr", "-data",
               tmp_path / "checkpoint", "-CAfile", authority.certificates]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout, done.stderr


@pytest.mark.usefixtures("authority")
def test_an_event_is_proved_under_the_first_stamped_checkpoint_over_it():
    append()
    first = CustodyEvent.objects.get()
    assert proofs.stamped_proof_of(first) is None
    made = timestamps.stamp(append())
    timestamps.stamp(append())
    found = proofs.stamped_proof_of(first)
    head = verify_proof(found.proof.encode(), bytes(first.entry), keys.verifier())
    assert (head.size, found.answer) == (2, bytes(made.token))
    timestamps.verified(found.answer, found.proof.checkpoint_note.encode())


def test_an_unconfigured_house_asks_nobody(authority, settings):
    settings.LIUHEN_TSA = ""
    append()
    assert timestamps.due(at=now()) is None
    assert authority.asked == 0


def test_an_hour_and_a_grown_log_make_the_next_one_due(authority):
    append()
    assert timestamps.due(at=now())
    append()
    assert timestamps.due(at=now()) is None
    assert timestamps.due(at=now() + timeout()).size == 2
    assert timestamps.due(at=now() + 2 * timeout()) is None
    assert authority.asked == 2


def timeout() -> timedelta:
    return timestamps.EVERY + timedelta(seconds=2)


def test_a_clock_set_back_does_not_end_all_stamping(authority):
    append()
    assert timestamps.due(at=now())
    append()
    assert timestamps.due(at=now() - timedelta(days=30))


def test_a_silent_authority_is_logged_and_asked_again(authority, settings, caplog):
    append()
    settings.LIUHEN_TSA = "http://127.0.0.1:9"
    assert timestamps.due(at=now()) is None
    assert "no timestamp from" in caplog.text
    settings.LIUHEN_TSA = authority.address
    assert timestamps.due(at=now())


@pytest.mark.parametrize("content", [b"", b"nonsense", b"<html>"])
def test_an_answer_that_is_none_is_not_stored(authority, content, caplog):
    append()
    authority.answers.append(content)
    assert timestamps.due(at=now()) is None
    assert "a bad timestamp from" in caplog.text
    assert not Timestamp.objects.exists()


def test_an_earlier_answer_played_again_is_refused(authority):
    old = bytes(timestamps.stamp(append()).token)
    authority.answers.append(old)
    with pytest.raises(TokenInvalid, match="Nonce"):
        timestamps.stamp(append())


@pytest.mark.usefixtures("authority")
def test_an_authority_nobody_trusts_is_refused(settings, tmp_path):
    stranger = Authority(tmp_path / "stranger", today() - timedelta(days=1))
    settings.LIUHEN_TSA_CERT = str(stranger.certificates)
    with pytest.raises(TokenInvalid):
        timestamps.stamp(append())
    settings.LIUHEN_TSA_CERT = ""
    with pytest.raises(TokenInvalid, match="LIUHEN_TSA_CERT"):
        timestamps.stamp(append())
    assert not Timestamp.objects.exists()


@pytest.mark.parametrize("days", [-30, 30])
def test_a_token_outside_its_certificates_validity_is_refused(make_authority, days):
    make_authority(today() + timedelta(days=days), valid_for=timedelta(days=2))
    with pytest.raises(TokenInvalid):
        timestamps.stamp(append())


def test_validity_is_looked_at_by_ourselves(authority, monkeypatch):
    """Even if the library, like `openssl ts -verify`, let it pass."""
    checkpoint = append()
    answer = bytes(timestamps.stamp(checkpoint).token)
    signer = timestamps.signer_of(timestamps.verified(answer, checkpoint.note.encode()))

    class Later:
        not_valid_before_utc = now() + timedelta(days=1)
        not_valid_after_utc = signer.not_valid_after_utc

    monkeypatch.setattr(timestamps, "signer_of", lambda _: Later)
    with pytest.raises(TokenInvalid, match="validity"):
        timestamps.verified(answer, checkpoint.note.encode())


@pytest.mark.usefixtures("authority")
def test_a_token_before_the_last_one_is_refused():
    Timestamp.objects.create(size=1, token=b"", gen_time=now() + timedelta(minutes=1))
    with pytest.raises(TokenInvalid, match="the one before it said"):
        timestamps.stamp(append())


@pytest.mark.usefixtures("authority")
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_or_delete(verb):
    timestamps.stamp(append())
    rows = Timestamp.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(size=9) if verb == "update" else rows._raw_delete("default")


@pytest.fixture
def open_to_tampering(authority) -> None:
    timestamps.stamp(append())
    with connection.cursor() as cursor:
        for name in ("custody_timestamp", "custody_checkpoint"):
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER {name}_no_update")
                cursor.execute(f"DROP TRIGGER {name}_no_delete")
            else:
                cursor.execute(f"DROP TRIGGER {name}_append_only ON {name}")


@pytest.mark.usefixtures("open_to_tampering")
class TestAudit:
    def test_a_date_changed_in_the_column_is_named(self):
        Timestamp.objects.update(gen_time=NOON)
        assert codes() == ["log.columns_changed"]

    def test_a_token_of_another_checkpoint_is_named(self):
        append()
        Timestamp.objects.update(size=2)
        assert codes() == ["log.timestamp_bad"]

    def test_a_stamp_whose_checkpoint_was_cut_off_is_named(self):
        Timestamp.objects.update(size=7)
        assert codes() == ["log.rolled_back"]

    def test_without_whom_to_trust_no_token_counts(self, settings):
        settings.LIUHEN_TSA_CERT = ""
        assert codes() == ["log.timestamp_bad"]
        settings.LIUHEN_TSA_CERT = "/no/such/file.pem"
        assert codes() == ["log.timestamp_bad"]


def test_the_worker_asks_when_it_is_due(authority, monkeypatch):
    stop = threading.Event()
    calls = []
    monkeypatch.setattr(timestamps, "due", lambda *, at: (calls.append(at), stop.set()))
    worker.stamping(stop)
    assert len(calls) == 1


def test_the_authoritys_own_certificate_without_its_ca_is_no_anchor(authority, settings):
    settings.LIUHEN_TSA_CERT = str(authority.folder / "tsa.pem")
    with pytest.raises(TokenInvalid, match="issuer"):
        timestamps.stamp(append())
