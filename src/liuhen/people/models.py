from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liuhen.people.roles import ADMINISTRATORS, Role


class Agency(models.Model):
    """A bureau. The first one is there before it has a name: recordings may arrive first."""

    name = models.CharField(max_length=100, blank=True)
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


class Invitation(models.Model):
    """Lets the holder of a code set up one more bureau here, once. The code itself is not kept."""

    name = models.CharField(max_length=100)
    code_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey("Officer", models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    agency = models.OneToOneField(Agency, models.PROTECT, null=True, related_name="invitation")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_used_or_withdrawn",
                condition=Q(agency=None) | Q(withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitKind(models.TextChoices):
    ENFORCEMENT = "enforcement", _("执法机构")
    OFFICE = "office", _("办公室（资料保管）")
    LEGAL = "legal", _("法制机构")
    SUPERVISION = "supervision", _("督查机构")
    EQUIPMENT = "equipment", _("装备机构")
    FINANCE = "finance", _("财务机构")


class Unit(models.Model):
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="units")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=UnitKind.choices, default=UnitKind.ENFORCEMENT)
    is_busy = models.BooleanField(default=False, help_text="many enforcement tasks")
    head = models.ForeignKey("Officer", models.PROTECT, null=True, related_name="heads")
    leader = models.ForeignKey(
        "Officer", models.PROTECT, null=True, related_name="leads", help_text="分管局领导"
    )

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
    suspended_until = models.DateField(null=True, help_text="last day without enforcement work")
    password_set_at = models.DateTimeField(null=True)
    must_change_password = models.BooleanField(default=False)
    sign_in_given_at = models.DateTimeField(
        null=True, help_text="when somebody else last set the password or reset the phone"
    )

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


class Decision(models.TextChoices):
    PENDING = "", _("待确认")
    CONFIRMED = "confirmed", _("已确认")
    REFUSED = "refused", _("不同意")
    WITHDRAWN = "withdrawn", _("已撤回")


class RoleChange(models.Model):
    """A role to be given or taken, from one person's proposal to another's word on it."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="role_changes")
    role = models.CharField(max_length=20, choices=Role.choices)
    is_grant = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True)
    proposed_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decision = models.CharField(
        max_length=10, choices=Decision.choices, default=Decision.PENDING, blank=True
    )
    decided_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    objection = models.CharField(max_length=200, blank=True, help_text="why it was refused")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "role"],
                condition=Q(decision=Decision.PENDING),
                name="role_change_pending_once",
            ),
            models.CheckConstraint(
                name="role_change_by_two",
                condition=~Q(decision=Decision.CONFIRMED)
                | (
                    Q(decided_by__isnull=False)
                    & ~Q(decided_by=models.F("proposed_by"))
                    & ~Q(decided_by=models.F("officer"))
                ),
            ),
            models.CheckConstraint(
                name="role_change_decided",
                condition=Q(decision=Decision.PENDING, decided_at=None)
                | (~Q(decision=Decision.PENDING) & Q(decided_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer_id}: {'+' if self.is_grant else '-'}{self.role}"


class OfficerSession(AbstractBaseSession):
    """A sign-in that lasts: who, from where, since when. The key stays on the server's side."""

    officer = models.ForeignKey(Officer, models.CASCADE, null=True, related_name="sessions")
    signed_in_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True)
    agent = models.CharField(max_length=200, blank=True)
    ending = models.CharField(
        max_length=10, blank=True, help_text="why it was ended before its time; kept for a day"
    )

    @classmethod
    def get_session_store_class(cls) -> "type[SessionBase]":
        from liuhen.people.sessions import SessionStore

        return SessionStore

    def __str__(self) -> str:
        return f"{self.officer_id} {self.signed_in_at}"


class SignInTries(models.Model):
    """Wrong tries in a row under one login as it was typed, whether anybody has it or not."""

    login = models.CharField(max_length=100, unique=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.login}: {self.failures}"


class SecondFactor(models.Model):
    """An officer's phone: what it shares with us, and the newest code it was let in with."""

    officer = models.OneToOneField(Officer, models.PROTECT, related_name="second_factor")
    sealed_secret = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    last_step = models.BigIntegerField(help_text="30 s steps since 1970; older codes are refused")

    def __str__(self) -> str:
        return f"{self.officer_id} {self.added_at}"


class RecoveryCode(models.Model):
    factor = models.ForeignKey(SecondFactor, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["factor", "digest"], name="recovery_code_once")
        ]

    def __str__(self) -> str:
        return f"{self.factor_id} {self.used_at}"


class StandIn(models.Model):
    """Who decides in another's place, from one day to another, both included.

    For one person, or for whoever holds a post (`engines.policy.vocabulary.Post`). `ended_at`:
    called off before its time.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="stand_ins")
    officer = models.ForeignKey(Officer, models.PROTECT, related_name="standing_in")
    for_officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, related_name="stand_ins", help_text="or a post"
    )
    for_post = models.CharField(max_length=20, blank=True)
    from_date = models.DateField()
    until_date = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Officer, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stand_in_for_one",
                condition=(Q(for_officer=None) & ~Q(for_post=""))
                | Q(for_officer__isnull=False, for_post=""),
            ),
            models.CheckConstraint(
                name="stand_in_days", condition=Q(until_date__gte=models.F("from_date"))
            ),
            models.CheckConstraint(
                name="stand_in_is_another",
                condition=Q(for_officer=None) | ~Q(for_officer=models.F("officer")),
            ),
        ]
        indexes = [models.Index(fields=["agency", "-set_at", "-id"], name="stand_in_newest")]

    def __str__(self) -> str:
        return f"{self.officer_id}: {self.from_date}–{self.until_date}"
