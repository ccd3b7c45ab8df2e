from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liuhen.devices.models import Checkout, Device
from liuhen.engines.policy.vocabulary import Secret
from liuhen.people.models import Agency, Officer, Unit
from liuhen.recordings.copy_models import Damage, SecondStore, Store, StoredCopy

__all__ = ["Damage", "SecondStore", "Store", "StoredCopy"]


class BatchState(models.TextChoices):
    QUEUED = "queued", _("等待采集")
    RUNNING = "running", _("正在采集")
    DONE = "done", _("采集完成")
    STOPPED = "stopped", _("采集中断")


class IntakeBatch(models.Model):
    """One card, folder or upload taken in at one go; its rows tell what became of each file."""

    uid = models.CharField(max_length=16, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="batches")
    state = models.CharField(max_length=10, choices=BatchState.choices)
    source = models.JSONField(help_text="paths, as text safe to show")
    roots = models.BinaryField(help_text="paths, as bytes joined by NUL")
    by = models.CharField(max_length=100)
    started_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    device_no = models.CharField(max_length=50, null=True)
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="batches")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="batches")
    checkout = models.ForeignKey(
        Checkout, models.PROTECT, null=True, related_name="batches", help_text="whose return it is"
    )
    clear_source = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    total_files = models.IntegerField(default=0)
    total_bytes = models.BigIntegerField(default=0)
    done_bytes = models.BigIntegerField(default=0)
    problem = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["agency", "-id"], name="batch_newest_first")]

    def __str__(self) -> str:
        return self.uid


class ItemState(models.TextChoices):
    PENDING = "pending", _("待采集")
    STAGED = "staged", _("已复制，正在封存")
    SEALED = "sealed", _("已封存")
    DUPLICATE = "duplicate", _("此前已入库")
    LEFT_OUT = "left_out", _("不属于音像资料")
    UNREADABLE = "unreadable", _("未能读取")
    INTERRUPTED = "interrupted", _("采集中断，需重新采集")


class MediaKind(models.TextChoices):
    VIDEO = "video", _("视频")
    AUDIO = "audio", _("音频")
    PHOTO = "photo", _("照片")


class RecordingState(models.TextChoices):
    SEALED = "sealed", _("待检验")
    EXAMINED = "examined", _("正常")
    MARKED = "marked", _("有异常标记")


class TimeOrigin(models.TextChoices):
    HEADER = "header", _("文件内部信息")
    NAME = "name", _("文件名")
    FILE = "file", _("文件系统时间")
    INTAKE = "intake", _("入库时间")


