"""Discs (光盘): sets, what stands on each, the written pieces, their readings and loans."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuhen.cases.models import Activity, Case, Document
from liuhen.people.models import Agency, Officer
from liuhen.recordings.models import Recording


class Medium(models.TextChoices):
    CD = "cd", _("CD-R（700 MB）")
    DVD = "dvd", _("DVD±R（4.7 GB）")
    DVD_DL = "dvd_dl", _("DVD±R 双层（8.5 GB）")
    BD = "bd", _("BD-R（25 GB）")
    BD_DL = "bd_dl", _("BD-R 双层（50 GB）")


class DiscState(models.TextChoices):
    """`made`: its image is to be written, or is; a disc of plastic there is from `written` on."""

    MADE = "made", _("待写入")
    WRITTEN = "written", _("已写入，待回读")
    READ_BACK = "read_back", _("已回读，待存放")
    STORED = "stored", _("在库")
    LENT = "lent", _("已借出")
    FAULTY = "faulty", _("有读取错误，待更换")
    REPLACED = "replaced", _("已更换")


def new_mark() -> str:
    return secrets.token_hex(8)


class DiscSet(models.Model):
    """What was put on discs together: of a case, or of an activity. `title` stands on the label.
    `extraction_no`: it is that evidence package, of the case."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="disc_sets")
    number = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="disc_sets")
    activity = models.ForeignKey(Activity, models.PROTECT, null=True, related_name="disc_sets")
    extraction_no = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200)
    purpose = models.CharField(max_length=200)
    medium = models.CharField(max_length=6, choices=Medium.choices)
    capacity_bytes = models.BigIntegerField()
    copies = models.IntegerField()
    pack_id = models.CharField(max_length=50, blank=True)
    article = models.IntegerField(null=True, help_text="that asks for the disc, if one does")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="disc_set_of_one_thing",
                condition=Q(case__isnull=False, activity=None)
                | Q(case=None, activity__isnull=False),
            ),
            models.CheckConstraint(name="disc_set_copies", condition=Q(copies__gte=1)),
            models.CheckConstraint(
                name="disc_package_of_case",
                condition=Q(extraction_no="") | Q(case__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-made_at", "-id"], name="disc_set_newest"),
            models.Index(fields=["extraction_no"], name="disc_set_of_extraction"),
        ]

    def __str__(self) -> str:
        return self.number


class DiscImage(models.Model):
    """Disc `no` of a set: what stands on each of its copies."""

    disc_set = models.ForeignKey(DiscSet, models.PROTECT, related_name="images")
    no = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disc_set", "no"], name="disc_image_once"),
        ]

    def __str__(self) -> str:
        return f"{self.disc_set_id}: {self.no}"


class DiscFile(models.Model):
    """One original on a disc, under which name, with which digests. Its row never changes.

    Of an evidence package it may be made from a recording: `derived_name` in that one's folder.
    """

    image = models.ForeignKey(DiscImage, models.PROTECT, related_name="files")
    path = models.CharField(max_length=500)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64)
    vault_key = models.CharField(max_length=255)
    derived_name = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(help_text="when it was recorded, or handed in")
    title = models.CharField(max_length=200)
    recording = models.ForeignKey(Recording, models.PROTECT, null=True, related_name="disc_files")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="disc_files")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "path"], name="disc_file_once"),
            models.CheckConstraint(
                name="disc_file_of_one_thing",
                condition=Q(recording__isnull=False, document=None)
                | Q(recording=None, document__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.path


class DiscText(models.Model):
    """A table or manifest on a disc, as it was when the set was made: what a bureau is called, or
    how a table is laid out, may change, and a disc written later must read as the first did."""

    image = models.ForeignKey(DiscImage, models.PROTECT, related_name="texts")
    path = models.CharField(max_length=500)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["image", "path"], name="disc_text_once"),
        ]

    def __str__(self) -> str:
        return self.path


