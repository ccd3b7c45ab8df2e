"""Parties: what is entered, what is refused and in which words, what the log keeps of it."""

import json
from dataclasses import replace

import pytest

import factories
from cases.case_cast import (
    OTHER_RESIDENT,
    OTHER_USCC,
    RESIDENT,
    USCC,
    add,
    count,
    events,
    last_facts,
    person,
    shop,
)
from factories import NOON
from liuhen.cases import identity, parties, queries
from liuhen.cases.models import Party
from liuhen.custody.models import CustodyEvent
from liuhen.kernel.refusal import Refusal

pytestmark = pytest.mark.usefixtures("bureau")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("130102900307123", "15位的旧身份证"),
        ("13010219900307123", "现填写了17位"),
        ("13010219900307123A", "最后一位为数字或者字母X"),
        ("13010219900230123X", "19900230"),
        ("13010220990307123X", "20990307"),
        ("990102199003071233", "990102"),
        ("130102199003071234", "校验码"),
    ],
)
def test_a_wrong_identity_number_is_refused_in_the_users_words(number, said):
    with pytest.raises(Refusal, match=said) as no:
        add(person(id_kind="resident", id_no=number))
    assert no.value.code == "party.id_invalid"
    assert (Party.objects.count(), count()) == (0, 0)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("130521600012345", "旧营业执照注册号"),
        ("91130521MA07ABCD1", "现填写了17位"),
        ("91130521MA07ABCDOL", "字母O"),
        ("9113052AMA07ABCD1L", "第1至8位"),
        ("91130521MA07ABCD2L", "校验码"),
    ],
)
def test_a_wrong_credit_code_is_refused_in_the_users_words(number, said):
    with pytest.raises(Refusal, match=said):
        add(shop(id_kind="uscc", id_no=number))


@pytest.mark.parametrize("typed", ["130102 19900307 1233", "１３０１０２１９９００３０７１２３３"])
def test_a_number_is_kept_one_way_however_it_is_typed(typed):
    assert add(person(id_kind="resident", id_no=typed)).id_no == RESIDENT


def test_an_organisation_has_no_identity_card():
    with pytest.raises(Refusal) as no:
        add(shop(id_kind="resident", id_no=RESIDENT))
    assert no.value.code == "party.id_not_of_this_kind"


def test_a_trader_may_have_a_credit_code():
    assert add(person(id_kind="uscc", id_no=OTHER_USCC)).id_no == OTHER_USCC


def test_one_number_is_one_party_and_the_refusal_names_it():
    add(shop("惠民餐饮店", id_kind="uscc", id_no=USCC))
    before = count()
    with pytest.raises(Refusal, match="惠民餐饮店") as no:
        add(shop("另一店", id_kind="uscc", id_no=USCC.lower()))
    assert no.value.code == "party.id_taken"
    assert count() == before


def test_two_bureaus_may_have_the_same_party():
    add(person(id_kind="resident", id_no=RESIDENT))
    factories.stranger("far")
    assert add(person(id_kind="resident", id_no=RESIDENT), by="far").pk


def test_the_log_never_has_the_number_the_phone_or_the_address():
    made = add(person(id_kind="resident", id_no=RESIDENT, phone="13800138000", address="和平路1号"))
    to = replace(parties.facts_of(made), id_no=OTHER_RESIDENT, phone="13900139000", address="2号")
    parties.change(made, to, by=factories.officer("li"), at=NOON)
    logged = b"".join(bytes(one.entry) for one in CustodyEvent.objects.all()).decode()
    for secret in (RESIDENT, OTHER_RESIDENT, "13800138000", "13900139000", "和平路1号"):
        assert secret not in logged
    assert last_facts(f"party:{made.pk}")["changed"] == ["id_no", "phone", "address"]


def test_a_change_is_logged_and_nothing_changed_is_not():
    made, li = add(shop()), factories.officer("li")
    parties.change(made, replace(parties.facts_of(made), name="惠民餐厅"), by=li, at=NOON)
    assert events(f"party:{made.pk}") == ["party.added", "party.changed"]
    made.refresh_from_db()
    parties.change(made, parties.facts_of(made), by=li, at=NOON)
    assert events(f"party:{made.pk}") == ["party.added", "party.changed"]


def test_a_renamed_party_is_found_in_its_cases_by_both_names():
    case = factories.case("1号", made := add(shop()))
    facts = replace(parties.facts_of(made), name="福满楼")
    parties.change(made, facts, by=factories.officer("li"), at=NOON)
    case.refresh_from_db()
    assert "福满楼" in case.search_text


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        ("resident", RESIDENT, "130***********1233"),
        ("uscc", USCC, USCC),
        ("passport", "E12345678", "E*******8"),
        ("other", "12", "**"),
        ("", None, ""),
    ],
)
def test_a_number_is_shown_in_part(kind, number, shown):
    assert identity.masked(kind, number) == shown


def test_a_number_is_shown_after_the_look_is_logged():
    made = add(person(id_kind="resident", id_no=RESIDENT))
    shown = parties.show_number(made, by=factories.officer("zhou"), at=NOON)
    assert shown.id_no == RESIDENT
    assert events(f"party:{made.pk}")[-1] == "party.id_shown"


def test_who_handles_no_cases_is_not_shown_it():
    made = add(person(id_kind="resident", id_no=RESIDENT))
    before = count()
    with pytest.raises(Refusal) as no:
        parties.show_number(made, by=factories.officer("du"), at=NOON)
    assert (no.value.code, count()) == ("people.not_permitted", before)


@pytest.mark.parametrize("login", ["sun", "an", "shen", "cai", "zhao"])
def test_who_handles_none_enters_none(login):
    factories.officer(login)
    before = count()
    with pytest.raises(Refusal):
        add(shop(), by=login)
    assert (count(), Party.objects.count()) == (before, 0)


def test_the_whole_number_finds_a_party_of_another_officers():
    made = add(person(id_kind="resident", id_no=RESIDENT), by="wang")
    hua = factories.officer("hua")
    assert not queries.parties_for(hua).exists()
    assert parties.named(f" {RESIDENT} ", hua) == [made]
    assert parties.named("张三", hua) == []
    assert parties.named("张 三", factories.officer("wang")) == [made]


def test_a_blank_name_is_refused():
    with pytest.raises(Refusal) as no:
        add(shop(" （） "))
    assert no.value.code == "party.name_blank"


def test_events_are_small():
    made = add(shop("店" * 200, remark="注" * 500, representative="人" * 50))
    assert len(json.dumps(last_facts(f"party:{made.pk}"))) < 4000
