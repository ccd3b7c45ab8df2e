from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuhen.people.roles import ADMINISTRATORS, Role


class Agency(models.Model):
    """A bureau. The first one is there before it has a name: recordings may arrive first."""

    name = models.CharField(max_length=100, blank=True)
    pack_id = models.CharField(max_length=50, blank=True)
    adopted_date = models.DateField(null=True)
    set_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name"], name="agency_name_once", condition=~Q(name="")
            ),
            models.CheckConstraint(
                name="agency_set_up_is_named", condition=Q(set_up_at=None) | ~Q(name="")
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("尚未设置的单位"))


class Unit(models.Model):
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units")
    name = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "name"], name="unit_name_once_per_agency")
        ]

    def __str__(self) -> str:
        return self.name


class OfficerManager(BaseUserManager["Officer"]):
    def get_by_natural_key(self, username: str | None) -> "Officer":
        return self.get(login=username)


class Officer(AbstractBaseUser):
    """A person with an account; `officer_cert_no` is unknown for those who do not enforce."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="officers")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="officers")
    login = models.CharField(max_length=50, unique=True)
    name = models.CharField(max_length=50)
    officer_cert_no = models.CharField(max_length=50, null=True, unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[OfficerManager] = OfficerManager()

    def __str__(self) -> str:
        return f"{self.name}（{self.officer_cert_no or self.login}）"

    @cached_property
    def role_names(self) -> frozenset[str]:
        return frozenset(holding.role for holding in self.role_holdings.all())


class RoleHolding(models.Model):
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="role_holdings")
    role = models.CharField(max_length=20, choices=Role.choices)
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["officer", "role"], name="role_held_once"),
            models.UniqueConstraint(
                fields=["officer"],
                condition=Q(role__in=ADMINISTRATORS),
                name="administrators_kept_apart",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.role}"
