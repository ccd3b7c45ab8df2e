"""Nobody sees another bureau: every list without its rows, every object page as if not there."""

import pytest
from django.db import transaction

import factories
from factories import NOON
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.people.roles import Role

MARK = "别处"
"""Part of every name the other bureau's rows have."""


@pytest.fixture
def theirs(bureau) -> dict[str, object]:
    """A row of the other bureau of every kind, with MARK in what a list would show."""
    far = factories.stranger("biechu", Role.OFFICER, officer_cert_no=f"{MARK}-1")
    far.name = f"{MARK}人"
    far.save()
    unit = factories.unit(f"{MARK}科", of=far.agency)
    device = far.agency.devices.create(
        device_no=f"{MARK}-ZF", kind="body_camera", registered_at=NOON
    )
    recording = factories.recording(
        "2026-000099",
        content=b"theirs",
        agency=far.agency,
        officer=far,
        unit=unit,
        device=None,
        device_no=f"{MARK}-ZF",
        original_name=f"{MARK}.mp4".encode(),
    )
    batch = factories.batch("b-far", by=far, agency=far.agency, source=[f"/media/{MARK}"])
    duty = far.agency.duties.create(
        key="k", kind="review", pack_id="neiqiu-health", article=22, post="leader",
        started_at=NOON, due_at=NOON, recording=recording, unit=unit, owner=far,
    )  # fmt: skip
    proposal = far.agency.proposals.create(
        pack_id="chengde-safety", from_date=NOON.date(), reason=f"{MARK}原因",
        proposed_by=far, proposed_at=NOON,
    )  # fmt: skip
    text = far.agency.full_texts.create(
        pack_id="neiqiu-health", file_name=f"{MARK}.txt", content=b"x", sha256="0",
        uploaded_by=far, uploaded_at=NOON,
    )  # fmt: skip
    party = far.agency.parties.create(
        kind="organisation", name=f"{MARK}店", added_at=NOON, added_by=far, search_text=MARK
    )
    case = far.agency.cases.create(
        case_no=f"{MARK}1号", name=f"{MARK}案", opened_date=NOON.date(), unit=unit, added_at=NOON,
        added_by=far,
    )  # fmt: skip
    case.case_parties.create(party=party)
    document = far.agency.documents.create(
        case=case, kind="other", title=f"{MARK}文书", original_name="a.pdf", sha256="0", sm3="0",
        media_type="application/pdf", size_bytes=1, vault_key="x/a.pdf", added_at=NOON,
        added_by=far,
    )  # fmt: skip
    with transaction.atomic():
        event = log.record(Kind.RECORDING_OPENED, subject="x", by=far, at=NOON)
    return {
        "number": recording.number,
        "uid": batch.uid,
        "pk": far.pk,
        "unit": unit.pk,
        "device": device.pk,
        "duty": duty.pk,
        "proposal": proposal.pk,
        "text": text.pk,
        "index": event.index,
        "party": party.pk,
        "case": case.pk,
        "document": document.pk,
    }


LISTS = {
    "zhou": [
        "/",
        "/recordings/",
        "/recordings/?layout=table",
        "/batches/",
        "/devices/",
        "/devices/add/",
        "/devices/labels/",
        "/devices/scan/",
        "/intake/",
        "/cases/",
        "/parties/",
        "/parties/twins/",
        "/required/",
    ],
    "zhao": ["/", "/recordings/", "/duties/"],
    "fa": ["/recordings/", "/duties/", "/rules/proposals/", "/rules/texts/"],
    "qian": ["/", "/duties/", "/rules/", "/rules/proposals/", "/people/roles/"],
    "an": ["/people/", "/people/units/", "/people/roles/", "/people/roles/?tab=done"],
    "sun": ["/bureaus/", "/state/"],
    "shen": ["/custody/", "/custody/?actor=biechu"],
    "du": ["/recordings/", "/custody/"],
}


