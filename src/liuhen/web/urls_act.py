"""Addresses of activities, of what belongs to them, and of the matter list."""

from django.urls import path

from liuhen.web.views import activities, activity, belonging, matters, on_site

urlpatterns = [
    path("activities/", activities.activities, name="activities"),
    path("activities/export/", activities.export_activities, name="export_activities"),
    path("activities/new/", on_site.new_activity, name="new_activity"),
    path("activities/<number>/", activity.activity, name="activity"),
    path("activities/<number>/edit/", activity.edit_activity, name="edit_activity"),
    path("activities/<number>/void/", activity.void_activity, name="void_activity"),
    path("activities/<number>/site/", on_site.site, name="on_site"),
    path("activities/<number>/arrive/", on_site.step, {"act": "arrive"}, name="arrive"),
    path("activities/<number>/end/", on_site.step, {"act": "end"}, name="end_inspection"),
    path("activities/<number>/leave/", on_site.step, {"act": "leave"}, name="leave"),
    path("activities/<number>/points/", on_site.point, name="point"),
    path(
        "activities/<number>/recordings/confirm/",
        activity.confirm_recordings,
        name="confirm_recordings",
    ),
    path(
        "activities/<number>/recordings/decline/",
        activity.decline_recordings,
        name="decline_recordings",
    ),
    path("activities/<number>/recordings/add/", activity.add_recording, name="add_recording"),
    path(
        "activities/<number>/recordings/unlink/",
        activity.unlink_recording,
        name="unlink_recording",
    ),
    path("loose/", belonging.loose, name="loose"),
    path("loose/confirm/", belonging.confirm, name="confirm_proposals"),
    path("loose/assign/", belonging.assign, name="assign_loose"),
    path("loose/asides/", belonging.set_aside, name="asides"),
    path("loose/asides/<number>/back/", belonging.take_back, name="take_back_aside"),
    path("matters/", matters.matters, name="matters"),
    path("matters/export/", matters.export_matters, name="export_matters"),
    path("matters/import/", matters.import_matters, name="import_matters"),
    path("matters/import/template/", matters.matter_template, name="matter_template"),
    path("matters/import/errors/", matters.matter_errors, name="matter_errors"),
    path("matters/<int:pk>/kind/", matters.classify_matter, name="classify_matter"),
]
