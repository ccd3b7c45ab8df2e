"""Pages of parties: entering, finding, the whole number, the dossier, merging."""

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from cases.case_cast import OTHER_RESIDENT, RESIDENT, add, events, open_case, person, shop
from cases.paper_cast import PDF, keep
from liuhen.cases import merging
from liuhen.cases.models import ActivityRecording, Party, PartyMerge
from liuhen.custody.models import CustodyEvent
from liuhen.recordings.models import Recording

NOON = factories.NOON


def found(browser, **asked) -> list[str]:
    return [party.name for party in browser.get("/parties/", asked).context["page"].rows]


def filed(party: Party, count: int = 1) -> None:
    """A case with papers, activities and recordings of the party's."""
    case = open_case(parties=[(party, "party")])
    for n in range(1, count + 1):
        activity = factories.activity(f"HD-2026-{n:06d}", case=case)
        recording = factories.recording(f"2026-{n:06d}", f"film {n}".encode())
        ActivityRecording.objects.create(
            activity=activity, recording=recording, was_proposed=False, linked_at=NOON,
            linked_by=case.added_by,
        )  # fmt: skip
        keep(PDF + bytes([n]), case=case, title=f"笔录{n}")


def test_a_party_is_entered(as_):
    said = {"kind": "person", "name": "张三", "id_kind": "resident", "id_no": RESIDENT}
    answer = as_("li").post("/parties/add/", said)
    assert answer.headers["Location"] == f"/parties/{Party.objects.get().pk}/"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"id_kind": "resident", "id_no": "13010219900307123"}, "现填写了17位"),
        ({"id_kind": "resident", "id_no": ""}, "请填写证件号码"),
        ({"id_kind": "", "id_no": RESIDENT}, "请选择证件类型"),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(as_, more, words):
    answer = as_("li").post("/parties/add/", {"kind": "person", "name": "张三"} | more)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "张三" in answer.content.decode()


def test_lists_and_pages_show_numbers_in_part(as_):
    party = add(person(id_kind="resident", id_no=RESIDENT, phone="13800138000"))
    browser = as_("li")
    for page in ("/parties/", f"/parties/{party.pk}/", f"/parties/{party.pk}/print/"):
        shown = browser.get(page).content.decode()
        assert "130***********1233" in shown
        assert RESIDENT not in shown
        assert "13800138000" not in shown


def test_the_whole_number_is_shown_on_request_and_logged(as_):
    party = add(person(id_kind="resident", id_no=RESIDENT, phone="13800138000"))
    answer = as_("li").post(f"/parties/{party.pk}/number/", headers={"HX-Request": "true"})
    shown = answer.content.decode()
    assert RESIDENT in shown
    assert "13800138000" in shown
    assert shown.startswith('<div id="number">')
    assert events(f"party:{party.pk}")[-1] == "party.id_shown"
    assert "no-store" in answer.headers["Cache-Control"]


def test_changing_opens_with_the_number_and_logs_that_look(as_):
    party = add(person(id_kind="resident", id_no=RESIDENT))
    browser = as_("li")
    assert RESIDENT in browser.get(f"/parties/{party.pk}/edit/").content.decode()
    said = {"kind": "person", "name": "张三", "id_kind": "resident", "id_no": OTHER_RESIDENT}
    browser.post(f"/parties/{party.pk}/edit/", said)
    party.refresh_from_db()
    assert party.id_no == OTHER_RESIDENT
    assert events(f"party:{party.pk}")[1:] == ["party.id_shown", "party.changed"]


def test_the_filter_finds_by_name_and_by_the_whole_number_only(as_):
    add(person(id_kind="resident", id_no=RESIDENT))
    add(shop())
    browser = as_("zhou")
    assert found(browser, words="惠民") == ["惠民餐饮店"]
    assert found(browser, words=RESIDENT) == ["张三"]
    assert found(browser, words=RESIDENT[:10]) == []
    assert found(browser, kind="person") == ["张三"]


def test_the_whole_number_shows_no_party_one_does_not_see(as_):
    add(person(id_kind="resident", id_no=RESIDENT), by="wang")
    assert found(as_("bai"), words=RESIDENT) == []


@pytest.mark.enforces("dossier", article="luohe-livestock:14")
def test_papers_and_recordings_stand_on_one_page(as_):
    party = add(shop())
    filed(party)
    shown = as_("li").get(f"/parties/{party.pk}/").content.decode()
    for words in ("卫罚〔2026〕7号", "HD-2026-000001", "2026-000001", "笔录1"):
        assert words in shown
    only = as_("li").get(f"/parties/{party.pk}/", {"kind": "document", "year": "2026"})
    assert [str(one.sort) for one in only.context["timeline"].entries] == ["document"]


