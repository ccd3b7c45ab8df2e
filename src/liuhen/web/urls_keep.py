"""Addresses of keeping: marks for long keeping, holds, complaints."""

from django.urls import path

from liuhen.web.views import complaints, holds, keeping_files, long_term

urlpatterns = [
    path("recordings/<number>/long-term/", long_term.mark_recording, name="mark_recording"),
    path("activities/<number>/long-term/", long_term.mark_activity, name="mark_activity"),
    path("cases/<int:pk>/long-term/", long_term.mark_case, name="mark_case"),
    path("long-term/<int:pk>/lift/", long_term.lift_long_term, name="lift_long_term"),
    path("holds/", holds.hold_list, name="holds"),
    path("holds/export/", keeping_files.export_holds, name="export_holds"),
    path("holds/place/", holds.place_hold, name="place_hold"),
    path("holds/<int:pk>/", holds.hold, name="hold"),
    path("holds/<int:pk>/ask-lift/", holds.ask_lift, name="ask_lift"),
    path("holds/<int:pk>/refuse-lift/", holds.refuse_lift, name="refuse_lift"),
    path("holds/<int:pk>/lift/", holds.lift_hold, name="lift_hold"),
    path("complaints/", complaints.complaint_list, name="complaints"),
    path("complaints/export/", keeping_files.export_complaints, name="export_complaints"),
    path("complaints/enter/", complaints.enter_complaint, name="enter_complaint"),
    path("complaints/<int:pk>/", complaints.complaint, name="complaint"),
    path("complaints/<int:pk>/close/", complaints.close_complaint, name="close_complaint"),
]
