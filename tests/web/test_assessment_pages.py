"""考核: spot checks and breaches in figures that open their lists, for those alone who see them."""

from datetime import timedelta
from io import BytesIO

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

import factories
from liuhen.people.models import RoleHolding
from liuhen.people.roles import Role
from liuhen.recordings import secrecy
from liuhen.statistics import tallying
from liuhen.supervision import spot_answers
from liuhen.supervision.breaches import following_up, inquiring
from liuhen.supervision.models import Breach
from supervision import spot_cast
from supervision.breach_cast import NOON, decided, heard, inquiry, lead, who

WEEK = "since=2026-01-01&until=2026-01-31"
BREACHES = ("认定违规", "取消评优")
SPOTS = ("抽查", "抽查有问题")
SEEING = ("zhao", "qian", "du")
"""Leader, head of the bureau, supervision: decisions come to their desk."""

NOT_SEEING = ("wang", "fa", "zhou")


@pytest.fixture(autouse=True)
def _regulation(bureau):
    factories.follow("chengde-safety")
    for login in factories.CAST:
        factories.officer(login)
    factories.office_head()


def heard_about(text: str, of: str = "li") -> Breach:
    """One more, of whom it says, who was heard."""
    breach = inquiry(lead(text, officer=who(of)), of)
    inquiring.tell(breach, until=NOON.date(), words="请说明。", by=who("du"), at=NOON)
    inquiring.state(breach, words="情况属实。", by=who(of), at=NOON)
    return breach


