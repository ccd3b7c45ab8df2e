"""Everybody checks about as much as the others, and nobody their own work."""

import pytest
from spot_cast import LATER, activity, announced, drawn, film, kinds_of, refused, who, work

import factories
from factories import NOON
from liuhen.access import rights, viewing
from liuhen.access.errors import NoGrant
from liuhen.access.models import Viewing
from liuhen.people.roles import Role
from liuhen.recordings import sharing
from liuhen.supervision import spot_queries, spot_spreading
from liuhen.supervision.models import SpotCheck

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


def checker_of(check: SpotCheck) -> dict[str, str | None]:
    return {
        one.item: one.checker and one.checker.login for one in check.items.select_related("checker")
    }


def helper(login: str = "bang") -> None:
    factories.officer(login, Role.SUPERVISION, name="帮督查")


def test_it_is_spread_evenly():
    work(6, 4)
    helper()
    given = list(checker_of(drawn("du", "bang", percent=100)).values())
    assert (given.count("du"), given.count("bang")) == (5, 5)


def test_who_made_or_took_part_in_it_does_not_check_it():
    helper()
    activity(1, film(1, officer=who("ban")))
    sharing.share(film(2), who("ban"), by=who("zhou"), at=NOON)
    factories.activity("HD-2026-000003", "ban")
    film(4)
    given = checker_of(drawn("ban", "bang", percent=100))
    assert {item for item, login in given.items() if login == "ban"} <= {"recording:2026-000004"}


def test_what_nobody_may_check_waits_for_another():
    film(1, officer=who("ban"))
    check = drawn("ban", percent=100)
    assert checker_of(check) == {"recording:2026-000001": None}
    assert refused(spot_spreading.give, check, 1, who("ban"), by=who("du"), at=LATER) == (
        "spot_check.own_work"
    )
    spot_spreading.give(check, 1, who("du"), by=who("du"), at=LATER)
    assert checker_of(check) == {"recording:2026-000001": "du"}
    assert kinds_of(check)[-2:] == ["spot_check.given", "access.assigned"]


def test_given_to_another_the_first_looks_no_more():
    film(1)
    helper()
    check = drawn("du", percent=100)
    spot_spreading.give(check, 1, who("bang"), by=who("du"), at=LATER)
    assert rights.may_play(who("bang"), film(1), at=LATER)
    assert not rights.may_play(who("du"), film(1), at=LATER)


@pytest.mark.parametrize("login", ["li", "zhao", "fa"])
def test_only_who_holds_a_post_of_the_rule_is_given_any(login):
    film(1)
    check = drawn(percent=100)
    assert refused(spot_spreading.give, check, 1, who(login), by=who("du"), at=LATER) == (
        "spot_check.not_a_checker"
    )


def test_there_is_nothing_to_give_before_the_draw_and_nothing_beyond_it():
    film(1)
    check = announced()
    assert refused(spot_spreading.give, check, 1, who("du"), by=who("du"), at=LATER) == (
        "spot_check.wrong_step"
    )


@pytest.mark.enforces("sampling", article="chengde-safety:26")
def test_the_checker_looks_without_a_request_and_the_register_says_so():
    activity(1, film(1))
    film(2)
    with pytest.raises(NoGrant):
        viewing.open_recording("2026-000001", by=who("du"), at=NOON)
    check = drawn(percent=100)
    viewing.open_recording("2026-000001", by=who("du"), at=LATER)
    line = Viewing.objects.select_related("assignment").get()
    assert (line.assignment.reference, line.ground, line.article) == (
        check.number, "spot_check", 26,
    )  # fmt: skip
    looked = {one.item.item: one.looked for one in spot_queries.lines_of(check, who("du"))}
    assert looked == {"activity:HD-2026-000001": True, "recording:2026-000002": False}


def test_what_was_not_drawn_is_not_opened():
    work(0, 4)
    drawn(percent=1)
    films = [film(100 + n) for n in range(1, 5)]
    assert len(rights.rights_to(who("du"), films, at=LATER)) == 1
