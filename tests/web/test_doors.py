"""What stands in every page's door. Who is let in where: permission_table.py."""

from django.test import Client

import factories
from liuhen.web import urls


def test_every_page_has_its_door():
    doorless = [p.name for p in urls.urlpatterns if not hasattr(p.callback, "door")]
    assert doorless == ["language"]  # Django's own


def test_a_fragment_sends_the_whole_page_to_sign_in(visitor):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/batches/b1/"}
    answer = visitor.get("/batches/b1/progress/", headers=headers)
    assert answer.headers["HX-Redirect"] == "/sign-in/?next=/batches/b1/"


def test_an_account_that_is_off_is_nobody(as_):
    li = factories.officer("li")
    browser = as_(li)
    type(li).objects.update(is_active=False)
    assert browser.get("/recordings/").url.startswith("/sign-in/")


def test_pages_forbid_what_comes_from_elsewhere(visitor: Client):
    policy = visitor.get("/sign-in/").headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
