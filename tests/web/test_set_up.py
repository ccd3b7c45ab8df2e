"""The first visit."""

import pytest
from django.test import Client

from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people.models import Agency, Officer

GOOD = "Rain-on-Slate-7"
ROLES = ("system_admin", "security_admin", "auditor", "custodian")


@pytest.fixture
def newcomer(data, db) -> Client:
    """A browser on an installation nobody has set up."""
    return Client()


def filled(**changes: str) -> dict[str, str]:
    form = {"agency_name": "某县卫健局", "pack_id": "neiqiu-health", "from_date": "2026-01-01"}
    for role in ROLES:
        form |= {f"{role}-login": f"x-{role}", f"{role}-name": "某人"}
        form |= {f"{role}-password": GOOD, f"{role}-again": GOOD}
    return form | changes


@pytest.mark.parametrize("page", ["/", "/recordings/", "/sign-in/", "/nowhere/"])
def test_every_page_leads_to_set_up(newcomer, page):
    assert newcomer.get(page).headers["Location"] == "/set-up/"


def test_the_five_regulations_are_offered(newcomer):
    page = newcomer.get("/set-up/").content.decode()
    assert page.count('name="pack_id"') == 5
    assert "承县政安监字〔2017〕80号" in page


def test_language_can_be_chosen_before_set_up(newcomer):
    newcomer.post("/language/", {"language": "en"})
    assert newcomer.get("/set-up/").headers["Content-Language"] == "en"


def test_set_up_makes_four_accounts_and_their_events(newcomer):
    answer = newcomer.post("/set-up/", filled())
    assert answer.headers["Location"] == "/sign-in/"
    roles = Officer.objects.values_list("role_holdings__role", flat=True)
    assert sorted(roles) == sorted(ROLES)
    assert CustodyEvent.objects.filter(kind=Kind.OFFICER_ADDED).count() == 4


def test_set_up_happens_once(newcomer):
    newcomer.post("/set-up/", filled())
    answer = newcomer.post("/set-up/", filled(agency_name="别的单位"))
    assert answer.headers["Location"] == "/sign-in/"
    assert Agency.objects.get().name == "某县卫健局"


@pytest.mark.parametrize(
    ("changes", "form", "field"),
    [
        ({"agency_name": ""}, "bureau", "agency_name"),
        ({"pack_id": "invented"}, "bureau", "pack_id"),
        ({"auditor-login": "X-Custodian"}, 3, "login"),
        ({"auditor-login": "two words"}, 2, "login"),
        ({"auditor-password": "short", "auditor-again": "short"}, 2, "password"),
        ({"auditor-password": "1234567890123"} | {"auditor-again": "1234567890123"}, 2, "password"),
        ({"auditor-again": "something else"}, 2, "again"),
        ({"auditor-name": ""}, 2, "name"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(newcomer, changes, form, field):
    forms = newcomer.post("/set-up/", filled(**changes)).context["forms"]
    wrong = forms.bureau if form == "bureau" else forms.people[form]
    assert list(wrong.errors) == [field]
    assert not Officer.objects.exists()


def test_passwords_do_not_come_back_in_the_page(newcomer):
    page = newcomer.post("/set-up/", filled(agency_name="")).content.decode()
    assert GOOD not in page
