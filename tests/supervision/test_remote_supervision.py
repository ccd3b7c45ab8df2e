"""远程督查: what was recorded today, who is out with a device, how each unit stands."""

from datetime import timedelta

import pytest
from correction_cast import who
from review_cast import activity

import factories
from factories import NOON
from liuhen.devices.models import Checkout
from liuhen.recordings import secrecy
from liuhen.supervision.watching import remote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]


def out() -> Checkout:
    device = factories.device()
    facts = {"agency": device.agency, "handed_at": NOON, "handed_by": who("kong")}
    return Checkout.objects.create(device=device, officer=who("li"), unit=factories.unit(), **facts)


@pytest.mark.enforces("remote_supervision", article="chengde-safety:9")
def test_the_day_as_it_stands():
    activity(1, verdict="complete")
    activity(2, verdict="unexplained")
    activity(3)
    out()
    found = remote.today(who("du"), at=NOON + timedelta(hours=1))
    (row,) = [one for one in found.units if one.unit == factories.unit()]
    assert (row.activities, row.recordings, row.seconds, row.out) == (3, 3, 180, 1)
    assert (row.judged, row.whole, row.percent) == (2, 1, 50)
    assert [one.officer.name for one in found.out] == ["李执法"]


def test_yesterday_is_not_today():
    activity(1)
    found = remote.today(who("du"), at=NOON + timedelta(days=1))
    assert sum(one.activities + one.recordings for one in found.units) == 0
    assert all(one.percent is None for one in found.units)


@pytest.mark.parametrize(("login", "units"), [("wang", 1), ("ban", 2), ("zhao", 2), ("du", 2)])
def test_a_units_head_sees_the_unit(login, units):
    factories.officer("other", unit=factories.unit("监督二科"))
    found = remote.today(who(login), at=NOON)
    assert len([one for one in found.units if one.unit.name.startswith("监督")]) == units


def test_what_secrecy_hides_is_not_counted():
    film = factories.recording("2026-000001")
    secrecy.mark(film, "trade", reason="配方", by=who("zhou"), at=NOON)
    for login, seen in (("du", 0), ("zhao", 1)):
        found = remote.today(who(login), at=NOON)
        assert sum(one.recordings for one in found.units) == seen


def test_more_units_cost_no_more_queries(django_assert_max_num_queries):
    for n in range(5):
        factories.officer(f"o{n}", unit=factories.unit(f"监督{n}科"))
    du = who("du")
    with django_assert_max_num_queries(16):
        remote.today(du, at=NOON)
