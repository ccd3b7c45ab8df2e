"""抽查 as the pages show it: announced, drawn, looked at from the queue, closed, printed."""

import re
from datetime import timedelta
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from django.utils import timezone

import factories
from liuhen.cases.models import ActivityRecording
from liuhen.kernel.clock import in_china
from liuhen.recordings import secrecy
from liuhen.supervision import spot_answers, spot_checks
from liuhen.supervision.models import SpotCheck, SpotItem, SpotState, Stratum

pytestmark = pytest.mark.django_db
LIST = "/spot-checks/"


def today():
    return in_china(timezone.now()).date()


@pytest.fixture
def fa(as_):
    """The legal office, which plays back by this regulation, and so may check."""
    factories.officer("fa")
    return as_("fa")


def work(activities: int = 2, loose: int = 2) -> None:
    at = timezone.now() - timedelta(hours=1)
    for n in range(1, activities + 1):
        film = factories.recording(f"2026-{n:06d}", recorded_at=at)
        made = factories.activity(
            f"HD-2026-{n:06d}", arrived_at=at, left_at=at + timedelta(minutes=30)
        )
        facts = {"was_proposed": False, "linked_at": at, "linked_by": factories.officer("zhou")}
        ActivityRecording.objects.create(activity=made, recording=film, **facts)
    for n in range(101, 101 + loose):
        factories.recording(f"2026-{n:06d}", recorded_at=at)


def form(**more) -> dict:
    return {
        "since": (today() - timedelta(days=1)).isoformat(),
        "until": today().isoformat(),
        "strata": ["unit"],
        "percent": 50,
        "least": 1,
        "checkers": [factories.officer("fa").pk],
        "looks_until": (today() + timedelta(days=7)).isoformat(),
        "reason": "本年度方案",
    } | more


def drawn(percent: int = 100) -> SpotCheck:
    by, at = factories.officer("fa"), timezone.now()
    plan = spot_checks.Plan(
        since=today() - timedelta(days=1), until=today(), percent=percent, reason="方案",
        looks_until=today() + timedelta(days=7), checkers=[by], strata=[Stratum.UNIT],
    )  # fmt: skip
    check = spot_checks.announce(plan, by=by, at=at)
    spot_checks.draw(check, by=by, at=at)
    return check


def answer_all(check: SpotCheck, **other: str) -> None:
    for item in check.items.select_related("checker"):
        for one in check.questions:
            said = other.get(one["code"], "yes")
            by, at = item.checker, timezone.now()
            spot_answers.answer(check, item.position, one["code"], said, by=by, at=at)


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())


def paper_text(answer) -> str:
    texts = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(answer.content))
    return "".join("".join(text.split()) for text in texts)


def test_the_first_page_says_how_much_is_left_to_check(fa):
    work(0, 3)
    check = drawn()
    assert re.search("3 *抽查待检查|抽查待检查 *3", text_of(fa.get("/")))
    spot_checks.abandon(check, reason="期间有误", by=factories.officer("fa"), at=timezone.now())
    assert "抽查待检查" not in text_of(fa.get("/"))


def test_it_is_announced_then_drawn(fa):
    work()
    sent = fa.post(f"{LIST}new/", form())
    check = SpotCheck.objects.get()
    assert sent.headers["Location"] == f"{LIST}{check.number}/"
    page = fa.get(sent.headers["Location"])
    assert check.frame_sha256 in page.content.decode()
    fa.post(f"{LIST}{check.number}/draw/")
    check.refresh_from_db()
    assert (check.state, check.items.count()) == (SpotState.DRAWN, 2)


def test_what_would_come_is_shown_and_nothing_announced(fa):
    work()
    page = fa.post(f"{LIST}new/", form(step="look"))
    assert "共 2 项" in text_of(page)
    assert not SpotCheck.objects.exists()


def test_a_refusal_stands_in_the_form_and_what_was_typed_stays(fa):
    work()
    page = fa.post(f"{LIST}new/", form(reason="", percent=33))
    assert page.status_code == 422
    assert "制度没有写明抽查比例" in text_of(page)
    assert 'value="33"' in page.content.decode()


def test_a_list_is_told_by_its_words_and_state(fa):
    work()
    check = drawn()
    assert check.number in text_of(fa.get(f"{LIST}?state=drawn"))
    assert "没有符合条件的抽查" in text_of(fa.get(f"{LIST}?state=closed"))
    part = fa.get(f"{LIST}?words=CC-20", headers={"HX-Request": "true", "HX-Target": "results"})
    assert part.content.decode().lstrip().startswith("<section")


def test_the_queue_shows_the_questions_and_what_the_system_knows(fa):
    work(1, 0)
    check = drawn()
    page = text_of(fa.get(f"{LIST}{check.number}/work/"))
    for words in ("HD-2026-000001", "检查项目", "规定事项是否都已记录", "系统核对的情况", "1 件"):
        assert words in page


