"""Every table on screen can be taken along as an Excel file.

Which tables: those of every page that is no single thing's (its address names none), in every tab
and layout it has. A template with a table that no such page shows is named below with the reason
why it needs no file of its own; a new one that is neither fails.
"""

import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from lists_filled import fill
from openpyxl import load_workbook
from permission_table import PAGES

import factories
from liuhen.people.roles import Role
from liuhen.web.sheets import EXCEL

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "liuhen" / "web" / "templates"
LISTS = [
    name
    for name, page in PAGES.items()
    if page.method == "get" and page.kind is None and name.startswith("web:")
]
"""What answers with something else than a page, as the files themselves do, is passed over."""

ALSO = {
    "web:recordings": ("layout=table",),
    "web:appraisals": ("tab=none",),
    "web:disposals": ("tab=all",),
    "web:party_merges": ("tab=done",),
    "web:unrecorded": (
        "tab=all&kind=exemption", "tab=all&kind=interruption", "tab=all&kind=stop",
    ),
    "web:viewing_requests": ("tab=own", "tab=all"),
    "web:duties": ("tab=agency",),
    "web:my_record": ("year=2026",),
    "web:coverage": ("year=2026",),
}  # fmt: skip
"""Beside the page as it opens: the tabs and layouts that show another table."""

NO_LIST = {
    "web:print_ledger": "a paper; the ledger's page has the file",
    "web:print_viewing_register": "a paper; the register's page has the file",
    "web:tree_runs": "a part of web:trees, asked for again while one runs",
    "web:sessions": "where oneself is signed in: to end what is not one's own, nothing to keep",
    "web:state": "facts about the server, each in words; `liuhen doctor` says the same as a file",
    "web:new_spot_check": "a form with what it would come to",
    "web:new_extraction": "a form to choose recordings in",
}
OF_ONE_THING = {
    "access/request": "one request's recordings, steps and looks; its paper is a PDF",
    "activities/kept_points": "one activity's points",
    "activities/proposals": "what may belong to one activity: a form",
    "activities/recordings": "one activity's recordings",
    "cases/detail": "one case's activities and parties; exported as the party's dossier",
    "cases/papers": "one case's papers",
    "checkouts/detail": "one use of a device",
    "coverage/panel": "one activity's gaps; the list of activities has the file",
    "devices/charges": "one device's costs",
    "devices/checkouts": "one device's uses; the ledger has the file, by device",
    "devices/checks": "one device's checks; a PDF of them all is on the devices' page",
    "devices/clock_readings": "one device's clock",
    "devices/repairs": "one device's repairs; the list of repairs has the file",
    "discs/disc": "one disc's readings and loans",
    "discs/pieces": "one set's discs; the register of discs has the file",
    "extractions/detail": "one package's recordings; the package holds a list of them",
    "extractions/exhibits": "one case's exhibits",
    "people/person": "one person's roles",
    "people/sign_in": "one person's sign-ins",
    "recordings/claims": "one recording's clocks",
    "recordings/content": "one recording's content",
    "reviews/item": "one thing's score sheet; a PDF",
    "rules/parameter": "one parameter's history",
    "rules/proposal": "one proposal, before and after",
}
WITH_ITS_FILE = {
    "batches/detail": "web:export_batch",
    "disposal/left": "web:export_disposal",
    "disposal/lines": "web:export_disposal",
    "reviews/detail": "web:export_review",
    "reviews/tally": "web:export_review",
    "spot/lines": "web:export_spot_check",
    "spot/tally": "web:export_spot_check",
}
"""One thing's long lists, of which its page has a file."""

OTHER = {
    "access/register_print": "a paper",
    "access/slip": "a paper",
    "checkouts/print": "a paper",
    "disposal/certificate": "a paper",
    "disposal/print": "a paper",
    "mending/case_print": "a paper",
    "mending/repair_print": "a paper",
    "parties/print": "a paper",
    "reviews/print": "a paper",
    "spot/print": "a paper",
    "unrecorded/print": "a paper",
    "devices/import": "a table sent in, with its faults: it is an Excel file already",
    "people/import": "a table sent in, with its faults: it is an Excel file already",
    "people/imported": "first passwords, shown once and never written to a file",
    "supply/import": "a table sent in, with its faults: it is an Excel file already",
    "extractions/new": "a form to choose recordings in",
    "spot/new": "a form with what it would come to",
    "sessions": "see web:sessions",
    "sign_in": "the demonstration's accounts, before signing in",
    "state": "see web:state",
    "statistics/wall_figures": "a screen on the wall, which nobody operates",
}


