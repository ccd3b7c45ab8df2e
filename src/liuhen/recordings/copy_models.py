"""What is known of the second copy: the store, what it holds, and damage found in either store.

Rows name originals by subject and key, as the log does: papers lie in the vault as well, and this
room may not know of papers.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Store(models.TextChoices):
    FIRST = "first", _("主存储")
    SECOND = "second", _("第二副本")


class SecondStore(models.Model):
    """A second copy as it was begun; its marker bears the `uid`. At most one is in use.

    `away_since`: since when it could not be used, and `problem` why, a vault error's reason.
    `looked_at`: when what is held was last compared with what has a row in `StoredCopy`.
    """

    uid = models.CharField(max_length=32, unique=True)
    place = models.CharField(max_length=300)
    begun_at = models.DateTimeField()
    looked_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    away_since = models.DateTimeField(null=True)
    problem = models.CharField(max_length=60, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(retired_at=None), name="one_second_copy"
            )
        ]

    def __str__(self) -> str:
        return self.place


class StoredCopy(models.Model):
    """One original in the second store. `copied_at` None: it waits to be copied; `problem`: why
    the last try, at `tried_at`, failed."""

    key = models.CharField(max_length=255, unique=True)
    subject = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    copied_at = models.DateTimeField(null=True)
    locked_until = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], condition=Q(copied_at=None), name="copy_waiting"),
            models.Index(
                fields=["locked_until"],
                condition=Q(locked_until__isnull=False),
                name="copy_locked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.copied_at}"


class Damage(models.Model):
    """An original found missing, changed or unreadable in a store, until it is whole again."""

    store = models.CharField(max_length=10, choices=Store.choices)
    key = models.CharField(max_length=255)
    subject = models.CharField(max_length=60)
    problem = models.CharField(max_length=20)
    found_at = models.DateTimeField()
    mended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["store", "key"], condition=Q(mended_at=None), name="damage_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.store} {self.problem}"
