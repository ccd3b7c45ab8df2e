"""Breaches as those who handle, decide and answer for them meet them."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

import factories
from liuhen.kernel.clock import now
from liuhen.people.models import Officer
from liuhen.supervision.breaches import deciding, inquiring, sifting
from liuhen.supervision.breaches.deciding import Proposal
from liuhen.supervision.breaches.sifting import Charge
from liuhen.supervision.breaches.suspecting import Told, enter
from liuhen.supervision.models import Breach, BreachSource, Correction

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _regulation(bureau):
    factories.follow("chengde-safety")


def who(login: str) -> Officer:
    return factories.officer(login)


def lead(text: str = "把设备借给他人使用。", **more) -> Breach:
    facts = {"source": BreachSource.REPORT, "happened_at": now() - DAY, "officer": who("li")}
    return enter(Told(text=text, **facts | more), by=who("du"), at=now())


def inquiry(text: str = "把设备借给他人使用。") -> Breach:
    breach = lead(text)
    sifting.confirm(breach, Charge(who("li"), 2, "需要核实"), by=who("du"), at=now())
    return breach


def proposed(text: str = "把设备借给他人使用。") -> Breach:
    breach, at = inquiry(text), now()
    inquiring.tell(breach, until=(at + DAY).date(), words="请说明", by=who("du"), at=at)
    inquiring.state(breach, words="当时设备没电", by=who("li"), at=at)
    said = Proposal("借出属实", ("self_criticism", "suspension", "no_awards"))
    deciding.propose(breach, said, by=who("du"), at=at)
    return breach


def decided(text: str = "把设备借给他人使用。") -> Breach:
    breach = proposed(text)
    deciding.decide(breach, opinion="同意", by=who("zhao"), at=now())
    return breach


def said(answer) -> str:
    return answer.content.decode()


def state_of(breach: Breach) -> str:
    return Breach.objects.get(pk=breach.pk).state


@pytest.mark.enforces("breaches", "investigation")
def test_supervision_enters_what_was_reported(as_):
    form = {
        "source": "report", "happened_at": f"{now() - DAY:%Y-%m-%dT%H:%M}", "text": "借给他人",
        "officer": who("li").pk, "item_no": "2", "recording": "", "activity": "", "device": "",
    }  # fmt: skip
    browser = as_("du")
    assert "擅自把设备借给他人" in said(browser.get("/breaches/enter/"))
    answer = browser.post("/breaches/enter/", form)
    breach = Breach.objects.get()
    assert answer.headers["Location"] == f"/breaches/{breach.number}/"
    assert (breach.officer, breach.item_no) == (who("li"), 2)


def test_a_number_there_is_not_is_said_beside_the_field(as_):
    form = {"source": "report", "happened_at": "2026-01-05T10:00", "text": "…"}
    answer = as_("du").post(
        "/breaches/enter/", form | {"activity": "HD-1", "recording": "1", "device": "x"}
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"activity", "recording", "device"}


def test_the_list_begins_with_what_is_to_be_looked_into(as_):
    lead("甲"), inquiry("乙")
    page = said(as_("du").get("/breaches/"))
    assert "甲" in page
    assert "WG-2026-000002" not in page
    assert "乙" in said(as_("du").get("/breaches/?tab=open"))
    assert "甲" not in said(as_("du").get("/breaches/?words=丙"))


def test_several_alike_are_dismissed_from_the_list_with_one_reason(as_):
    ones = [lead(text) for text in "甲乙丙"]
    chosen = [one.number for one in ones[:2]]
    answer = as_("du").post("/breaches/dismiss/", {"breach": chosen, "reason": "重复"})
    assert answer.status_code == 302
    assert [state_of(one) for one in ones] == ["dismissed", "dismissed", "candidate"]
    answer = as_("du").post("/breaches/dismiss/", {"reason": "重复"})
    assert answer.status_code == 422


def test_a_lead_is_confirmed_on_its_page(as_):
    breach, browser = lead(), as_("du")
    way = f"/breaches/{breach.number}/"
    assert "立案调查" in said(browser.get(way))
    form = {"officer": who("li").pk, "item_no": "2", "reason": "需要核实"}
    assert browser.post(f"{way}inquire/confirm/", form).status_code == 302
    page = said(browser.get(way))
    assert "第二十七条第（二）项" in page
    assert "提出处理意见以前，须告知本人并听取陈述申辩" in page


def test_what_was_typed_is_not_lost_when_the_state_has_moved(as_):
    breach, browser = inquiry(), as_("du")
    answer = browser.post(f"/breaches/{breach.number}/inquire/dismiss/", {"reason": "查无实据"})
    assert answer.status_code == 422
    assert "查无实据" in said(answer)
    assert "不能办理此步骤" in said(answer)


@pytest.mark.parametrize("step", ["nonsense", "decide"])
def test_a_step_there_is_not_is_not_found(as_, step):
    way = f"/breaches/{inquiry().number}/inquire/{step}/"
    assert as_("du").post(way, {}).status_code == 404


@pytest.mark.enforces("investigation")
def test_who_is_concerned_answers_in_their_own_pages_and_reads_no_more_than_is_theirs(as_):
    breach, li = inquiry(), as_("li")
    own = f"/my-record/{breach.number}/"
    assert li.get(own).status_code == 404
    du = as_("du")
    du.post(f"/breaches/{breach.number}/inquire/note/", {"words": "询问了王某"})
    until = f"{now() + DAY:%Y-%m-%d}"
    du.post(f"/breaches/{breach.number}/inquire/tell/", {"words": "请说明", "until": until})
    assert breach.number in said(li.get("/"))
    page = said(li.get(own))
    assert "请说明" in page
    assert "询问了王某" not in page
    assert "把设备借给他人使用" not in page  # as somebody reported it
    assert li.post(f"{own}do/state/", {"words": "当时没电"}).status_code == 302
    assert "当时没电" in said(du.get(f"/breaches/{breach.number}/"))
    assert li.get(f"/breaches/{breach.number}/").status_code == 403


@pytest.mark.enforces("sanctions", article="chengde-safety:28")
def test_it_is_proposed_from_the_regulations_list_and_decided_by_another(as_):
    breach = inquiry()
    at = now()
    inquiring.tell(breach, until=(at + DAY).date(), words="…", by=who("du"), at=at)
    inquiring.state(breach, words="…", by=who("li"), at=at)
    way = f"/breaches/{breach.number}/"
    browser = as_("du")
    assert "停止执法工作一个月" in said(browser.get(way))
    form = {"finding": "借出属实", "codes": ["suspension"], "correct_by": ""}
    assert browser.post(f"{way}inquire/propose/", form).status_code == 302
    leader = as_("zhao")
    assert "停止执法工作一个月" in said(leader.get(way))
    assert leader.post(f"{way}decide/decide/", {"opinion": "同意"}).status_code == 302
    page = said(leader.get(way))
    assert "其间不能领用设备，期满自动恢复" in page
    assert Officer.objects.get(login="li").suspended_until is not None


def test_the_decision_is_signed_for_appealed_against_and_revoked(as_):
    breach, li = decided(), as_("li")
    own = f"/my-record/{breach.number}/"
    assert "等待您签收" in said(li.get("/my-record/"))
    li.post(f"{own}do/sign/")
    li.post(f"{own}do/appeal/", {"words": "事出有因"})
    assert state_of(breach) == "appealed"
    refused = as_("zhao").post(f"/breaches/{breach.number}/decide/revoke/", {"reason": "…"})
    assert refused.status_code == 403
    as_("qian").post(f"/breaches/{breach.number}/decide/revoke/", {"reason": "证据不足"})
    assert "本年度无违规记录" in said(li.get("/my-record/"))


def test_what_is_to_be_put_right_is_one_step_away_for_who_may_know(as_):
    breach = proposed()
    Breach.objects.filter(pk=breach.pk).update(correct_by_date=now().date() + 7 * DAY)
    way, leader = f"/breaches/{breach.number}/", as_("zhao")
    assert leader.post(f"{way}decide/decide/", {"opinion": "同意"}).status_code == 302
    made, breach = Correction.objects.get(), Breach.objects.get(pk=breach.pk)
    there = f"/corrections/{made.number}/"
    assert there in said(leader.get(way))
    assert there in said(as_("li").get(f"/my-record/{breach.number}/"))
    assert way in said(leader.get(there))
    assert f"/my-record/{breach.number}/" in said(as_("li").get(there))


def test_others_read_of_it_no_more_than_the_correction_says(as_):
    breach = proposed()
    Breach.objects.filter(pk=breach.pk).update(correct_by_date=now().date() + 7 * DAY)
    breach.refresh_from_db()
    deciding.decide(breach, by=who("zhao"), at=now())
    page = said(as_("wang").get(f"/corrections/{Correction.objects.get().number}/"))
    assert breach.decision_no in page
    assert [word for word in (breach.number, "借", breach.item_text) if word in page] == []


def test_a_clean_year_is_said_and_a_decision_too(as_):
    assert "本年度无违规记录" in said(as_("wang").get("/my-record/"))
    decided()
    page = said(as_("li").get("/my-record/"))
    assert "年度有 1 项责任追究决定" in page
    assert "取消当年评优评先资格" in page
    assert "2025 年度无违规记录" in said(as_("li").get("/my-record/?year=2025"))


def test_how_a_sanction_was_carried_out_is_noted(as_):
    breach = decided()
    sanction = breach.sanctions.get(code="self_criticism")
    way = f"/breaches/{breach.number}/sanctions/{sanction.pk}/"
    browser = as_("du")
    browser.post(way, {"words": ""})
    sanction.refresh_from_db()
    assert sanction.done_at is None
    browser.post(way, {"words": "已交书面检查"})
    sanction.refresh_from_db()
    assert sanction.done_by == who("du")
    assert browser.post(f"{way[:-2]}9999/", {"words": "…"}).status_code == 404


def test_papers_are_put_in_and_opened_by_those_who_see_it_alone(as_):
    breach, browser = inquiry(), as_("du")
    file = BytesIO(b"%PDF-1.4 paper")
    file.name = "笔录.pdf"
    way = f"/breaches/{breach.number}/papers/"
    assert browser.post(f"{way}add/", {"title": "询问笔录", "file": file}).status_code == 302
    assert "询问笔录" in said(browser.get(f"/breaches/{breach.number}/"))
    [pk] = [paper.pk for paper, _said in browser.get(f"/breaches/{breach.number}/").context[
        "papers"]]  # fmt: skip
    assert b"".join(browser.get(f"{way}{pk}/")) == b"%PDF-1.4 paper"
    assert as_("zhao").get(f"{way}{pk}/").status_code == 404


@pytest.mark.parametrize("kind", ["decision", "receipt"])
def test_the_decision_and_its_receipt_are_printed_and_blank_ones_too(as_, kind):
    breach, browser = decided(), as_("du")
    page = said(browser.get(f"/breaches/{breach.number}/print/{kind}/"))
    assert breach.decision_no in page
    assert browser.get(f"/breaches/{breach.number}/pdf/{kind}/").content.startswith(b"%PDF")
    assert browser.get(f"/papers/breach-{kind}/").content.startswith(b"%PDF")
    assert as_("li").get(f"/my-record/{breach.number}/pdf/{kind}/").content.startswith(b"%PDF")


def test_before_it_is_decided_there_is_no_paper(as_):
    breach, browser = proposed(), as_("du")
    assert browser.get(f"/breaches/{breach.number}/print/decision/").status_code == 404
    assert browser.get(f"/breaches/{breach.number}/pdf/nonsense/").status_code == 404


def test_the_decision_says_all_of_it(as_):
    breach = decided()
    page = said(as_("du").get(f"/breaches/{breach.number}/print/decision/"))
    for words in (
        "责任追究决定书", "李执法", "借出属实", "第二十七条第（二）项", "第二十八条",
        "停止执法期间",
        "提出申诉",
    ):  # fmt: skip
        assert words in page, words


def test_the_register_is_a_list_a_table_and_a_book(as_):
    breach, browser = decided(), as_("du")
    assert breach.decision_no in said(browser.get("/breaches/decisions/"))
    table = load_workbook(BytesIO(b"".join(browser.get("/breaches/decisions/export/"))))
    rows = list(table.active.values)
    assert (rows[0][0], rows[1][0], rows[1][1]) == ("决定书编号", breach.decision_no, "李执法")
    assert browser.get("/breaches/decisions/pdf/").content.startswith(b"%PDF")


def test_leads_are_a_table(as_):
    lead()
    table = load_workbook(BytesIO(b"".join(as_("du").get("/breaches/export/"))))
    assert [row[4] for row in table.active.values] == ["涉及人员", "李执法"]


@pytest.mark.parametrize("way", ["/breaches/", "/breaches/decisions/"])
def test_a_list_asks_as_often_for_many_as_for_few(as_, way, django_assert_max_num_queries):
    for n in range(12):
        lead(f"线索{n}")
    decided()
    browser = as_("du")
    browser.get(way)
    with django_assert_max_num_queries(32):
        browser.get(way)


def test_the_legal_office_answers_where_it_is_asked(as_):
    breach = inquiry()
    fa, way = as_("fa"), f"/breaches/{breach.number}/"
    assert fa.get(way).status_code == 404
    as_("du").post(f"{way}inquire/consult/", {"words": "是否属于第八项？"})
    assert fa.post(f"{way}advise/", {"words": "属于第二项"}).status_code == 302
    assert "属于第二项" in said(as_("du").get(way))


def test_nobody_else_has_it_in_the_menu_or_counted(as_):
    lead()
    for login in ("li", "wang", "kong", "zhou", "cai", "an", "shen"):
        page = said(as_(login).get("/"))
        assert "/breaches/" not in page, login
    assert as_("du").get("/").context["breaches"] == 1
    assert as_("zhao").get("/").context["breaches"] == 0