def test_an_answer_is_saved_and_the_last_one_leads_on(fa):
    work(0, 2)
    check = drawn()
    codes = [one["code"] for one in check.questions]
    url = f"{LIST}{check.number}/items/1/answer/"
    for code in codes:
        part = fa.post(url, {"question": code, "answer": "yes"}, headers={"HX-Request": "true"})
        assert ("HX-Trigger" in part.headers) == (code == codes[-1])
    assert f"{LIST}{check.number}/work/?item=2" in part.headers["HX-Trigger"]
    assert SpotItem.objects.get(position=1).answered_at is not None


def test_without_scripts_it_works_too(fa):
    work(0, 1)
    check = drawn()
    url = f"{LIST}{check.number}/items/1/"
    sent = fa.post(f"{url}answer/", {"question": "no_gap", "answer": "no"})
    assert sent.headers["Location"] == f"{LIST}{check.number}/work/?item=1"
    fa.post(f"{url}note/", {"note": "镜头被遮挡"})
    page = text_of(fa.get(f"{LIST}{check.number}/work/?item=1"))
    assert "镜头被遮挡" in page


def test_somebody_elses_thing_is_not_shown_in_the_queue(fa, as_):
    work(0, 1)
    check = drawn()
    factories.officer("du")
    assert "没有由您检查的项目" in text_of(as_("du").get(f"{LIST}{check.number}/work/"))
    assert as_("du").get(f"{LIST}{check.number}/work/?item=1").status_code == 403
    assert fa.get(f"{LIST}{check.number}/work/?item=9").status_code == 404


def test_it_is_closed_with_words_when_all_is_answered(fa):
    work(1, 1)
    check = drawn()
    url = f"{LIST}{check.number}/"
    assert "还有 2 项没有检查完" in text_of(fa.post(f"{url}close/", {"conclusion": "完"}))
    answer_all(check, no_gap="no")
    fa.post(f"{url}close/", {"conclusion": "两项有间断，已督促改正"})
    page = text_of(fa.get(url))
    assert "两项有间断，已督促改正" in page
    assert "有问题 2" in page


def test_it_is_given_up_with_a_reason_and_stays_in_the_list(fa):
    work()
    check = drawn()
    assert fa.post(f"{LIST}{check.number}/abandon/", {"reason": ""}).status_code == 422
    fa.post(f"{LIST}{check.number}/abandon/", {"reason": "期间有误"})
    assert "已放弃" in text_of(fa.get(LIST))


def test_another_is_given_a_line(fa):
    work(0, 1)
    check = drawn()
    fa2 = factories.officer("fa2", "legal_office", name="法制二")
    fa.post(f"{LIST}{check.number}/give/", {"position": 1, "checker": fa2.pk})
    assert SpotItem.objects.get().checker == fa2


def test_the_list_drawn_from_is_the_one_announced(fa):
    work()
    check = drawn()
    sent = fa.get(f"{LIST}{check.number}/frame/")
    assert sent.content == bytes(check.frame)
    assert "attachment" in sent.headers["Content-Disposition"]


def test_the_sheet_has_the_rule_the_root_and_the_commands(fa):
    work()
    check = drawn()
    answer_all(check, no_gap="no")
    printed = fa.get(f"{LIST}{check.number}/print/").content.decode()
    for words in (check.root, check.frame_sha256, "sha256sum", "抽取规则", "理由：方案"):
        assert words in printed
    said = paper_text(fa.get(f"{LIST}{check.number}/pdf/"))
    assert check.root in said
    assert "音像资料抽查登记表" in said


def test_a_blank_sheet_is_there_to_fill_in(fa):
    assert "检查人签名" in paper_text(fa.get(f"{LIST}blank/"))


def test_excel_has_a_row_for_each_thing(fa):
    work(1, 1)
    check = drawn()
    sent = b"".join(fa.get(f"{LIST}{check.number}/export/").streaming_content)
    rows = list(openpyxl.load_workbook(BytesIO(sent)).active.values)
    assert rows[0][1] == "抽查对象"
    assert {row[1] for row in rows[1:]} == {"HD-2026-000001", "2026-000101"}


def test_what_was_marked_secret_since_is_not_named_to_who_may_not_know(fa, as_):
    work(0, 1)
    check = drawn()
    film = SpotItem.objects.get().recording
    secrecy.mark(film, "trade", reason="配方", by=factories.officer("zhou"), at=timezone.now())
    factories.officer("du")
    page = as_("du").get(f"{LIST}{check.number}/").content.decode()
    table = page.split('class="table card-table table-vcenter table-sm spot-lines"')[1]
    assert "已标注保密" in table
    assert film.number not in table.split("</table>")[0]


def test_a_long_list_costs_no_more_queries_than_a_short_one(fa, django_assert_max_num_queries):
    work(4, 4)
    check = drawn()
    answer_all(check)
    fa.get(LIST)
    with django_assert_max_num_queries(40):
        fa.get(f"{LIST}{check.number}/")
    with django_assert_max_num_queries(18):
        fa.get(LIST)
