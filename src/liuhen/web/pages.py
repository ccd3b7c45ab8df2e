from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header


def show(
    request: HttpRequest, template: str, title: str = "", *, status: int = 200, **shown: Any
) -> HttpResponse:
    """A page with its title. One address may answer a page or, to htmx, a part of it."""
    response = render(request, f"web/{template}", {"title": title, **shown}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def as_pdf(content: bytes, name: str, *, is_saved: bool = True) -> HttpResponse:
    """A PDF to be saved under this name; else one the browser shows."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = str(content_disposition_header(is_saved, name))
    return answer


def is_part(request: HttpRequest, target: str) -> bool:
    """Does htmx ask for the element `target` alone? Going back in history asks for the page."""
    return request.htmx.target == target and not request.htmx.history_restore_request
