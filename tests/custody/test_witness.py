"""Witnesses' keys and cosignatures on the log's side."""

from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.db.models import F
from django.db.utils import DatabaseError
from django.test import Client

from liuhen.custody import keys, log, proofs, witnesses
from liuhen.custody.kinds import Kind
from liuhen.custody.models import Checkpoint, Cosignature, CustodyEvent, WitnessKey
from liuhen.engines.merkle.checkpoints import Checkpoint as Head
from liuhen.engines.merkle.checkpoints import sign_checkpoint
from liuhen.engines.merkle.cosignatures import Cosigner, cosign_checkpoint, verify_cosignatures
from liuhen.engines.merkle.tlog_proof import verify_proof
from liuhen.kernel.refusal import Refusal

NOON = datetime(2026, 1, 5, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Cosigner:
    """The legal office's key, registered; its event is the log's first."""
    cosigner = Cosigner.generate("witness/legal-office")
    witnesses.register(cosigner.verifier.vkey, by="li", at=NOON)
    return cosigner


def append(count: int = 1) -> list[CustodyEvent]:
    return log.record_all(
        [log.Act(Kind.RECORDING_OPENED, f"recording:{n}", "li", NOON) for n in range(count)]
    )


def cosigned(office: Cosigner, note: str | None = None) -> str:
    note = note or proofs.newest_checkpoint().note
    return cosign_checkpoint(note, keys.verifier(), office, at=int(NOON.timestamp()))


def refused(action, *arguments, **options) -> str:
    with pytest.raises(Refusal) as no:
        action(*arguments, **options)
    return no.value.code


def test_registering_is_an_event(office):
    event = CustodyEvent.objects.get()
    assert event.kind == Kind.WITNESS_REGISTERED
    assert proofs.facts_of(event)["vkey"] == office.verifier.vkey


def test_a_name_is_registered_once_and_a_logs_key_never(office):
    other = Cosigner.generate(office.name).verifier.vkey
    assert refused(witnesses.register, other, by="li", at=NOON) == "custody.witness_name_taken"
    mine = keys.verifier().vkey
    assert refused(witnesses.register, mine, by="li", at=NOON) == "custody.bad_witness_key"
    assert CustodyEvent.objects.count() == WitnessKey.objects.count() == 1


def test_no_event_no_registration(monkeypatch):
    monkeypatch.setattr(log, "record", lambda *_, **__: 1 / 0)
    vkey = Cosigner.generate("witness/x").verifier.vkey
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        witnesses.register(vkey, by="li", at=NOON)
    assert not WitnessKey.objects.exists()


def test_a_cosignature_is_kept_and_shown_under_the_checkpoint(office):
    [kept] = witnesses.accept(cosigned(office), at=NOON)
    note = witnesses.cosigned(proofs.newest_checkpoint())
    assert note.endswith(kept.line)
    assert verify_cosignatures(note, office.verifier)[0].name == office.name


def test_the_first_of_two_cosignatures_stays(office):
    note = proofs.newest_checkpoint().note
    [first] = witnesses.accept(cosigned(office), at=NOON)
    later = cosign_checkpoint(note, keys.verifier(), office, at=int(NOON.timestamp()) + 60)
    assert witnesses.accept(later, at=NOON) == [first]


def test_strangers_are_refused(office):
    note = cosigned(Cosigner.generate("witness/stranger"))
    assert refused(witnesses.accept, note, at=NOON) == "custody.witness_unknown"


def test_a_strangers_line_beside_a_known_one_is_not_kept(office):
    note = cosigned(office, cosigned(Cosigner.generate("witness/stranger")))
    witnesses.accept(note, at=NOON)
    assert [row.witness for row in Cosignature.objects.all()] == [office.name]


def test_a_wrong_cosignature_is_refused(office):
    line = cosigned(office).splitlines(keepends=True)[-1]
    append()
    note = proofs.newest_checkpoint().note + line
    assert refused(witnesses.accept, note, at=NOON) == "custody.bad_cosignature"
    assert refused(witnesses.accept, "no note", at=NOON) == "custody.bad_cosignature"
    assert not Cosignature.objects.exists()


def test_a_checkpoint_this_log_signed_and_lacks_is_an_alarm(office, caplog):
    other = sign_checkpoint(Head(keys.origin(), 1, bytes(32)), keys.signer())
    found = refused(witnesses.accept, cosigned(office, other), at=NOON)
    assert found == "custody.checkpoint_unknown"
    assert "that this log lacks" in caplog.text


def test_an_event_is_proved_under_the_newest_cosigned_checkpoint(office):
    event = CustodyEvent.objects.get()
    assert proofs.cosigned_proof_of(event) is None
    append(5)
    witnesses.accept(cosigned(office), at=NOON)
    [late] = append(1)
    proof = proofs.cosigned_proof_of(event)
    assert proof
    assert verify_proof(proof.encode(), bytes(event.entry), keys.verifier()).size == 6
    assert verify_cosignatures(proof.checkpoint_note, office.verifier)
    assert proofs.cosigned_proof_of(late) is None


@pytest.mark.parametrize("model", [WitnessKey, Cosignature])
@pytest.mark.parametrize("verb", ["change", "delete"])
def test_the_database_refuses_to_change_or_delete(office, model, verb):
    witnesses.accept(cosigned(office), at=NOON)
    rows = model.objects.all()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        field = next(f.name for f in model._meta.fields if not f.primary_key)
        rows.update(**{field: F(field)}) if verb == "change" else rows._raw_delete("default")


class TestDoor:
    """POST /log/cosignatures"""

    @pytest.fixture(autouse=True)
    def bureau(self, settings, data):
        from liuhen.people.models import Agency

        settings.STATIC_ROOT = data.root
        Agency.objects.create(name="某县卫健委", set_up_at=NOON)

    def post(self, body: str | bytes):
        # A machine brings no CSRF token.
        client = Client(enforce_csrf_checks=True)
        return client.post("/log/cosignatures", body, content_type="text/plain")

    def test_a_cosignature_comes_in_and_goes_out_with_the_checkpoint(self, office):
        note = cosigned(office)
        answer = self.post(note)
        assert (answer.status_code, answer.json()["witnesses"]) == (200, [office.name])
        assert Client().get("/log/checkpoint").content.decode() == note

    def test_what_is_refused_is_said_in_json(self, office):
        stranger = Cosigner.generate("witness/stranger")
        assert self.post(cosigned(stranger)).status_code == 403
        assert self.post("x").json()["code"] == "custody.bad_cosignature"
        assert self.post(b"\xff").status_code == 400
        assert self.post("x" * 70_000).json()["code"] == "api.bad_request"
        assert not Cosignature.objects.exists()

    def test_nothing_is_read_there(self):
        assert Client().get("/log/cosignatures").status_code == 405
        assert Checkpoint.objects.count() == 0