class Recording(models.Model):
    """A sealed original. Its bytes, digests, key and names never change after the first save.

    `settled_at` None: nobody has said yet to what it belongs. It stands here, where those above
    enter it, so that what is open is found by an index however much is settled.
    `disposed_at`: since when its bytes are no longer kept, by an approved and witnessed disposal;
    the row, its digests and its events stay.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="recordings")
    number = models.CharField(max_length=20, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="recordings")
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="recordings")
    device = models.ForeignKey(Device, models.PROTECT, null=True, related_name="recordings")
    device_no = models.CharField(max_length=50, null=True)
    checkout = models.ForeignKey(
        Checkout, models.PROTECT, null=True, related_name="recordings", help_text="under which use"
    )
    kind = models.CharField(max_length=5, choices=MediaKind.choices)
    suffix = models.CharField(max_length=8)
    original_name = models.BinaryField(help_text="path on the card, byte for byte")
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64)
    vault_key = models.CharField(max_length=255)
    file_mtime_ns = models.BigIntegerField(help_text="the card's claim, unzoned on FAT")
    name_device_no = models.CharField(max_length=50, null=True, help_text="as the name claims")
    name_officer_no = models.CharField(max_length=50, null=True, help_text="as the name claims")
    recorded_at = models.DateTimeField()
    recorded_at_origin = models.CharField(max_length=10, choices=TimeOrigin.choices)
    clock_offset_seconds = models.DecimalField(
        max_digits=14,
        decimal_places=3,
        null=True,
        help_text="taken off the device's own time; None: its clock was not compared",
    )
    clock_uncertainty_seconds = models.DecimalField(max_digits=10, decimal_places=3, null=True)
    duration_seconds = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    state = models.CharField(
        max_length=10, choices=RecordingState.choices, default=RecordingState.SEALED
    )
    examination = models.JSONField(null=True)
    sealed_at = models.DateTimeField()
    settled_at = models.DateTimeField(
        null=True, help_text="since when it is said to what activity it belongs, or to none"
    )
    disposed_at = models.DateTimeField(null=True)
    search_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "sha256"], name="recording_once_per_agency"),
            models.CheckConstraint(name="recording_size", condition=Q(size_bytes__gte=0)),
        ]
        indexes = [
            models.Index(fields=["agency", "-recorded_at", "-id"], name="recording_newest_first"),
            models.Index(fields=["officer", "-recorded_at", "-id"], name="recording_by_officer"),
            models.Index(fields=["unit", "-recorded_at", "-id"], name="recording_by_unit"),
            models.Index(fields=["agency", "-sealed_at", "-id"], name="recording_by_intake"),
            models.Index(
                fields=["agency", "-recorded_at", "-id"],
                condition=Q(settled_at=None),
                name="recording_loose",
            ),
            models.Index(
                fields=["agency", "-disposed_at", "-id"],
                condition=Q(disposed_at__isnull=False),
                name="recording_disposed",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Words(models.Model):
    """What a recording is found by (`recordings.search`), as the texts are spelled there.

    `linked`: through what it belongs to, entered by the rooms above. `rank`: its place in time.
    """

    recording = models.OneToOneField(
        Recording, models.CASCADE, primary_key=True, related_name="words"
    )
    rank = models.BigIntegerField(unique=True)
    own = models.TextField()
    linked = models.TextField(blank=True)
    facets = models.TextField()

    def __str__(self) -> str:
        return f"{self.recording_id}: {self.own}"


class IndexState(models.Model):
    """By which rules the index of words was built; another version is built anew. One row."""

    version = models.IntegerField()

    def __str__(self) -> str:
        return str(self.version)


class IntakeItem(models.Model):
    """What became of one file of a batch; the intent row written before the vault is touched."""

    batch = models.ForeignKey(IntakeBatch, models.CASCADE, related_name="items")
    name = models.BinaryField(help_text="path below the batch's root, byte for byte")
    root_index = models.IntegerField(default=0)
    size_bytes = models.BigIntegerField(null=True)
    mtime_ns = models.BigIntegerField(null=True)
    state = models.CharField(max_length=12, choices=ItemState.choices)
    reason = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=5, choices=MediaKind.choices, null=True)
    suffix = models.CharField(max_length=8, blank=True)
    sha256 = models.CharField(max_length=64, null=True)
    sm3 = models.CharField(max_length=64, null=True)
    vault_key = models.CharField(max_length=255, null=True)
    recorded_at = models.DateTimeField(null=True)
    recorded_at_origin = models.CharField(max_length=10, choices=TimeOrigin.choices, null=True)
    recording = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="items")
    cleared = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["batch", "state", "id"], name="item_by_state")]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.pk}"


class TimeClaim(models.Model):
    """One source's word on when the recording was made, kept raw beside the others."""

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="time_claims")
    origin = models.CharField(max_length=10, choices=TimeOrigin.choices)
    field = models.CharField(max_length=60)
    raw = models.CharField(max_length=200)
    instant = models.DateTimeField(null=True)
    is_zone_known = models.BooleanField()
    names_end = models.BooleanField(default=False, help_text="the instant is the recording's end")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recording", "origin", "field"], name="time_claim_once")
        ]

    def __str__(self) -> str:
        return f"{self.origin}/{self.field}: {self.raw}"


class Finding(models.Model):
    """Something the examination noticed; a fact to look at, not a verdict on anyone."""

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="findings")
    code = models.CharField(max_length=40)
    start_seconds = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    end_seconds = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    evidence = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["code", "recording"], name="finding_by_code")]

    def __str__(self) -> str:
        return f"{self.recording_id}: {self.code}"


