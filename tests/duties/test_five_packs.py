"""What each of the five regulations makes owed, from the data as shipped."""

import pytest
from duty_cast import DAY, HOUR, NOON, examined

import factories
from devices.mending_cast import lost, report, used
from liuhen.duties import deriving, overdue
from liuhen.duties.models import Duty
from liuhen.duties.rounds import Rounds
from liuhen.packs import catalogue
from liuhen.people.models import Unit, UnitKind
from liuhen.regulations.models import Adoption

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bureau")]

HANDED_IN_LATE = {
    # pack: (article, what counts is the recording's own end)
    "jiaxian-health": (13, False),
    "weidong-market": (9, True),
    "chengde-safety": (19, False),
    "neiqiu-health": (16, False),
    "luohe-livestock": (13, False),
}
CALENDAR = {
    "jiaxian-health": {("review", 17)},
    "weidong-market": set(),
    "chengde-safety": set(),
    "neiqiu-health": {("daily_check", 20), ("collection", 16)},
    "luohe-livestock": {("budget", 23)},
}


def follow(pack_id: str) -> None:
    Adoption.objects.update(pack_id=pack_id)
    factories.officer("wang")


@pytest.mark.enforces("handover", "breaches")
@pytest.mark.parametrize("pack_id", HANDED_IN_LATE)
def test_a_week_late_is_a_candidate_breach_everywhere(pack_id):
    follow(pack_id)
    examined(after=7 * DAY)
    deriving.catch_up(at=NOON)
    duty, (article, is_own) = Duty.objects.get(kind="handover"), HANDED_IN_LATE[pack_id]
    assert (duty.article, duty.state, duty.pack_id) == (article, "done_late", pack_id)
    assert ("stands_in" not in duty.facts) == is_own
    breaches = catalogue.pack(pack_id).parameters["breaches"][0]
    hit = [line.number for line in breaches.items if "handover" in line.duties]
    assert (duty.breach_no, duty.breach_article) == (
        (hit[0], breaches.article) if hit else (None,) * 2
    )


@pytest.mark.enforces("handover")
@pytest.mark.parametrize("pack_id", HANDED_IN_LATE)
def test_within_the_hour_of_the_same_day_is_in_time_everywhere(pack_id):
    follow(pack_id)
    examined(after=HOUR)
    deriving.catch_up(at=NOON)
    assert Duty.objects.get(kind="handover").state == "done"


@pytest.mark.enforces("inspection", "review", "collection", "budget")
@pytest.mark.parametrize("pack_id", CALENDAR)
def test_what_the_calendar_asks_for(pack_id):
    follow(pack_id)
    Rounds().go(at=NOON)
    made = Duty.objects.exclude(kind__in=["handover", "identify", "shortfall"])
    assert set(made.values_list("kind", "article")) == CALENDAR[pack_id]


@pytest.mark.enforces("equipment")
def test_a_unit_under_two_devices_is_short_where_the_regulation_says_so():
    follow("weidong-market")
    Unit.objects.update(kind=UnitKind.ENFORCEMENT)
    Rounds().go(at=NOON)
    assert Duty.objects.get(kind="shortfall").article == 3


@pytest.mark.enforces("breaches")
@pytest.mark.parametrize("pack_id", CALENDAR)
def test_every_candidate_is_an_item_of_the_regulation(pack_id):
    follow(pack_id)
    Rounds().go(at=NOON)
    overdue.note_due(at=NOON + 400 * DAY)
    numbers = {line.number for line in catalogue.pack(pack_id).parameters["breaches"][0].items}
    assert set(Duty.objects.exclude(breach_no=None).values_list("breach_no", flat=True)) <= numbers


@pytest.mark.enforces("handover")
@pytest.mark.parametrize("pack_id", HANDED_IN_LATE)
def test_what_a_lost_device_held_was_not_handed_in_anywhere(pack_id):
    follow(pack_id)
    lost(used("li").device)
    deriving.catch_up(at=NOON)
    duty = Duty.objects.get(kind="loss")
    assert (duty.article, duty.post) == (HANDED_IN_LATE[pack_id][0], "supervision")


@pytest.mark.enforces("repair")
@pytest.mark.parametrize("pack_id", CALENDAR)
def test_a_fault_goes_through_whom_the_regulation_names(pack_id):
    follow(pack_id)
    report()
    deriving.catch_up(at=NOON)
    made = list(Duty.objects.filter(kind="repair").values_list("article", "post"))
    assert made == ([(13, "finance")] if pack_id == "neiqiu-health" else [])
