"""A person confirms a lead or dismisses it; whom it concerns has no say in it."""

import pytest
from breach_cast import HOUR, NOON, count, events, inquiry, lead, refused, state_of, who

import factories
from liuhen.people.roles import Role
from liuhen.supervision.breaches import course, sifting
from liuhen.supervision.breaches.sifting import Charge
from liuhen.supervision.breaches.suspecting import Told, enter
from liuhen.supervision.models import Breach, BreachSource

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


@pytest.mark.enforces("breaches", "investigation")
def test_who_inquires_enters_what_was_reported():
    breach = lead()
    assert (breach.state, breach.found_by, breach.officer) == ("candidate", who("du"), who("li"))
    assert events(breach) == ["suspected"]


def test_the_same_report_twice_is_one():
    lead()
    assert refused(lead) == "breach.entered"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"text": " "}, "breach.words_missing"),
        ({"happened_at": NOON + HOUR}, "breach.happens_later"),
        ({"item_no": 99}, "breach.no_such_item"),
    ],
)
def test_what_is_not_whole_is_not_entered(more, code):
    assert refused(lead, **more) == code
    assert Breach.objects.count() == 0


def test_nobody_of_another_bureau_is_named():
    assert refused(lead, officer=factories.stranger()) == "breach.not_of_this_bureau"


@pytest.mark.parametrize("login", ["li", "wang", "zhao", "kong", "zhou", "fa", "sun", "an", "shen"])
def test_others_enter_none(login):
    told = Told(BreachSource.REPORT, "…", NOON)
    assert refused(enter, told, by=who(login), at=NOON) == "people.not_permitted"


@pytest.mark.enforces("breaches", article="weidong-market:14")
@pytest.mark.enforces("investigation", article="weidong-market:17")
def test_confirmed_it_is_an_inquiry_into_one_person_and_one_item():
    factories.follow("weidong-market")
    breach = inquiry(item_no=2)
    assert breach.state == "inquiry"
    assert (breach.article, breach.item_no, breach.item_text) == (14, 2, "擅自把设备借给他人")
    assert events(breach) == ["suspected", "confirmed"]


def test_an_item_the_regulation_of_then_does_not_list_is_refused():
    assert refused(inquiry, item_no=9) == "breach.no_such_item"


@pytest.mark.enforces("breaches")
def test_dismissed_it_stays_with_its_reason_and_may_be_taken_up_again():
    breach = lead()
    sifting.dismiss(breach, reason="查无实据。", by=who("du"), at=NOON)
    assert breach.steps.get(n=2).words == "查无实据。"
    sifting.reopen(breach, reason="有新的证人。", by=who("du"), at=NOON)
    assert events(breach) == ["suspected", "dismissed", "reopened"]
    assert state_of(breach) == "candidate"


def test_alike_ones_go_together_with_one_reason_or_none_does():
    ones = [lead(f"线索{n}") for n in range(3)]
    sifting.dismiss_all(ones[:2], reason="重复举报。", by=who("du"), at=NOON)
    assert [state_of(one) for one in ones] == ["dismissed", "dismissed", "candidate"]
    assert (
        refused(sifting.dismiss_all, ones, reason="重复", by=who("du"), at=NOON) == "breach.moved"
    )
    assert state_of(ones[2]) == "candidate"


def test_of_several_sources_none_is_dismissed_with_one_reason():
    ones = [lead(), lead("另一件", source=BreachSource.ORDERED)]
    assert (
        refused(sifting.dismiss_all, ones, reason="…", by=who("du"), at=NOON) == "breach.not_alike"
    )


def test_without_a_reason_nothing_is_dismissed():
    breach = lead()
    assert refused(sifting.dismiss, breach, reason="", by=who("du"), at=NOON) == (
        "breach.words_missing"
    )


@pytest.mark.parametrize("how", ["named", "took part"])
def test_whom_it_concerns_neither_confirms_nor_dismisses(how):
    if how == "named":
        breach = enter(
            Told(BreachSource.REPORT, "…", NOON, officer=who("du")), by=who("qian"), at=NOON
        )
    else:
        activity = factories.activity("HD-2026-000001", "du")
        breach = enter(
            Told(BreachSource.REPORT, "…", NOON, activity=activity), by=who("qian"), at=NOON
        )
    assert refused(sifting.dismiss, breach, reason="…", by=who("du"), at=NOON) == (
        "breach.concerned"
    )
    assert refused(
        lambda: sifting.confirm(breach, Charge(who("li"), 2, "…"), by=who("du"), at=NOON)
    ) == ("breach.concerned")


def test_nobody_inquires_into_themselves():
    breach = lead(officer=None)
    assert refused(inquiry, breach, officer="du") == "breach.concerned"


def test_another_bureaus_supervision_does_not_reach_it():
    breach, far = lead(), factories.stranger("far", Role.SUPERVISION)
    assert refused(sifting.dismiss, breach, reason="…", by=far, at=NOON) == ("breach.no_such")


def test_of_two_at_once_one_has_his_way():
    breach, seen = lead(), Breach.objects.get()
    inquiry(breach)
    assert refused(sifting.dismiss, seen, reason="…", by=who("qian"), at=NOON) == ("breach.moved")


def test_without_the_event_nothing_is_confirmed(monkeypatch):
    breach, before = lead(), count()

    def fail(*_args, **_more):
        raise OSError("disk full")

    monkeypatch.setattr(course.log, "record_all", fail)
    with pytest.raises(OSError, match="disk full"):
        inquiry(breach)
    assert (state_of(breach), count(), breach.steps.count()) == ("candidate", before, 1)
