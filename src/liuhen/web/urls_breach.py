"""Addresses of breaches: leads, inquiries, decisions; and one's own record."""

from django.urls import path

from liuhen.web.views import breach, breach_files, breach_own, breach_papers, breaches

urlpatterns = [
    path("breaches/", breaches.leads, name="breaches"),
    path("breaches/export/", breach_files.export_leads, name="export_breaches"),
    path("breaches/enter/", breaches.enter_breach, name="enter_breach"),
    path("breaches/dismiss/", breaches.dismiss_breaches, name="dismiss_breaches"),
    path("breaches/decisions/", breaches.decisions, name="breach_decisions"),
    path(
        "breaches/decisions/export/", breach_files.export_decisions, name="export_breach_decisions"
    ),
    path("breaches/decisions/pdf/", breach_files.pdf_decisions, name="pdf_breach_decisions"),
    path("breaches/<number>/", breach.breach_page, name="breach"),
    path("breaches/<number>/inquire/<step>/", breach.inquire, name="inquire_breach"),
    path("breaches/<number>/decide/<step>/", breach.decide, name="decide_breach"),
    path("breaches/<number>/advise/", breach.advise, name="advise_breach"),
    path("breaches/<number>/sanctions/<int:pk>/", breach.carry_out, name="carry_out_sanction"),
    path("breaches/<number>/papers/add/", breach_papers.add_paper, name="add_breach_paper"),
    path("breaches/<number>/papers/<int:pk>/", breach_papers.open_paper, name="open_breach_paper"),
    path("breaches/<number>/print/<kind>/", breach_papers.printed, name="print_breach"),
    path("breaches/<number>/pdf/<kind>/", breach_papers.pdf, name="pdf_breach"),
    path("my-record/", breach_own.my_record, name="my_record"),
    path("my-record/<number>/", breach_own.own_breach, name="own_breach"),
    path("my-record/<number>/do/<step>/", breach_own.act, name="own_breach_step"),
    path("my-record/<number>/print/<kind>/", breach_own.printed, name="print_own_breach"),
    path("my-record/<number>/pdf/<kind>/", breach_own.pdf, name="pdf_own_breach"),
]
