"""评查 as the pages show it: opened, scored, told, objected to, answered, printed; the form."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

import factories
from liuhen.kernel.clock import in_china
from liuhen.people.roles import Role
from liuhen.supervision.models import Review, ReviewForm, ReviewItem, ReviewState
from liuhen.supervision.reviews import form_table

pytestmark = pytest.mark.django_db
LIST = "/reviews/"


def today():
    return in_china(timezone.now()).date()


@pytest.fixture
def fa(as_):
    """The legal office, which reviews by this regulation."""
    factories.officer("fa")
    return as_("fa")


def work(n: int = 2) -> None:
    at = timezone.now() - timedelta(hours=1)
    for one in range(1, n + 1):
        factories.activity(f"HD-2026-{one:06d}", arrived_at=at, left_at=at + timedelta(minutes=30))


def opened(fa, **more) -> Review:
    work()
    said = {
        "title": "年度评查", "since": (today() - timedelta(days=1)).isoformat(),
        "until": today().isoformat(), "percent": 100, "numbers": "", "reason": "",
        "reviewers": [factories.officer("fa").pk],
    } | more  # fmt: skip
    answer = fa.post(f"{LIST}new/", said)
    assert answer.status_code == 302, answer.content.decode()
    return Review.objects.get()


def announced(fa) -> Review:
    made = opened(fa)
    for item in made.items.all():
        fa.post(f"{LIST}{made.number}/items/{item.position}/score/", {"lost_4": 5, "note": "中断"})
    object_by = (today() + timedelta(days=7)).isoformat()
    fa.post(f"{LIST}{made.number}/announce/", {"object_by": object_by})
    made.refresh_from_db()
    return made


def text_of(answer) -> str:
    pages = pypdfium2.PdfDocument(answer.content)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_opened_it_is_drawn_at_once(fa):
    made = opened(fa)
    assert (made.state, made.items.count(), len(made.root)) == (ReviewState.SCORING, 2, 64)
    assert "逐项打分（2 项）" in fa.get(f"{LIST}{made.number}/").content.decode()


def test_a_reviewer_is_replaced_on_the_page(fa, as_):
    made, other = opened(fa), factories.officer("fa2", Role.LEGAL_OFFICE, name="顾法制")
    way, former = f"{LIST}{made.number}/", factories.officer("fa")
    fa.post(f"{way}items/1/score/", {"lost_4": 5})
    said = {"former": former.pk, "successor": other.pk, "reason": "调离法制岗位"}
    assert "更换评查人" in fa.get(way).content.decode()
    assert fa.post(f"{way}replace/", said).status_code == 302
    page = fa.get(way).content.decode()
    assert "顾法制接替法制办" in page
    assert "调离法制岗位" in page
    assert "逐项打分" not in page
    assert "逐项打分（1 项）" in as_("fa2").get(way).content.decode()


def test_nobody_is_replaced_by_who_reviews_already(fa):
    made, own = opened(fa), factories.officer("fa").pk
    said = {"former": own, "successor": own, "reason": "调离"}
    assert fa.post(f"{LIST}{made.number}/replace/", said).status_code == 422
    made.refresh_from_db()
    assert not made.replacements.exists()


def test_why_somebody_was_replaced_is_not_for_those_reviewed(fa, as_):
    made, other = opened(fa), factories.officer("fa2", Role.LEGAL_OFFICE, name="顾法制")
    way, second = f"{LIST}{made.number}/", as_("fa2")
    said = {"former": factories.officer("fa").pk, "successor": other.pk, "reason": "长期请假"}
    fa.post(f"{way}replace/", said)
    for n in (1, 2):
        second.post(f"{way}items/{n}/score/", {})
    second.post(f"{way}announce/", {"object_by": (today() + timedelta(days=7)).isoformat()})
    page = as_("li").get(way).content.decode()
    assert "顾法制" in page
    assert "长期请假" not in page
    assert "更换评查人" not in fa.get(way).content.decode()


def test_chosen_without_a_reason_it_comes_back(fa):
    work()
    said = {
        "title": "专项", "since": today().isoformat(), "until": today().isoformat(),
        "numbers": "HD-2026-000001", "reviewers": [factories.officer("fa").pk],
    }  # fmt: skip
    answer = fa.post(f"{LIST}new/", said)
    assert answer.status_code == 422
    assert "须写明选择的理由" in answer.content.decode()


def test_one_after_the_other_is_scored(fa):
    made = opened(fa)
    first = f"{LIST}{made.number}/items/1/"
    assert "保存，评下一项" in fa.get(first).content.decode()
    assert fa.post(f"{first}score/", {"lost_4": 5}).headers["Location"].endswith("/items/2/")
    refused = fa.post(f"{first}score/", {"lost_4": 99})
    assert refused.status_code == 422
    assert fa.post(f"{LIST}{made.number}/items/2/score/", {"out_1": "on"}).status_code == 302
    assert fa.get(first).context["sheets"][0][0].total == 95


def test_those_reviewed_see_it_once_told_and_object(fa, as_):
    made = opened(fa)
    li = as_("li")
    assert li.get(f"{LIST}{made.number}/").status_code == 404
    for item in made.items.all():
        fa.post(f"{LIST}{made.number}/items/{item.position}/score/", {"lost_4": 5})
    object_by = (today() + timedelta(days=7)).isoformat()
    fa.post(f"{LIST}{made.number}/announce/", {"object_by": object_by})
    where = f"{LIST}{made.number}/items/1/"
    assert "提出异议" in li.get(where).content.decode()
    li.post(f"{where}object/", {"reason": "有工作记录"})
    assert "待答复" in li.get(where).content.decode()
    assert "答复异议" not in fa.get(where).content.decode()


def test_a_leader_answers(fa, as_):
    made = announced(fa)
    where = f"{LIST}{made.number}/items/1/"
    as_("li").post(f"{where}object/", {"reason": "有工作记录"})
    zhao = as_("zhao")
    assert "答复异议" in zhao.get(where).content.decode()
    lacking = zhao.post(f"{where}answer/", {"verdict": "upheld", "reply": "属实"})
    assert "请填写更正后的得分" in lacking.content.decode()
    zhao.post(f"{where}answer/", {"verdict": "upheld", "score": "100", "reply": "属实"})
    assert ReviewItem.objects.get(position=1).score == 100
    assert "异议成立" in as_("li").get(where).content.decode()


def test_from_an_item_a_correction_is_ordered(fa):
    made = announced(fa)
    page = fa.get(f"{LIST}{made.number}/items/1/")
    link = page.context["order_link"]
    assert f"reference={made.number}" in link
    order = fa.get(link).content.decode()
    assert "没有无故" in order
    assert made.number in order


def test_sheet_and_result_are_printed_and_exported(fa):
    made = announced(fa)
    result, sheet = f"{LIST}{made.number}/", f"{LIST}{made.number}/items/1/"
    assert "评查结果通报" in fa.get(f"{result}print/").content.decode()
    assert "科室：监督一科95分（2项，优秀）" in text_of(fa.get(f"{result}pdf/"))
    assert "扣分标准" in fa.get(f"{sheet}print/").content.decode()
    assert "法制办" in text_of(fa.get(f"{sheet}pdf/"))
    sent = b"".join(fa.get(f"{result}export/").streaming_content)
    rows = list(openpyxl.load_workbook(BytesIO(sent)).active.values)
    assert {row[1] for row in rows[1:]} == {"HD-2026-000001", "HD-2026-000002"}


def test_the_form_is_shown_and_taken_in(fa):
    assert "一票否决" in fa.get(f"{LIST}form/").content.decode()
    book = openpyxl.load_workbook(BytesIO(fa.get(f"{LIST}form/template/").content))
    sheet = book.active
    sheet.append(["全程记录", "100", "每处扣5分", "", "", "6"])
    file = BytesIO()
    book.save(file)
    fa.post(f"{LIST}form/import/", {"file": SimpleUploadedFile("表.xlsx", file.getvalue())})
    assert ReviewForm.objects.get().lines[0]["content"] == "全程记录"


def test_a_wrong_form_comes_back_row_by_row(fa):
    book = openpyxl.load_workbook(BytesIO(form_table.template()))
    book.active.append(["全程记录", "很多", "", "", "", ""])
    file = BytesIO()
    book.save(file)
    answer = fa.post(
        f"{LIST}form/import/", {"file": SimpleUploadedFile("表.xlsx", file.getvalue())}
    )
    assert answer.status_code == 422
    assert "应为 1 至 100 的整数" in answer.content.decode()
    assert fa.get(f"{LIST}form/errors/").status_code == 200


def test_a_long_review_costs_no_more_queries_than_a_short_one(fa, django_assert_max_num_queries):
    made = announced(fa)
    fa.get(f"{LIST}{made.number}/")
    with django_assert_max_num_queries(32):
        fa.get(f"{LIST}{made.number}/")
    with django_assert_max_num_queries(18):
        fa.get(LIST)
