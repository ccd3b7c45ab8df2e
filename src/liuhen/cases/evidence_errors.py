"""Refusals about recordings that stand as evidence in a case."""

from django.utils.translation import gettext_lazy as _

from liuhen.kernel.refusal import Refusal


class ExhibitThere(Refusal):
    code = "evidence.there"
    message = _("资料 {recording} 已列为案件“{case_no}”的证据，未重复办理。")


class ExhibitGone(Refusal):
    code = "evidence.gone"
    message = _("资料 {recording} 已不再列为该案件的证据，未作改动。请刷新页面后重试。")


class NoSuchExhibit(Refusal):
    code = "evidence.no_such"
    message = _("本案没有这份证据，未作改动。请从案件页面进入。")