def queries(browser, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(path).status_code == 200
    return len(asked)


def page(browser, path: str = "/assessment/"):
    answer = browser.get(f"{path}{'&' if '?' in path else '?'}{WEEK}")
    assert answer.status_code == 200
    return answer.context


def heads(told) -> list[str]:
    return [str(column.title) for column in told["columns"]]


def cells(told, name: str, *titles: str) -> list[str]:
    """Of one line of the tables, e.g. of a person."""
    [row] = [row for _title, rows in told["tables"] for row in rows if row.name == name]
    return [row.cells[heads(told).index(title)].text for title in titles]


def url(told, name: str, title: str) -> str:
    [row] = [row for _title, rows in told["tables"] for row in rows if row.name == name]
    return row.cells[heads(told).index(title)].url


@pytest.mark.parametrize("login", SEEING)
@pytest.mark.enforces("assessment", article="chengde-safety:26")
def test_a_decision_counts_for_the_person_and_the_unit_and_opens_its_list(as_, login):
    breach = decided("no_awards")
    told = page(as_(login))
    assert cells(told, "李执法", *BREACHES) == ["1", "1"]
    assert cells(told, "监督一科", *BREACHES) == ["1", "1"]
    for title in BREACHES:
        listed = as_(login).get(url(told, "李执法", title)).context
        assert [row.cells[0] for row in listed["rows"]] == [breach.number]
        assert as_(login).get(listed["rows"][0].url).status_code == 200


@pytest.mark.parametrize("login", NOT_SEEING)
@pytest.mark.enforces("assessment", "secrecy")
def test_who_may_not_see_breaches_finds_no_column_no_list_and_no_word_of_it(as_, login):
    breach = decided("no_awards")
    told = page(as_(login))
    assert not set(BREACHES) & set(heads(told))
    for figure in ("breaches", "no_awards"):
        for list_of in ("list", "list/export"):
            answer = as_(login).get(f"/statistics/{list_of}/?figure={figure}&{WEEK}")
            assert answer.status_code == 404
    said = as_(login).get(f"/assessment/?{WEEK}").content.decode()
    assert "违规" not in said.split("<main")[-1]
    assert breach.number not in said


def test_who_has_nothing_else_counted_has_a_line_for_those_alone_who_see_the_breach(as_):
    decided(of=heard_about("设备保管不善", "kong"))
    names = {
        login: {row.name for _title, rows in page(as_(login))["tables"] for row in rows}
        for login in ("du", "zhou")
    }
    assert "孔管设备" in names["du"]
    assert "孔管设备" not in names["zhou"]


def test_the_legal_office_sees_no_column_though_it_was_asked_about_one(as_):
    breach = inquiry()
    inquiring.consult(breach, words="?", by=who("du"), at=NOON)
    decided(of=heard(breach))
    assert not set(BREACHES) & set(heads(page(as_("fa"))))


def test_an_officer_sees_what_was_decided_about_themselves_as_it_was_told_them(as_):
    breach = decided("no_awards")
    told = page(as_("li"))
    assert cells(told, "李执法", *BREACHES) == ["1", "1"]
    listed = as_("li").get(url(told, "李执法", "认定违规")).context
    assert [row.url for row in listed["rows"]] == [f"/my-record/{breach.number}/"]
    bai = factories.officer("bai")
    assert cells(page(as_(bai)), "bai", *BREACHES) == ["0", "0"]
    listed = as_(bai).get(f"/statistics/list/?figure=breaches&officer={who('li').pk}&{WEEK}")
    assert listed.context["rows"] == []


def test_only_decisions_that_stand_count(as_):
    inquiry(lead("一"))
    revoked = decided(of=heard_about("二"))
    following_up.revoke(revoked, reason="证据不足", by=who("qian"), at=NOON)
    appeal = decided(of=heard_about("三"))
    following_up.appeal(appeal, words="请复核。", by=who("li"), at=NOON)
    upheld = decided("no_awards", of=heard_about("四"))
    following_up.appeal(upheld, words="请复核。", by=who("li"), at=NOON)
    following_up.uphold(upheld, reason="…", by=who("qian"), at=NOON)
    assert cells(page(as_("zhao")), "李执法", *BREACHES) == ["2", "1"]


def test_a_decision_counts_in_the_days_it_was_taken(as_):
    decided(at=NOON + timedelta(days=40))
    assert cells(page(as_("zhao")), "李执法", "认定违规") == ["0"]
    later = as_("zhao").get("/assessment/?since=2026-02-01&until=2026-02-28").context
    assert cells(later, "李执法", "认定违规") == ["1"]


def test_what_concerns_the_reader_without_naming_them_is_neither_counted_nor_listed(as_):
    decided(of=heard(inquiry(lead(activity=factories.activity("HD-2026-000001", "zhou")))))
    RoleHolding.objects.create(officer=who("zhou"), role=Role.LEADER, granted_at=NOON)
    told = page(as_("zhou"))
    assert cells(told, "李执法", "认定违规") == ["0"]
    assert as_("zhou").get(f"/statistics/list/?figure=breaches&{WEEK}").context["rows"] == []
    assert cells(page(as_("zhao")), "李执法", "认定违规") == ["1"]


def test_a_secret_recording_hides_its_breach_from_figures_too(as_):
    film = factories.recording("2026-000001")
    decided(of=heard(inquiry(lead(recording=film))))
    assert cells(page(as_("du")), "李执法", "认定违规") == ["1"]
    secrecy.mark(film, "privacy", reason="病人", by=who("zhou"), at=NOON)
    assert cells(page(as_("du")), "李执法", "认定违规") == ["0"]
    assert cells(page(as_("zhao")), "李执法", "认定违规") == ["1"]


def test_another_bureaus_breaches_are_nobodys_here(as_):
    decided()
    far = factories.stranger("far", Role.SUPERVISION)
    assert as_(far).get(f"/statistics/list/?figure=breaches&{WEEK}").context["rows"] == []


def test_the_wall_and_the_month_say_nothing_of_breaches(as_, visitor):
    decided("no_awards")
    tallying.recompute()
    for title in BREACHES:
        assert title not in as_("zhao").get("/statistics/monthly/?month=2026-01").content.decode()
        address = as_("zhao").post("/wall/open/").headers["Location"]
        assert title not in visitor.get(address).content.decode()


def checked(check_of: spot_cast.SpotCheck) -> None:
    spot_cast.answer_all(check_of, no_gap="no")
    spot_answers.close(check_of, conclusion="有中断", by=who("du"), at=spot_cast.LATER)
    tallying.recompute()


@pytest.mark.enforces("assessment", "sampling", article="chengde-safety:26")
def test_what_was_checked_opens_the_list_of_it(as_):
    spot_cast.activity(1, spot_cast.film(1))
    spot_cast.film(2)
    checked(check := spot_cast.drawn(percent=100))
    told = page(as_("du"))
    assert cells(told, "李执法", *SPOTS) == ["2", "2"]
    listed = as_("du").get(url(told, "李执法", "抽查有问题")).context
    assert {row.cells[1] for row in listed["rows"]} == {"HD-2026-000001", "2026-000002"}
    assert {row.url for row in listed["rows"]} == {f"/spot-checks/{check.number}/"}
    assert "间断" in listed["rows"][0].cells[6]
    unit = as_("du").get(url(told, "监督一科", "抽查")).context
    assert unit["count"] == 2


@pytest.mark.parametrize("login", ["li", "wang", "zhou"])
def test_who_does_not_see_spot_checks_finds_no_figures_of_them(as_, login):
    spot_cast.film(2)
    checked(spot_cast.drawn(percent=100))
    assert not set(SPOTS) & set(heads(page(as_(login))))
    assert as_(login).get(f"/statistics/list/?figure=spot_checked&{WEEK}").status_code == 404


def test_what_is_kept_secret_is_in_figures_for_those_alone_who_see_secrets(as_):
    spot_cast.film(2)
    checked(spot_cast.drawn(percent=100))
    secrecy.mark(spot_cast.film(2), "privacy", reason="病人", by=who("zhou"), at=spot_cast.LATER)
    tallying.recompute()
    for login, seen in (("du", "0"), ("zhao", "1")):
        browser = as_(login)
        assert cells(page(browser), "李执法", "抽查") == [seen]
        listed = browser.get(f"/statistics/list/?figure=spot_checked&{WEEK}").context
        assert str(listed["count"]) == seen


def test_excel_and_paper_have_the_figures_of_who_takes_them_along(as_):
    spot_cast.film(2)
    checked(spot_cast.drawn(percent=100))
    decided("no_awards")
    for login, there in (("zhao", True), ("fa", False)):
        browser = as_(login)
        sheet = load_workbook(BytesIO(b"".join(browser.get(f"/assessment/export/?{WEEK}")))).active
        rows = {row[0]: row for row in sheet.iter_rows(values_only=True)}
        found = dict(zip(rows["名称"], rows["李执法"], strict=True))
        assert [found.get(title) for title in BREACHES] == ([1, 1] if there else [None, None])
        assert found["抽查"] == 1
        answer = browser.get(f"/assessment/pdf/?{WEEK}")
        paper = "".join(
            "".join(sheet.get_textpage().get_text_range().split())
            for sheet in pypdfium2.PdfDocument(answer.content)
        )
        assert ("取消评优" in paper) is ("违规" in paper) is there


def test_a_list_of_decisions_as_excel_says_what_followed(as_):
    breach = decided("no_awards")
    answer = as_("zhao").get(f"/statistics/list/export/?figure=breaches&{WEEK}")
    rows = list(load_workbook(BytesIO(b"".join(answer))).active.iter_rows(values_only=True))
    assert rows[1][0] == breach.number
    assert "评优" in rows[1][5]


def test_as_many_queries_however_many_were_decided(as_):
    browser = as_("zhao")
    paths = [f"/assessment/?{WEEK}", f"/statistics/list/?figure=breaches&{WEEK}"]
    decided()
    queries(browser, paths[0])  # of a session's first page there is one more
    first = [queries(browser, path) for path in paths]
    for n in range(3):
        decided(of=heard_about(f"第{n}件"))
    assert [queries(browser, path) for path in paths] == first


def test_a_list_of_what_was_checked_takes_as_many_queries_however_long(as_):
    found = []
    for films in (range(2, 3), range(3, 8)):
        for n in films:
            spot_cast.activity(n, spot_cast.film(n))
            spot_cast.film(100 + n)
        checked(spot_cast.drawn(percent=100))
        found.append(queries(as_("du"), f"/statistics/list/?figure=spot_failed&{WEEK}"))
    assert found[0] == found[1]
