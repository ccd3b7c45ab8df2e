"""Addresses of statistics, the monthly report, the assessment and the wall screen."""

from django.urls import path

from liuhen.web.views import statistics, statistics_papers, wall

urlpatterns = [
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics/export/", statistics.export_statistics, name="export_statistics"),
    path("statistics/list/", statistics.statistics_list, name="statistics_list"),
    path(
        "statistics/list/export/",
        statistics.export_statistics_list,
        name="export_statistics_list",
    ),
    path("statistics/monthly/", statistics_papers.monthly, name="monthly_report"),
    path("statistics/monthly/pdf/", statistics_papers.pdf_monthly, name="pdf_monthly_report"),
    path(
        "statistics/monthly/export/", statistics_papers.export_monthly, name="export_monthly_report"
    ),
    path("assessment/", statistics_papers.assessed, name="assessment"),
    path("assessment/pdf/", statistics_papers.pdf_assessment, name="pdf_assessment"),
    path("assessment/export/", statistics_papers.export_assessment, name="export_assessment"),
    path("wall/open/", wall.open_wall, name="open_wall"),
    path("wall/close/", wall.close_wall, name="close_wall"),
    path("wall/<str:key>/", wall.wall, name="wall"),
]