class Upload(models.Model):
    """A browser's resumable upload (tus): bytes so far lie in the uploads folder."""

    uid = models.CharField(max_length=32, unique=True)
    officer = models.ForeignKey(Officer, models.CASCADE, related_name="uploads")
    group = models.CharField(max_length=32, help_text="files chosen together become one batch")
    name = models.BinaryField()
    size_bytes = models.BigIntegerField()
    mtime_ns = models.BigIntegerField(null=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["officer", "group"], name="upload_by_group")]

    def __str__(self) -> str:
        return self.uid


class Share(models.Model):
    """An officer who took part in the enforcement a recording shows, and so sees it as own: by
    another's word, never their own."""

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="shares")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="shares")
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recording", "officer"], name="share_once"),
            models.CheckConstraint(name="share_by_another", condition=~Q(shared_by=F("officer"))),
        ]

    def __str__(self) -> str:
        return f"{self.recording_id}: {self.officer_id}"


class SecretKind(models.TextChoices):
    """What a recording must not let out (`engines.policy.vocabulary.Secret`)."""

    STATE = Secret.STATE, _("国家秘密")
    TRADE = Secret.TRADE, _("商业秘密")
    PRIVACY = Secret.PRIVACY, _("个人隐私")
    PERSONAL = Secret.PERSONAL, _("个人信息")


class SecrecyMark(models.Model):
    """保密标记: from now on few know that the recording is there (`recordings.secrecy`)."""

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="secrecy_marks")
    kind = models.CharField(max_length=10, choices=SecretKind.choices)
    reason = models.CharField(max_length=200)
    marked_at = models.DateTimeField()
    marked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    lifted_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recording", "kind"],
                condition=Q(lifted_at=None),
                name="secrecy_marked_once",
            ),
            models.CheckConstraint(name="secrecy_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="secrecy_lifted_by_another",
                condition=Q(lifted_at=None)
                | (
                    Q(lifted_by__isnull=False)
                    & ~Q(lifted_by=models.F("marked_by"))
                    & ~Q(lifted_reason="")
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["recording"], condition=Q(lifted_at=None), name="secrecy_in_force")
        ]

    def __str__(self) -> str:
        return f"{self.recording_id}: {self.kind}"


class Admission(models.Model):
    """An officer who may know of a recording until then, whatever the usual range.

    Who admits them, and why, is said in the rooms above; these rows only let a list be read fast.
    """

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="admissions")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="admissions")
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recording", "officer"], name="admitted_once")
        ]
        indexes = [models.Index(fields=["officer", "until"], name="admission_by_officer")]

    def __str__(self) -> str:
        return f"{self.recording_id}: {self.officer_id}"


class MarkKind(models.TextChoices):
    """What a viewer marks on a recording (重点标记); quick keys in the player."""

    NOTICE = "notice", _("告知记录")
    CREDENTIALS = "credentials", _("出示执法证件")
    PURPOSE = "purpose", _("说明来意")
    INTERRUPTION = "interruption", _("说明中断原因")
    KEY_OBJECT = "key_object", _("重点物品")
    SIGNATURE = "signature", _("签字确认")
    OPENING_POINT = "opening_point", _("开始记录时的说明")
    SHOT_POINT = "shot_point", _("重点摄录内容")
    OTHER = "other", _("其他")


class Mark(models.Model):
    """A moment or a stretch of a recording, named. Removed ones stay, with who removed them.

    `code` is the point of the regulation's list that it shows, for a kind that has a list.
    """

    recording = models.ForeignKey(Recording, models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=16, choices=MarkKind.choices)
    code = models.CharField(max_length=40, blank=True)
    start_seconds = models.DecimalField(max_digits=12, decimal_places=3)
    end_seconds = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    note = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mark_ends_after_it_begins",
                condition=Q(end_seconds=None) | Q(end_seconds__gte=models.F("start_seconds")),
            ),
            models.CheckConstraint(name="mark_in_time", condition=Q(start_seconds__gte=0)),
        ]
        indexes = [models.Index(fields=["recording", "start_seconds"], name="mark_in_order")]

    def __str__(self) -> str:
        return f"{self.recording_id}: {self.kind} {self.start_seconds}"
