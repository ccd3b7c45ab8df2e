"""Phrases, lists and labels, with the articles they come from."""

import pytest
from made_rules import points, rules

from liuhen.engines.policy.answers import Why
from liuhen.engines.policy.describing import (
    disc_label,
    evidence_note,
    ledger_fields,
    missing,
    notice,
    opening_statement,
    pre_use_items,
    shot_list,
)
from liuhen.engines.policy.vocabulary import Field

FOUR = [Field.CASE_NAME, Field.PARTY, Field.RECORDED_DATE, Field.STORED_DATE]
WEIDONG = {"archive_fields": {"article": 9, "fields": FOUR}}
LUOHE_PHRASE = "您好，我们是漯河市畜牧兽医执法大队执法人员{names}，本次执法全程录音录像。"
DATES = {Field.RECORDED_DATE, Field.STORED_DATE}


@pytest.mark.enforces("archive", article="weidong-market:9")
def test_required_fields_nobody_filled_in():
    answer = missing(rules(**WEIDONG), DATES)
    assert answer.fields == (Field.CASE_NAME, Field.PARTY)
    (ground,) = answer.grounds
    assert (ground.article, ground.code) == (9, Why.FIELDS_MISSING)
    assert ground.facts == {"fields": "case_name,party"}


@pytest.mark.enforces("archive")
def test_only_what_can_be_entered_is_asked_for():
    assert missing(rules(**WEIDONG), DATES, askable=DATES) is None
    assert missing(rules(**WEIDONG), DATES, askable=[Field.PARTY]).fields == (Field.PARTY,)


def test_nothing_is_missing():
    assert missing(rules(**WEIDONG), FOUR) is None
    assert missing(rules(), []) is None
    assert missing(rules(is_before_adoption=True, **WEIDONG), []) is None


@pytest.mark.enforces("notice", article="luohe-livestock:8")
def test_the_phrase_is_said_with_the_officers_names():
    said = notice(rules(notice={"article": 8, "phrase": LUOHE_PHRASE}), ["李明", "赵强"])
    assert said.text == (
        "您好，我们是漯河市畜牧兽医执法大队执法人员李明、赵强，本次执法全程录音录像。"
    )
    assert said.grounds[0].code == Why.NOTICE_PHRASE


def test_without_names_the_phrase_shows_where_they_go():
    said = notice(rules(notice={"phrase": LUOHE_PHRASE}), [])
    assert "执法人员×××，" in said.text


def test_a_name_is_never_taken_for_a_place_holder():
    said = notice(rules(notice={"phrase": "我是{names}"}), ["{names}{0}"])
    assert said.text == "我是{names}{0}"


@pytest.mark.enforces("notice", article="jiaxian-health:9")
def test_a_phrase_book_stands_in_for_a_phrase():
    said = notice(rules(notice={"article": 9, "book": "执法行为用语"}), ["李明"])
    assert (said.text, said.book) == (None, "执法行为用语")
    assert said.grounds[0].code == Why.NOTICE_BOOK


@pytest.mark.enforces("notice", article="weidong-market:7")
def test_everyone_present_is_told_in_words_of_ones_own():
    said = notice(rules(notice={"article": 7, "tell_others": True}), [])
    assert (said.text, said.book, said.tell_others) == (None, None, True)
    assert said.grounds[0].code == Why.NOTICE_ONLY


@pytest.mark.enforces("shot_list", "opening_statement", "pre_use_check")
@pytest.mark.parametrize(
    ("question", "parameter", "why"),
    [
        (shot_list, "shot_list", Why.SHOT_LIST),
        (opening_statement, "opening_statement", Why.OPENING_STATEMENT),
        (pre_use_items, "pre_use_check", Why.PRE_USE_CHECK),
    ],
)
def test_lists_keep_the_regulations_order(question, parameter, why):
    answer = question(rules(**{parameter: {"article": 4, "items": points("works", "clock")}}))
    assert [item.code for item in answer.items] == ["works", "clock"]
    assert [(ground.article, ground.code) for ground in answer.grounds] == [(4, why)]


@pytest.mark.enforces("disc", article="jiaxian-health:16")
def test_a_disc_in_duplicate_with_its_label():
    fields = ["maker_unit", "maker", "made_time", "case_name", "label_no"]
    label = disc_label(rules(disc_label={"article": 16, "copies": 2, "fields": fields}))
    assert label.copies == 2
    assert list(label.fields) == fields


@pytest.mark.enforces("evidence_note", article="chengde-safety:21")
def test_the_note_with_a_copy_used_as_evidence():
    fields = ["maker", "extractor", "extracted_time"]
    said = {"article": 21, "fields": fields, "disc": True, "into_case_file": True}
    note = evidence_note(rules(evidence_note=said))
    assert (list(note.fields), note.disc, note.into_case_file) == (fields, True, True)


@pytest.mark.enforces("ledger", article="jiaxian-health:4")
def test_what_the_usage_ledger_states():
    fields = ["officer", "handed_time", "content"]
    assert list(ledger_fields(rules(ledger={"article": 4, "fields": fields})).fields) == fields


@pytest.mark.parametrize(
    "question",
    [shot_list, opening_statement, pre_use_items, disc_label, evidence_note, ledger_fields],
)
def test_a_silent_regulation_has_none(question):
    assert question(rules()) is None


def test_a_silent_regulation_asks_for_no_notice():
    assert notice(rules(), ["李明"]) is None
