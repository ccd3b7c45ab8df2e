"""Holds, complaints and marks for long keeping, as officers meet them."""

from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

import factories
from factories import NOON
from liuhen.cases.models import LongTermMark
from liuhen.people.models import Unit, UnitKind
from liuhen.people.roles import Role
from liuhen.recordings.models import SecrecyMark
from liuhen.regulations.models import Adoption
from liuhen.retention import complaints, holds
from liuhen.retention.complaints import Told
from liuhen.retention.models import Channel, Complaint, Hold, HoldGround, HoldScope
from liuhen.retention.scopes import Scope
from liuhen.web.forms.keeping import HoldForm

WAY = "/recordings/2026-000001/"


def under(pack: str) -> None:
    factories.agency()
    Adoption.objects.update(pack_id=pack)


def placed(about=None, **said) -> Hold:
    facts = {"ground": HoldGround.REVIEW, "reason": "行政复议", "by": factories.officer("zhou")}
    return holds.place(Scope.of(about or factories.recording()), at=NOON, **facts | said)


def complained(about=None, **said) -> Complaint:
    facts = {"kind": HoldGround.COMPLAINT, "channel": Channel.PHONE, "text": "态度恶劣"}
    told = Told(**facts | said, received_at=NOON, told_by="张三")
    scope = Scope.of(about or factories.recording())
    return complaints.enter(told, scope, by=factories.officer("zhou"), at=NOON)


def said(answer) -> str:
    return answer.content.decode()


@pytest.mark.enforces("hold")
def test_a_hold_is_placed_from_the_recordings_page(as_):
    factories.recording()
    browser = as_("zhou")
    assert "/holds/place/?recording=2026-000001" in said(browser.get(WAY))
    form = browser.get("/holds/place/?recording=2026-000001").context["form"]
    assert form["numbers"].value() == "2026-000001"
    sent = {"numbers": "2026-000001", "ground": "review", "reason": "行政复议"}
    answer = browser.post("/holds/place/", sent)
    assert answer.headers["Location"] == f"/holds/{Hold.objects.get().pk}/"
    assert "正在保全，任何人不得销毁" in said(browser.get(WAY))


def test_the_maker_reads_that_it_is_held_and_since_when_but_not_why(as_):
    placed(reason="举报李某")
    page = said(as_("li").get(WAY))
    assert "BQ-2026-000001" in page
    assert "自 2026-01-05 12:00 起由周保管保全" in page
    assert "举报李某" not in page
    assert "/holds/place/" not in page


