"""整改 as the pages show it: ordered, reported on with proof, accepted; printed, listed."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

import factories
from liuhen.kernel.clock import in_china
from liuhen.supervision.corrections import ordering
from liuhen.supervision.corrections.ordering import Order
from liuhen.supervision.models import Correction, CorrectionState
from liuhen.web import correction_slips
from liuhen.web.blank_papers import BY_CODE

pytestmark = pytest.mark.django_db
LIST = "/corrections/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def form(**more) -> dict:
    return {
        "source": "daily_check",
        "unit": factories.unit().pk,
        "officer": factories.officer("li").pk,
        "problem": "设备没有归还",
        "demand": "当天归还",
        "article": 20,
        "until": (in_china(timezone.now()).date() + timedelta(days=7)).isoformat(),
    } | more


def ordered(**more) -> Correction:
    facts = {
        "source": "review", "unit": factories.unit(), "officer": factories.officer("li"),
        "problem": "没有告知", "demand": "学习", "article": 20,
        "until": in_china(timezone.now()).date() + timedelta(days=7),
    } | more  # fmt: skip
    return ordering.order(Order(**facts), by=factories.officer("fa"), at=timezone.now())


def text_of(answer) -> str:
    pages = pypdfium2.PdfDocument(answer.content)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_a_unit_head_orders_from_the_page(as_):
    factories.officer("wang")
    answer = as_("wang").post(f"{LIST}order/", form())
    one = Correction.objects.get()
    assert answer.headers["Location"] == f"{LIST}{one.number}/"
    assert one.ordered_by.login == "wang"


def test_what_a_decision_orders_is_not_ordered_by_hand(as_):
    factories.officer("wang")
    assert "责任追究决定" not in as_("wang").get(f"{LIST}order/").content.decode()
    assert as_("wang").post(f"{LIST}order/", form(source="decision")).status_code == 422
    assert not Correction.objects.exists()


def test_who_belongs_to_no_unit_is_on_every_page(as_):
    factories.officer("fa")
    lone = factories.officer("kong")
    one = ordered()
    Correction.objects.filter(pk=one.pk).update(unit=None, officer=lone)
    browser = as_("fa")
    for way in ("", f"{one.number}/", f"{one.number}/print/", f"{one.number}/slip/",
                "export/", "pdf/"):  # fmt: skip
        assert browser.get(f"{LIST}{way}").status_code == 200
    assert "None" not in browser.get(f"{LIST}{one.number}/").content.decode()


def test_what_the_page_before_knew_is_filled_in(as_):
    factories.officer("wang")
    page = as_("wang").get(f"{LIST}order/?source=review&problem=没有告知&article=20")
    text = page.content.decode()
    assert "没有告知" in text
    assert '<option value="20" selected>' in text


def test_an_order_that_cannot_stand_comes_back_with_its_words(as_):
    factories.officer("wang")
    answer = as_("wang").post(f"{LIST}order/", form(until="2020-01-01"))
    assert answer.status_code == 422
    assert "整改期限须在今天或者以后" in answer.content.decode()


def test_from_proof_to_acceptance(as_):
    one, where = ordered(), LIST
    where += f"{one.number}/"
    li = as_("li")
    li.post(f"{where}proof/", {"file": SimpleUploadedFile("说明.pdf", PDF)})
    assert "说明.pdf" in li.get(where).content.decode()
    li.post(f"{where}submit/", {"report": "已学习"})
    as_("fa").post(f"{where}accept/", {"opinion": "同意"})
    one.refresh_from_db()
    assert one.state == CorrectionState.ACCEPTED
    text = li.get(where).content.decode()
    assert "验收合格" in text
    assert "提交整改情况" not in text.split("办理过程")[0]


def test_returned_it_goes_on(as_):
    one = ordered()
    where = f"{LIST}{one.number}/"
    as_("li").post(f"{where}submit/", {"report": "已学习"})
    until = (in_china(timezone.now()).date() + timedelta(days=9)).isoformat()
    as_("fa").post(f"{where}return/", {"opinion": "没有材料", "until": until})
    assert "没有材料" in as_("li").get(where).content.decode()


def test_the_notice_is_printed_and_filed(as_):
    one = ordered()
    fa = as_("fa")
    printed = fa.get(f"{LIST}{one.number}/print/").content.decode()
    said = text_of(fa.get(f"{LIST}{one.number}/slip/"))
    for words in ("整改通知书", one.number, "没有告知", "第二十条"):
        assert words in printed
        assert words in said


def test_the_blank_notice_has_the_fields_of_the_filled(bureau):
    blank, filled = BY_CODE["correction"].make(bureau), correction_slips.slip_of(ordered())
    names = [[name for line in slip.lines for name, _said in line.cells]
             for slip in (blank, filled)]  # fmt: skip
    assert names[0] == names[1]
    assert not any(said for line in blank.lines for _name, said in line.cells)


def test_the_list_is_filtered_and_exported(as_):
    one, fa = ordered(), as_("fa")
    assert one.number in fa.get(f"{LIST}?state=ordered").content.decode()
    assert "没有符合条件的整改" in fa.get(f"{LIST}?state=accepted").content.decode()
    sent = b"".join(fa.get(f"{LIST}export/").streaming_content)
    rows = list(openpyxl.load_workbook(BytesIO(sent)).active.values)
    assert rows[1][0] == one.number
    assert one.number in text_of(fa.get(f"{LIST}pdf/"))


def test_a_long_list_costs_no_more_queries_than_a_short_one(as_, django_assert_max_num_queries):
    for _n in range(4):
        ordered()
    fa = as_("fa")
    fa.get(LIST)
    with django_assert_max_num_queries(16):
        fa.get(LIST)
