from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def show(
    request: HttpRequest, template: str, title: str = "", *, status: int = 200, **shown: Any
) -> HttpResponse:
    """A page with its title. One address may answer a page or, to htmx, a part of it."""
    response = render(request, f"web/{template}", {"title": title, **shown}, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def is_part(request: HttpRequest, target: str) -> bool:
    """Does htmx ask for the element `target` alone? Going back in history asks for the page."""
    return request.htmx.target == target and not request.htmx.history_restore_request