@pytest.mark.parametrize(
    ("query", "sent"),
    [
        ("scope=case", {"case": "内卫罚(2026)1号"}),
        ("scope=activity", {"activity": "HD-2026-000001"}),
        ("scope=device", {"device": "ZF-001"}),
        ("scope=party", {"party": "某某餐饮店"}),
        ("scope=period", {"since": "2026-01-05T08:00", "until": "2026-01-05T18:00"}),
    ],
)
def test_each_kind_of_scope_has_its_form(as_, query, sent):
    factories.case(), factories.activity(), factories.device(), factories.party()
    answer = as_("zhou").post(
        f"/holds/place/?{query}", sent | {"ground": "inquiry", "reason": "调查"}
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert Hold.objects.get().scope == query.removeprefix("scope=")


@pytest.mark.parametrize(
    ("query", "sent", "field"),
    [
        ("", {"numbers": "2026-000009"}, "numbers"),
        ("?scope=case", {"case": "无此案"}, "case"),
        ("?scope=activity", {"activity": "HD-1"}, "activity"),
        ("?scope=device", {"device": "X"}, "device"),
        ("?scope=period", {"since": "2026-01-05T08:00"}, "until"),
    ],
)
def test_what_is_not_there_is_said_beside_its_field(as_, query, sent, field):
    answer = as_("zhou").post(f"/holds/place/{query}", sent | {"ground": "other", "reason": "x"})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert not Hold.objects.exists()


@pytest.mark.django_db
def test_the_form_answers_alike_for_a_secret_recording_and_none():
    hidden = factories.recording()
    SecrecyMark.objects.create(
        recording=hidden, kind="privacy", reason="x", marked_at=NOON, marked_by=hidden.officer
    )
    errors = {
        number: str(named(number, by="wang").errors["numbers"]).replace(number, "N")
        for number in (hidden.number, "2026-000009")
    }
    assert len(set(errors.values())) == 1
    assert named(hidden.number, by="zhou").is_valid()


def named(number: str, *, by: str) -> HoldForm:
    sent = {"numbers": number, "ground": "other", "reason": "x"}
    return HoldForm(HoldScope.RECORDINGS, factories.officer(by), [HoldGround.OTHER], sent)


@pytest.mark.enforces("hold")
def test_lifting_is_asked_by_one_and_agreed_by_another(as_):
    hold = placed()
    way = f"/holds/{hold.pk}/"
    first, second = as_("zhou"), as_("fa")
    first.post(f"{way}ask-lift/", {"reason": "复议已结束"})
    assert not first.get(way).context["may_lift"]
    assert hold.number in said(second.get("/holds/?tab=waiting"))
    assert "复议已结束" in said(second.get(way))
    assert second.get(way).context["may_lift"]
    assert first.post(f"{way}lift/").status_code == 403
    second.post(f"{way}lift/")
    hold.refresh_from_db()
    assert (hold.state, hold.lifted_by.login) == ("lifted", "fa")


def test_a_no_says_why(as_):
    hold = placed()
    as_("zhou").post(f"/holds/{hold.pk}/ask-lift/", {"reason": "复议已结束"})
    empty = as_("fa").post(f"/holds/{hold.pk}/refuse-lift/", {"reason": ""})
    assert empty.status_code == 422
    as_("fa").post(f"/holds/{hold.pk}/refuse-lift/", {"reason": "已起诉"})
    assert "已起诉" in said(as_("zhou").get(f"/holds/{hold.pk}/"))


@pytest.mark.enforces("hold", article="chengde-safety:9")
def test_chengde_one_form_enters_the_complaint_and_holds(as_):
    under("chengde-safety")
    factories.recording()
    browser = as_("du")
    sent = {
        "numbers": "2026-000001", "complaint_kind": "complaint", "channel": "hotline",
        "received_at": f"{timezone.localtime(timezone.now()):%Y-%m-%dT%H:%M}", "text": "态度恶劣",
    }  # fmt: skip
    answer = browser.post("/complaints/enter/", sent)
    complaint = Complaint.objects.get()
    assert answer.headers["Location"] == f"/complaints/{complaint.pk}/"
    page = said(browser.get(answer.headers["Location"]))
    assert complaint.hold.number in page
    assert "第九条" in said(browser.get(f"/holds/{complaint.hold.pk}/"))


@pytest.mark.enforces("hold", article="chengde-safety:9")
def test_chengde_the_head_of_the_office_finds_holds_in_the_menu(as_):
    office = factories.unit("办公室")
    Unit.objects.filter(pk=office.pk).update(kind=UnitKind.OFFICE)
    head = factories.officer("ban", Role.UNIT_HEAD, unit=office)
    for pack, is_there in (("chengde-safety", True), ("neiqiu-health", False)):
        under(pack)
        assert ('href="/holds/"' in said(as_(head).get("/"))) == is_there
        assert (as_(head).get("/holds/").status_code == 200) == is_there


def test_chengde_whoever_the_article_does_not_name_is_not_offered_complaints(as_):
    under("chengde-safety")
    factories.officer("du")
    form = as_("fa").get("/complaints/enter/").context["form"]
    assert [value for value, _ in form.fields["complaint_kind"].choices] == [
        "petition",
        "objection",
    ]


def test_a_complaint_is_closed_on_its_page(as_):
    complaint = complained()
    way = f"/complaints/{complaint.pk}/"
    browser = as_("fa")
    assert browser.post(f"{way}close/", {"outcome": "founded"}).status_code == 422
    browser.post(f"{way}close/", {"outcome": "unfounded", "text": "录像显示用语规范"})
    assert "录像显示用语规范" in said(browser.get(way))
    assert not browser.get(way).context.get("outcome_form")


def test_whoever_is_complained_of_finds_nothing(as_):
    fa = factories.officer("fa")
    complaint = complained(fa)
    browser = as_("fa")
    assert browser.get(f"/complaints/{complaint.pk}/").status_code == 404
    assert "态度恶劣" not in said(browser.get("/complaints/"))
    hold = said(browser.get(f"/holds/{complaint.hold_id}/"))
    assert "态度恶劣" not in hold
    assert f"/complaints/{complaint.pk}/" not in hold


@pytest.mark.enforces("long_term", article="neiqiu-health:7")
def test_a_recording_is_marked_from_its_page_and_lifted_by_another(as_):
    factories.recording()
    browser = as_("li")
    assert "当事人有异议" in said(browser.get(WAY))
    browser.post(f"{WAY}long-term/", {"trigger": "objection", "reason": "当场提出异议"})
    mark = LongTermMark.objects.get()
    assert "当场提出异议" in said(browser.get(WAY))
    assert browser.post(f"/long-term/{mark.pk}/lift/", {"reason": "误标"}).status_code == 403
    as_("zhou").post(f"/long-term/{mark.pk}/lift/", {"reason": "误标"})
    mark.refresh_from_db()
    assert mark.lifted_by.login == "zhou"


@pytest.mark.parametrize("sent", [{}, {"trigger": "nothing", "reason": "x"}])
def test_a_mark_without_its_words_is_none(as_, sent):
    factories.recording()
    as_("li").post(f"{WAY}long-term/", sent)
    assert not LongTermMark.objects.exists()


def test_the_pages_of_cases_and_activities_have_the_same_panel(as_):
    case, activity = factories.case(), factories.activity()
    browser = as_("zhou")
    for way, held in ((f"/cases/{case.pk}/", case), (f"/activities/{activity.number}/", activity)):
        assert "长期保存与保全" in said(browser.get(way))
        hold = placed(held)
        assert hold.number in said(browser.get(way))
        browser.post(f"{way}long-term/", {"trigger": "mass_incident", "reason": "多人聚集"})
        assert "多人聚集" in said(browser.get(way))


@pytest.mark.enforces("retention", article="jiaxian-health:15")
def test_a_term_below_two_years_gets_a_notice_of_the_law(as_):
    under("jiaxian-health")
    factories.recording()
    assert "可能短于行政处罚法第三十六条规定的二年期限" in said(as_("zhou").get(WAY))
    under("chengde-safety")
    assert "可能短于" not in said(as_("zhou").get(WAY))


@pytest.mark.enforces("retention", article="chengde-safety:20")
def test_all_grounds_are_told_with_the_case_it_is_evidence_in(as_):
    under("chengde-safety")
    from liuhen.cases import evidence

    made = factories.recording()
    evidence.use_as_evidence(made, factories.case(), by=factories.officer("li"), at=NOON)
    page = said(as_("zhou").get(WAY))
    for words in ("作为证据用于案件内卫罚〔2026〕1号", "案件尚未结案", "第二十条", "至少保存2年"):
        assert words in page
    assert "至 2028-01-05" in page  # by the general term alone; the case file's end is not known


@pytest.mark.parametrize(
    ("query", "found"),
    [("", 1), ("tab=lifted", 0), ("words=复议", 1), ("words=无此", 0), ("ground=other", 0)],
)
def test_holds_are_searched(as_, query, found):
    placed()
    assert len(as_("zhou").get(f"/holds/?{query}").context["told"]) == found


@pytest.mark.parametrize(
    ("query", "found"), [("", 1), ("state=closed", 0), ("words=恶劣", 1), ("words=无此", 0)]
)
def test_complaints_are_searched(as_, query, found):
    complained()
    assert len(as_("fa").get(f"/complaints/?{query}").context["rows"]) == found


@pytest.mark.parametrize("way", ["/holds/", "/holds/?tab=waiting", "/holds/?tab=lifted",
                                 "/complaints/"])  # fmt: skip
def test_an_empty_list_says_what_belongs_there(as_, way):
    assert "empty-title" in said(as_("zhou").get(way))


@pytest.mark.parametrize("n", [1, 8])
def test_long_lists_ask_no_more_of_the_database(as_, django_assert_max_num_queries, n):
    for number in range(n):
        complained(factories.activity(f"HD-2026-00000{number}"), text=f"第{number}件")
    browser = as_("zhou")
    for way, shown in (("/holds/", "told"), ("/complaints/", "rows")):
        with django_assert_max_num_queries(27):
            assert len(browser.get(way).context[shown]) == n


def test_another_bureaus_hold_is_not_there(as_):
    hold, far = placed(), factories.stranger("far")
    assert as_(far).get(f"/holds/{hold.pk}/").status_code == 404
    assert as_(far).post(f"/holds/{hold.pk}/lift/").status_code == 404


def test_the_registers_are_exported_as_they_are_filtered(as_):
    complained()
    placed(factories.case())
    holds_file = exported(as_("fa"), "/holds/export/?ground=complaint")
    assert [row[0] for row in holds_file] == ["编号", "BQ-2026-000001"]
    told = exported(as_("fa"), "/complaints/export/")
    assert told[1][0] == "TS-2026-000001"
    assert "张三" not in str(told)
    assert len(exported(as_("fa"), "/complaints/export/?state=closed")) == 1


def exported(browser, way: str) -> list[tuple]:
    content = b"".join(browser.get(way).streaming_content)
    sheet = load_workbook(BytesIO(content)).active
    return list(sheet.iter_rows(values_only=True))