class Tables(HTMLParser):
    """Heads that say something and rows with content, of each table of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.heads: list[int] = []
        self.rows: list[int] = []
        self.inside: list[str] = []
        self.is_first = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.heads.append(0)
            self.rows.append(0)
        if tag in ("table", "thead", "tbody", "tfoot", "th"):
            self.inside.append(tag)
        # A heading within a list is no row of it, nor is the word that there is none.
        if tag == "tr" and "tbody" in self.inside:
            self.is_first = True
            self.rows[-1] += dict(attrs).get("class") != "group-row"
        if tag == "td":
            self.rows[-1] -= self.is_first and "colspan" in dict(attrs)
            self.is_first = False

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, said: str) -> None:
        if self.inside[-2:] == ["thead", "th"] and said.strip():
            self.heads[-1] += 1


@pytest.fixture
def walk(as_):
    """Each list's pages as those see them who are let in, until one sees its tables filled."""
    fill()
    browsers = {role: as_(factories.officer(factories.LOGIN_OF[role])) for role in Role}

    def pages(name: str) -> list[tuple[Client, HttpResponse]]:
        found = []
        for query in ("", *ALSO.get(name, ())):
            for role in PAGES[name].reach:
                answer = browsers[role].get(f"{reverse(name)}?{query}")
                if not is_page(answer):
                    break
                if b"<table" in answer.content:
                    found.append((browsers[role], answer))
                    break
        return found

    return pages


def is_page(answer: HttpResponse) -> bool:
    kind = answer.headers.get("Content-Type", "")
    return answer.status_code == 200 and not answer.streaming and kind.startswith("text/html")


def files_of(browser: Client, page: str) -> tuple[list[int], list[int]]:
    """Heads and rows of every sheet of every Excel file the page offers."""
    heads, rows = [], []
    for way in dict.fromkeys(re.findall(r'href="([^"]*/export/[^"]*)"', page)):
        answer = browser.get(way.replace("&amp;", "&"))
        assert answer.status_code == 200, way
        assert answer.headers["Content-Type"] == EXCEL, way
        content = b"".join(answer) if answer.streaming else answer.content
        for sheet in load_workbook(io.BytesIO(content)).worksheets:
            first, *rest = sheet.iter_rows(values_only=True)
            assert all(first), f"{way}: {first}"
            heads.append(len(first))
            rows.append(len(rest))
    return heads, rows


def faults(browser: Client, answer: HttpResponse) -> list[str]:
    page = answer.content.decode()
    shown = Tables(page)
    heads, rows = files_of(browser, page)
    where = answer.wsgi_request.get_full_path()
    if not heads:
        return [f"{where}: no file"]
    wrong = []
    if max(heads) < max(shown.heads):
        wrong.append(f"{where}: {max(shown.heads)} columns, {max(heads)} in the file")
    if sum(rows) < sum(shown.rows):
        wrong.append(f"{where}: {sum(shown.rows)} rows, {sum(rows)} in the files")
    return wrong


def test_every_list_is_offered_whole_as_an_excel_file(walk):
    """And every template with a table is seen on one, or named with why not."""
    wrong, seen = [], set()
    for name in set(LISTS) - NO_LIST.keys():
        for browser, answer in walk(name):
            wrong += faults(browser, answer)
            seen |= {one.name for one in answer.templates if one.name}
    named = {f"web/{one}.html" for one in OF_ONE_THING | WITH_ITS_FILE | OTHER}
    wrong += [f"{one}: no list showed it" for one in with_table() - seen - named - BY_ITSELF]
    assert not wrong, "\n".join(sorted(wrong))


def with_table() -> set[str]:
    found = (TEMPLATES / "web").rglob("*.html")
    return {str(one.relative_to(TEMPLATES)) for one in found if "<table" in one.read_text("utf-8")}


def test_the_exceptions_are_there(bureau):
    named = {f"web/{one}.html" for one in OF_ONE_THING | WITH_ITS_FILE | OTHER}
    assert named <= with_table()
    assert NO_LIST.keys() <= set(LISTS)
    assert set(WITH_ITS_FILE.values()) <= PAGES.keys()


BY_ITSELF = {"web/cases/required.html", "web/cases/required_rows.html"}


def test_what_lacks_before_archiving_is_offered_where_the_regulation_asks_for_it(as_):
    factories.follow("weidong-market")
    factories.recording()
    browser = as_("zhou")
    answer = browser.get("/required/")
    assert {one.name for one in answer.templates} >= BY_ITSELF
    assert faults(browser, answer) == []
