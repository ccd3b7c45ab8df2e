"""What proves each piece of an evidence package, as files and for the page that verifies it."""

from dataclasses import dataclass, field

from liuhen.access.extraction import subject_of
from liuhen.access.models import Extraction, ExtractionItem
from liuhen.access.package_files import PROOFS
from liuhen.custody import keys, proofs
from liuhen.custody.errors import NoSuchEvent
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.engines.merkle.notes import split_note
from liuhen.engines.paper.offline import Event

SIGNATURE_BYTES = 64
NOBODY = "本包的日志检查点暂无见证方签名和第三方时间戳，事件时间以该单位的记载为准。"


@dataclass
class Proofs:
    """`texts`: file by path; `witnesses`: who cosigned; `stamped`: an authority dated the log."""

    texts: dict[str, bytes] = field(default_factory=dict)
    witnesses: set[str] = field(default_factory=set)
    stamped: bool = False

    def add(self, event: CustodyEvent, name: str) -> Event:
        """Its files in a folder of their own, and the same for the page."""
        place = f"{PROOFS}/{name}"
        proof = proofs.proof_of(event)
        told = Event(event.get_kind_display(), bytes(event.entry).decode(), proof.encode())
        self.texts[f"{place}/event.json"] = bytes(event.entry)
        self.texts[f"{place}/event.tlog-proof"] = told.proof.encode()
        if cosigned := proofs.cosigned_proof_of(event):
            self.texts[f"{place}/event.cosigned.tlog-proof"] = cosigned.encode().encode()
            self.witnesses |= names_under(cosigned.checkpoint_note)
        if stamped := proofs.stamped_proof_of(event):
            self.stamped = True
            self.texts[f"{place}/event.stamped.tlog-proof"] = stamped.proof.encode().encode()
            self.texts[f"{place}/stamped.note"] = stamped.proof.checkpoint_note.encode()
            self.texts[f"{place}/stamped.tsr"] = stamped.answer
        return told

    def add_key(self) -> None:
        """The log's key, and its newest checkpoint apart from its signature, for openssl."""
        verifier = keys.verifier()
        text, lines = split_note(proofs.newest_checkpoint().note)
        own = next(one for one in lines if one.key_id == verifier.key_id)
        self.texts |= {
            f"{PROOFS}/log.vkey": f"{verifier.vkey}\n".encode(),
            f"{PROOFS}/log.pem": verifier.pem.encode(),
            f"{PROOFS}/checkpoint.txt": text.encode(),
            f"{PROOFS}/checkpoint.sig": own.signature[-SIGNATURE_BYTES:],
        }


def names_under(note: str) -> set[str]:
    own = keys.verifier().name
    return {one.name for one in split_note(note)[1] if one.name != own}


def events_of(item: ExtractionItem) -> list[tuple[str, CustodyEvent]]:
    """(folder, event): what states the file's digest first, of an excerpt then its original's."""
    number = item.recording.number
    sealed = proofs.event_of(f"recording:{number}", Kind.RECORDING_SEALED)
    if not item.is_excerpt:
        return [(number, sealed)]
    return [(f"{number}_节选", cut_event(item)), (number, sealed)]


def cut_event(item: ExtractionItem) -> CustodyEvent:
    """Refuses: NoSuchEvent."""
    rows = CustodyEvent.objects.filter(
        subject=subject_of(item.extraction), kind=Kind.EVIDENCE_EXCERPT_CUT
    )
    for event in rows.order_by("index"):
        if proofs.facts_of(event)["sha256"] == item.sha256:
            return event
    raise NoSuchEvent()


def extraction_event(extraction: Extraction) -> CustodyEvent:
    return proofs.event_of(subject_of(extraction), Kind.EVIDENCE_EXTRACTED)


def others_words(found: Proofs) -> str:
    """Who else vouches for the log, in Chinese."""
    said = []
    if found.witnesses:
        names = "、".join(sorted(found.witnesses))
        said.append(
            f"日志的检查点另有见证方签名：{names}（见各事件文件夹中的 event.cosigned.tlog-proof），"
            "可向见证方索取其公钥核对。"
        )
    if found.stamped:
        said.append(
            "日志的检查点有第三方可信时间戳（stamped.tsr），可证明事件最迟在该时间以前已经存在。"
        )
    return "".join(said) or NOBODY
