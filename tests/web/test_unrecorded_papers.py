"""The papers on what was not recorded: on the screen to print, and as PDF."""

from urllib.parse import unquote

import pytest

import factories
from cases.unrecorded_cast import (
    HOUR,
    MINUTE,
    NOON,
    asked,
    consent_asked,
    entered,
    spoken,
    stopped,
    under,
    who,
)
from liuhen.cases import exemptions, stops
from web.pdf_text import text_of

FIELDS = ("当事人", "时间", "地点", "执法人员", "执法活动", "原因", "依据", "类型", "审核意见",
          "审核人签名", "日期")  # fmt: skip


def test_the_work_record_has_the_fields_of_the_form_on_paper_and_as_pdf(as_):
    under("chengde-safety")
    exemption = asked(factories.activity(party_name="某某餐饮店"), reason="存放易燃易爆物品")
    exemptions.approve(exemption, opinion="情况属实", by=who("zhao"), at=NOON + HOUR)
    browser, way = as_("li"), f"/exemptions/{exemption.pk}/"
    paper = browser.get(f"{way}print/").content.decode()
    file = browser.get(f"{way}pdf/")
    assert file.headers["Content-Type"] == "application/pdf"
    assert "未进行音像记录情况说明-MJ-2026-" in unquote(file.headers["Content-Disposition"])
    for text in (paper, text_of(file)):
        for said in (*FIELDS, "某某餐饮店", "存放易燃易爆物品", "情况属实", "赵局", "2026年1月5日"):
            assert said in text
    assert "2026年1月5日12时00分至12时30分" in paper


def test_the_consent_form_is_dated_and_signed(as_):
    factories.officer("wang")
    exemption = consent_asked(at=NOON - HOUR)
    exemptions.approve(exemption, opinion="", by=who("wang"), at=NOON - MINUTE)
    text = text_of(as_("li").get(f"/exemptions/{exemption.pk}/pdf/"))
    decided = ("2026年1月5日11时00分", "同意。同意人：王科长")
    for said in ("不进行音像记录事前同意表", "申请人", *decided, "同意人签名", "第八条"):
        assert said in text


@pytest.mark.parametrize(
    ("pack", "title"),
    [("jiaxian-health", "音像记录中断情况说明"), ("chengde-safety", "音像记录中断情况登记表")],
)
def test_the_record_of_an_interruption(as_, pack, title):
    under(pack)
    activity = factories.activity()
    interruption = entered(activity, mark=spoken(activity, seconds=75))
    text = text_of(as_("li").get(f"/interruptions/{interruption.pk}/pdf/"))
    for said in (title, "2026年1月5日12时10分", "2026-000001第00:01:15处口述原因", "电量不足"):
        assert said in text
    assert ("审核人签名" in text) == (pack == "jiaxian-health")


def test_the_written_statement(as_):
    under("chengde-safety")
    factories.officer("wang")
    stop = stopped()
    stops.see(stop, by=who("wang"), at=NOON + 12 * MINUTE)
    stops.state(stop, statement="镜头碎裂，改为文字记录。", by=who("li"), at=NOON + HOUR)
    text = text_of(as_("li").get(f"/stops/{stop.pk}/pdf/"))
    for said in ("无法继续记录书面说明", "王科长2026年1月5日12时12分", "改为文字记录", "第十五条"):
        assert said in text


def test_papers_speak_chinese_to_whoever_reads_them(as_):
    under("chengde-safety")
    exemption, browser = asked(), as_("li")
    browser.cookies["django_language"] = "en"
    assert "情况紧急" not in text_of(browser.get(f"/exemptions/{exemption.pk}/pdf/"))
    assert "因客观原因无法记录" in text_of(browser.get(f"/exemptions/{exemption.pk}/pdf/"))
