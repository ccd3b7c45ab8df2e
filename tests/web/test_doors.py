"""Every page and every role, against one literal table."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, reverse

import factories
from liuhen.people.roles import Role
from liuhen.web import urls

EVERYONE = set(Role)
SEEING = {
    Role.OFFICER, Role.UNIT_HEAD, Role.LEADER, Role.BUREAU_HEAD, Role.CUSTODIAN,
    Role.LEGAL_OFFICE, Role.SUPERVISION,
}  # fmt: skip
TAKING_IN = {Role.OFFICER, Role.UNIT_HEAD, Role.KEEPER, Role.CUSTODIAN}
CUSTODIAN = {Role.CUSTODIAN}
MAKING = {Role.OFFICER, Role.UNIT_HEAD, Role.CUSTODIAN}
SECURITY = {Role.SECURITY_ADMIN}
CONFIRMING = {Role.BUREAU_HEAD, Role.SYSTEM_ADMIN}
DECIDING = {Role.BUREAU_HEAD, Role.LEGAL_OFFICE, Role.SECURITY_ADMIN}
CUSTODY = {Role.SUPERVISION, Role.AUDITOR}

# page → (method, who may enter). Being let in means: neither 403 nor the sign-in page.
ALLOWED: dict[str, tuple[str, set[Role]]] = {
    "home": ("get", EVERYONE),
    "password": ("get", EVERYONE),
    "sign_out": ("post", EVERYONE),
    "second_factor": ("get", EVERYONE),
    "renew_codes": ("post", EVERYONE),
    "remove_factor": ("post", EVERYONE),
    "sessions": ("get", EVERYONE),
    "end_session": ("post", EVERYONE),
    "recordings": ("get", SEEING),
    "recording": ("get", SEEING),
    "player": ("get", SEEING),
    "open": ("post", SEEING),
    "verify": ("post", SEEING),
    "history": ("get", SEEING),
    "assign": ("post", CUSTODIAN),
    "share": ("post", MAKING),
    "unshare": ("post", MAKING),
    "intake": ("get", TAKING_IN),
    "folder": ("get", TAKING_IN),
    "start": ("post", TAKING_IN),
    "finish_upload": ("post", TAKING_IN),
    "batches": ("get", SEEING | TAKING_IN),
    "batch": ("get", SEEING | TAKING_IN),
    "batch_progress": ("get", SEEING | TAKING_IN),
    "duties": ("get", EVERYONE),
    "duties_export": ("get", EVERYONE),
    "duty": ("get", EVERYONE),
    "complete_duty": ("post", EVERYONE),
    "waive_duty": ("post", {Role.UNIT_HEAD, Role.LEADER, Role.BUREAU_HEAD}),
    "devices": ("get", {Role.KEEPER, Role.CUSTODIAN}),
    "add_device": ("get", {Role.KEEPER, Role.CUSTODIAN}),
    "people": ("get", SECURITY),
    "add_person": ("get", SECURITY),
    "units": ("get", SECURITY),
    "add_unit": ("post", SECURITY),
    "edit_unit": ("get", SECURITY),
    "person": ("get", SECURITY),
    "edit_person": ("get", SECURITY),
    "suspend_person": ("post", SECURITY),
    "lift_person": ("post", SECURITY),
    "propose_role": ("post", SECURITY),
    "role_changes": ("get", SECURITY | CONFIRMING),
    "decide_roles": ("post", CONFIRMING),
    "withdraw_role": ("post", SECURITY),
    "import_people": ("get", SECURITY),
    "import_template": ("get", SECURITY),
    "import_errors": ("get", SECURITY),
    "switch_person": ("post", SECURITY),
    "person_password": ("get", SECURITY),
    "person_sign_in": ("get", SECURITY),
    "unlock_person": ("post", SECURITY),
    "reset_factor": ("post", SECURITY),
    "end_sessions": ("post", SECURITY),
    "rules": ("get", EVERYONE),
    "rule_article": ("get", EVERYONE),
    "rule_parameters": ("get", EVERYONE),
    "rule_parameter": ("get", EVERYONE),
    "change_rule": ("get", SECURITY),
    "change_regulation": ("get", SECURITY),
    "rule_proposals": ("get", DECIDING),
    "rule_proposal": ("get", DECIDING),
    "rule_simulation": ("get", DECIDING),
    "approve_rule": ("post", {Role.BUREAU_HEAD}),
    "refuse_rule": ("post", {Role.BUREAU_HEAD}),
    "withdraw_rule": ("post", SECURITY),
    "rule_texts": ("get", EVERYONE),
    "rule_text": ("get", EVERYONE),
    "add_rule_text": ("post", {Role.LEGAL_OFFICE, Role.SECURITY_ADMIN}),
    "rule_calendar": ("get", EVERYONE),
    "import_calendar": ("post", {Role.LEGAL_OFFICE, Role.SECURITY_ADMIN}),
    "calendar_template": ("get", {Role.LEGAL_OFFICE, Role.SECURITY_ADMIN}),
    "custody": ("get", CUSTODY),
    "custody_event": ("get", CUSTODY),
    "checkpoint": ("get", CUSTODY),
    "public_key": ("get", CUSTODY),
    "state": ("get", {Role.CUSTODIAN, Role.SYSTEM_ADMIN, Role.AUDITOR}),
}
OPEN = {"set_up", "sign_in", "sign_in_code", "language"}


def address(page: str) -> str:
    pattern = next(p for p in urls.urlpatterns if p.name == page)
    values = {
        "number": factories.recording(content=b"film").number,
        "uid": factories.batch().uid,
        "pk": factories.officer("li").pk,
        "index": 0,
        "group": "g1",
        "article": 1,
        "parameter": "retention",
        "proposal": 1,
        "text": 1,
    }
    wanted = pattern.pattern.converters
    return reverse(f"web:{page}", kwargs={name: values[name] for name in wanted})


def test_the_table_names_every_page():
    assert ALLOWED.keys() | OPEN == {p.name for p in urls.urlpatterns if isinstance(p, URLPattern)}


def test_every_page_has_its_door():
    doorless = [p.name for p in urls.urlpatterns if not hasattr(p.callback, "door")]
    assert doorless == ["language"]  # Django's own


@pytest.mark.parametrize("role", Role)
def test_a_role_enters_what_the_table_says(as_, role):
    browser = as_(factories.LOGIN_OF[role])
    statuses = {page: knock(browser, page).status_code for page in ALLOWED if page != "sign_out"}
    entered = {page for page, status in statuses.items() if status != 403}
    assert entered == {p for p, (_m, roles) in ALLOWED.items() if role in roles} - {"sign_out"}
    assert max(statuses.values()) < 500


def test_a_visitor_is_sent_to_sign_in(visitor):
    sent = {page: knock(visitor, page).headers["Location"] for page in ALLOWED}
    assert {page for page, to in sent.items() if not to.startswith("/sign-in/?next=")} == set()


def knock(browser: Client, page: str) -> HttpResponse:
    return getattr(browser, ALLOWED[page][0])(address(page))


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
