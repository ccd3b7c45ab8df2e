from django.db import models

from liuhen.custody.kinds import Kind


class CustodyEvent(models.Model):
    """One act, one leaf of the log. Text and identifiers only: the log depends on no live table.

    `entry` is the RFC 8785 JSON that was hashed; the columns beside it are for looking up and
    are compared with it by the audit.
    """

    # On SQLite an `integer` key is the row's own number; a `bigint` one costs a second tree.
    index = models.IntegerField(primary_key=True)
    kind = models.CharField(max_length=40)  # no choices: each new kind would be a migration
    subject = models.CharField(max_length=100)
    actor = models.CharField(max_length=100)
    at = models.DateTimeField()
    entry = models.BinaryField()
    leaf_hash = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "index"], name="custody_event_by_subject"),
            models.Index(fields=["kind", "index"], name="custody_event_by_kind"),
            models.Index(fields=["actor", "index"], name="custody_event_by_actor"),
            models.Index(fields=["at"], name="custody_event_by_time"),
        ]
        constraints = [
            models.CheckConstraint(
                name="custody_event_index_from_zero", condition=models.Q(index__gte=0)
            )
        ]

    def __str__(self) -> str:
        return f"#{self.index} {self.kind} {self.subject}"

    def get_kind_display(self) -> str:
        """What happened, in the reader's language; a kind this version lacks is shown as it is."""
        return str(Kind(self.kind).label) if self.kind in Kind.values else self.kind


class Tile(models.Model):
    """256 hashes side by side (C2SP tlog-tiles); only full tiles are kept, once and for ever.

    `root` is the tile's one hash in the level above, so that a partial tile there is a look-up.
    """

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()
    root = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "index"], name="tile_once"),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """The log's head as signed when `size` events were in it (C2SP tlog-checkpoint)."""

    size = models.IntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.size} events"


class WitnessKey(models.Model):
    """A witness whose cosignatures this log accepts (C2SP vkey of type 0x04)."""

    name = models.CharField(max_length=100, unique=True)
    vkey = models.TextField()
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Cosignature(models.Model):
    """A witness's line under the checkpoint of this size; the first one handed in stays.

    `line` is the signature line with its newline and says when the witness saw the checkpoint;
    `at` is when it came in.
    """

    size = models.BigIntegerField()
    witness = models.CharField(max_length=100)
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["size", "witness"], name="cosignature_once"),
        ]

    def __str__(self) -> str:
        return f"{self.witness} on {self.size} events"


class Timestamp(models.Model):
    """A timestamp authority's word that the checkpoint of this size was signed by `gen_time`.

    `token` is its whole answer (DER TimeStampResp, RFC 3161) over the checkpoint's signed note.
    """

    size = models.BigIntegerField(unique=True)
    token = models.BinaryField()
    gen_time = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.size} events at {self.gen_time:%Y-%m-%dT%H:%M:%SZ}"
