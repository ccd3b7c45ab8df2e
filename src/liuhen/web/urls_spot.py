"""Addresses of spot checks."""

from django.urls import path

from liuhen.web.views import spot_checks, spot_files, spot_work

CHECK = "spot-checks/<number>/"
urlpatterns = [
    path("spot-checks/", spot_checks.checks, name="spot_checks"),
    path("spot-checks/new/", spot_checks.new, name="new_spot_check"),
    path("spot-checks/blank/", spot_files.blank, name="blank_spot_check"),
    path(CHECK, spot_checks.check, name="spot_check"),
    path(f"{CHECK}draw/", spot_checks.draw, name="draw_spot_check"),
    path(f"{CHECK}abandon/", spot_checks.abandon, name="abandon_spot_check"),
    path(f"{CHECK}close/", spot_checks.close, name="close_spot_check"),
    path(f"{CHECK}give/", spot_checks.give, name="give_spot_item"),
    path(f"{CHECK}work/", spot_work.work, name="spot_work"),
    path(f"{CHECK}items/<int:position>/answer/", spot_work.answer, name="answer_spot_item"),
    path(f"{CHECK}items/<int:position>/note/", spot_work.note, name="note_spot_item"),
    path(f"{CHECK}frame/", spot_files.frame, name="spot_frame"),
    path(f"{CHECK}print/", spot_files.printed, name="print_spot_check"),
    path(f"{CHECK}pdf/", spot_files.pdf, name="pdf_spot_check"),
    path(f"{CHECK}export/", spot_files.export, name="export_spot_check"),
]
