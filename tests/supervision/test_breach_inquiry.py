"""The inquiry: noted down; the one concerned is told and heard, the legal office asked."""

import pytest
from breach_cast import DAY, MONDAY, NOON, events, heard, inquiry, lead, proposed, refused, who

import factories
from liuhen.devices.models import CompensationCase
from liuhen.supervision.breaches import deciding, inquiring, papers
from liuhen.supervision.breaches.deciding import Proposal

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]

PDF = b"%PDF-1.4 the inquiry"


def propose(breach, at=NOON):
    deciding.propose(breach, Proposal("属实", ("criticism",)), by=who("du"), at=at)


@pytest.mark.enforces("investigation", article="weidong-market:17")
def test_its_log_book_keeps_what_was_found_in_order():
    breach = inquiry()
    inquiring.note(breach, words="调取当日领用记录。", by=who("du"), at=NOON)
    inquiring.note(breach, words="询问同事一名。", by=who("du"), at=NOON)
    assert list(breach.steps.values_list("n", "words"))[2:] == [
        (3, "调取当日领用记录。"), (4, "询问同事一名。"),
    ]  # fmt: skip
    assert events(breach)[2:] == ["noted", "noted"]


def test_a_lead_has_no_log_book_yet():
    breach = lead()
    assert refused(inquiring.note, breach, words="…", by=who("du"), at=NOON) == ("breach.moved")


@pytest.mark.enforces("investigation")
def test_who_is_told_says_what_they_have_to_say():
    breach = heard()
    assert (breach.told_at, breach.heard_at) == (NOON, NOON)
    assert events(breach)[-2:] == ["told", "stated"]
    inquiring.state(breach, words="补充一点。", by=who("li"), at=NOON)
    assert breach.steps.last().words == "补充一点。"


def test_nobody_else_says_it_for_them():
    breach = heard()
    assert refused(inquiring.state, breach, words="…", by=who("wang"), at=NOON) == (
        "breach.not_concerned"
    )


def test_before_they_are_told_there_is_nothing_to_answer():
    breach = inquiry()
    assert refused(inquiring.state, breach, words="…", by=who("li"), at=NOON) == ("breach.not_told")
    assert refused(inquiring.not_stated, breach, words="…", by=who("du"), at=NOON) == (
        "breach.not_told"
    )


@pytest.mark.enforces("investigation")
def test_without_having_heard_them_nothing_is_proposed():
    breach = inquiry()
    assert refused(propose, breach) == "breach.not_heard"
    inquiring.tell(breach, until=MONDAY + DAY, words="请说明。", by=who("du"), at=NOON)
    assert refused(propose, breach, NOON + DAY) == "breach.not_heard"
    propose(breach, NOON + 2 * DAY)
    assert breach.state == "proposed"


def test_their_refusal_is_noted():
    breach = inquiry()
    inquiring.tell(breach, until=MONDAY + DAY, words="请说明。", by=who("du"), at=NOON)
    inquiring.not_stated(breach, words="表示不作陈述。", by=who("du"), at=NOON)
    propose(breach)
    assert events(breach)[-2:] == ["not_stated", "proposed"]


def test_a_day_that_has_passed_is_no_time_to_answer():
    breach = inquiry()
    assert (
        refused(inquiring.tell, breach, until=MONDAY - DAY, words="…", by=who("du"), at=NOON)
        == "breach.day_passed"
    )


def test_the_legal_office_gives_its_opinion_where_it_is_asked():
    breach = inquiry()
    assert refused(inquiring.advise, breach, words="…", by=who("fa"), at=NOON) == ("breach.no_such")
    inquiring.consult(breach, words="是否属于第八项？", by=who("du"), at=NOON)
    inquiring.advise(breach, words="属于第二项。", by=who("fa"), at=NOON)
    assert events(breach)[-2:] == ["consulted", "advised"]


def test_papers_lie_in_the_vault_and_are_named_in_the_log_by_number_alone():
    breach = inquiry()
    kept = papers.add(breach, "李某的书面说明", "李某.pdf", [PDF], by=who("du"), at=NOON)
    assert papers.titles_of(breach) == {kept.pk: "李某的书面说明"}
    assert (kept.title, kept.original_name) == (breach.number, f"{breach.number}.pdf")
    _paper, stored = papers.open(breach, kept.pk, by=who("du"), at=NOON)
    with stored:
        assert stored.read() == PDF


def test_others_put_no_paper_in():
    breach = inquiry()
    assert (
        refused(papers.add, breach, "…", "a.pdf", [PDF], by=who("fa"), at=NOON)
        == "people.not_permitted"
    )


@pytest.mark.enforces("compensation")
def test_a_broken_device_is_paid_for_by_its_own_procedure():
    breach = proposed(of=heard(inquiry(lead(device=factories.device()))))
    case = inquiring.compensate(breach, story="借出时摔坏。", by=who("zhao"), at=NOON)
    assert CompensationCase.objects.get() == case
    assert (case.officer, case.device) == (who("li"), factories.device())
    assert events(breach)[-1] == "compensation"


def test_without_a_device_nothing_is_paid_for_here():
    breach = proposed()
    assert (
        refused(inquiring.compensate, breach, story="…", by=who("zhao"), at=NOON)
        == "breach.no_device"
    )
