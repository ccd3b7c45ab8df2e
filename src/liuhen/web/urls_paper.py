"""Addresses of papers: the blank ones, and those about devices as PDF."""

from django.urls import path

from liuhen.web.views import blank_papers, device_papers

urlpatterns = [
    path("papers/", blank_papers.blank_papers, name="blank_papers"),
    path("papers/<slug:code>/", blank_papers.blank_paper, name="blank_paper"),
    path("devices/ledger/pdf/", device_papers.pdf_ledger, name="pdf_ledger"),
    path("devices/checks/pdf/", device_papers.pdf_checks, name="pdf_checks"),
    path("devices/assets/pdf/", device_papers.pdf_assets, name="pdf_assets"),
    path("budget/<int:year>/pdf/", device_papers.pdf_budget, name="pdf_budget"),
    path("repairs/<int:pk>/pdf/", device_papers.pdf_repair, name="pdf_repair"),
    path("compensations/<int:pk>/pdf/", device_papers.pdf_compensation, name="pdf_compensation"),
]
