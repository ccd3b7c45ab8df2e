"""Whose duties there are, and the figures made of them."""

import pytest
from duty_cast import DAY, HOUR, NOON

import factories
from liuhen.duties import queries
from liuhen.duties.models import Duty, DutyKind, DutyState
from liuhen.duties.queries import Counters, Figures
from liuhen.kernel.refusal import Refusal
from liuhen.people.models import Officer, Unit, UnitKind
from liuhen.recordings import secrecy

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_bureau(bureau): ...


def duty(key: str, **more) -> Duty:
    facts = {
        "agency": factories.agency(),
        "key": key,
        "kind": DutyKind.REVIEW,
        "pack_id": "own",
        "article": 17,
        "post": "legal_office",
        "started_at": NOON,
        "due_at": NOON + DAY,
    } | more
    return Duty.objects.create(**facts)


def closed(key: str, state: DutyState = DutyState.DONE, **more) -> Duty:
    by = factories.officer("zhao") if state == DutyState.WAIVED else None
    facts = {"closed_at": NOON, "closed_by": by, "reason": "事由" if by else ""}
    return duty(key, state=state, **(facts | more))


def keys(found) -> set[str]:
    return set(found.values_list("key", flat=True))


def test_mine_are_my_own_and_my_posts(rules):
    duty("post")
    duty("li's", post="officer", owner=factories.officer("li"))
    duty("wang's unit", post="unit_head", unit=factories.unit())
    duty("other unit", post="unit_head", unit=factories.unit("监督二科"))
    duty("nobody's", post="officer")
    assert keys(queries.mine(factories.officer("fa"))) == {"post"}
    assert keys(queries.mine(factories.officer("li"))) == {"li's"}
    assert keys(queries.mine(factories.officer("wang"))) == {"wang's unit"}
    assert keys(queries.mine(factories.officer("sun"))) == set()


def test_a_named_owner_takes_it_off_the_others_of_the_post():
    duty("a", owner=factories.officer("li"))
    assert keys(queries.mine(factories.officer("fa"))) == set()


def test_an_account_that_is_off_has_none():
    duty("a")
    fa = factories.officer("fa")
    fa.is_active = False
    assert keys(queries.mine(fa)) == set()


def test_a_head_named_in_the_unit_sees_to_it_wherever_he_sits():
    two = factories.unit("监督二科")
    duty("a", post="unit_head", unit=two)
    wu = factories.officer("wu", unit=factories.unit())
    Unit.objects.filter(pk=two.pk).update(head=wu)
    assert keys(queries.mine(wu)) == {"a"}


def seen(login: str) -> set[str]:
    return keys(queries.visible_to(factories.officer(login)))


def test_the_range_one_sees_is_the_permissions():
    li = factories.officer("li")
    duty("li's", owner=li, unit=li.unit)
    duty("unit's", post="unit_head", unit=li.unit)
    duty("bureau's")
    assert seen("li") == {"li's"}
    assert seen("wang") == {"li's", "unit's"}
    assert seen("zhao") == seen("zhou") == seen("fa") == {"li's", "unit's", "bureau's"}
    assert seen("sun") == seen("an") == seen("shen") == set()


def test_what_one_closed_one_still_sees():
    closed("a", closed_by=factories.officer("li"))
    assert seen("li") == {"a"}
    assert keys(queries.done_by(factories.officer("li"))) == {"a"}


def test_what_is_not_shown_is_not_there():
    hidden = duty("a")
    for pk in (hidden.pk, 10**12):
        with pytest.raises(Refusal) as no:
            queries.get_visible(pk, factories.officer("li"))
        assert no.value.code == "duties.no_such_duty"


def test_counters_count_open_due_today_overdue_and_done_this_month():
    duty("overdue", due_at=NOON)
    duty("today", due_at=NOON + 12 * HOUR)  # the midnight after
    duty("tomorrow", due_at=NOON + 13 * HOUR)
    duty("never", due_at=None)
    closed("this month"), closed("late", DutyState.DONE_LATE)
    closed("last month", closed_at=NOON - 10 * DAY), closed("waived", DutyState.WAIVED)
    found = queries.counters(queries.of_agency(factories.agency()), at=NOON)
    assert found == Counters(open=4, due_today=1, overdue=1, done_this_month=2)


def test_figures_by_article_in_two_queries(django_assert_num_queries):
    closed("a"), closed("b", DutyState.DONE_LATE), closed("c", DutyState.WAIVED)
    closed("before", closed_at=NOON - DAY), closed("after", closed_at=NOON + DAY)
    duty("open"), duty("overdue", due_at=NOON + HOUR), duty("later", started_at=NOON + 2 * DAY)
    duty("other article", article=20), duty("other pack", pack_id="former")
    agency, span = factories.agency(), {"since": NOON, "until": NOON + 2 * HOUR}
    with django_assert_num_queries(2):
        found = queries.figures(agency, "own", **span)
    assert found == {
        17: Figures(done=1, late=1, open=3, overdue=1, waived=1),
        20: Figures(open=1),
    }


def test_soonest_lists_dated_ones_before_those_without_a_time():
    duty("never", due_at=None), duty("later", due_at=NOON + 2 * DAY), duty("sooner")
    found = queries.soonest(queries.of_agency(factories.agency()), 3)
    assert [one.key for one in found] == ["sooner", "later", "never"]


def test_nobody_sees_another_units_by_being_in_an_office():
    office = factories.unit("办公室")
    Unit.objects.filter(pk=office.pk).update(kind=UnitKind.OFFICE)
    duty("a", post="unit_head", unit=factories.unit())
    head = factories.officer("head", "unit_head", unit=office)
    assert keys(queries.visible_to(Officer.objects.get(pk=head.pk))) == set()


@pytest.mark.enforces("secrecy")
def test_a_duty_about_a_secret_recording_tells_of_it_to_nobody_else():
    film = factories.recording()
    duty("secret", owner=film.officer, unit=factories.unit(), recording=film)
    duty("open", unit=factories.unit())
    secrecy.mark(film, "trade", reason="配方", by=film.officer, at=NOON)
    wang, du, li, zhou = (factories.officer(one) for one in ("wang", "du", "li", "zhou"))
    for seen in (queries.visible_to(wang), queries.of_unit(wang), queries.visible_to(du)):
        assert keys(seen) == {"open"}
    assert keys(queries.visible_to(li)) == {"secret"}
    assert keys(queries.visible_to(zhou)) == {"secret", "open"}