@pytest.mark.parametrize("login", LISTS)
def test_no_list_has_their_rows(as_, theirs, login):
    browser = as_(login)
    shown = {page for page in LISTS[login] if MARK in browser.get(page).content.decode()}
    assert shown == set()


def test_the_mark_is_on_their_own_lists(as_, theirs):
    """The test above would see a row if there were one."""
    roles = {"zhou": Role.CUSTODIAN, "an": Role.SECURITY_ADMIN}
    for login, role in roles.items():
        browser = as_(factories.stranger(f"their-{login}", role))
        for page in LISTS[login][1:2] if login == "zhou" else LISTS[login][:2]:
            assert MARK in browser.get(page).content.decode()


OBJECTS = {
    "zhou": ["/recordings/{number}/", "/recordings/{number}/history/", "/batches/{uid}/",
             "/batches/{uid}/progress/", "/recordings/{number}/player/",
             "/devices/{device}/", "/devices/{device}/edit/", "/devices/{device}/scrap/",
             "/cases/{case}/", "/cases/{case}/edit/", "/parties/{party}/",
             "/parties/{party}/edit/", "/parties/{party}/print/", "/documents/{document}/",
             "/documents/add/?case={case}", "/documents/add/?party={party}"],
    "an": ["/people/{pk}/", "/people/{pk}/edit/", "/people/{pk}/password/",
           "/people/{pk}/sign-in/", "/people/units/{unit}/"],
    "shen": ["/custody/{index}/"],
    "qian": ["/duties/{duty}/", "/rules/proposals/{proposal}/", "/rules/texts/{text}/"],
}  # fmt: skip


@pytest.mark.parametrize("login", OBJECTS)
def test_no_page_of_theirs_is_there(as_, theirs, login):
    browser = as_(login)
    statuses = {page: browser.get(page.format(**theirs)).status_code for page in OBJECTS[login]}
    assert set(statuses.values()) == {404}, statuses


ACTS = {
    "zhou": ["/recordings/{number}/open/", "/recordings/{number}/verify/",
             "/recordings/{number}/assign/", "/devices/{device}/edit/",
             "/devices/{device}/scrap/", "/devices/{device}/password/", "/cases/{case}/close/",
             "/cases/{case}/parties/", "/parties/{party}/number/", "/parties/{party}/dossier/",
             "/parties/{party}/merge/", "/documents/{document}/withdraw/"],
    "kong": ["/devices/{device}/password/show/"],
    "qian": ["/rules/proposals/{proposal}/approve/", "/rules/proposals/{proposal}/refuse/",
             "/duties/{duty}/complete/", "/duties/{duty}/waive/"],
    "an": ["/people/{pk}/switch/", "/people/{pk}/suspend/", "/people/{pk}/roles/",
           "/rules/proposals/{proposal}/withdraw/",
           "/people/{pk}/unlock/", "/people/{pk}/reset-factor/", "/people/{pk}/end-sessions/"],
}  # fmt: skip


@pytest.mark.parametrize("login", ACTS)
def test_nothing_is_done_to_theirs(as_, theirs, login):
    done = CustodyEvent.objects.exclude(kind=Kind.ACCESS_DENIED)  # who tried is in the log
    browser, before = as_(login), done.count()
    said = {"active": "0", "until": "2999-01-01", "reason": "x"}
    statuses = {page: browser.post(page.format(**theirs), said).status_code for page in ACTS[login]}
    assert set(statuses.values()) == {404}, statuses
    assert done.count() == before


def test_their_people_and_devices_are_no_choices(as_, theirs):
    browser = as_("zhou")
    factories.unassigned("2026-000002", content=b"ours")
    for page in ("/recordings/2026-000002/", "/intake/", "/recordings/"):
        assert MARK not in browser.get(page).content.decode()


def test_a_search_for_their_words_finds_nothing(as_, theirs):
    page = as_("zhou").get("/recordings/", {"words": "2026-000099"}).context["page"]
    assert page.rows == []