@pytest.mark.parametrize("asked", [{"year": "x"}, {"year": "9999"}, {"kind": "x"}, {"year": "²"}])
def test_a_filter_that_is_none_is_left_out(as_, asked):
    assert as_("li").get(f"/parties/{add(shop()).pk}/", asked).status_code == 200


def test_a_partys_page_costs_the_same_whatever_is_in_it(as_):
    browser = as_("li")

    def cost(count: int) -> int:
        party = add(shop(f"店{count}"))
        filed_once(party, count)
        browser.get(f"/parties/{party.pk}/")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"/parties/{party.pk}/").status_code == 200
        return len(asked)

    def filed_once(party, count):
        case = open_case(f"卫罚〔2026〕{count}号", parties=[(party, "party")])
        for n in range(count):
            number = count * 100 + n
            activity = factories.activity(f"HD-2026-{number:06d}", case=case)
            ActivityRecording.objects.create(
                activity=activity, recording=factories.recording(f"2026-{number:06d}"),
                was_proposed=False, linked_at=NOON, linked_by=case.added_by,
            )  # fmt: skip
            keep(PDF + bytes([number % 256]), case=case, title="笔录")

    assert cost(1) == cost(5)


def test_the_dossier_leaves_as_a_zip_after_its_event(as_):
    party = add(shop())
    filed(party)
    for film in Recording.objects.all():
        factories.grant(film, factories.officer("zhou"), may_copy=True)
    answer = as_("zhou").post(f"/parties/{party.pk}/dossier/", {"reason": "移送法院"})
    content = b"".join(answer)
    assert len(content) == int(answer.headers["Content-Length"])
    names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    assert "惠民餐饮店/manifest-sha256.txt" in names
    assert any(name.endswith("_ZF-001_2026-000001.mp4") for name in names)
    assert events(f"party:{party.pk}")[-1] == "party.dossier_exported"


@pytest.mark.enforces("outward")
def test_no_original_leaves_with_it_without_a_copys_grant(as_):
    party = add(shop())
    filed(party)
    page = as_("zhou").post(f"/parties/{party.pk}/dossier/", {"reason": "归档"})
    assert "没有经批准的复制许可" in page.content.decode()
    assert "party.dossier_exported" not in events(f"party:{party.pk}")


def test_without_a_reason_or_by_another_hand_no_dossier_leaves(as_):
    party = add(shop())
    before = CustodyEvent.objects.count()
    assert as_("zhou").post(f"/parties/{party.pk}/dossier/", {}).status_code == 422
    assert as_("li").post(f"/parties/{party.pk}/dossier/", {"reason": "x"}).status_code == 403
    assert CustodyEvent.objects.count() == before
    assert "/dossier/" not in as_("li").get(f"/parties/{party.pk}/").content.decode()


def test_twins_are_listed_proposed_and_merged_by_another(as_):
    one, other = add(shop(phone="1")), add(shop(phone="1"))
    browser = as_("li")
    listed = browser.get("/parties/twins/").content.decode()
    assert "名称和联系方式相同" in listed
    assert f"#{other.pk}" in browser.get(f"/parties/{one.pk}/?other={other.pk}").content.decode()
    said = {"other": f"#{other.pk}", "keep": "this", "reason": "同一家"}
    browser.post(f"/parties/{one.pk}/merge/", said)
    merge = PartyMerge.objects.get()
    assert (merge.kept, merge.dropped) == (one, other)
    assert (
        as_("li").post(f"/parties/merges/{merge.pk}/decide/", {"decision": "confirm"}).status_code
        == 403
    )
    as_("wang").post(f"/parties/merges/{merge.pk}/decide/", {"decision": "confirm"})
    other.refresh_from_db()
    assert other.merged_into == one
    assert as_("zhou").get(f"/parties/{other.pk}/").status_code == 404
    assert "已确认" in as_("zhou").get("/parties/merges/?tab=done").content.decode()


def test_a_merge_is_refused_with_a_reason_alone(as_):
    one, other = add(shop()), add(shop())
    merge = merging.propose(one, other, reason="同名", by=factories.officer("li"), at=NOON)
    browser = as_("zhou")
    blank = browser.post(f"/parties/merges/{merge.pk}/decide/", {"decision": "refuse"})
    assert blank.status_code == 422
    said = {"decision": "refuse", "reason": "两家"}
    browser.post(f"/parties/merges/{merge.pk}/decide/", said)
    assert "两家" in browser.get("/parties/merges/?tab=done").content.decode()


def test_a_pair_is_held_apart(as_):
    add(shop())
    add(shop())
    browser = as_("li")
    twin = browser.get("/parties/twins/").context["page"].rows[0]
    browser.post(f"/parties/twins/{twin.pk}/apart/")
    assert browser.get("/parties/twins/").context["page"].rows == []
    assert browser.post(f"/parties/twins/{twin.pk}/apart/").status_code == 404
