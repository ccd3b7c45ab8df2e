"""Cases: opened, changed, closed, opened again."""

from dataclasses import replace
from datetime import date

import pytest

import factories
from cases.case_cast import add, count, events, facts, last_facts, open_case, shop
from factories import NOON
from liuhen.cases import case_files, case_terms
from liuhen.cases.models import Case
from liuhen.kernel.refusal import Refusal

pytestmark = pytest.mark.usefixtures("bureau")


def close(case: Case, day: date = date(2026, 1, 5), term: str = "P10Y", by: str = "li") -> None:
    case_files.close(case, closed_date=day, term=term, by=factories.officer(by), at=NOON)


def test_a_case_is_opened_with_its_parties_and_two_officers():
    party = add(shop())
    case = open_case(parties=[(party, "party")])
    assert events(f"case:{case.pk}") == ["case.opened"]
    assert case.officers.count() == 2
    assert case.case_officers.get(is_lead=True).officer.login == "li"
    for word in ("卫罚〔2026〕7号", "惠民餐饮店", "王科长"):
        assert word in case.search_text


@pytest.mark.parametrize("typed", ["卫罚(2026)7号", " 卫罚 【2026】 ７号 "])
def test_a_number_taken_is_refused_with_the_case_that_has_it(typed):
    open_case()
    before = count()
    with pytest.raises(Refusal, match="未公示卫生许可证案") as no:
        open_case(typed)
    assert (no.value.code, count(), Case.objects.count()) == ("case.no_taken", before, 1)


def test_another_bureau_may_have_the_number():
    open_case()
    far, near = factories.stranger("far"), factories.stranger("near")
    said = facts(officers=(far, near), lead=far, unit=far.unit)
    assert case_files.open(said, by=far, at=NOON).pk


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (lambda: {"officers": (factories.officer("li"),)}, "case.too_few_officers"),
        (lambda: {"lead": factories.officer("bai")}, "case.no_lead"),
        (lambda: {"officers": (factories.officer("li"), factories.officer("shen"))},
         "case.officer_not_fit"),
        (lambda: {"officers": (factories.officer("li"), factories.stranger("far"))},
         "case.officer_not_fit"),
        (lambda: {"opened_date": date(2026, 1, 6)}, "case.opened_later"),
        (lambda: {"term": "十年"}, "case.term_unknown"),
        (lambda: {"case_no": " "}, "case.no_blank"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_written(more, code):
    said = facts(**more())
    before = count()
    with pytest.raises(Refusal) as no:
        case_files.open(said, by=factories.officer("li"), at=NOON)
    assert (no.value.code, count(), Case.objects.count()) == (code, before, 0)


def test_a_change_says_what_changed_and_none_says_nothing():
    case, li = open_case(), factories.officer("li")
    bai = factories.officer("bai")
    to = replace(case_files.facts_of(case), name="新名", officers=(li, bai))
    case_files.change(case, to, by=li, at=NOON)
    told = last_facts(f"case:{case.pk}")
    assert told == {
        "name": ["未公示卫生许可证案", "新名"],
        "officers": [["li", "wang"], ["bai", "li"]],
    }
    case.refresh_from_db()
    case_files.change(case, case_files.facts_of(case), by=li, at=NOON)
    assert events(f"case:{case.pk}") == ["case.opened", "case.changed"]


def test_parties_come_and_go():
    case, li, party = open_case(), factories.officer("li"), add(shop())
    case_files.add_party(case, party, "witness", by=li, at=NOON)
    with pytest.raises(Refusal) as no:
        case_files.add_party(case, party, "party", by=li, at=NOON)
    assert no.value.code == "case.party_in_case"
    case_files.remove_party(case, party, by=li, at=NOON)
    assert last_facts(f"case:{case.pk}") == {"party_removed": [party.pk, "witness"]}
    case.refresh_from_db()
    assert party.name not in case.search_text


def test_a_closed_case_is_changed_by_nobody_until_it_is_opened_again():
    case, li = open_case(), factories.officer("li")
    close(case)
    assert last_facts(f"case:{case.pk}") == {"closed_date": "2026-01-05", "term": "P10Y"}
    with pytest.raises(Refusal) as no:
        case_files.change(case, facts(name="x"), by=li, at=NOON)
    assert no.value.code == "case.closed"
    case_files.reopen(case, reason="补充调查", by=li, at=NOON)
    case_files.change(case, facts(name="x"), by=li, at=NOON)
    assert events(f"case:{case.pk}")[1:] == ["case.closed", "case.reopened", "case.changed"]


@pytest.mark.parametrize(
    ("day", "term", "code"),
    [
        (date(2026, 1, 3), "P10Y", "case.closed_before_opened"),
        (date(2026, 1, 6), "P10Y", "case.closed_later"),
        (date(2026, 1, 5), "", "case.term_blank"),
        (date(2026, 1, 5), "P-1Y", "case.term_unknown"),
    ],
)
def test_a_case_is_not_closed_wrongly(day, term, code):
    case = open_case()
    before = count()
    with pytest.raises(Refusal) as no:
        close(case, day, term)
    assert (no.value.code, count()) == (code, before)


def test_of_two_who_close_it_one_does():
    case = open_case()
    close(case)
    before = count()
    with pytest.raises(Refusal) as no:
        close(case, by="wang")
    assert (no.value.code, count()) == ("case.closed", before)


def test_who_only_sees_it_does_not_handle_it():
    case, bai = open_case(), factories.officer("bai")
    factories.activity("HD-2026-000001", "bai", case=case)
    with pytest.raises(Refusal) as no:
        case_files.change(case, facts(name="x"), by=bai, at=NOON)
    assert no.value.code == "case.not_yours"
    assert case_files.may_handle(case, factories.officer("zhou"))
    assert not case_files.may_handle(case, factories.stranger("far"))


@pytest.mark.parametrize(
    ("term", "told"), [("permanent", "永久"), ("P30Y", "30年"), ("P7Y", "7年"), ("", "")]
)
def test_a_term_is_told(term, told):
    assert case_terms.told(term) == told
