"""A recording with all an outsider needs to check it, in one folder."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from liuhen.custody import keys, log, proofs
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Actor
from liuhen.engines.vault.receiving import receive
from liuhen.recordings import disposing, vaults
from liuhen.recordings.errors import ExportDiffers, FolderNotEmpty
from liuhen.recordings.models import Recording

README = """{number}

original.{suffix}  the recording as sealed; SHA-256 and SM3 stand in event.json
event.json         the sealing event, byte for byte as it was hashed (RFC 8785 JSON)
event.tlog-proof   its inclusion proof under a signed checkpoint (C2SP tlog-proof)
event.cosigned.tlog-proof  (where a witness cosigned) the same under a checkpoint that other
                   offices' lines stand under; ask each witness for its key
event.stamped.tlog-proof, stamped.note, stamped.tsr  (where one was obtained) the same under the
                   first checkpoint over it that a timestamp authority dated; that checkpoint alone;
                   the authority's answer (RFC 3161): openssl ts -verify -data stamped.note
                   -in stamped.tsr -CAfile (the authority's CA, from the authority)
log.vkey, log.pem  the log's Ed25519 public key (signed-note and PEM forms)

1. sha256sum original.{suffix}        equals "sha256" in event.json
2. leaf hash = SHA-256(0x00 || event.json)
3. RFC 9162 inclusion: leaf hash + path in event.tlog-proof = root in its checkpoint
4. the checkpoint's signature verifies with log.vkey

原始文件的 SHA-256、SM3 值记载于 event.json；event.json 的存证位置由 event.tlog-proof 证明；
检查点签名可用 log.vkey（或 log.pem）以任何支持 C2SP 格式的第三方工具核验。
"""


@dataclass(frozen=True)
class Exported:
    folder: Path
    files: tuple[str, ...]


def export(recording: Recording, out: Path, *, by: Actor | str, at: datetime) -> Exported:
    """Write original, event, proof and key into the empty or new folder `out`.

    The export is logged first; the copy is hashed on its way and must be what was sealed.

    Refuses: Disposed, FolderNotEmpty, ExportDiffers (the original is no longer what was sealed).
    """
    disposing.check_kept(recording)
    out.mkdir(parents=True, exist_ok=True)
    if any(out.iterdir()):
        raise FolderNotEmpty(path=str(out))
    with transaction.atomic():
        log.record(Kind.RECORDING_EXPORTED, subject=f"recording:{recording.number}", by=by, at=at)
    original = out / f"original.{recording.suffix or 'bin'}"
    copied = receive(bytes(vaults.path(recording.vault_key)), original)
    if copied.digests.sha256 != recording.sha256:
        original.unlink()
        raise ExportDiffers(number=recording.number)
    event = proofs.event_of(f"recording:{recording.number}", Kind.RECORDING_SEALED)
    texts = {
        "event.json": bytes(event.entry),
        "event.tlog-proof": proofs.proof_of(event).encode().encode(),
        "log.vkey": f"{keys.verifier().vkey}\n".encode(),
        "log.pem": keys.verifier().pem.encode(),
        "README.txt": README.format(number=recording.number, suffix=original.suffix[1:]).encode(),
    }
    if cosigned := proofs.cosigned_proof_of(event):
        texts["event.cosigned.tlog-proof"] = cosigned.encode().encode()
    if stamped := proofs.stamped_proof_of(event):
        texts["event.stamped.tlog-proof"] = stamped.proof.encode().encode()
        texts["stamped.note"] = stamped.proof.checkpoint_note.encode()
        texts["stamped.tsr"] = stamped.answer
    for name, content in texts.items():
        (out / name).write_bytes(content)
    return Exported(out, (original.name, *texts))
