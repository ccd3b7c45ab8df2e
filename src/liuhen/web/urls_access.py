"""Addresses of 调阅: requests, the register of viewers, stand-ins, secrecy marks."""

from django.urls import path

from liuhen.web.views import (
    secrecy,
    stand_ins,
    viewing_asking,
    viewing_papers,
    viewing_register,
    viewing_requests,
)

urlpatterns = [
    path("viewing/", viewing_requests.viewing_requests, name="viewing_requests"),
    path("viewing/ask/", viewing_asking.ask_viewing, name="ask_viewing"),
    path("viewing/register/", viewing_register.viewing_register, name="viewing_register"),
    path(
        "viewing/register/print/",
        viewing_register.print_viewing_register,
        name="print_viewing_register",
    ),
    path(
        "viewing/register/pdf/", viewing_register.pdf_viewing_register, name="pdf_viewing_register"
    ),
    path(
        "viewing/register/export/",
        viewing_register.export_viewing_register,
        name="export_viewing_register",
    ),
    path("viewing/stand-ins/", stand_ins.stand_ins, name="stand_ins"),
    path("viewing/stand-ins/<int:pk>/end/", stand_ins.end_stand_in, name="end_stand_in"),
    path("viewing/<number>/", viewing_requests.viewing_request, name="viewing_request"),
    path("viewing/<number>/decide/", viewing_requests.decide_viewing, name="decide_viewing"),
    path("viewing/<number>/resubmit/", viewing_asking.resubmit_viewing, name="resubmit_viewing"),
    path("viewing/<number>/withdraw/", viewing_requests.withdraw_viewing, name="withdraw_viewing"),
    path("viewing/<number>/revoke/", viewing_requests.revoke_viewing, name="revoke_viewing"),
    path("viewing/<number>/answer/", viewing_requests.answer_viewing, name="answer_viewing"),
    path("viewing/<number>/papers/", viewing_papers.add_viewing_paper, name="add_viewing_paper"),
    path(
        "viewing/<number>/papers/<int:pk>/",
        viewing_papers.open_viewing_paper,
        name="open_viewing_paper",
    ),
    path("viewing/<number>/print/", viewing_papers.print_viewing, name="print_viewing"),
    path("viewing/<number>/pdf/", viewing_papers.pdf_viewing, name="pdf_viewing"),
    path("recordings/<number>/secrecy/", secrecy.mark_secrecy, name="mark_secrecy"),
    path("recordings/<number>/secrecy/<int:pk>/lift/", secrecy.lift_secrecy, name="lift_secrecy"),
]
