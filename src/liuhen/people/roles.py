from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    OFFICER = "officer", _("执法人员")
    UNIT_HEAD = "unit_head", _("科室负责人")
    LEADER = "leader", _("局主管领导")
    BUREAU_HEAD = "bureau_head", _("主要负责人")
    KEEPER = "keeper", _("设备管理员")
    CUSTODIAN = "custodian", _("资料保管员")
    LEGAL_OFFICE = "legal_office", _("法制机构")
    SUPERVISION = "supervision", _("督查机构")
    FINANCE = "finance", _("财务装备")
    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDITOR = "auditor", _("审计管理员")


ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
"""Kept apart (GB/T 22239-2019): nobody holds two, none of them sees a recording."""

ENFORCING = (Role.OFFICER, Role.UNIT_HEAD)
"""Whose work is enforcement: they carry devices, and units are equipped by their number."""
