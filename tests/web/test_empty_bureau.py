"""A bureau's first morning: nothing is there yet, and every page still says so in peace."""

import pytest
from django.urls import reverse
from permission_table import PAGES

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.people.roles import Role

LISTS = [name for name, page in PAGES.items() if page.method == "get" and page.kind is None]
ASKS_WHICH = {"web:folder": 409, "web:add_document": 409, "web:new_disc_set": 404}
"""Which intake, case or activity is meant is to be said."""


@pytest.mark.parametrize("role", Role)
def test_every_page_opens_where_nothing_is_yet(as_, role):
    log.record(Kind.AGENCY_SET_UP, subject="agency:1", by="setup", at=factories.NOON)
    browser = as_(factories.officer(factories.LOGIN_OF[role], unit=factories.unit()))
    wrong = []
    for name in LISTS:
        if role in PAGES[name].reach:
            answer = browser.get(reverse(name))
            if answer.status_code not in (200, 302, ASKS_WHICH.get(name)):
                wrong.append(f"{name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
