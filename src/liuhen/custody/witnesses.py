"""Other offices that watch the log: their keys, and their cosignatures on its checkpoints.

A cosignature is itself evidence that is only ever inserted; it gets no event of its own, for
each event moves the log on to a checkpoint nobody has cosigned.
"""

import logging
from datetime import datetime

from django.db import transaction

from liuhen.custody import keys, log
from liuhen.custody.errors import (
    BadCosignature,
    BadWitnessKey,
    CheckpointUnknown,
    WitnessNameTaken,
    WitnessUnknown,
)
from liuhen.custody.kinds import Kind
from liuhen.custody.log import Actor
from liuhen.custody.models import Checkpoint, Cosignature, WitnessKey
from liuhen.engines.merkle.checkpoints import Checkpoint as Head
from liuhen.engines.merkle.checkpoints import open_checkpoint
from liuhen.engines.merkle.cosignatures import CosignatureVerifier
from liuhen.engines.merkle.errors import NoteInvalid
from liuhen.engines.merkle.notes import OpenedNote, open_note, split_note

MAX_NAME = 100


@transaction.atomic
def register(vkey: str, *, by: Actor | str, at: datetime) -> WitnessKey:
    """Accept this witness's cosignatures from now on. Refuses: BadWitnessKey, WitnessNameTaken."""
    try:
        verifier = CosignatureVerifier.from_vkey(vkey.strip())
    except NoteInvalid:
        raise BadWitnessKey() from None
    if len(verifier.name) > MAX_NAME:
        raise BadWitnessKey()
    made, is_new = WitnessKey.objects.get_or_create(
        name=verifier.name, defaults={"vkey": verifier.vkey, "registered_at": at}
    )
    if not is_new:
        raise WitnessNameTaken(name=verifier.name)
    log.record(
        Kind.WITNESS_REGISTERED,
        subject=f"witness:{verifier.key_id:08x}",
        by=by,
        at=at,
        name=verifier.name,
        vkey=verifier.vkey,
    )
    return made


@transaction.atomic
def accept(note: str, *, at: datetime) -> list[Cosignature]:
    """Keep the cosignatures of registered witnesses over a checkpoint of this log.

    One that is there already stays as it came first.

    Refuses: BadCosignature (malformed, or a signature is wrong), CheckpointUnknown (not one this
    log signed), WitnessUnknown (nobody registered cosigned it).
    """
    head = check_ours(note)
    lines = opened_by_witnesses(note).verified
    rows = [Cosignature(size=head.size, witness=line.name, line=line.line, at=at) for line in lines]
    Cosignature.objects.bulk_create(rows, ignore_conflicts=True)
    names = [line.name for line in lines]
    return list(Cosignature.objects.filter(size=head.size, witness__in=names))


def check_ours(note: str) -> Head:
    """The checkpoint, if this log signed it and still has it. Refuses as `accept`."""
    try:
        head = open_checkpoint(note, keys.verifier())
        text = split_note(note)[0]
    except NoteInvalid:
        raise BadCosignature() from None
    stored = Checkpoint.objects.filter(size=head.size).first()
    if stored is None or split_note(stored.note)[0] != text:
        logging.getLogger("liuhen.custody").error(
            "a witness holds a checkpoint signed by this log's key that this log lacks: %s", head
        )
        raise CheckpointUnknown(size=head.size)
    return head


def opened_by_witnesses(note: str) -> OpenedNote:
    signed_by = {line.name for line in split_note(note)[1]}
    known = verifiers(signed_by)
    if not known:
        raise WitnessUnknown()
    try:
        return open_note(note, *known)
    except NoteInvalid:
        raise BadCosignature() from None


def verifiers(names: set[str]) -> list[CosignatureVerifier]:
    """The keys of the registered among these witnesses."""
    rows = WitnessKey.objects.filter(name__in=names)
    return [CosignatureVerifier.from_vkey(row.vkey) for row in rows]


def cosigned(checkpoint: Checkpoint) -> str:
    """The checkpoint's note with the lines of all witnesses that cosigned it."""
    found = Cosignature.objects.filter(size=checkpoint.size).order_by("pk")
    return checkpoint.note + "".join(found.values_list("line", flat=True))


def newest_over(index: int) -> Checkpoint | None:
    """The newest checkpoint with event `index` in it that a witness cosigned."""
    newest = Cosignature.objects.filter(size__gt=index).order_by("-size").first()
    return Checkpoint.objects.get(size=newest.size) if newest else None