class Disc(models.Model):
    """One piece: copy `copy` (1 is the original, 正本) of an image. `replaces` an older piece.

    `identity` is what its 光盘标识.txt says, with `mark` in it: no other piece has either. Its
    image file is not there where `made_at` is None.
    """

    image = models.ForeignKey(DiscImage, models.PROTECT, related_name="discs")
    copy = models.IntegerField()
    mark = models.CharField(max_length=16, unique=True, default=new_mark)
    identity = models.TextField()
    size_bytes = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, null=True)
    made_at = models.DateTimeField(null=True)
    done_bytes = models.BigIntegerField(default=0, help_text="of the making under way")
    problem = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=10, choices=DiscState.choices, default=DiscState.MADE)
    written_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=100, blank=True)
    stored_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True, help_text="when it last read without error")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "copy"],
                condition=~Q(state=DiscState.REPLACED),
                name="disc_one_of_each_copy",
            ),
            models.CheckConstraint(
                name="disc_stored_somewhere",
                condition=~Q(state__in=[DiscState.STORED, DiscState.LENT]) | ~Q(place=""),
            ),
            models.CheckConstraint(name="disc_copy", condition=Q(copy__gte=1)),
            models.CheckConstraint(
                name="disc_image_is_whole",
                condition=Q(made_at=None) | Q(size_bytes__isnull=False, sha256__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "read_at", "id"], name="disc_read_longest_ago")]

    def __str__(self) -> str:
        return f"{self.image_id}/{self.copy}"


class Reading(models.TextChoices):
    BACK = "back", _("写入后回读")
    CHECK = "check", _("定期检查")


class JobKind(models.TextChoices):
    BURN = "burn", _("刻录")
    READ_BACK = "read_back", _("回读核对")
    CHECK = "check", _("检查")


class DiscJob(models.Model):
    """What the worker does with a disc: minutes of a drive's time. One at a time for each disc."""

    disc = models.ForeignKey(Disc, models.PROTECT, related_name="jobs")
    kind = models.CharField(max_length=10, choices=JobKind.choices)
    place = models.CharField(max_length=500, help_text="the drive, a folder, an image file")
    is_whole = models.BooleanField(default=True, help_text="every file, not a sample")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    done_bytes = models.BigIntegerField(default=0)
    total_bytes = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["disc"], condition=Q(finished_at=None), name="disc_one_job"
            )
        ]

    def __str__(self) -> str:
        return f"{self.disc_id}: {self.kind}"


class DiscCheck(models.Model):
    """One reading of a disc, compared file by file. `seed` is what its sample was drawn with."""

    disc = models.ForeignKey(Disc, models.PROTECT, related_name="checks")
    reading = models.CharField(max_length=5, choices=Reading.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    source = models.CharField(max_length=500, help_text="where it was read, as said")
    where = models.CharField(max_length=10, help_text="folder or image")
    total_files = models.IntegerField()
    read_files = models.IntegerField()
    read_bytes = models.BigIntegerField()
    errors = models.IntegerField()
    faults = models.JSONField(default=list, help_text="[path, what] of the first ones")
    seed = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="disc_check_counts",
                condition=Q(read_files__lte=models.F("total_files"), errors__gte=0),
            )
        ]
        indexes = [models.Index(fields=["disc", "-at"], name="disc_check_newest")]

    def __str__(self) -> str:
        return f"{self.disc_id}: {self.at}"


class DiscLoan(models.Model):
    """A stored disc given into somebody's hands: under the approved request `request_no`, or by
    the article that needs none."""

    disc = models.ForeignKey(Disc, models.PROTECT, related_name="loans")
    to_whom = models.CharField(max_length=100)
    purpose = models.CharField(max_length=200)
    request_no = models.CharField(max_length=20, blank=True)
    pack_id = models.CharField(max_length=50, blank=True)
    article = models.IntegerField(null=True)
    back_by_date = models.DateField(null=True)
    lent_at = models.DateTimeField()
    lent_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_to = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    condition = models.CharField(max_length=200, blank=True, help_text="as it came back")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["disc"], condition=Q(returned_at=None), name="disc_lent_once"
            ),
            models.CheckConstraint(
                name="disc_lent_on_something",
                condition=(~Q(request_no="") & Q(article=None))
                | (Q(request_no="", article__isnull=False) & ~Q(pack_id="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.disc_id}: {self.to_whom}"
