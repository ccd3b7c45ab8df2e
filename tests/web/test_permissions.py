"""Every address, every role, every relation, against the table in permission_table.py."""

import re

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse
from fpdf.fonts import TTFFont
from permission_objects import MADE, NOBODYS, RELATIONS, SENT, persons
from permission_table import OPEN, PAGES

from liuhen.api import urls as api_urls
from liuhen.people.models import Officer
from liuhen.people.roles import Role
from liuhen.web import urls

LET_IN, REFUSED, NOT_FOUND = "let in", "refused", "not found"
SAID = {
    "Accept": "application/json",
    "Tus-Resumable": "1.0.0",
    "Upload-Length": "9",
    "Upload-Metadata": "filename YS5tcDQ=,group Zw==",
}
"""A no in a few bytes instead of a page; and, for the one address of files, what announces one."""
ORDER = ("none", *RELATIONS)
PATTERNS = [(f"{m.app_name}:{p.name}", p) for m in (urls, api_urls) for p in m.urlpatterns]


def expected(reach: str | None, relation: str) -> str:
    """What the table's word means for a thing of this relation."""
    if reach is None:
        return REFUSED
    if reach == "any":
        return LET_IN
    found = re.fullmatch(r"(\w+)(-own)?(?:<(\w+))?", reach)
    assert found, reach
    within, but_own, known = found.groups()
    if but_own and relation == "own":
        return REFUSED
    if ORDER.index(relation) <= ORDER.index(within):
        return LET_IN
    return REFUSED if known and ORDER.index(relation) <= ORDER.index(known) else NOT_FOUND


def outcome(answer: HttpResponse) -> str:
    assert answer.status_code < 500, answer.status_code
    assert not answer.headers.get("Location", "").startswith("/sign-in/?next=")
    return {403: REFUSED, 404: NOT_FOUND}.get(answer.status_code, LET_IN)


def knock(browser: Client, page: str, where: dict[str, object]) -> HttpResponse:
    """All it did is undone again, in the database and in the browser: the next page finds
    everything as it was, the sign-in too."""
    method, _kind, _reach = PAGES[page]
    cookies = browser.cookies.copy()
    with transaction.atomic():
        sent = SENT[page]() if page in SENT else None
        answer = getattr(browser, method)(reverse(page, kwargs=where), sent, headers=SAID)
        if answer.streaming:
            b"".join(answer)  # read to its end, it closes its file
        transaction.set_rollback(True)
    browser.cookies = cookies
    return answer


@pytest.fixture(scope="module")
def font_read_once():
    """Reads a font file for the first paper; the others, which nobody writes, share it."""
    read = {}

    def font(paper, file, *rest, **more):
        if file not in read:
            read[file] = TTFFont(paper, file, *rest, **more)
        return read[file]

    yield font
    for one in read.values():
        one.close()


@pytest.fixture
def unwritten(monkeypatch, font_read_once):
    """Who comes in is settled before a page or a form is written, and what stands on them has tests
    of its own; writing them some 600 times for each role would take two thirds of the time."""
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_: "")
    monkeypatch.setattr("fpdf.FPDF.output", lambda _: b"")
    monkeypatch.setattr("fpdf.fpdf.TTFFont", font_read_once)


@pytest.mark.one_database
@pytest.mark.usefixtures("unwritten")
@pytest.mark.parametrize("role", Role)
def test_a_role_comes_as_far_as_the_table_says(as_, role):
    cast = persons(role)
    browser = as_(cast["own"])
    wrong = []
    for page, (_method, kind, reach) in PAGES.items():
        for relation, where in addresses(kind, cast).items():
            wanted = expected(reach.get(role), relation)
            got = outcome(knock(browser, page, where))
            if got != wanted:
                wrong.append(f"{page} {relation}: {got}, not {wanted}")
    assert not wrong, "\n".join(wrong)


def addresses(kind: str | None, cast: dict[str, Officer]) -> dict[str, dict[str, object]]:
    if kind in MADE:
        return {relation: MADE[kind](cast[relation]) for relation in RELATIONS}
    return {"own": NOBODYS[kind] if kind else {}}


def test_the_table_names_every_address():
    there = {name for name, pattern in PATTERNS if isinstance(pattern, URLPattern)}
    assert PAGES.keys() | OPEN == there
    assert PAGES.keys() & OPEN == set()


def test_every_address_that_names_a_thing_says_of_what_kind():
    for name, pattern in PATTERNS:
        if name in PAGES:
            assert bool(pattern.pattern.converters) == (PAGES[name].kind is not None), name


def test_a_visitor_is_sent_to_sign_in(visitor):
    cast = persons(Role.OFFICER)
    wrong = []
    for page, (method, kind, _reach) in PAGES.items():
        [where, *_] = addresses(kind, cast).values()
        answer = getattr(visitor, method)(reverse(page, kwargs=where), headers=SAID)
        to_sign_in = answer.headers.get("Location", "").startswith("/sign-in/?next=")
        if not (answer.status_code == 401 if page.startswith("api:") else to_sign_in):
            wrong.append(f"{page}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize(
    ("reach", "said"),
    [
        (None, [REFUSED] * 4),
        ("any", [LET_IN] * 4),
        ("unit", [LET_IN, LET_IN, NOT_FOUND, NOT_FOUND]),
        ("unit-own", [REFUSED, LET_IN, NOT_FOUND, NOT_FOUND]),
        ("own<bureau", [LET_IN, REFUSED, REFUSED, NOT_FOUND]),
        ("none<bureau", [REFUSED, REFUSED, REFUSED, NOT_FOUND]),
    ],
)
def test_a_word_of_the_table_means(reach, said):
    assert [expected(reach, relation) for relation in RELATIONS] == said
