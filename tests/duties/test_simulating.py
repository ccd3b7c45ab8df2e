"""What a change would have done to the last twelve months."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import factories
from liuhen.custody import log
from liuhen.custody.kinds import Kind
from liuhen.custody.models import CustodyEvent
from liuhen.duties.simulating import Move, Simulation, simulate
from liuhen.engines.policy.answers import Why
from liuhen.engines.policy.pack import Adopted, Change
from liuhen.engines.policy.values import (
    Cadence,
    Chain,
    Handover,
    HandoverExcused,
    Retention,
    Step,
    Value,
)
from liuhen.engines.policy.vocabulary import RequestKind, Rhythm
from liuhen.kernel.clock import CHINA
from liuhen.packs import catalogue
from liuhen.people.models import Agency
from liuhen.recordings import sharing
from liuhen.recordings.models import Recording, RecordingState, TimeOrigin
from liuhen.regulations.errors import NoRegulation
from liuhen.regulations.models import Adoption

pytestmark = pytest.mark.django_db
NEXT_YEAR = date(2027, 1, 1)
AT = datetime(2026, 6, 1, 9, tzinfo=CHINA)
ENDED = datetime(2026, 3, 10, 15, 1, tzinfo=CHINA)


@pytest.fixture
def bureau(data) -> Agency:
    """One that follows chengde-safety: two years at least, the same day."""
    made = factories.agency()
    Adoption.objects.filter(agency=made).update(pack_id="chengde-safety")
    return made


def made(n: int = 1, *, hours: float = 1, **more: object) -> Recording:
    """A minute's recording of 10 March 2026, 15:00, handed in so many hours after its end."""
    facts = {
        "recorded_at": ENDED - timedelta(minutes=1),
        "sealed_at": ENDED + timedelta(hours=hours),
    }
    return factories.recording(f"2026-{n:06d}", **facts | more)


def tried(bureau: Agency, **values: Value) -> Simulation:
    changes = [Change(name, NEXT_YEAR, value) for name, value in values.items()]
    return simulate(bureau, changes, at=AT)


def keep(rule: str = "at_least", period: str | None = None) -> Retention:
    return Retention.model_validate({"article": 20, "rule": rule, "period": period})


def hand_in(hours: int) -> Handover:
    said = {"article": 19, "clock": "recording_end", "limit": "hours", "receiver": "custodian"}
    return Handover.model_validate(said | {"hours": hours})


def opened_by(login: str, recording: Recording) -> None:
    subject = f"recording:{recording.number}"
    log.record(Kind.RECORDING_OPENED, subject=subject, by=factories.officer(login), at=ENDED)


def test_nothing_changed_changes_nothing(bureau):
    made()
    found = simulate(bureau, [], at=AT)
    assert (found.recordings, found.changes_nothing) == (1, True)


@pytest.mark.parametrize(
    ("value", "move"),
    [
        (keep("at_least", "P1Y"), Move.EARLIER),
        (keep("at_least", "P3Y"), Move.LATER),
        (keep("unstated"), Move.NO_LONGER_EXPIRES),
        (keep("case_file"), Move.NO_LONGER_EXPIRES),
    ],
)
def test_a_term_moves_every_recordings_keep_until(bureau, value, move):
    made(1), made(2)
    found = tried(bureau, retention=value)
    assert found.moved == {move: 2}
    assert [one.number for one in found.moved_examples] == ["2026-000002", "2026-000001"]


def test_an_example_shows_both_days(bureau):
    made()
    [example] = tried(bureau, retention=keep("exact", "P1Y")).moved_examples
    assert example.before.until == ENDED.replace(year=2028)
    assert example.after.until == ENDED.replace(year=2027)


def test_what_never_expired_may_come_to_expire(bureau):
    Adoption.objects.filter(agency=bureau).update(pack_id="neiqiu-health")
    made()
    assert tried(bureau, retention=keep("exact", "P1Y")).moved == {Move.NOW_EXPIRES: 1}


def test_another_article_for_the_same_term_moves_nothing(bureau):
    made()
    assert tried(bureau, retention=keep("at_least", "P24M")).changes_nothing


def test_a_term_below_the_laws_two_years_is_noticed(bureau):
    assert [n.code for n in tried(bureau, retention=keep("exact", "P1Y")).notices] == [
        Why.LAW_TERM_SHORT
    ]
    assert tried(bureau, retention=keep("exact", "P3Y")).notices == ()


def test_a_shorter_time_makes_some_late(bureau):
    made(1, hours=1), made(2, hours=5)
    found = tried(bureau, handover=hand_in(3))
    assert (found.newly_late, found.newly_in_time) == (1, 0)
    [example] = found.handover_examples
    assert (example.number, example.due_after) == ("2026-000002", ENDED + timedelta(hours=3))


def test_a_longer_time_lets_some_be_in_time(bureau):
    made(hours=20)
    found = tried(bureau, handover=hand_in(24))
    assert (found.newly_late, found.newly_in_time) == (0, 1)


