"""Addresses of 记录完整性."""

from django.urls import URLPattern, path

from liuhen.web.views import coverage

urlpatterns: list[URLPattern] = [
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/list/", coverage.coverage_list, name="coverage_list"),
    path("coverage/list/export/", coverage.export_coverage, name="export_coverage"),
    path("coverage/missing/", coverage.coverage_missing, name="coverage_missing"),
]
