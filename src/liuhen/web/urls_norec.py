"""Addresses of what was not recorded: exemptions, interruptions, reports that it cannot go on."""

from typing import Any

from django.urls import URLPattern, path

from liuhen.web.views import interrupting, paper_files, papers, stopping, unrecorded


def paper(kind: str) -> list[URLPattern]:
    """What both kinds of papers have: handing in, deciding, filing, and the paper itself."""
    about: dict[str, Any] = {"kind": kind}
    root = f"{kind}s/<int:pk>/"
    return [
        path(root, papers.paper, about, name=kind),
        path(f"{root}submit/", papers.submit, about, name=f"submit_{kind}"),
        path(f"{root}decide/", papers.decide, about, name=f"decide_{kind}"),
        path(f"{root}file/", papers.file, about, name=f"file_{kind}"),
        *files(kind),
    ]


def files(kind: str) -> list[URLPattern]:
    root = f"{kind}s/<int:pk>/"
    return [
        path(f"{root}print/", paper_files.printed, {"kind": kind}, name=f"print_{kind}"),
        path(f"{root}pdf/", paper_files.pdf, {"kind": kind}, name=f"pdf_{kind}"),
    ]


urlpatterns = [
    path("unrecorded/", unrecorded.unrecorded, name="unrecorded"),
    path("activities/<number>/exempt/", papers.ask_exemption, name="ask_exemption"),
    path(
        "activities/<number>/interrupt/", interrupting.enter_interruption, name="enter_interruption"
    ),
    path("activities/<number>/stop/", stopping.report_stop, name="report_stop"),
    *paper("exemption"),
    *paper("interruption"),
    path(
        "interruptions/<int:pk>/change/",
        interrupting.change_interruption,
        name="change_interruption",
    ),
    path("stops/<int:pk>/", stopping.stop, name="stop"),
    path("stops/<int:pk>/see/", stopping.see_stop, name="see_stop"),
    path("stops/<int:pk>/state/", stopping.state_stop, name="state_stop"),
    *files("stop"),
]