def test_on_the_dot_is_late_one_second_before_is_not(bureau):
    made(1, hours=3), made(2, hours=3 - 1 / 3600)
    assert tried(bureau, handover=hand_in(3)).newly_late == 1


def test_what_has_no_time_of_its_own_is_no_ones_lateness(bureau):
    made(hours=5, recorded_at_origin=TimeOrigin.INTAKE)
    assert tried(bureau, handover=hand_in(3)).newly_late == 0


def test_what_is_not_examined_yet_has_no_sure_time(bureau):
    made(hours=5, state=RecordingState.SEALED)
    assert tried(bureau, retention=keep("unstated"), handover=hand_in(3)).recordings == 0


def test_only_twelve_months_of_this_bureau_count(bureau):
    made(1)
    made(2, recorded_at=AT.replace(year=2025) - timedelta(seconds=1))
    made(3, agency=factories.agency("另一县卫健局"))
    assert tried(bureau, retention=keep("unstated")).recordings == 1


def test_nothing_owed_before_the_first_regulation_becomes_late(bureau):
    Adoption.objects.filter(agency=bureau).update(from_date=date(2026, 4, 1))
    made(hours=30)
    assert tried(bureau, handover=hand_in(24)).newly_late == 0
    other = Adopted(catalogue.pack("weidong-market"), NEXT_YEAR)
    assert simulate(bureau, [other], at=AT).newly_late == 0


def test_what_ended_before_the_bureau_began_here_becomes_nobodys_lateness(bureau):
    recording = made(hours=5)
    assert tried(bureau, handover=hand_in(3)).newly_late == 1
    bureau.set_up_at = recording.recorded_at + timedelta(hours=1)
    assert tried(bureau, handover=hand_in(3)).newly_late == 0


def test_ten_examples_are_enough(bureau):
    for n in range(1, 13):
        made(n, hours=5)
    found = tried(bureau, retention=keep("exact", "P1Y"), handover=hand_in(3))
    assert (found.moved[Move.EARLIER], found.newly_late) == (12, 12)
    assert (len(found.moved_examples), len(found.handover_examples)) == (10, 10)


def test_another_chain_counts_the_openings_it_would_have_stopped(bureau):
    film, chen = made(), factories.officer("chen")
    sharing.share(film, chen, by=film.officer, at=AT)
    for login in ("li", "chen", "zhou", "zhao", "zhao"):
        opened_by(login, film)
    step = Step(posts=("bureau_head",), act="approve")
    asked = Chain(article=22, steps=(step,))
    found = tried(bureau, access_own_case=asked, access_view=asked, access_copy=asked)
    counted = {one.kind: one.opened for one in found.chains}
    assert counted == {RequestKind.OWN_CASE: 2, RequestKind.VIEW: 3, RequestKind.COPY: None}


def test_openings_elsewhere_and_long_ago_do_not_count(bureau):
    opened_by("zhou", made(3, agency=factories.agency("另一县卫健局")))
    log.record(Kind.RECORDING_OPENED, subject="recording:2026-000001", by="zhou",
               at=AT.replace(year=2024))  # fmt: skip
    made()
    found = tried(bureau, access_view=Chain(article=22, steps=()))
    assert [one.opened for one in found.chains] == [0]


def test_a_rhythm_that_changes_is_told(bureau):
    monthly = Cadence(article=26, posts=("supervision",), rhythm="month", what="抽查")
    [changed] = tried(bureau, inspection=monthly).recurring
    assert (changed.name, changed.after.rhythm) == ("inspection", Rhythm.MONTH)


def test_another_regulation_is_tried_as_a_whole(bureau):
    made(hours=20)
    other = Adopted(catalogue.pack("weidong-market"), NEXT_YEAR)
    found = simulate(bureau, [other], at=AT)
    assert found.moved == {Move.NO_LONGER_EXPIRES: 1}
    assert found.newly_in_time == 1
    assert found.chains


def test_the_excused_clock_alone_tells_nothing_without_excuses(bureau):
    made(hours=20)
    later = HandoverExcused.model_validate(
        {"article": 19, "clock": "return_to_unit", "limit": "hours", "hours": 24,
         "receiver": "custodian", "excuses": ["away"]}
    )  # fmt: skip
    assert tried(bureau, handover_excused=later).changes_nothing


def test_trying_writes_nothing_and_costs_the_same_for_more(bureau):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            tried(bureau, retention=keep("exact", "P1Y"), handover=hand_in(3))
        verbs = {query["sql"].split()[0] for query in asked}
        assert verbs <= {"SELECT", "DECLARE"}  # PostgreSQL reads in chunks through a cursor
        return len(asked)

    made()
    few, events = cost(), CustodyEvent.objects.count()
    for n in range(2, 9):
        made(n)
    assert cost() == few
    assert CustodyEvent.objects.count() == events + 7


def test_a_bureau_without_a_regulation_is_told(data):
    with pytest.raises(NoRegulation):
        simulate(Agency.objects.create(), [], at=AT)
