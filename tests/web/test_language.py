"""Chinese first, English by choice."""

import pytest

pytestmark = pytest.mark.django_db


def test_a_browser_that_asks_for_english_still_gets_chinese(client, bureau):
    page = client.get("/sign-in/", headers={"accept-language": "en"})
    assert 'lang="zh-hans"' in page.text


def test_who_chooses_english_gets_english(client, bureau):
    client.post("/language/", {"language": "en", "next": "/sign-in/"})
    assert 'lang="en"' in client.get("/sign-in/").text


def test_a_language_nobody_speaks_here_is_chinese(client, bureau):
    client.cookies["django_language"] = "xx"
    assert 'lang="zh-hans"' in client.get("/sign-in/").text
